"""A throw-away Postgres for writing migrations."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from glossator.database import make_engine
from glossator.embedded.children import Child
from glossator.embedded.postgres import Postgres


@contextmanager
def empty_database() -> Iterator[Engine]:
    with tempfile.TemporaryDirectory(prefix="glossator-") as name:
        postgres = Postgres.at(Path(name, "postgres"), Path(name, "run"), "scratch")
        child = Child(postgres.child(), Path(name, "log"))
        child.start()
        try:
            child.wait_ready()
            engine = make_engine(postgres.url())
            yield engine
            engine.dispose()
        finally:
            child.stop()
