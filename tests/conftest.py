"""Fixtures that start something: servers once per session, a database per test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session
from tests.servers import Servers, running_servers

from glossator.database import Database, make_engine
from glossator.storage.blobs import FolderStorage


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    with running_servers() as running:
        yield running


@pytest.fixture
def database_url(servers: Servers) -> Iterator[str]:
    """A database of this test alone, with all tables."""
    with servers.fresh_database() as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(make_engine(database_url))
    yield opened
    opened.close()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A session of this test's database; what is not committed is rolled back at the end."""
    with database.sessions() as opened:
        yield opened


@pytest.fixture
def redis_url(servers: Servers) -> str:
    return servers.redis.url()


@pytest.fixture
def storage(tmp_path: Path) -> FolderStorage:
    return FolderStorage(tmp_path / "blobs")
