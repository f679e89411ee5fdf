"""Levels of chance: they come after figures, let figures go first, and are of the same boards or not kept."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, select
from tests.integration.namings.agreement.conftest import DEFECTIVE, NOT_DEFECTIVE, Round
from tests.integration.namings.conftest import fill

from glossator.agreement.names import Judgements
from glossator.agreement.permutation import OnDraw, unheard
from glossator.agreement.settings import Settings
from glossator.database import Database
from glossator.jobs import service
from glossator.jobs.tables import Step
from glossator.namings import basis
from glossator.namings.class_results import ClassResult
from glossator.namings.reading import ReadClass
from glossator.namings.tables import AgreementResult
from glossator_worker import loop
from glossator_worker.pipelines import measure_agreement

During = Callable[..., None]


@pytest.fixture
def during(monkeypatch: pytest.MonkeyPatch) -> During:
    """Actions, each once, after the first and the following permutations in a class; each gives way."""
    monkeypatch.setattr(loop, "GIVE_WAY_SECONDS", 0)
    compute = measure_agreement.compute

    def arrange(position: int, *actions: Callable[[], object]) -> None:
        due = [*actions]

        def interrupted(
            read: ReadClass, settings: Settings, judgements: Judgements, on_draw: OnDraw = unheard
        ) -> ClassResult:
            def heard(done: int, count: int) -> None:
                if done and due and read.position == position:
                    due.pop(0)()
                on_draw(done, count)

            return compute(read, settings, judgements, heard)

        monkeypatch.setattr(measure_agreement, "compute", interrupted)

    return arrange


@pytest.fixture
def figures(named: Round) -> Round:
    """The figures are there, and a job of their levels of chance waits."""
    named.refresh()
    named.compute()
    assert named.refresh() is not None
    return named


def name_more(found: Round, database: Database) -> None:
    """The third annotator names six maps of the second class."""
    with database.transaction() as session:
        fill(session, found.boards[NOT_DEFECTIVE][2], [("band", found.maps[NOT_DEFECTIVE][:6])])


def named_by_all(found: Round) -> int:
    named_by: int = found.get()["classes"][1]["figures"]["named_by_exactly"][3]["ratio"]["k"]
    return named_by


def d1_chance(found: Round) -> list[Any]:
    return [each["figures"]["pair_summary"]["matchings"][0]["permutation"] for each in found.get()["classes"]]


def test_figures_come_first_and_levels_of_chance_follow(named: Round) -> None:
    named.refresh()
    named.compute()
    at_first = named.get()
    assert d1_chance(named) == [None, None]

    named.settle()
    assert d1_chance(named)[0]["n"] == 200
    after = named.get()
    assert [each["computed_at"] for each in after["classes"]] == [
        each["computed_at"] for each in at_first["classes"]
    ]


def test_figures_go_before_levels_of_chance_that_wait_already(figures: Round, database: Database) -> None:
    chance = figures.get()["job_id"]
    name_more(figures, database)
    newer = figures.refresh()

    assert newer != chance
    figures.compute()

    with database.transaction() as session:
        steps = session.scalars(select(Step).order_by(Step.started_at)).all()
        jobs = [str(step.job_id) for step in steps if str(step.job_id) in (chance, newer)]
    assert jobs == [newer, newer, chance, chance, chance]
    assert named_by_all(figures) == 6
    assert set(figures.states().values()) == {"fresh"}


def test_figures_are_computed_in_the_middle_of_levels_of_chance(
    figures: Round, database: Database, during: During
) -> None:
    found: list[int] = []

    def ask() -> None:
        name_more(figures, database)
        figures.refresh()

    during(DEFECTIVE, ask, lambda: found.append(named_by_all(figures)))
    figures.compute()

    assert found == [6]
    assert figures.states() == {"defective": "fresh", "not defective": "fresh"}


def test_levels_of_chance_of_older_figures_are_not_kept(
    figures: Round, database: Database, during: During
) -> None:
    def ask() -> None:
        name_more(figures, database)
        figures.refresh()

    during(NOT_DEFECTIVE, ask)
    figures.compute()

    assert figures.states() == {"defective": "fresh", "not defective": "without_chance"}
    assert named_by_all(figures) == 6
    assert d1_chance(figures)[1] is None


def test_levels_of_chance_end_in_the_middle_when_they_are_cancelled(
    figures: Round, database: Database, during: During, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(basis, "PERMUTATIONS", 20_000)  # a minute
    chance = UUID(figures.get()["job_id"])

    def cancel() -> None:
        with database.transaction() as session:
            service.cancel(session, chance)

    during(DEFECTIVE, cancel)
    figures.compute()

    with database.transaction() as session:
        steps = session.scalars(select(Step).where(Step.job_id == chance).order_by(Step.stage, Step.chunk))
        assert [step.state for step in steps] == ["finished", "cancelled", "cancelled"]
    assert d1_chance(figures) == [None, None]


def everything(found: Round) -> list[Any]:
    """All figures of all pages, without their age."""
    overview = found.get()
    pages = [
        found.get(f"/classes/{each}/{page}") for each in (0, 1) for page in ("pairs", "vocabulary", "summary")
    ]
    for each in (*overview["classes"], *pages):
        each.pop("computed_at")
    return [overview, *pages]


def test_judging_names_measures_nothing_again_and_gives_the_figures_measured_from_scratch(
    computed: Round, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, chance = everything(computed), d1_chance(computed)
    with monkeypatch.context() as only_judged:
        only_judged.delattr(measure_agreement, "compute")
        computed.judge("Band", "stripe", "subset")
        computed.judge("hole", "PIT", "exact")
        assert set(computed.states().values()) == {"stale"}
        assert computed.refresh() is not None
        computed.compute()

    assert set(computed.states().values()) == {"fresh"}
    assert computed.refresh() is None
    after = everything(computed)
    assert after != before
    assert d1_chance(computed) == chance
    with database.transaction() as session:
        session.execute(delete(AgreementResult))
    computed.settle()
    assert everything(computed) == after


@pytest.mark.parametrize("figures_are_asked_for", [False, True])
def test_names_judged_in_the_middle_of_levels_of_chance_count(
    figures: Round, during: During, figures_are_asked_for: bool
) -> None:
    def judge() -> None:
        figures.judge("band", "stripe", "exact")
        if figures_are_asked_for:
            figures.refresh()

    during(NOT_DEFECTIVE, judge)
    figures.compute()

    assert set(figures.states().values()) == {"fresh"}
    assert d1_chance(figures)[1]["n"] == 200
    [matching, *_] = figures.get(f"/classes/{NOT_DEFECTIVE}/pairs")["pairs"][0]["matchings"]
    assert (matching["linguistic"]["exact"]["k"], matching["linguistic"]["exact"]["n"]) == (6, 6)
