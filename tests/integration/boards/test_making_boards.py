"""Making boards: one per class and person, in an order of its own, never twice."""

import random
from uuid import UUID

import pytest
from sqlalchemy import event, func, select, update
from sqlalchemy.orm import Session
from tests.integration.boards.conftest import some_run
from tests.integration.conftest import NewBrowser

from glossator.boards.making import make_boards, make_boards_in, make_round
from glossator.boards.queries import names_of_maps
from glossator.boards.tables import Board, BoardItem
from glossator.database import Database
from glossator.maps.tables import ActivationMap
from glossator.people.tables import Pseudonym, Role
from glossator.refusal import Refusal
from glossator.storage.blobs import FolderStorage


def order_of(session: Session, board: Board) -> list[UUID]:
    items = select(BoardItem.map_id).where(BoardItem.board_id == board.id).order_by(BoardItem.position)
    return list(session.scalars(items))


def test_each_person_has_the_same_maps_in_another_order_and_a_pseudonym(
    browser: NewBrowser, database: Database, storage: FolderStorage, project_id: UUID
) -> None:
    people = [browser(Role.ANNOTATOR).account_id for _ in range(2)]
    with database.transaction() as session:
        run = some_run(session, project_id, storage, images=20)

        made = make_boards(session, run_id=run.run_id, account_ids=people)

        first, second = (order_of(session, board) for board in made.boards)
        assert {str(each) for each in first} == set(run.x_features)
        assert sorted(first) == sorted(second)
        assert first != second
        assert session.scalar(select(func.count()).select_from(Pseudonym)) == 2


def test_asked_again_nothing_is_doubled(
    browser: NewBrowser, database: Database, storage: FolderStorage, project_id: UUID
) -> None:
    researcher = browser(Role.RESEARCHER)
    with database.transaction() as session:
        run = some_run(session, project_id, storage)

    answers = [
        researcher.client.post(f"/api/runs/{run.run_id}/boards", json={"classes": None}).json()
        for _ in range(2)
    ]

    assert answers[0] == answers[1]
    assert [board["class_name"] for board in answers[0]["boards"]] == ["defective"]
    [listed] = researcher.client.get("/api/boards", params={"project": str(project_id)}).json()["items"]
    assert listed == answers[0]["boards"][0]
    assert (listed["placed"], listed["named"], listed["total"]) == (0, 0, len(run.x_features))


def test_a_run_without_a_chosen_variant_says_where_to_choose(
    browser: NewBrowser, database: Database, storage: FolderStorage, project_id: UUID
) -> None:
    researcher = browser(Role.RESEARCHER)
    with database.transaction() as session:
        run = some_run(session, project_id, storage, variant=None)

    answer = researcher.client.post(f"/api/runs/{run.run_id}/boards", json={})

    assert (answer.status_code, answer.json()["code"]) == (409, "variant_not_chosen")
    assert "choose plain or contrastive" in answer.json()["detail"]


@pytest.mark.parametrize(("position", "code"), [(7, "unknown_class"), (1, "no_maps")])
def test_a_class_that_is_not_there_or_has_no_map_is_refused(
    browser: NewBrowser,
    database: Database,
    storage: FolderStorage,
    project_id: UUID,
    position: int,
    code: str,
) -> None:
    account = browser(Role.ANNOTATOR).account_id
    with database.transaction() as session:
        run = some_run(session, project_id, storage)
        with pytest.raises(Refusal) as refusal:
            make_boards(session, run_id=run.run_id, account_ids=[account], classes=[position])
    assert refusal.value.code == code


def test_boards_are_made_in_the_order_in_which_the_classes_were_asked_for(
    browser: NewBrowser, database: Database, storage: FolderStorage, project_id: UUID
) -> None:
    annotator = browser(Role.ANNOTATOR)
    with database.transaction() as session:
        run = some_run(session, project_id, storage)
        session.execute(update(ActivationMap).where(ActivationMap.x_feature > 1).values(class_position=1))
        make_boards(session, run_id=run.run_id, account_ids=[annotator.account_id], classes=[1, 0])

    listed = annotator.client.get("/api/boards", params={"project": str(project_id)}).json()["items"]

    assert [board["class_name"] for board in listed] == ["defective", "not defective"]  # newest first


def test_boards_of_many_people_and_classes_take_as_many_statements_as_one(
    browser: NewBrowser, session: Session, storage: FolderStorage, project_id: UUID
) -> None:
    people = [browser(Role.ANNOTATOR).account_id for _ in range(3)]
    run = some_run(session, project_id, storage)
    session.execute(update(ActivationMap).where(ActivationMap.x_feature > 1).values(class_position=1))
    seen: list[str] = []

    def see(connection: object, cursor: object, statement: str, *rest: object) -> None:
        seen.append(statement)

    event.listen(session.get_bind(), "before_cursor_execute", see)
    made = make_round(session, run_id=run.run_id, account_ids=people[:1], name="one", classes=[0])
    of_one = len(seen)
    given = make_boards_in(session, made.naming_round, account_ids=people)
    event.remove(session.get_bind(), "before_cursor_execute", see)

    assert len(given.boards) == 6
    assert given.boards[0] is made.boards[0]
    assert len(seen) - of_one <= of_one
    assert [(each.account_id, each.class_position) for each in given.boards] == [
        (person, position) for person in people for position in (0, 1)
    ]
    assert [each.id for each in given.boards] == sorted(each.id for each in given.boards)


def test_a_seed_mixes_the_maps_as_it_always_did_and_numbers_images(
    browser: NewBrowser, session: Session, storage: FolderStorage, project_id: UUID
) -> None:
    people = [browser(Role.ANNOTATOR).account_id for _ in range(2)]
    run = some_run(session, project_id, storage, images=20)

    made = make_boards(session, run_id=run.run_id, account_ids=people, seed=7)

    rows = session.scalars(select(ActivationMap).where(ActivationMap.place.is_not(None)))
    by_place = sorted(rows, key=lambda row: row.place or 0)
    mixed = random.Random(7).sample(by_place, len(by_place))
    for board in made.boards:
        assert order_of(session, board) == [row.id for row in mixed]
        numbers = dict(
            session.execute(
                select(BoardItem.map_id, BoardItem.image_number).where(BoardItem.board_id == board.id)
            ).all()
        )
        images = {(row.image_id, numbers[row.id]) for row in by_place}
        assert len(images) == len({image for image, _ in images}) == len({number for _, number in images})
        placed = select(func.count()).where(BoardItem.board_id == board.id, ~BoardItem.discarded)
        assert session.scalar(placed.where(~BoardItem.not_sure)) == board.total == len(by_place)


def test_annotators_make_no_boards(
    browser: NewBrowser, database: Database, storage: FolderStorage, project_id: UUID
) -> None:
    with database.transaction() as session:
        run = some_run(session, project_id, storage)

    annotator, stranger = browser(Role.ANNOTATOR), browser()

    assert annotator.client.post(f"/api/runs/{run.run_id}/boards", json={}).status_code == 403
    assert stranger.client.post(f"/api/runs/{run.run_id}/boards", json={}).status_code == 404


def test_names_are_those_of_the_person_asked_about(
    browser: NewBrowser, database: Database, storage: FolderStorage, project_id: UUID
) -> None:
    from tests.integration.boards.test_board_commands import Hand

    people = [browser(Role.ANNOTATOR) for _ in range(2)]
    with database.transaction() as session:
        run = some_run(session, project_id, storage)
        made = make_boards(session, run_id=run.run_id, account_ids=[each.account_id for each in people])
    for person, board, name in zip(people, made.boards, ("crack", "hole"), strict=True):
        hand = Hand(person, board.id)
        concept = str(board.id)
        first = next(iter(run.x_features))
        hand.post(0, hand.command("create_concept", concept_id=concept, name=name, after=None, maps=[first]))

    with database.transaction() as session:
        ids = [UUID(each) for each in run.x_features]
        names = names_of_maps(session, ids, people[0].account_id)
    assert names[ids[0]] == "crack"
    assert {names[each] for each in ids[1:]} == {None}
