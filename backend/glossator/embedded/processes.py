"""Child processes: how one is started, recognised again after a crash, and stopped."""

import ctypes
import os
import platform
import pwd
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

PR_SET_PDEATHSIG = 1
CLONE_NEWUSER = 0x10000000
NAMESPACE_ID = 1000
LINUX = platform.system() == "Linux"
LIBC = ctypes.CDLL(None, use_errno=True)


class AsRoot(Enum):
    """How a server that refuses root is run by root: see `postgres.choose_identity`."""

    NOT = "directly"
    NAMESPACE = "in a user namespace"
    ACCOUNT = "as an unprivileged account"


@dataclass(frozen=True)
class Identity:
    """Who a child runs as; `account` only with AsRoot.ACCOUNT."""

    way: AsRoot = AsRoot.NOT
    account: str = ""

    def own(self, path: Path) -> None:
        """Give a file or folder that we made to the account the child runs as."""
        if self.way is AsRoot.ACCOUNT:
            entry = pwd.getpwnam(self.account)
            os.chown(path, entry.pw_uid, entry.pw_gid)

    def arguments(self) -> dict[str, object]:
        """For `subprocess`: the change of account."""
        if self.way is not AsRoot.ACCOUNT:
            return {}
        entry = pwd.getpwnam(self.account)
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}

    def preparation(self, death_signal: signal.Signals | None = None) -> Callable[[], None]:
        """What the child does between fork and exec, after the change of account."""
        uid, gid = os.getuid(), os.getgid()

        def prepare() -> None:
            if self.way is AsRoot.NAMESPACE:
                enter_user_namespace(uid, gid)
            if death_signal is not None and LINUX:
                LIBC.prctl(PR_SET_PDEATHSIG, int(death_signal))

        return prepare


def enter_user_namespace(uid: int, gid: int) -> None:
    """Map `uid` to 1000 inside a new user namespace: files stay `uid`'s, the process no longer sees 0."""
    if LIBC.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "user namespaces are not allowed here")
    for name, content in (
        ("setgroups", "deny"),
        ("gid_map", f"{NAMESPACE_ID} {gid} 1"),
        ("uid_map", f"{NAMESPACE_ID} {uid} 1"),
    ):
        Path("/proc/self", name).write_text(content)


def spawn(
    command: Sequence[str],
    *,
    log: Path | None,
    environment: Mapping[str, str],
    identity: Identity = Identity(),
    death_signal: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own (Ctrl-C reaches only us), its output appended to `log`, or ours.

    The parent-death signal fires when the thread that called this ends: call it from the main thread.
    """
    with log.open("ab") if log else nullcontext() as output:
        return subprocess.Popen(  # type: ignore[call-overload, no-any-return]  # user, group by **
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if log else None,
            env=dict(environment),
            start_new_session=True,
            preexec_fn=identity.preparation(death_signal),  # noqa: PLW1509 - the supervisor has one thread
            **identity.arguments(),
        )


def run(
    command: Sequence[str], *, identity: Identity, timeout: float = 60
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end as `identity`; an error of the change of account is an OSError."""
    try:
        return subprocess.run(  # type: ignore[call-overload, no-any-return]  # user, group by **
            list(command),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
            cwd="/",
            preexec_fn=identity.preparation(),
            **identity.arguments(),
        )
    except subprocess.SubprocessError as error:  # raised by the preparation in the child
        raise OSError(str(error)) from error


def start_time(pid: int) -> str | None:
    """When a live process started, as text that is equal only for the same process; none if it is gone."""
    if LINUX:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        except OSError:
            return None
        return None if fields[0] == "Z" else f"{boot}:{fields[19]}"
    answer = subprocess.run(
        ["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return answer.stdout.strip() or None


@dataclass(frozen=True)
class ProcessRecord:
    """A process as written to disk: a pid alone may belong to somebody else by now."""

    name: str
    pid: int
    started: str

    @classmethod
    def of(cls, name: str, pid: int) -> "ProcessRecord":
        return cls(name, pid, start_time(pid) or "")

    def alive(self) -> bool:
        return bool(self.started) and start_time(self.pid) == self.started


def stop_leftovers(records: Sequence[ProcessRecord], *, patience: float = 10) -> list[str]:
    """Stop what an earlier supervisor left behind: SIGTERM, then SIGKILL; names of those found alive."""
    alive = [record for record in records if record.alive()]
    for record in alive:
        with suppress(ProcessLookupError):
            os.kill(record.pid, signal.SIGINT if record.name == "postgres" else signal.SIGTERM)
    deadline = time.monotonic() + patience
    while any(record.alive() for record in alive) and time.monotonic() < deadline:
        time.sleep(0.05)
    for record in alive:
        if record.alive():
            with suppress(ProcessLookupError):
                os.kill(record.pid, signal.SIGKILL)
    return [record.name for record in alive]
