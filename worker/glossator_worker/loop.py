"""Taking steps: claim one, run it under its lease, write its results, until nothing is left."""

import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import structlog
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from glossator.database import Database
from glossator.jobs import leases
from glossator.jobs.kinds import Priority
from glossator.jobs.leases import ClaimedStep, Failure, LeaseLost
from glossator.jobs.service import PLAN
from glossator.refusal import Refusal
from glossator.settings import Settings
from glossator.storage.blobs import Storage
from glossator_worker.explain.refusal import Refusal as ExplainRefusal
from glossator_worker.heartbeat import Heartbeat
from glossator_worker.pipelines.pipeline import Cancelled, Pipeline, StepContext, Stopping, Write
from glossator_worker.pipelines.registry import PIPELINES

AWAY_SECONDS = 0.5
GIVE_WAY_SECONDS = 0.5  # how often a step in the background looks for those that somebody waits for
SERVER_GOES_AWAY = ("57P", "08")  # SQLSTATE: shutting down or starting up; connection errors

T = TypeVar("T")

log = structlog.get_logger()


def never() -> bool:
    return False


@dataclass
class Worker:
    """One process that takes one step at a time."""

    database: Database
    storage: Storage
    settings: Settings
    worker_id: Callable[[], UUID]
    stopping: Callable[[], bool] = never
    pipelines: Mapping[str, Pipeline] = field(default_factory=lambda: PIPELINES)

    def drain(self, queue: str) -> int:
        """Run steps of this queue until none can be claimed; how many were taken."""
        return self._take(queue, Priority.BACKGROUND)

    def _take(self, queue: str, least: Priority) -> int:
        taken = 0
        while not self.stopping():
            step = self._patiently(lambda: self._claim(queue, least))
            if step is None:
                break
            taken += 1
            self._run(step)
        return taken

    def _claim(self, queue: str, least: Priority = Priority.BACKGROUND) -> ClaimedStep | None:
        with self.database.transaction() as session:
            leases.reap(session)
        with self.database.transaction() as session:
            return leases.claim(
                session,
                worker_id=self.worker_id(),
                queues=[queue],
                lease_seconds=self.settings.lease_seconds,
                least=least,
            )

    def _run(self, step: ClaimedStep) -> None:
        """Compute, then write; every way it can end leaves the step in a state that says so."""
        try:
            write = self._compute(step)
            self._patiently(lambda: self._in_transaction(lambda s: leases.finish(s, step, write)))
            log.info("step finished", step=step.name, chunk=step.chunk, job=str(step.job_id))
        except LeaseLost as lost:
            log.warning("lease lost", step=str(lost))
        except Cancelled:
            self._settle(lambda session: leases.cancelled(session, step))
        except Stopping:
            self._settle(lambda session: leases.give_back(session, step))
        except (Refusal, ExplainRefusal) as refusal:
            failure = Failure(str(refusal), traceback.format_exc(), final=True)
            self._settle(lambda session: leases.fail(session, step, failure))
        except Exception as error:
            if database_is_away(error):
                log.warning("the database went away", step=step.name)
                self._settle(lambda session: leases.give_back(session, step))
                return
            log.exception("step failed", step=step.name, chunk=step.chunk, job=str(step.job_id))
            failure = Failure(unexpected(step, error), traceback.format_exc(), final=False)
            self._settle(lambda session: leases.fail(session, step, failure))

    def _compute(self, step: ClaimedStep) -> Write:
        pipeline = self.pipelines.get(step.kind)
        if pipeline is None:
            raise Refusal(
                f"This worker knows no jobs of the kind '{step.kind}': update it to the service's version."
            )
        with (
            tempfile.TemporaryDirectory(prefix="glossator-step-") as scratch,
            Heartbeat(self.database, self.settings, step, self.stopping) as heartbeat,
        ):
            context = StepContext(
                step=step,
                storage=self.storage,
                settings=self.settings,
                database=self.database,
                progress=heartbeat.progress,
                give_way=self._giving_way(step.queue),
                scratch=Path(scratch),
            )
            heartbeat.check()
            if step.name != PLAN:
                return pipeline.run(context, step.name, step.parameters)
            planned = pipeline.plan(context)
            return lambda session: context.add_steps(session, planned)

    def _giving_way(self, queue: str) -> Callable[[], None]:
        """Nothing of the step that gives way is lost: it keeps its lease and goes on afterwards."""
        looked_at = time.monotonic()

        def give_way() -> None:
            nonlocal looked_at
            if time.monotonic() - looked_at >= GIVE_WAY_SECONDS:
                self._take(queue, Priority.AWAITED)
                looked_at = time.monotonic()

        return give_way

    def _settle(self, change: Callable[[Session], None]) -> None:
        """Record how a step ended, unless it went to somebody else meanwhile."""
        try:
            self._patiently(lambda: self._in_transaction(change))
        except LeaseLost as lost:
            log.warning("lease lost", step=str(lost))

    def _in_transaction(self, change: Callable[[Session], None]) -> None:
        with self.database.transaction() as session:
            change(session)

    def _patiently(self, action: Callable[[], T]) -> T | None:
        """Do it, and again while the database is away; none when the worker stops meanwhile.

        Done twice is harmless: what was committed although the connection broke no longer has our token.
        """
        pause = threading.Event()
        while True:
            try:
                return action()
            except DBAPIError as error:
                if not database_is_away(error):
                    raise
                log.warning("the database is away", error=str(error).splitlines()[0])
                if self.stopping():
                    return None
                pause.wait(AWAY_SECONDS)


def database_is_away(error: BaseException) -> bool:
    """Whether the connection broke or the server goes up or down, not the statement's own fault."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    if not isinstance(error, OperationalError):
        return False
    state = getattr(error.orig, "sqlstate", None)
    return state is None or state.startswith(SERVER_GOES_AWAY)


def unexpected(step: ClaimedStep, error: BaseException) -> str:
    return (
        f"Step '{step.name}' (part {step.chunk + 1}) failed three times with an unexpected "
        f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else 'no message'}. "
        "Retry; if it fails again, report it with the details."
    )
