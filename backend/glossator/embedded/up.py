"""`glossator up`: the whole system on one machine."""

import os
import platform
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from glossator.database import Database, make_engine
from glossator.embedded.children import ChildSpec
from glossator.embedded.folder import Addresses, DataFolder
from glossator.embedded.migrations import upgrade
from glossator.embedded.postgres import Postgres
from glossator.embedded.processes import stop_leftovers
from glossator.embedded.redis import Redis
from glossator.embedded.supervisor import Supervisor
from glossator.jobs.workers import alive
from glossator.people.service import fresh_owner_link
from glossator.refusal import Refusal
from glossator.settings import settings
from glossator.tables import configure

DEFAULT_PORT = 8400
PORTS_TRIED = 100
LOOPBACK = ("127.0.0.1", "localhost", "::1")
WORKER_NICENESS = "10"
"""Pages and boards come first: nobody waits for a job as hands wait for a board."""
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - asked for with --host


def say(line: str) -> None:
    """A line on the terminal, at once; the service goes on when nobody reads it any more."""
    with suppress(OSError):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


@dataclass(frozen=True)
class Options:
    """How `up` was asked. `port` none: 8400, or the next free one."""

    data: Path
    port: int | None = None
    host: str = "127.0.0.1"
    demo: bool = False
    worker_application: str = "glossator_worker.celery_app"
    say: Callable[[str], None] = say


def up(options: Options) -> None:
    """Run until stopped; a Refusal says why it can't."""
    folder = DataFolder.create(options.data)
    with folder.held():
        for name in stop_leftovers(folder.processes()):
            options.say(f"{name}: left over from an earlier start, stopped")
        Service(folder, options).run()


class Service:
    """What this start consists of: servers of our own where no address was given, web, worker."""

    def __init__(self, folder: DataFolder, options: Options) -> None:
        chosen = settings()
        configure()
        self.folder = folder
        self.options = options
        self.port = choose_port(options.host, options.port)
        self.postgres = None if chosen.database_url else self._own_postgres()
        self.redis = None if chosen.redis_url else Redis.at(folder.path / "redis", folder.sockets() / "redis")
        self.addresses = Addresses(
            database_url=chosen.database_url or (self.postgres.url() if self.postgres else ""),
            redis_url=chosen.redis_url or (self.redis.url() if self.redis else ""),
            storage_url=chosen.storage_url or folder.storage_url,
            public_url=os.environ.get("PUBLIC_URL") or f"http://{self.address}:{self.port}",
        )
        self.database = Database(make_engine(self.addresses.database_url, pool_size=1))

    @property
    def address(self) -> str:
        """Where this machine reaches the web server."""
        host = self.options.host
        if host in EVERYWHERE or host == "localhost":
            return "127.0.0.1"
        return f"[{host}]" if ":" in host else host

    def run(self) -> None:
        if self.options.host not in LOOPBACK:
            self.options.say(
                f"Listening on {self.options.host}: everybody who reaches this machine on port {self.port} "
                "sees the sign-in page, and passwords travel unencrypted unless a proxy adds TLS."
            )
        if self.postgres is None:
            self._migrate()
        hooks = {"postgres": self._migrate, "web": self._invite}
        supervisor = Supervisor(self.specs(), self.folder, hooks=hooks, say=self.options.say)
        try:
            supervisor.run()
        finally:
            self.folder.forget_instance()
            self.database.close()

    def specs(self) -> list[ChildSpec]:
        """The children in the order in which they start."""
        servers = [server.child() for server in (self.postgres, self.redis) if server is not None]
        demo = [self._demo()] if self.options.demo else []
        return [*servers, self._web(), self._worker(), *demo]

    def _own_postgres(self) -> Postgres:
        sockets = self.folder.sockets() / "postgres"
        return Postgres.at(self.folder.path / "postgres", sockets, self.folder.secret())

    def _environment(self) -> dict[str, str]:
        hosts = {*settings().allowed_hosts.split(","), self.address, self.options.host}
        return {
            "DATABASE_URL": self.addresses.database_url,
            "REDIS_URL": self.addresses.redis_url,
            "STORAGE_URL": self.addresses.storage_url,
            "PUBLIC_URL": self.addresses.public_url,
            "ALLOWED_HOSTS": ",".join(sorted(host for host in hosts if host)),
            "PYTHONUNBUFFERED": "1",
        }

    def _web(self) -> ChildSpec:
        return ChildSpec(
            name="web",
            command=(
                *(sys.executable, "-m", "uvicorn", "glossator.app:own_process", "--factory"),
                *("--host", self.options.host, "--port", str(self.port)),
                *("--no-server-header", "--no-access-log", "--timeout-graceful-shutdown", "2"),
            ),
            environment=self._environment(),
            ready=self._healthy,
            ready_within=180,
            remedy="look whether another program uses the port, then run `glossator doctor`",
        )

    def _worker(self) -> ChildSpec:
        return ChildSpec(
            name="worker",
            command=(
                *(sys.executable, "-m", "celery", "-A", self.options.worker_application, "worker"),
                *("--pool", "solo", "--queues", "cpu,gpu" if has_gpu() else "cpu", "--loglevel", "INFO"),
                *("--without-gossip", "--without-mingle", "--without-heartbeat"),
            ),
            environment={
                "OMP_NUM_THREADS": str(os.cpu_count() or 1),
                "WORKER_NICENESS": os.environ.get("WORKER_NICENESS", WORKER_NICENESS),
                **self._environment(),
            },
            ready=self._worker_seen,
            ready_within=300,
            stop_within=6,
            remedy="the likely reason is memory: give the machine more, or look into the log for the error",
        )

    def _demo(self) -> ChildSpec:
        return ChildSpec(
            name="demo",
            command=(sys.executable, "-m", "glossator.embedded.demo"),
            environment=self._environment(),
            ready=lambda pid: True,
            remedy="start again",
            once=True,
        )

    def _healthy(self, pid: int) -> bool:
        try:
            url = f"http://{self.address}:{self.port}/health"
            with urllib.request.urlopen(url, timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def _worker_seen(self, pid: int) -> bool:
        """Whether the worker of this process is registered."""
        try:
            with self.database.transaction() as session:
                return any(
                    (worker.host, worker.process_id) == (socket.gethostname(), pid)
                    for worker in alive(session)
                )
        except SQLAlchemyError:
            return False

    def _migrate(self) -> None:
        upgrade(self.database.engine)
        self.folder.write_instance(self.addresses)

    def _invite(self) -> None:
        """Print the sign-in link; an owner with a password needs none."""
        with self.database.transaction() as session:
            token = fresh_owner_link(session)
        if token is None:
            self.options.say(f"Running: {self.addresses.public_url}")
        else:
            self.options.say(f"Sign in: {self.addresses.public_url}/sign-in/{token}")


def choose_port(host: str, demanded: int | None) -> int:
    """The demanded port, or 8400, or the next free one; a demanded port that is taken is refused."""
    if demanded is not None:
        if not _free(host, demanded):
            raise Refusal(f"Port {demanded} on {host} is taken by another program: choose one with --port.")
        return demanded
    for port in range(DEFAULT_PORT, DEFAULT_PORT + PORTS_TRIED):
        if _free(host, port):
            return port
    raise Refusal(f"No port from {DEFAULT_PORT} on is free: choose one with --port.")


def _free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise Refusal(f"Port {port} needs rights this user lacks: choose one over 1023.") from None
        except OSError:
            return False
    return True


def has_gpu() -> bool:
    """Whether an NVIDIA driver is there; torch itself decides in the worker."""
    return platform.system() == "Linux" and Path("/proc/driver/nvidia/version").exists()
