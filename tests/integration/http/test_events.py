"""A stream begins with the whole state, follows changes, and ends when access ends."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple
from uuid import UUID, uuid4

import httpx2
import psycopg
import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session
from tests.integration.conftest import NewBrowser
from tests.integration.http.live import served

from glossator.app import create_app
from glossator.database import Database
from glossator.database_events import notify
from glossator.http import topics
from glossator.http.deps import require
from glossator.people.accounts import Person
from glossator.people.tables import Project, Role, SignInSession
from glossator.settings import Settings


class Event(NamedTuple):
    kind: str
    data: dict[str, object]


@pytest.fixture(autouse=True)
def project_topic(monkeypatch: pytest.MonkeyPatch) -> None:
    """`probe:PROJECT`: the project's name, for its members."""

    def probe(session: Session, person: Person, project_id: UUID | None) -> topics.State:
        assert project_id is not None
        require(session, person, project_id)
        return {"name": session.get_one(Project, project_id).name}

    monkeypatch.setitem(topics.PROVIDERS, "probe", probe)


@pytest.fixture
def address(service_settings: Settings) -> Iterator[str]:
    with served(create_app(service_settings)) as address:
        yield address


def events(answer: httpx2.Response) -> Iterator[Event]:
    kind = ""
    for line in answer.iter_lines():
        name, _, value = line.partition(": ")
        if name == "event":
            kind = value
        elif name == "data":
            yield Event(kind, json.loads(value))


def rename(database: Database, project_id: UUID, name: str) -> None:
    with database.transaction() as session:
        session.get_one(Project, project_id).name = name
        session.flush()
        notify(session, f"probe:{project_id}")


def test_a_stream_gives_the_state_then_each_change_then_that_access_is_gone(
    address: str, browser: NewBrowser, database: Database
) -> None:
    person = browser(Role.ANALYST)
    topic = f"probe:{person.project_id}"
    with httpx2.stream(
        "GET", f"{address}/api/events?topics={topic}", cookies=dict(person.client.cookies), timeout=20
    ) as answer:
        incoming = events(answer)
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert next(incoming) == Event("state", {"topic": topic, "state": {"name": "Tiles"}})

        rename(database, person.project_id, "Birds")
        assert Event("probe", {"topic": topic, "name": "Birds"}) in islice(incoming, 2)

        with database.transaction() as session:
            session.execute(delete(SignInSession))
            notify(session, topic)
        last = list(incoming)[-1]
        assert (last.kind, last.data["code"]) == ("gone", "not_signed_in")


def test_changes_arrive_after_the_database_dropped_the_connection(
    address: str, browser: NewBrowser, database: Database, database_url: str
) -> None:
    person = browser(Role.ANALYST)
    topic = f"probe:{person.project_id}"
    with httpx2.stream(
        "GET", f"{address}/api/events?topics={topic}", cookies=dict(person.client.cookies), timeout=20
    ) as answer:
        incoming = events(answer)
        next(incoming)
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where query like 'LISTEN%%' and datname = current_database()"
            )
        rename(database, person.project_id, "Fish")

        assert any(event == Event("probe", {"topic": topic, "name": "Fish"}) for event in incoming)


@pytest.mark.parametrize(
    ("topic", "code"),
    [("nonsense:1", "topics"), ("probe:1", "topics"), (f"probe:{UUID(int=7)}", "not_found"), ("", "topics")],
)
def test_a_topic_that_cannot_be_followed_is_refused_before_the_stream(
    browser: NewBrowser, topic: str, code: str
) -> None:
    answer = browser(Role.ANALYST).client.get(f"/api/events?topics={topic}")

    assert answer.json()["code"] == code


def test_nobody_follows_anything_without_signing_in(address: str) -> None:
    assert httpx2.get(f"{address}/api/events?topics=probe:{uuid4()}").status_code == 401
