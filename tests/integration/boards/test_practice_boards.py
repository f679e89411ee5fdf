"""Practice boards: found by whoever has boards in a round, begun as often as they like, counted nowhere."""

import random
from uuid import UUID

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from tests.integration.boards.conftest import SomeRun, some_run
from tests.integration.conftest import Browser, NewBrowser
from tests.integration.namings.conftest import fill

from glossator.boards import practice
from glossator.boards.making import make_boards, make_boards_in, make_round
from glossator.boards.names import named_maps, namers
from glossator.boards.queries import names_of_maps
from glossator.boards.service import may_look
from glossator.boards.tables import Board, BoardItem
from glossator.database import Database
from glossator.maps.tables import ActivationMap, Run
from glossator.namings import freshness, judgements
from glossator.namings.basis import Basis
from glossator.namings.export import namings_csv
from glossator.namings.frame import frame_of
from glossator.namings.progress import progress_of
from glossator.namings.reading import read_round
from glossator.people.tables import Role
from glossator.rounds.tables import NamingRound
from glossator.storage.blobs import FolderStorage

OFFERS = "/api/practice-boards"


@pytest.fixture
def annotator(browser: NewBrowser) -> Browser:
    return browser(Role.ANNOTATOR)


@pytest.fixture
def run(database: Database, storage: FolderStorage, project_id: UUID) -> SomeRun:
    with database.transaction() as session:
        return some_run(session, project_id, storage, images=20, seed=3)


@pytest.fixture
def round_id(database: Database, run: SomeRun, annotator: Browser) -> UUID:
    """A round of the run's only class with maps."""
    with database.transaction() as session:
        made = make_boards(session, run_id=run.run_id, account_ids=[annotator.account_id], seed=1)
        return made.naming_round.id


def begun(annotator: Browser, round_id: UUID, *, again: bool = False) -> UUID:
    answer = annotator.client.post(f"/api/naming-rounds/{round_id}/practice-board", json={"again": again})
    assert answer.status_code == 201, answer.text
    return UUID(answer.json()["id"])


def items(session: Session, board_id: UUID) -> set[UUID]:
    return set(session.scalars(select(BoardItem.map_id).where(BoardItem.board_id == board_id)))


def test_an_annotator_finds_begins_and_goes_on_with_the_practice_board(
    annotator: Browser, round_id: UUID
) -> None:
    asked = {"project": str(annotator.project_id)}
    [offered] = annotator.client.get(OFFERS, params=asked).json()
    assert (offered["board"], offered["total"], offered["class_name"]) == (None, 24, "defective")
    assert offered["repeats"] is True

    board_id = begun(annotator, round_id)

    assert begun(annotator, round_id) == board_id
    [offered] = annotator.client.get(OFFERS, params=asked).json()
    assert offered["board"]["id"] == str(board_id)
    opened = annotator.client.get(f"/api/boards/{board_id}").json()
    assert (opened["practice"], opened["total"], opened["round_id"]) == (True, 24, str(round_id))


def test_starting_again_gives_an_empty_board_with_the_same_maps_in_another_order(
    annotator: Browser, round_id: UUID, database: Database
) -> None:
    first = begun(annotator, round_id)
    with database.transaction() as session:
        before = items(session, first)
        fill(session, first, [("wing", [str(each) for each in before][:5])])

    second = begun(annotator, round_id, again=True)

    assert second != first
    assert annotator.client.get(f"/api/boards/{first}").status_code == 404
    opened = annotator.client.get(f"/api/boards/{second}").json()
    assert (opened["concepts"], opened["version"]) == ([], 0)
    assert {UUID(name) for name, _ in opened["maps"]} == before


def test_the_practice_board_is_the_same_for_everybody(
    annotator: Browser, browser: NewBrowser, round_id: UUID, database: Database
) -> None:
    other = browser(Role.ANNOTATOR)
    with database.transaction() as session:
        make_boards_in(session, session.get_one(NamingRound, round_id), account_ids=[other.account_id])

    boards = [begun(each, round_id) for each in (annotator, other)]

    with database.transaction() as session:
        assert items(session, boards[0]) == items(session, boards[1])


def test_a_class_that_the_round_does_not_name_is_preferred(
    annotator: Browser, database: Database, run: SomeRun
) -> None:
    with database.transaction() as session:
        moved = list(run.x_features)[:4]
        for each in moved:
            session.get_one(ActivationMap, UUID(each)).class_position = 1
        session.flush()
        made = make_boards(session, run_id=run.run_id, account_ids=[annotator.account_id], classes=[0])

    [offered] = annotator.client.get(OFFERS, params={"project": str(annotator.project_id)}).json()
    assert (offered["class_name"], offered["total"], offered["repeats"]) == ("not defective", 4, False)
    board_id = begun(annotator, made.naming_round.id)
    with database.transaction() as session:
        assert items(session, board_id) == {UUID(each) for each in moved}


def test_the_maps_are_those_of_a_sample_of_all(
    annotator: Browser, database: Database, storage: FolderStorage, project_id: UUID
) -> None:
    drawn = random.Random(5)
    with database.transaction() as session:
        run = some_run(session, project_id, storage, images=150)
        for row in session.scalars(select(ActivationMap).where(ActivationMap.run_id == run.run_id)):
            row.share = drawn.choice((0.2, 0.4, drawn.random()))  # some are equal
        made = make_boards(session, run_id=run.run_id, account_ids=[annotator.account_id])

    board_id = begun(annotator, made.naming_round.id)

    with database.transaction() as session:
        rows = session.scalars(
            select(ActivationMap).where(ActivationMap.run_id == run.run_id, ActivationMap.place.is_not(None))
        )
        everything = [practice.Candidate(row.id, row.x_feature, row.share) for row in rows]
        assert len(everything) > 4 * practice.MAPS
        assert items(session, board_id) == set(practice.sample(everything, practice.MAPS))


def test_offers_read_no_maps_and_count_a_run_once_if_at_all(
    annotator: Browser, round_id: UUID, run: SomeRun, database: Database
) -> None:
    def statements_about_maps() -> list[str]:
        seen: list[str] = []

        def see(connection: object, cursor: object, statement: str, *rest: object) -> None:
            seen.append(statement)

        event.listen(Engine, "before_cursor_execute", see)
        answer = annotator.client.get(OFFERS, params={"project": str(annotator.project_id)})
        event.remove(Engine, "before_cursor_execute", see)
        assert len(answer.json()) == 2
        return [each for each in seen if "activation_map" in each]

    with database.transaction() as session:
        second = make_round(
            session, run_id=run.run_id, account_ids=[annotator.account_id], name="second"
        ).naming_round.id

    [counting] = statements_about_maps()
    assert "count(*)" in counting
    for each in (round_id, second):
        begun(annotator, each)
    assert statements_about_maps() == []


def test_who_has_no_board_in_the_round_has_no_practice_board(browser: NewBrowser, round_id: UUID) -> None:
    for stranger in (browser(), browser(Role.ANNOTATOR), browser(Role.ANALYST)):
        answer = stranger.client.post(f"/api/naming-rounds/{round_id}/practice-board", json={})
        assert answer.status_code == 404, answer.text
    other = browser(Role.ANNOTATOR)
    asked = {"project": str(other.project_id)}
    assert other.client.get(OFFERS, params=asked).json() == []


def test_a_practice_board_belongs_to_its_person_alone(
    annotator: Browser, browser: NewBrowser, round_id: UUID
) -> None:
    board_id = begun(annotator, round_id)

    assert browser(Role.RESEARCHER).client.get(f"/api/boards/{board_id}").status_code == 404


def test_a_board_is_counted_or_practice_and_never_both(
    annotator: Browser, round_id: UUID, database: Database
) -> None:
    for ids in ({}, {"naming_round_id": round_id, "practice_of": round_id}):
        board = Board(class_position=0, account_id=annotator.account_id, seed=1, total=0, **ids)
        with pytest.raises(IntegrityError, match="counted_or_practice"), database.transaction() as session:
            session.add(board)


class TestNothingOnItCounts:
    """One counted board finished with one concept; everything named and finished on the practice board."""

    @pytest.fixture
    def practised(self, annotator: Browser, round_id: UUID, database: Database) -> UUID:
        board_id = begun(annotator, round_id)
        with database.transaction() as session:
            counted = session.scalars(select(Board).where(Board.naming_round_id == round_id)).one()
            outside = items(session, counted.id) - items(session, board_id)
            fill(session, counted.id, [("wing", [str(each) for each in outside])], complete=True)
            maps = [str(each) for each in items(session, board_id)]
            fill(session, board_id, [("practised", maps[:20])], discarded=maps[20:], complete=True)
        return board_id

    def test_in_progress(self, practised: UUID, round_id: UUID, database: Database) -> None:
        with database.transaction() as session:
            [read] = progress_of(session, [session.get_one(NamingRound, round_id)])
            counted = session.scalars(select(Board).where(Board.naming_round_id == round_id)).one()
            assert read.progress.boards == 1
            assert (read.progress.named, read.progress.placed) == (counted.named, counted.named)
            assert len(read.boards) == 1

    def test_in_namings_and_exports(self, practised: UUID, round_id: UUID, database: Database) -> None:
        with database.transaction() as session:
            naming_round = session.get_one(NamingRound, round_id)
            [read] = read_round(session, frame_of(session, naming_round))
            assert [board.board_id for board in read.boards] != [practised]
            assert [[each.name for each in naming.concepts] for naming in read.namings.namings] == [["wing"]]
            assert "practised" not in "".join(namings_csv(session, database.transaction, round_id))

    def test_in_what_agreement_is_measured_on(
        self, practised: UUID, round_id: UUID, database: Database
    ) -> None:
        with database.transaction() as session:
            counted = session.scalars(select(Board).where(Board.naming_round_id == round_id)).one()
            basis = Basis()
            states = freshness.board_states(session, round_id, basis)
            assert states == {0: [(counted.id, counted.version, counted.blind)]}

    def test_in_names_to_judge(
        self,
        practised: UUID,
        annotator: Browser,
        browser: NewBrowser,
        round_id: UUID,
        database: Database,
    ) -> None:
        other = browser(Role.ANNOTATOR)
        with database.transaction() as session:
            naming_round = session.get_one(NamingRound, round_id)
            [board] = make_boards_in(session, naming_round, account_ids=[other.account_id]).boards
            fill(session, board.id, [("mole", [str(each) for each in items(session, practised)])])
            pairs = judgements.name_pairs(session, annotator.project_id)

        assert "practised" not in str(pairs)

    def test_on_pages_of_images(
        self, practised: UUID, annotator: Browser, run: SomeRun, database: Database
    ) -> None:
        with database.transaction() as session:
            on_practice = items(session, practised)
            assert set(names_of_maps(session, on_practice, annotator.account_id).values()) == {None}
            named = set(session.scalars(named_maps(run.run_id, annotator.account_id)))
            assert named.isdisjoint(on_practice)

    def test_in_blinding(self, annotator: Browser, round_id: UUID, run: SomeRun, database: Database) -> None:
        begun(annotator, round_id)
        with database.transaction() as session:
            counted = session.scalars(select(Board).where(Board.naming_round_id == round_id)).one()
            assert not may_look(session, annotator.account_id, [run.run_id])
            counted.complete = True
            session.flush()
            assert may_look(session, annotator.account_id, [run.run_id])

    def test_in_the_list_of_boards(self, practised: UUID, annotator: Browser) -> None:
        listed = annotator.client.get("/api/boards").json()["items"]
        assert str(practised) not in {each["id"] for each in listed}
        assert len(listed) == 1

    def test_and_nobody_has_boards_in_the_run_by_it(
        self, practised: UUID, run: SomeRun, database: Database
    ) -> None:
        with database.transaction() as session:
            session.execute(Board.__table__.delete().where(Board.naming_round_id.is_not(None)))
            assert namers(session, session.get_one(Run, run.run_id)) == []
