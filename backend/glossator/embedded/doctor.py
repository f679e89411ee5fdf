"""`glossator doctor`: what is wrong on this machine, and how to mend it."""

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from redis import Redis as Client
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from glossator.database import Database, make_engine
from glossator.embedded import migrations, postgres, redis
from glossator.embedded.folder import Addresses
from glossator.embedded.up import DEFAULT_PORT, choose_port, has_gpu
from glossator.jobs.workers import alive
from glossator.refusal import Refusal

GIGABYTE = 1 << 30
ENOUGH_DISK, LITTLE_DISK = 5 * GIGABYTE, GIGABYTE
ENOUGH_MEMORY, LITTLE_MEMORY = 4 * GIGABYTE, 2 * GIGABYTE
CLOCK_SECONDS = 2.0
UNTRIED_PYTHON = (3, 14)

__all__ = ["Finding", "Level", "examine"]


class Level(Enum):
    OK = "ok"
    WARNING = "warning"
    BROKEN = "broken"


@dataclass(frozen=True)
class Finding:
    """One line: what was looked at, what was found, and the remedy when it is not ok."""

    subject: str
    level: Level
    found: str
    remedy: str = ""

    def __str__(self) -> str:
        remedy = f" -> {self.remedy}" if self.remedy else ""
        return f"{self.level.value:8} {self.subject:12} {self.found}{remedy}"


def examine(path: Path, addresses: Addresses | None) -> Iterator[Finding]:
    """Look at the machine, the data folder, and the running service when `addresses` are known."""
    yield python()
    yield disk(path)
    yield memory()
    yield owner(path)
    yield port(running=addresses is not None)
    yield binaries("Postgres", lambda: _found(postgres.find_binaries()))
    yield binaries("Redis", lambda: _found(redis.find_binary()))
    yield gpu()
    if addresses is None:
        yield Finding("service", Level.WARNING, "does not run", f"glossator up --data {path}")
        return
    yield broker(addresses.redis_url)
    yield from _database(addresses.database_url)


def python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info >= UNTRIED_PYTHON:
        return Finding("Python", Level.WARNING, f"{version} was not tried", "use Python 3.11 to 3.13")
    return Finding("Python", Level.OK, version)


def disk(path: Path) -> Finding:
    there = next(folder for folder in (path, *path.parents) if folder.exists())
    free = shutil.disk_usage(there).free
    found = f"{free / GIGABYTE:.1f} GB free at {there}"
    if free < LITTLE_DISK:
        return Finding("disk", Level.BROKEN, found, "make room: the database stops when the disk is full")
    if free < ENOUGH_DISK:
        return Finding("disk", Level.WARNING, found, "make room before importing large data sets")
    return Finding("disk", Level.OK, found)


def memory() -> Finding:
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = _container_limit()
    available = min(total, limit) if limit else total
    found = f"{available / GIGABYTE:.1f} GB"
    if available < LITTLE_MEMORY:
        return Finding("memory", Level.BROKEN, found, "the worker needs 2 GB and more")
    if available < ENOUGH_MEMORY:
        return Finding("memory", Level.WARNING, found, "large networks may need 4 GB and more")
    return Finding("memory", Level.OK, found)


def _container_limit() -> int | None:
    try:
        value = Path("/sys/fs/cgroup/memory.max").read_text().strip()
    except OSError:
        return None
    return int(value) if value.isdigit() else None


def owner(path: Path) -> Finding:
    """The data folder is entered by its owner alone; as root it may belong to the account of Postgres."""
    if not path.exists():
        return Finding("folder", Level.OK, f"{path} is made at the first start")
    status = path.stat()
    if os.getuid() not in (0, status.st_uid):
        remedy = "start as that user, or choose another folder with --data"
        return Finding("folder", Level.BROKEN, f"{path} belongs to user {status.st_uid}", remedy)
    if status.st_mode & 0o077:
        return Finding("folder", Level.WARNING, f"{path} is open to others", f"chmod 700 {path}")
    return Finding("folder", Level.OK, str(path))


def port(*, running: bool) -> Finding:
    if running:
        return Finding("port", Level.OK, "in use by this installation")
    free = choose_port("127.0.0.1", None)
    if free != DEFAULT_PORT:
        remedy = "stop the other program, or choose with --port"
        return Finding("port", Level.WARNING, f"{DEFAULT_PORT} is taken, {free} is free", remedy)
    return Finding("port", Level.OK, f"{free} is free")


def _found(binary: postgres.Binaries | redis.Binary) -> str:
    return f"{binary.version()} from {binary.origin}"


def binaries(subject: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(subject, Level.OK, look())
    except (Refusal, OSError) as error:
        return Finding(subject, Level.BROKEN, "no usable server", str(error))


def gpu() -> Finding:
    found = "NVIDIA driver present" if has_gpu() else "none: computing on the processor"
    return Finding("GPU", Level.OK, found)


def broker(url: str) -> Finding:
    client = Client.from_url(url, socket_connect_timeout=5, socket_timeout=5)
    try:
        return Finding("broker", Level.OK, f"answers, version {client.info('server')['redis_version']}")
    except RedisError as error:
        remedy = "look into logs/redis.log, or check REDIS_URL"
        return Finding("broker", Level.BROKEN, f"does not answer: {error}", remedy)
    finally:
        client.close()


def _database(url: str) -> Iterator[Finding]:
    engine = make_engine(url, pool_size=1)
    try:
        with engine.connect() as connection:
            version = connection.scalar(text("show server_version"))
            vector = connection.scalar(
                text("select default_version from pg_available_extensions where name = 'vector'")
            )
            drift = abs(time.time() - float(connection.scalar(text("select extract(epoch from now())")) or 0))
        yield Finding("database", Level.OK, f"answers, version {version}")
        yield _pgvector(vector)
        yield _clock(drift)
        yield _migrations(engine)
        yield _worker(engine)
    except SQLAlchemyError as error:
        remedy = "look into logs/postgres.log, or check DATABASE_URL"
        yield Finding("database", Level.BROKEN, str(error).splitlines()[0], remedy)
    finally:
        engine.dispose()


def _pgvector(version: str | None) -> Finding:
    if version is None:
        remedy = "install pgvector in that server; similar images need it"
        return Finding("pgvector", Level.BROKEN, "not installed in the database's server", remedy)
    return Finding("pgvector", Level.OK, version)


def _clock(drift: float) -> Finding:
    found = f"{drift:.1f} s apart from the database's"
    if drift > CLOCK_SECONDS:
        return Finding("clock", Level.WARNING, found, "synchronise the clocks (NTP)")
    return Finding("clock", Level.OK, found)


def _migrations(engine: Engine) -> Finding:
    current, head = migrations.current(engine), migrations.head()
    if current != head:
        remedy = "start the service again: it migrates by itself"
        return Finding("migrations", Level.BROKEN, f"at {current or 'none'}, expected {head}", remedy)
    return Finding("migrations", Level.OK, f"at {current}")


def _worker(engine: Engine) -> Finding:
    with Database(engine).transaction() as session:
        workers = [f"{each.host} ({each.device})" for each in alive(session)]
    if not workers:
        return Finding("worker", Level.BROKEN, "none was seen for 30 s", "look into logs/worker.log")
    return Finding("worker", Level.OK, ", ".join(workers))
