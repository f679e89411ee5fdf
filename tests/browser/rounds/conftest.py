"""A naming round in which two people named the same maps differently."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import uuid4

import httpx2
import pytest
from playwright.sync_api import Browser, Page
from tests.browser.installation import Workshop
from tests.browser.members import Member, boards_of, join, new_round, play

ROUND = "Two words for one thing"
PATIENCE = 30_000  # milliseconds; a limit for broken pages


@dataclass(frozen=True)
class NamedRound:
    """Of twelve maps of DEFECTIVE one calls eight "fissure" and four "dent", the other "slit" and "dents".

    The first has finished the board, the second has not begun NOT DEFECTIVE.
    """

    round_id: str
    people: tuple[Member, Member]


@pytest.fixture(scope="session")
def named_round(workshop: Workshop) -> NamedRound:
    first = join(workshop, "Barbara", "barbara@example.org", "annotator")
    second = join(workshop, "Edsger", "edsger@example.org", "annotator")
    round_id = new_round(workshop, ROUND, (first, second))
    board = boards_of(first, ROUND)["DEFECTIVE"]
    maps = sorted(map_id for map_id, _ in first.client.get(f"/api/boards/{board}").json()["maps"])[:12]
    for person, names, more in (
        (first, ("fissure", "dent"), [{"kind": "complete"}]),
        (second, ("slit", "dents"), []),
    ):
        concepts = [
            {
                "kind": "create_concept",
                "concept_id": str(uuid4()),
                "name": name,
                "after": None,
                "maps": part,
            }
            for name, part in zip(names, (maps[:8], maps[8:]), strict=True)
        ]
        play(person, boards_of(person, ROUND)["DEFECTIVE"], [*concepts, *more])
    return NamedRound(round_id, (first, second))


Look = Callable[..., Page]


@pytest.fixture
def look(chromium: Browser, workshop: Workshop) -> Iterator[Look]:
    """`look(path, as_owner=…)`: a page as the analyst or the owner sees it; its errors fail the test."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True)
    problems: list[str] = []
    context.on("weberror", lambda error: problems.append(str(error.error)))
    context.set_default_timeout(PATIENCE)

    def show(path: str, *, as_owner: bool = False) -> Page:
        visitor: httpx2.Client = workshop.owner if as_owner else workshop.analyst
        context.add_cookies(
            [
                {"name": name, "value": value, "url": workshop.address}
                for name, value in visitor.cookies.items()
            ]
        )
        page = context.new_page()
        joiner = "&" if "?" in path else "?"
        page.goto(f"{workshop.address}{path}{joiner}project={workshop.project_id}")
        page.locator("h1").wait_for()
        return page

    yield show
    context.close()
    assert not problems
