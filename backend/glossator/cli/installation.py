"""Finds the running installation a command talks to: `--data`, or DATABASE_URL and its companions."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from glossator.database import Database, make_engine
from glossator.embedded.folder import DEFAULT, Addresses
from glossator.refusal import Refusal
from glossator.settings import settings
from glossator.storage.blobs import Storage, open_storage
from glossator.tables import configure


def find_instance(data: Path | None) -> Addresses:
    """The addresses of the installation; refused when it does not run."""
    given = settings()
    if data is None and given.database_url:
        return Addresses(
            database_url=given.database_url,
            redis_url=given.redis_url,
            storage_url=given.storage_url,
            public_url=given.public_url,
        )
    folder = data or DEFAULT
    try:
        return Addresses(**json.loads((folder / "instance.json").read_text()))
    except FileNotFoundError:
        raise Refusal(
            f"Glossator does not run on {folder}; start it with `glossator up --data {folder}`."
        ) from None
    except PermissionError:
        raise Refusal(
            f"{folder / 'instance.json'} belongs to another user; run this command as that user."
        ) from None


@contextmanager
def open_database(data: Path | None) -> Iterator[Database]:
    configure()
    database = Database(make_engine(find_instance(data).database_url, pool_size=1))
    try:
        yield database
    finally:
        database.close()


def open_blobs(data: Path | None) -> Storage:
    return open_storage(find_instance(data).storage_url)


def public_url(data: Path | None) -> str:
    return find_instance(data).public_url
