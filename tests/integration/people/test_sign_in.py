"""Signing in: one-time links, passwords, sessions that end."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select, update
from starlette.testclient import TestClient
from tests.integration.conftest import PASSWORD, NewBrowser

from glossator.database import Database, now
from glossator.people import accounts
from glossator.people.tables import Account, Role, SignInLink, SignInSession

FIRST = {"name": "Ada", "email": "Ada@Example.org ", "password": PASSWORD}


def owner_link(database: Database) -> str:
    with database.transaction() as session:
        token = accounts.fresh_owner_link(session)
    assert token is not None
    return token


def test_looking_at_a_link_ten_times_changes_nothing(client: TestClient, database: Database) -> None:
    token = owner_link(database)

    answers = [client.get(f"/api/sign-in-links/{token}") for _ in range(10)]

    assert {answer.text for answer in answers} == {'{"usable":true,"needs_account":true,"email":null}'}
    assert not any(answer.cookies for answer in answers)
    with database.transaction() as session:
        assert session.scalar(select(SignInLink.used_at)) is None
        assert session.scalar(select(func.count()).select_from(SignInSession)) == 0


def test_the_first_sign_in_sets_name_address_and_password(client: TestClient, database: Database) -> None:
    token = owner_link(database)

    answer = client.post(f"/api/sign-in-links/{token}", json=FIRST)

    assert answer.json()["account"] | {"id": ""} == {"id": "", "email": "ada@example.org", "name": "Ada"}
    assert client.get("/api/me").json() == answer.json()
    with database.transaction() as session:
        assert accounts.fresh_owner_link(session) is None


def test_a_link_works_once(client: TestClient, database: Database) -> None:
    token = owner_link(database)
    client.post(f"/api/sign-in-links/{token}", json=FIRST)

    again = client.post(f"/api/sign-in-links/{token}", json=FIRST)

    assert (again.status_code, again.json()["code"]) == (410, "link_used")
    assert client.get(f"/api/sign-in-links/{token}").json()["usable"] is False


def test_an_incomplete_first_sign_in_leaves_the_link_usable(client: TestClient, database: Database) -> None:
    token = owner_link(database)

    for body in ({}, FIRST | {"email": "nonsense"}, FIRST | {"password": "short"}, FIRST | {"name": "  "}):
        assert client.post(f"/api/sign-in-links/{token}", json=body).status_code == 422

    assert client.post(f"/api/sign-in-links/{token}", json=FIRST).status_code == 200


def test_a_link_expires_and_a_new_one_replaces_the_older(client: TestClient, database: Database) -> None:
    first = owner_link(database)
    second = owner_link(database)
    assert client.get(f"/api/sign-in-links/{first}").json()["usable"] is False
    with database.transaction() as session:
        session.execute(update(SignInLink).values(expires_at=now() - timedelta(seconds=1)))

    assert client.post(f"/api/sign-in-links/{second}", json=FIRST).status_code == 410


def test_a_password_signs_in_and_a_wrong_one_does_not(client: TestClient, browser: NewBrowser) -> None:
    browser(Role.ANALYST, email="grace@example.org")

    wrong = client.post("/api/sign-in", json={"email": "grace@example.org", "password": "another one"})
    nobody = client.post("/api/sign-in", json={"email": "nobody@example.org", "password": PASSWORD})
    right = client.post("/api/sign-in", json={"email": " GRACE@example.org", "password": PASSWORD})

    assert (wrong.status_code, wrong.json()["code"]) == (401, "wrong_password")
    assert wrong.json()["detail"] == nobody.json()["detail"]
    assert right.json()["account"]["email"] == "grace@example.org"


def test_the_eleventh_wrong_password_has_to_wait(client: TestClient, browser: NewBrowser) -> None:
    browser(Role.ANALYST, email="grace@example.org")
    wrong = {"email": "grace@example.org", "password": "another one"}
    assert [client.post("/api/sign-in", json=wrong).status_code for _ in range(10)] == [401] * 10

    answer = client.post("/api/sign-in", json=wrong | {"password": PASSWORD})

    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 900


def test_signing_out_ends_the_session_on_the_server(browser: NewBrowser) -> None:
    person = browser(Role.ANALYST)
    cookies = dict(person.client.cookies)

    assert person.client.post("/api/sign-out").status_code == 204

    person.client.cookies.update(cookies)
    assert person.client.get("/api/me").status_code == 401


def test_signing_in_again_gives_a_new_session_and_ends_the_old(
    browser: NewBrowser, client: TestClient
) -> None:
    person = browser(Role.ANALYST, email="grace@example.org")
    old = dict(person.client.cookies)
    person.client.post("/api/sign-in", json={"email": "grace@example.org", "password": PASSWORD})

    assert dict(person.client.cookies) != old
    client.cookies.update(old)
    assert client.get("/api/me").status_code == 401


def test_the_cookie_is_kept_from_scripts_and_its_token_is_stored_hashed(
    client: TestClient, database: Database
) -> None:
    answer = client.post(f"/api/sign-in-links/{owner_link(database)}", json=FIRST)

    header = answer.headers["set-cookie"]
    assert header.startswith("glossator-8400=")
    assert "HttpOnly" in header
    assert "SameSite=lax" in header
    token = client.cookies["glossator-8400"]
    with database.transaction() as session:
        assert token.encode() not in session.scalars(select(SignInSession.token_hash)).one()


def test_a_session_idles_out_and_background_reads_do_not_keep_it(
    browser: NewBrowser, database: Database
) -> None:
    person = browser(Role.ANALYST)

    def age(hours: float) -> None:
        with database.transaction() as session:
            session.execute(update(SignInSession).values(seen_at=now() - timedelta(hours=hours)))

    age(11.9)
    assert person.client.get("/api/me", headers={"X-Background": "1"}).status_code == 200
    with database.transaction() as session:
        assert now() - session.scalars(select(SignInSession.seen_at)).one() > timedelta(hours=11)
    assert person.client.get("/api/me").status_code == 200
    with database.transaction() as session:
        assert now() - session.scalars(select(SignInSession.seen_at)).one() < timedelta(minutes=1)
    age(12.1)
    assert person.client.get("/api/me").status_code == 401


def test_a_session_ends_after_fourteen_days_in_any_case(browser: NewBrowser, database: Database) -> None:
    person = browser(Role.ANALYST)
    with database.transaction() as session:
        session.execute(update(SignInSession).values(created_at=now() - timedelta(days=14, seconds=1)))

    assert person.client.get("/api/me").json()["code"] == "not_signed_in"


def test_passwords_are_nowhere_in_the_database(browser: NewBrowser, database: Database) -> None:
    browser(Role.ANALYST)

    with database.transaction() as session:
        stored = session.scalars(
            select(Account.password_hash).where(Account.password_hash.is_not(None))
        ).one()
    assert stored is not None
    assert stored.startswith("$argon2id$")


def test_two_accounts_cannot_share_an_address(
    client: TestClient, browser: NewBrowser, database: Database
) -> None:
    browser(Role.ANALYST, email="ada@example.org")

    answer = client.post(f"/api/sign-in-links/{owner_link(database)}", json=FIRST)

    assert (answer.status_code, answer.json()["code"]) == (409, "email_taken")


def test_ids_in_answers_are_uuids_of_version_7(browser: NewBrowser) -> None:
    me = browser(Role.ANALYST).client.get("/api/me").json()

    assert UUID(me["account"]["id"]).version == 7
