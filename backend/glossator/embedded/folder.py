"""The data folder of an installation: who may enter, who holds it, what lies in it."""

import fcntl
import hashlib
import json
import os
import secrets
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from glossator.embedded.processes import ProcessRecord
from glossator.refusal import Refusal

DEFAULT = Path.home() / ".local" / "share" / "glossator"
LONGEST_SOCKET = 100  # bytes of a socket's path that Linux (107) and macOS (103) both take
LONGEST_NAME = len("/postgres/.s.PGSQL.5432.lock")


@dataclass(frozen=True)
class Addresses:
    """What `instance.json` tells the commands that talk to a running installation."""

    database_url: str
    redis_url: str
    storage_url: str
    public_url: str


@dataclass(frozen=True)
class DataFolder:
    """One installation; `path` is absolute."""

    path: Path

    @classmethod
    def create(cls, path: Path) -> "DataFolder":
        """Open or create; a folder that holds other people's files is refused."""
        path = path.expanduser().absolute()
        try:
            if path.is_dir() and any(path.iterdir()) and not (path / "instance.lock").exists():
                raise Refusal(f"{path} holds other files: choose an empty or a new folder with --data.")
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder = cls(path)
            folder.lock_file.touch(mode=0o600)
            path.chmod(0o700)
            for name in ("logs", "blobs"):
                (path / name).mkdir(mode=0o700, exist_ok=True)
        except PermissionError:
            raise Refusal(
                f"{path} belongs to another user: start as that user or choose another folder with --data."
            ) from None
        except OSError as error:
            raise Refusal(f"{path} can't be used as data folder: {error.strerror}.") from None
        return folder

    @property
    def lock_file(self) -> Path:
        return self.path / "instance.lock"

    @property
    def instance_file(self) -> Path:
        return self.path / "instance.json"

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def storage_url(self) -> str:
        return (self.path / "blobs").as_uri()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder; a second instance is refused. The lock ends with this process, however it ends."""
        with self.lock_file.open("r+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                holder = file.read().strip() or "unknown"
                raise Refusal(
                    f"{self.path} is in use by the Glossator with process {holder}: stop that one, or choose "
                    "another folder with --data."
                ) from None
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
            yield

    def secret(self) -> str:
        """The password of the embedded servers, made once."""
        file = self.path / "secret"
        if not file.exists():
            _write(file, secrets.token_hex(32))
        return file.read_text().strip()

    def sockets(self) -> Path:
        """Where Unix sockets lie: here, or in the run-time folder when the path is too long for a socket."""
        inside = self.path / "run"
        if len(os.fsencode(inside)) + LONGEST_NAME <= LONGEST_SOCKET:
            inside.mkdir(mode=0o711, exist_ok=True)
            return inside
        sign = hashlib.sha256(os.fsencode(self.path)).hexdigest()[:16]
        parent = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
        outside = parent / f"glossator-{os.getuid()}-{sign}"
        outside.mkdir(mode=0o711, exist_ok=True)
        if outside.stat().st_uid != os.getuid() or outside.is_symlink():
            raise Refusal(f"{outside} belongs to another user: choose a shorter folder with --data.")
        return outside

    def write_instance(self, addresses: Addresses) -> None:
        _write(self.instance_file, json.dumps(asdict(addresses), indent=1))

    def forget_instance(self) -> None:
        self.instance_file.unlink(missing_ok=True)

    def write_processes(self, records: Sequence[ProcessRecord]) -> None:
        _write(self.path / "processes.json", json.dumps([asdict(record) for record in records]))

    def processes(self) -> list[ProcessRecord]:
        """What the last supervisor had started; empty when nothing or nothing readable is there."""
        try:
            entries = json.loads((self.path / "processes.json").read_text())
            return [ProcessRecord(**entry) for entry in entries]
        except (FileNotFoundError, ValueError, TypeError):
            return []


def _write(path: Path, text: str) -> None:
    """Write beside and rename, readable by the owner only."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text + "\n")
    fresh.replace(path)
