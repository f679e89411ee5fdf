"""One process that starts the children in order, restarts what dies, and stops them in reverse."""

import signal
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from types import FrameType

from sqlalchemy.exc import OperationalError

from glossator.embedded.children import Child, ChildSpec
from glossator.embedded.folder import DataFolder

TICK = 0.1
FIRST_BACKOFF, LONGEST_BACKOFF = 0.5, 30.0
HEALTHY_AFTER = 60.0  # seconds alive that reset the backoff
MOST_FAILURES, WITHIN = 5, 120.0
TRANSIENT_WITHIN = 10.0
STOP_SECONDS = 14.0
LOG_LIMIT = 10_000_000  # bytes; a longer log is set aside at the start


class Malfunction(RuntimeError):  # noqa: N818 - what people call it
    """A child that can't be kept alive; the text is for the person who runs the service."""


class Phase(Enum):
    NEW = auto()
    STARTING = auto()
    RUNNING = auto()
    RESTING = auto()  # until the next attempt
    DONE = auto()  # a child that had to run once


@dataclass
class Watch:
    """A child, where it is in its life, and when it died lately."""

    child: Child
    phase: Phase = Phase.NEW
    ever_ready: bool = False
    announced: bool = False  # that it is ready since its last start
    since: float = 0.0
    restart_at: float = 0.0
    backoff: float = FIRST_BACKOFF
    failures: list[float] = field(default_factory=list)

    @property
    def spec(self) -> ChildSpec:
        return self.child.spec

    def count_failure(self, now: float) -> None:
        """Note a death and when to try again; a transient one shortly after another is not counted."""
        text = self.spec.transient
        transient = text is not None and text in self.child.last_lines(5)
        if transient and self.failures and now - self.failures[-1] < TRANSIENT_WITHIN:
            self.restart_at = now + FIRST_BACKOFF
            return
        if self.ever_ready and now - self.since > HEALTHY_AFTER:
            self.backoff = FIRST_BACKOFF
        self.failures = [*(at for at in self.failures if now - at < WITHIN), now]
        self.restart_at = now + self.backoff
        self.backoff = min(2 * self.backoff, LONGEST_BACKOFF)


class Supervisor:
    """Watches children until asked to stop. One thread: the children's death signal hangs on it.

    `hooks` are called once, when the child of that name is ready for the first time.
    """

    def __init__(
        self,
        specs: Sequence[ChildSpec],
        folder: DataFolder,
        *,
        hooks: Mapping[str, Callable[[], None]] | None = None,
        say: Callable[[str], None] = print,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder = folder
        self._hooks = dict(hooks or {})
        self._say = say
        self._clock = clock
        self._stops = 0
        self._watches = [Watch(Child(spec, folder.logs / f"{spec.name}.log")) for spec in specs]
        for watch in self._watches:
            _set_aside(watch.child)

    def run(self) -> None:
        """Start, watch, and stop at Ctrl-C, SIGTERM or a closed terminal.

        Raises:
            Malfunction: a child can't be kept alive.
        """
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        try:
            while not self._stops:
                self._tick()
                time.sleep(TICK)
        finally:
            self.stop()

    def stop(self) -> None:
        """Stop all in reverse order within 14 seconds; a second signal kills them."""
        deadline = self._clock() + STOP_SECONDS
        for watch in reversed(self._watches):
            child = watch.child
            if not child.alive():
                continue
            child.signal_stop()
            until = min(deadline, self._clock() + watch.spec.stop_within)
            while child.alive() and self._clock() < until and self._stops < 2:
                time.sleep(TICK / 2)
            if child.alive():
                self._say(f"{watch.spec.name}: did not stop in time, killed")
                child.kill()
        self._folder.write_processes([])

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._stops += 1
        if self._stops == 1:
            self._say("Stopping; press Ctrl-C again to kill.")

    def _tick(self) -> None:
        """Move every child one step on; later ones wait until earlier ones were ready once."""
        for watch in self._watches:
            self._advance(watch)
            if not watch.ever_ready or self._stops:
                break

    def _advance(self, watch: Watch) -> None:
        now = self._clock()
        match watch.phase:
            case Phase.NEW:
                self._start(watch)
            case Phase.RESTING if now >= watch.restart_at:
                self._start(watch)
            case Phase.STARTING:
                self._look_for_readiness(watch, now)
            case Phase.RUNNING if not watch.child.alive():
                self._died(watch, now)

    def _start(self, watch: Watch) -> None:
        watch.child.start()
        watch.phase, watch.since, watch.announced = Phase.STARTING, self._clock(), False
        self._folder.write_processes([record for each in self._watches if (record := each.child.record())])

    def _look_for_readiness(self, watch: Watch, now: float) -> None:
        if not watch.child.alive():
            self._died(watch, now)
        elif watch.child.ready():
            if not watch.announced and not watch.spec.once:
                again = " again" if watch.ever_ready else ""
                self._say(f"{watch.spec.name}: ready{again} after {self._clock() - watch.since:.1f} s")
            watch.announced = True
            if self._hooked(watch.spec.name):
                watch.phase, watch.ever_ready = Phase.RUNNING, True
        elif now - watch.since > watch.spec.ready_within:
            self._say(f"{watch.spec.name}: did not answer within {watch.spec.ready_within:.0f} s")
            watch.child.kill()
            self._died(watch, now)

    def _hooked(self, name: str) -> bool:
        """Whether the hook of a child is done; one that finds the database away is called again."""
        if hook := self._hooks.get(name):
            try:
                hook()
            except OperationalError:
                return False
            del self._hooks[name]
        return True

    def _died(self, watch: Watch, now: float) -> None:
        name, status = watch.spec.name, watch.child.exit_status()
        if watch.spec.once:
            watch.phase = Phase.DONE
            return
        watch.count_failure(now)
        if len(watch.failures) >= MOST_FAILURES:
            raise Malfunction(
                f"{name} ended {MOST_FAILURES} times within two minutes: {watch.spec.remedy}. "
                f"Last lines of {watch.child.log}:\n{watch.child.last_lines(8)}"
            )
        self._say(f"{name}: ended ({_reason(status)}), starting again")
        watch.phase = Phase.RESTING


def _reason(status: int | None) -> str:
    if status is not None and status < 0:
        return signal.Signals(-status).name
    return f"status {status}"


def _set_aside(child: Child) -> None:
    """Keep one earlier log of limited size."""
    if child.log.exists() and child.log.stat().st_size > LOG_LIMIT:
        child.log.replace(child.log.with_suffix(".log.1"))
