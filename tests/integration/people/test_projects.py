"""Projects, roles and invitations over the real API."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update
from starlette.testclient import TestClient
from tests.integration.conftest import PASSWORD, NewBrowser

from glossator.database import Database, now
from glossator.people import projects
from glossator.people.tables import Invitation, Project, Role

NEW = {"name": "Lin", "email": "lin@example.org", "password": PASSWORD}


def invited(owner: TestClient, project_id: UUID, role: Role = Role.ANNOTATOR) -> str:
    answer = owner.post(f"/api/projects/{project_id}/invitations", json={"role": role, "note": "for Lin"})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["link"].rpartition("/")[2])


def test_an_owner_makes_and_renames_projects(browser: NewBrowser) -> None:
    owner = browser(Role.OWNER).client

    made = owner.post("/api/projects", json={"name": "  Birds  of Oregon "}).json()
    renamed = owner.patch(f"/api/projects/{made['id']}", json={"name": "Birds"}).json()

    assert made["name"] == "Birds of Oregon"
    assert renamed == made | {"name": "Birds"}
    assert [each["name"] for each in owner.get("/api/projects").json()["items"]] == ["Birds", "Tiles"]


def test_an_annotator_makes_no_projects(browser: NewBrowser) -> None:
    answer = browser(Role.ANNOTATOR).client.post("/api/projects", json={"name": "Mine"})

    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


def test_a_stranger_cannot_tell_a_foreign_project_from_none(browser: NewBrowser) -> None:
    stranger = browser()

    foreign = stranger.client.get(f"/api/projects/{stranger.project_id}/people")
    none = stranger.client.get(f"/api/projects/{uuid4()}/people")

    assert foreign.status_code == none.status_code == 404
    assert foreign.json()["detail"] == none.json()["detail"]


@pytest.mark.parametrize("role", [Role.RESEARCHER, Role.ANALYST, Role.ANNOTATOR])
def test_only_owners_see_and_change_people(browser: NewBrowser, role: Role) -> None:
    person = browser(role)
    path = f"/api/projects/{person.project_id}"

    answers = [
        person.client.get(f"{path}/people"),
        person.client.put(f"{path}/people/{person.account_id}/roles", json={"roles": ["owner"]}),
        person.client.post(f"{path}/invitations", json={"role": "owner"}),
        person.client.patch(path, json={"name": "Mine"}),
        person.client.request("DELETE", path, json={"name": "Tiles"}),
    ]

    assert [answer.status_code for answer in answers] == [403] * 5


def test_deleting_asks_for_the_name_and_can_be_undone_for_30_days(
    browser: NewBrowser, database: Database
) -> None:
    owner = browser(Role.OWNER)
    path = f"/api/projects/{owner.project_id}"

    wrong = owner.client.request("DELETE", path, json={"name": "tiles"})
    right = owner.client.request("DELETE", path, json={"name": "Tiles"})

    assert (wrong.status_code, wrong.json()["code"], right.status_code) == (422, "name_differs", 204)
    assert owner.client.get("/api/projects").json()["items"] == []
    assert len(owner.client.get("/api/projects?deleted=true").json()["items"]) == 1
    assert owner.client.post(f"{path}/restore").status_code == 200
    owner.client.request("DELETE", path, json={"name": "Tiles"})
    with database.transaction() as session:
        session.execute(update(Project).values(deleted_at=now() - timedelta(days=30, seconds=1)))
    assert owner.client.post(f"{path}/restore").status_code == 404


def test_an_invitation_is_looked_at_without_being_used(browser: NewBrowser, client: TestClient) -> None:
    owner = browser(Role.OWNER)
    token = invited(owner.client, owner.project_id)

    views = [client.get(f"/api/invitations/{token}").json() for _ in range(10)]

    assert all(view == views[0] for view in views)
    assert views[0] | {"invited_by": ""} == {
        "usable": True,
        "project": "Tiles",
        "role": "annotator",
        "invited_by": "",
        "signed_in_as": None,
    }


def test_an_invitation_makes_an_account_with_its_role_once(browser: NewBrowser, client: TestClient) -> None:
    owner = browser(Role.OWNER)
    token = invited(owner.client, owner.project_id)

    joined = client.post(f"/api/invitations/{token}", json=NEW)
    client.cookies.clear()
    again = client.post(f"/api/invitations/{token}", json=NEW | {"email": "other@example.org"})

    assert joined.json()["projects"][0]["roles"] == ["annotator"]
    assert (again.status_code, again.json()["code"]) == (410, "invitation_used")
    assert client.get(f"/api/invitations/{token}").json()["usable"] is False


def test_a_signed_in_person_gains_the_role_beside_those_held(browser: NewBrowser) -> None:
    owner, analyst = browser(Role.OWNER), browser(Role.ANALYST)
    token = invited(owner.client, owner.project_id, Role.ANNOTATOR)

    joined = analyst.client.post(f"/api/invitations/{token}", json={})

    assert joined.json()["projects"][0]["roles"] == ["analyst", "annotator"]


def test_a_withdrawn_or_expired_invitation_is_refused(
    browser: NewBrowser, client: TestClient, database: Database
) -> None:
    owner = browser(Role.OWNER)
    withdrawn, expired = (invited(owner.client, owner.project_id) for _ in range(2))
    listed = owner.client.get(f"/api/projects/{owner.project_id}/people").json()["invitations"]
    assert [each["note"] for each in listed] == ["for Lin", "for Lin"]
    assert owner.client.delete(f"/api/invitations/{listed[0]['id']}").status_code == 204
    with database.transaction() as session:
        session.execute(update(Invitation).values(expires_at=now()))

    assert [
        client.post(f"/api/invitations/{token}", json=NEW).status_code for token in (withdrawn, expired)
    ] == [
        410,
        410,
    ]


def test_a_project_keeps_an_owner(browser: NewBrowser, database: Database) -> None:
    owner = browser(Role.OWNER)
    path = f"/api/projects/{owner.project_id}/people"
    for member in owner.client.get(path).json()["members"]:
        if member["account_id"] != str(owner.account_id):
            assert (
                owner.client.put(f"{path}/{member['account_id']}/roles", json={"roles": []}).status_code
                == 200
            )

    answer = owner.client.put(f"{path}/{owner.account_id}/roles", json={"roles": ["analyst"]})

    assert (answer.status_code, answer.json()["code"]) == (409, "last_owner")
    assert owner.client.get(path).json()["members"][0]["roles"] == ["owner"]


def test_the_same_request_twice_makes_one_project(browser: NewBrowser, database: Database) -> None:
    owner = browser(Role.OWNER).client
    key = {"Idempotency-Key": str(uuid4())}

    first, second = (owner.post("/api/projects", json={"name": "Birds"}, headers=key) for _ in range(2))
    other = owner.post("/api/projects", json={"name": "Fish"}, headers=key)

    assert first.status_code == second.status_code == 201
    assert first.json() == second.json()
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    with database.transaction() as session:
        assert session.scalar(select(func.count()).where(Project.name == "Birds")) == 1


def test_lists_are_paged_by_a_cursor_that_cannot_be_made_up(browser: NewBrowser) -> None:
    owner = browser(Role.OWNER).client
    for number in range(4):
        owner.post("/api/projects", json={"name": f"Project {number}"})

    first = owner.get("/api/projects?limit=3").json()
    second = owner.get(f"/api/projects?limit=3&after={first['next']}").json()

    names = [each["name"] for each in first["items"] + second["items"]]
    assert names == ["Project 3", "Project 2", "Project 1", "Project 0", "Tiles"]
    assert second["next"] is None
    assert owner.get("/api/projects?after=%21%21").json()["code"] == "cursor"
    assert owner.get("/api/projects?limit=201").status_code == 422


def test_pseudonyms_count_per_project_and_stay(database: Database, browser: NewBrowser) -> None:
    first, second = browser(Role.ANNOTATOR), browser(Role.ANNOTATOR)

    def pseudonym(account_id: UUID) -> str:
        with database.transaction() as session:
            projects.give_pseudonyms(session, first.project_id, [account_id])
            return projects.pseudonyms(session, first.project_id)[account_id]

    assert [pseudonym(each.account_id) for each in (first, second, first)] == [
        "annotator-01",
        "annotator-02",
        "annotator-01",
    ]
