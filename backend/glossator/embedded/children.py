"""What the supervisor knows of a child: its command, when it is ready, how it stops."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from glossator.embedded.processes import Identity, ProcessRecord, spawn
from glossator.refusal import Refusal


def nothing() -> None:
    """The preparation of a child that needs none."""


@dataclass(frozen=True)
class ChildSpec:
    """`ready` is asked, with the process id, until it says yes.

    `remedy` is what a person can do when the child keeps dying.

    A death whose log contains `transient` is not counted again within ten seconds of the one before it.
    A `once` child does its work and ends; its output goes to the terminal.
    """

    name: str
    command: tuple[str, ...]
    ready: Callable[[int], bool]
    remedy: str
    prepare: Callable[[], None] = nothing
    environment: Mapping[str, str] = field(default_factory=dict)
    ready_within: float = 30
    stop_signal: signal.Signals = signal.SIGTERM
    stop_within: float = 3
    identity: Identity = field(default_factory=Identity)
    transient: str | None = None
    once: bool = False


class Child:
    """One running child and its log."""

    def __init__(self, spec: ChildSpec, log: Path) -> None:
        self.spec = spec
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None
        self.started_at = 0.0

    def start(self) -> None:
        self.spec.prepare()
        self.process = spawn(
            self.spec.command,
            log=None if self.spec.once else self.log,
            environment={**os.environ, **self.spec.environment},
            identity=self.spec.identity,
            death_signal=self.spec.stop_signal,
        )
        self.started_at = time.monotonic()

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def record(self) -> ProcessRecord | None:
        return ProcessRecord.of(self.spec.name, self.process.pid) if self.process and self.alive() else None

    def ready(self) -> bool:
        return self.process is not None and self.spec.ready(self.process.pid)

    def wait_ready(self) -> None:
        """Block until ready; a Refusal with the log's last lines when it died or took too long."""
        deadline = time.monotonic() + self.spec.ready_within
        while not self.ready():
            if not self.alive():
                raise Refusal(f"{self.spec.name} did not start: {self.last_lines(3)}")
            if time.monotonic() > deadline:
                raise Refusal(f"{self.spec.name} did not answer within {self.spec.ready_within:.0f} s.")
            time.sleep(0.05)

    def signal_stop(self) -> None:
        if self.process and self.alive():
            self.process.send_signal(self.spec.stop_signal)

    def kill(self) -> None:
        if self.process and self.alive():
            self.process.kill()
            self.process.wait()

    def exit_status(self) -> int | None:
        """The status of a child that ended; negative for a signal."""
        return self.process.poll() if self.process else None

    def stop(self, patience: float = 10) -> None:
        """Ask to stop; kill after `patience` seconds."""
        self.signal_stop()
        if self.process:
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                self.kill()

    def last_lines(self, count: int) -> str:
        if not self.log.exists():
            return ""
        with self.log.open("rb") as file:
            file.seek(max(0, self.log.stat().st_size - 8192))
            lines = file.read().decode(errors="replace").splitlines()
        return "\n".join(line for line in lines[-count:] if line.strip())
