"""A person at a fresh board, with hands."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from tests.browser.board_room import Annotator, BoardRoom, board_room
from tests.servers import Servers

PASSWORD = "a long password"
PATIENCE = 30_000  # milliseconds; a limit for broken pages


@pytest.fixture(scope="session")
def room(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BoardRoom]:
    with board_room(servers, tmp_path_factory.mktemp("board-room"), maps=60) as opened:
        yield opened


@dataclass(frozen=True)
class AtBoard:
    """A page at a board; maps are told by where they stand in the grid, from 0."""

    page: Page
    room: BoardRoom
    person: Annotator

    @property
    def grid(self) -> Locator:
        return self.page.locator("[data-board-grid]")

    def tile(self, position: int) -> Locator:
        return self.page.locator(f'[role=option][aria-posinset="{position + 1}"]')

    def card(self, number: int) -> Locator:
        return self.page.locator("[data-concept]").nth(number - 1)

    @property
    def discarded(self) -> Locator:
        return self.page.locator("[data-discarded]")

    def select(self, *positions: int) -> None:
        for position in positions:
            self.tile(position).click(modifiers=["Control"])

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def new_concept(self, name: str, *positions: int) -> None:
        self.select(*positions)
        self.press("n")
        self.page.keyboard.type(name)
        self.press("Enter")
        expect(self.page.locator("[data-concept]").last.get_by_role("textbox")).to_have_value(name)

    def saved(self) -> None:
        expect(self.page.locator("[data-saved]")).to_have_attribute("data-saved", "saved")

    def holds(self, place: Locator, maps: int) -> None:
        expect(place.locator("button").first).to_have_text("1 map" if maps == 1 else f"{maps} maps")

    def open(self) -> None:
        self.page.goto(f"{self.room.address}/boards/{self.person.board_id}")
        self.ready()

    def ready(self) -> None:
        self.page.wait_for_selector("[data-board-grid] canvas[data-drawn]")

    def unlabeled(self, count: int) -> None:
        expect(self.page.get_by_text(f"{count} maps", exact=True).first).to_be_visible()


SitDown = Callable[..., AtBoard]


@pytest.fixture
def sit_down(context: BrowserContext, room: BoardRoom) -> SitDown:
    """`sit_down()`: a new person, signed in, at their board; `person` = the same one in another tab."""

    def sit(person: Annotator | None = None) -> AtBoard:
        context.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        if person is None:
            person = room.annotator()
            answer = context.request.post(
                f"{room.address}/api/sign-in-links/{person.token}",
                data={"name": "Grace", "email": person.email, "password": PASSWORD},
                headers={"Origin": room.address},
            )
            assert answer.ok, answer.text()
            context.add_init_script(
                "if (location.protocol.startsWith('http')) "
                f"localStorage.setItem('glossator.board.welcomed.{person.account_id}', 'yes')"
            )
        seat = AtBoard(context.new_page(), room, person)
        seat.open()
        return seat

    return sit


@pytest.fixture
def at_board(sit_down: SitDown) -> AtBoard:
    return sit_down()
