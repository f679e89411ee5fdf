"""A real service in a process of its own, for tests that kill parts of it."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from sqlalchemy.orm import Session

from glossator.database import Database, make_engine

ROOT = Path(__file__).parents[1]
PATIENCE = 300  # seconds: a limit for broken services, not a measure of good ones


def until(
    condition: Callable[[], bool],
    what: str,
    patience: float = PATIENCE,
    details: Callable[[], str] = str,
) -> None:
    """Wait for a condition; an AssertionError that says which one did not come, and details."""
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {patience:.0f} s in vain: {what}{details()}")
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class RunningService:
    """`command` starts it; `lines` is what it printed since the last start."""

    data: Path
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    process: subprocess.Popen[str] | None = None

    def start(self, ready: str = "worker: ready") -> None:
        """Start and wait for a line that begins with `ready`."""
        self.lines.clear()
        self.process = subprocess.Popen(
            list(self.command),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "OMP_NUM_THREADS": "1", **self.environment},
            start_new_session=True,
        )
        self.wait_for_line(ready)

    def wait_for_line(self, beginning: str) -> str:
        assert self.process
        assert self.process.stdout
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for line in self.lines:
                if line.startswith(beginning):
                    return line
            readable, _, _ = select.select([self.process.stdout], [], [], 0.2)
            if readable:
                line = self.process.stdout.readline()
                if not line:
                    break
                self.lines.append(line.rstrip("\n"))
        raise AssertionError(f"no line begins with {beginning!r}:\n" + "\n".join(self.lines) + self.logs())

    def logs(self) -> str:
        return "".join(
            f"\n--- {log.name}\n" + "\n".join(log.read_text(errors="replace").splitlines()[-15:])
            for log in sorted((self.data / "logs").glob("*.log"))
        )

    def pid_of(self, name: str) -> int:
        """The process id of a child as the supervisor wrote it down."""
        records = json.loads((self.data / "processes.json").read_text())
        return next(int(record["pid"]) for record in records if record["name"] == name)

    def kill(self, name: str) -> None:
        """SIGKILL to a child, or to the "supervisor"."""
        assert self.process
        if name == "supervisor":
            self.process.kill()
            self._reap()
        else:
            os.kill(self.pid_of(name), signal.SIGKILL)

    def stop(self) -> int:
        """SIGTERM; the exit status."""
        assert self.process
        self.process.send_signal(signal.SIGTERM)
        return self._reap()

    def _reap(self) -> int:
        assert self.process
        assert self.process.stdout
        try:
            return self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        finally:
            self.process.stdout.close()

    def database_url(self) -> str:
        return str(json.loads((self.data / "instance.json").read_text())["database_url"])

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """On a connection of its own, once the database answers."""
        until(lambda: self.rows("select 1") != [], "the database answers")
        database = Database(make_engine(self.database_url(), pool_size=1))
        try:
            with database.transaction() as session:
                yield session
        finally:
            database.close()

    def rows(self, query: str, *parameters: object) -> list[tuple[object, ...]]:
        """The rows of a query; empty while the database is away."""
        try:
            with psycopg.connect(self.database_url(), connect_timeout=5) as connection:
                return connection.execute(query, parameters).fetchall()
        except (psycopg.OperationalError, FileNotFoundError):
            return []


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]
