"""Threads that speak for a worker while its main thread computes."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError

from glossator.database import Database
from glossator.jobs import leases, workers
from glossator.jobs.leases import ClaimedStep, LeaseLost, Verdict
from glossator.settings import Settings
from glossator_worker.pipelines.pipeline import Cancelled, Stopping

PROGRESS_SECONDS = 1.0  # how often a changed progress is shown

log = structlog.get_logger()


@dataclass(frozen=True)
class _Progress:
    done: int = 0
    total: int = 0
    message: str = ""


class Heartbeat:
    """Renews one lease and carries the progress; `progress` raises when the step must end.

    A lease that could not be renewed for its whole length counts as lost, whatever the reason.
    """

    def __init__(
        self,
        database: Database,
        settings: Settings,
        step: ClaimedStep,
        stopping: Callable[[], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._settings = settings
        self._step = step
        self._stopping = stopping
        self._clock = clock
        self._progress = _Progress()
        self._verdict = Verdict.HELD
        self._renewed_at = clock()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end.set()
        self._thread.join()

    def progress(self, done: int, total: int, message: str = "") -> None:
        self._progress = _Progress(done, total, message)
        self.check()

    def check(self) -> None:
        """Raise when the step must end: LeaseLost, Cancelled or Stopping."""
        if self._verdict is Verdict.LOST:
            raise LeaseLost(f"step '{self._step.name}' of job {self._step.job_id}")
        if self._verdict is Verdict.CANCEL:
            raise Cancelled
        if self._stopping():
            raise Stopping

    def _run(self) -> None:
        shown, beat_at = self._progress, self._renewed_at + self._settings.heartbeat_seconds
        pause = min(PROGRESS_SECONDS, self._settings.heartbeat_seconds)
        while not self._end.wait(pause) and self._verdict is Verdict.HELD:
            progress = self._progress
            if progress != shown or self._clock() >= beat_at:
                self._renew(progress)
                shown, beat_at = progress, self._clock() + self._settings.heartbeat_seconds

    def _renew(self, progress: _Progress) -> None:
        try:
            with self._database.transaction() as session:
                verdict = leases.renew(
                    session,
                    self._step,
                    lease_seconds=self._settings.lease_seconds,
                    done=progress.done,
                    total=progress.total,
                    message=progress.message,
                )
        except SQLAlchemyError as error:
            log.warning("lease not renewed", step=self._step.name, error=str(error).splitlines()[0])
            if self._clock() - self._renewed_at > self._settings.lease_seconds:
                self._verdict = Verdict.LOST
        else:
            self._verdict = verdict
            self._renewed_at = self._clock()


class Presence:
    """Keeps a worker's row in the registry fresh, idle or not."""

    def __init__(
        self,
        database: Database,
        seconds: float,
        *,
        host: str,
        process_id: int,
        queues: list[str],
        device: str,
        versions: dict[str, str],
    ) -> None:
        self._database = database
        self._seconds = seconds
        self._host = host
        self._process_id = process_id
        self._queues = queues
        self._device = device
        self._versions = versions
        self.worker_id = self._register()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="presence", daemon=True)
        self._thread.start()

    def _register(self) -> UUID:
        with self._database.transaction() as session:
            return workers.register(
                session,
                host=self._host,
                process_id=self._process_id,
                queues=self._queues,
                device=self._device,
                versions=self._versions,
            )

    def _run(self) -> None:
        while not self._end.wait(self._seconds):
            try:
                with self._database.transaction() as session:
                    known = workers.seen(session, self.worker_id)
                if not known:
                    self.worker_id = self._register()
            except SQLAlchemyError as error:
                log.warning("worker not seen", error=str(error).splitlines()[0])

    def leave(self) -> None:
        """Take the worker out of the registry; a database that is away forgets it by itself."""
        self._end.set()
        self._thread.join(timeout=5)
        try:
            with self._database.transaction() as session:
                workers.leave(session, self.worker_id)
        except SQLAlchemyError as error:
            log.warning("worker not taken out", error=str(error).splitlines()[0])
