"""One embedded Postgres and Redis for a whole test session; a fresh database for each test."""

import itertools
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from glossator.database import make_engine
from glossator.embedded.children import Child
from glossator.embedded.migrations import upgrade
from glossator.embedded.postgres import Postgres
from glossator.embedded.redis import Redis

TEMPLATE = "template_of_tests"
# A crash of the machine may lose a test's data.
UNSAFE = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


@dataclass(frozen=True)
class Servers:
    postgres: Postgres
    redis: Redis
    numbers: Iterator[int] = field(default_factory=itertools.count)

    @contextmanager
    def fresh_database(self, *, template: str = TEMPLATE) -> Iterator[str]:
        """The URL of a new database with all tables, dropped afterwards."""
        name = f"test_{next(self.numbers)}"
        self._execute(sql.SQL("create database {} template {}"), name, template)
        try:
            yield self.postgres.url(name)
        finally:
            self._execute(sql.SQL("drop database {} with (force)"), name)

    def make_template(self) -> None:
        self._execute(sql.SQL("create database {}"), TEMPLATE)
        engine = make_engine(self.postgres.url(TEMPLATE))
        upgrade(engine)
        engine.dispose()

    def _execute(self, statement: sql.SQL, *names: str) -> None:
        with psycopg.connect(self.postgres.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.format(*map(sql.Identifier, names)))


@contextmanager
def running_servers() -> Iterator[Servers]:
    """Start both in a short temporary folder and stop them at the end."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="glossator-tests-")))
        postgres = Postgres.at(folder / "postgres", folder / "run", "only-for-tests", UNSAFE)
        redis = Redis.at(folder / "redis", folder / "redis")
        for spec in (postgres.child(), redis.child()):
            child = Child(spec, folder / f"{spec.name}.log")
            child.start()
            stack.callback(child.stop)
            child.wait_ready()
        servers = Servers(postgres, redis)
        servers.make_template()
        yield servers
