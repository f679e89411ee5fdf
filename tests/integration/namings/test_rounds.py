"""Naming rounds as pages see them: made, given to people, watched."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from sqlalchemy import Engine, event, func, select
from tests.integration.boards.conftest import some_run
from tests.integration.conftest import Browser, NewBrowser
from tests.integration.namings.conftest import Round, fill

from glossator.boards.making import make_round
from glossator.boards.tables import Board
from glossator.database import Database
from glossator.people.tables import Role
from glossator.rounds.tables import NamingRound
from glossator.storage.blobs import FolderStorage

ROUNDS = "/api/naming-rounds"


def statements_of(ask: Callable[[], object]) -> list[str]:
    """What any database is asked meanwhile."""
    seen: list[str] = []

    def see(connection: object, cursor: object, statement: str, *rest: object) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", see)
    ask()
    event.remove(Engine, "before_cursor_execute", see)
    return seen


def test_a_second_round_of_a_run_has_boards_of_its_own(
    browser: NewBrowser, database: Database, three: Round
) -> None:
    researcher = browser(Role.RESEARCHER)
    asked = {
        "run_id": str(three.run.run_id),
        "name": " Second try ",
        "annotators": [str(each) for each in three.people[:2]],
        "classes": [0],
        "instructions": "Name what you see.",
        "class_notes": {"0": "Look at edges."},
    }
    key = {"Idempotency-Key": str(uuid4())}

    first, again = (researcher.client.post(ROUNDS, json=asked, headers=key) for _ in range(2))

    assert first.status_code == 201, first.text
    made = first.json()
    assert again.json() == made
    assert (made["name"], made["class_notes"]) == ("Second try", {"0": "Look at edges."})
    assert made["id"] != str(three.round_id)
    assert [each["name"] for each in made["annotators"]] == ["person1@example.org", "person2@example.org"]
    assert [each["class_position"] for each in made["boards"]] == [0, 0]

    person = {"annotators": [str(three.people[2]), str(three.people[0])]}
    more = researcher.client.post(f"{ROUNDS}/{made['id']}/boards", json=person).json()
    assert [each["annotator"] for each in more["annotators"]] == [f"annotator-0{n}" for n in (1, 2, 3)]
    with database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Board)) == 6

    changed = researcher.client.patch(f"{ROUNDS}/{made['id']}", json={"name": "Third"}).json()
    assert (changed["name"], changed["instructions"]) == ("Third", "Name what you see.")


def test_the_list_says_how_far_each_class_and_annotator_is(
    browser: NewBrowser, database: Database, three: Round
) -> None:
    maps = three.maps
    with database.transaction() as session:
        fill(session, three.boards[0], [("wing", maps[:5])], discarded=maps[5:7], complete=True)
        fill(session, three.boards[1], [("wing", maps[:1])])
    researcher, analyst = browser(Role.RESEARCHER), browser(Role.ANALYST)
    of_project = {"project": str(researcher.project_id)}

    [listed] = researcher.client.get(ROUNDS, params=of_project).json()["items"]

    total = len(maps)
    everything = {"boards": 3, "complete": 1, "named": 6, "placed": 8, "total": 3 * total}
    assert listed["progress"] == everything
    assert listed["classes"] == [{"position": 0, "name": "defective", "progress": everything}]
    assert [each["progress"]["placed"] for each in listed["annotators"]] == [7, 1, 0]
    assert [each["account_id"] for each in listed["annotators"]] == [str(each) for each in three.people]
    [seen] = analyst.client.get(ROUNDS, params=of_project).json()["items"]
    assert [(each["annotator"], each["account_id"], each["name"]) for each in seen["annotators"]] == [
        (f"annotator-0{number}", None, None) for number in (1, 2, 3)
    ]
    detail = analyst.client.get(f"{ROUNDS}/{listed['id']}").json()
    assert [(each["placed"], each["complete"]) for each in detail["boards"]] == [
        (7, True),
        (1, False),
        (0, False),
    ]


def test_the_list_takes_as_many_statements_for_many_rounds_as_for_one(
    browser: NewBrowser, database: Database, three: Round
) -> None:
    researcher = browser(Role.RESEARCHER)
    of_project = {"project": str(researcher.project_id)}
    researcher.client.get(ROUNDS, params=of_project)  # the first of a process also asks about the database
    before = len(statements_of(lambda: researcher.client.get(ROUNDS, params=of_project)))
    with database.transaction() as session:
        for number, people in enumerate((three.people[:2], three.people[2:])):
            make_round(session, run_id=three.run.run_id, account_ids=people, name=f"round {number}")

    assert len(statements_of(lambda: researcher.client.get(ROUNDS, params=of_project))) == before
    listed = researcher.client.get(ROUNDS, params=of_project).json()["items"]
    assert [each["progress"]["boards"] for each in listed] == [1, 2, 3]
    assert [[of["annotator"] for of in each["annotators"]] for each in listed[:2]] == [
        ["annotator-03"],
        ["annotator-01", "annotator-02"],
    ]


@pytest.mark.parametrize("route", ["", "/{round_id}/boards"])
def test_boards_are_given_to_members_of_the_project_only(
    browser: NewBrowser, database: Database, three: Round, route: str
) -> None:
    researcher, stranger = browser(Role.RESEARCHER), browser()
    body: dict[str, object] = {"annotators": [str(three.people[0]), str(stranger.account_id)]}
    if not route:
        body |= {"run_id": str(three.run.run_id), "name": "Second"}

    answer = researcher.client.post(ROUNDS + route.format(round_id=three.round_id), json=body)

    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_member")
    with database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(NamingRound)) == 1


def test_a_run_without_a_variant_gets_no_round(
    browser: NewBrowser, database: Database, storage: FolderStorage
) -> None:
    researcher = browser(Role.RESEARCHER)
    with database.transaction() as session:
        run = some_run(session, researcher.project_id, storage, variant=None)

    body = {"run_id": str(run.run_id), "name": "First", "annotators": []}
    answer = researcher.client.post(ROUNDS, json=body)

    assert answer.status_code == 409, answer.text
    assert answer.json()["code"] == "variant_not_chosen"


def test_researchers_see_whom_they_can_give_boards(browser: NewBrowser) -> None:
    annotator, researcher = browser(Role.ANNOTATOR), browser(Role.RESEARCHER)

    members = researcher.client.get(f"/api/projects/{researcher.project_id}/members").json()

    known = {each["account_id"]: each["roles"] for each in members}
    assert known[str(annotator.account_id)] == ["annotator"]
    assert "email" not in members[0]


def test_instructions_of_an_annotator_are_seen_by_that_annotator_and_by_researchers(
    browser: NewBrowser, database: Database, storage: FolderStorage
) -> None:
    researcher, analyst = browser(Role.RESEARCHER), browser(Role.ANALYST)
    ada, bob = browser(Role.ANNOTATOR), browser(Role.ANNOTATOR)
    with database.transaction() as session:
        run = some_run(session, researcher.project_id, storage)
    asked = {
        "run_id": str(run.run_id),
        "name": "First",
        "annotators": [str(ada.account_id), str(bob.account_id)],
        "annotator_instructions": {str(ada.account_id): "Start with the edges.", str(bob.account_id): " "},
    }

    made = researcher.client.post(ROUNDS, json=asked)

    assert made.status_code == 201, made.text
    assert made.json()["annotator_instructions"] == {str(ada.account_id): "Start with the edges."}
    round_id = made.json()["id"]
    assert analyst.client.get(f"{ROUNDS}/{round_id}").json()["annotator_instructions"] == {}

    def read(person: Browser) -> tuple[str | None, str | None]:
        [listed] = person.client.get("/api/boards").json()["items"]
        opened = person.client.get(f"/api/boards/{listed['id']}").json()
        return listed["own_instructions"], opened["own_instructions"]

    assert read(ada) == ("Start with the edges.", "Start with the edges.")
    assert read(bob) == (None, None)

    changed = {"annotator_instructions": {str(bob.account_id): "Take your time."}}
    assert researcher.client.patch(f"{ROUNDS}/{round_id}", json=changed).status_code == 200
    assert read(ada) == (None, None)
    assert read(bob) == ("Take your time.", "Take your time.")

    stranger = {"annotator_instructions": {str(uuid4()): "Who are you?"}}
    refused = researcher.client.patch(f"{ROUNDS}/{round_id}", json=stranger)
    assert (refused.status_code, refused.json()["code"]) == (422, "unknown_member")
