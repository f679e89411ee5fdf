"""The web application against this test's own database, with people who can sign in."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from glossator.app import create_app
from glossator.database import Database
from glossator.people import accounts, projects
from glossator.people.tables import Account, Role
from glossator.settings import Settings

ADDRESS = "http://127.0.0.1:8400"
PASSWORD = "a long password"


@dataclass(frozen=True)
class Browser:
    """A signed-in person's browser and who that is."""

    client: TestClient
    account_id: UUID
    project_id: UUID


NewBrowser = Callable[..., Browser]


@pytest.fixture
def service_settings(database_url: str, redis_url: str, tmp_path: Path) -> Settings:
    return Settings(
        database_url=database_url,
        redis_url=redis_url,
        storage_url=f"file://{tmp_path}/blobs",
        public_url=ADDRESS,
    )


@pytest.fixture
def data(tmp_path: Path, service_settings: Settings) -> Path:
    """The data folder of a running instance, as commands find it."""
    folder = tmp_path / "data"
    folder.mkdir()
    fields = ("database_url", "redis_url", "storage_url", "public_url")
    (folder / "instance.json").write_text(
        json.dumps({name: getattr(service_settings, name) for name in fields})
    )
    return folder


@pytest.fixture
def client(service_settings: Settings) -> Iterator[TestClient]:
    """A browser of nobody."""
    with TestClient(create_app(service_settings), base_url=ADDRESS, headers={"Origin": ADDRESS}) as opened:
        yield opened


@pytest.fixture
def project_id(database: Database) -> UUID:
    """A project that belongs to the installation's owner."""
    with database.transaction() as session:
        owner = accounts.ensure_owner(session)
        return projects.create(session, name="Tiles", account_id=owner.id).id


@pytest.fixture
def browser(client: TestClient, database: Database, project_id: UUID) -> NewBrowser:
    """`browser(Role.ANNOTATOR, …)`: a new person with these roles in the project, signed in."""
    made = 0

    def sign_in(*roles: Role, email: str | None = None) -> Browser:
        nonlocal made
        made += 1
        email = email or f"person{made}@example.org"
        with database.transaction() as session:
            account = Account(email=email, name=email.split("@")[0])
            session.add(account)
            session.flush()
            if roles:
                projects.set_roles(session, project_id, account.id, roles)
            account_id = account.id
            token = accounts.new_link(session, account)
        own = TestClient(client.app, base_url=ADDRESS, headers={"Origin": ADDRESS})
        answer = own.post(f"/api/sign-in-links/{token}", json={"name": email, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        return Browser(own, account_id, project_id)

    return sign_in
