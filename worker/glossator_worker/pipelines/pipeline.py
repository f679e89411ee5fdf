"""What a pipeline is, and what a step may use while it runs."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from uuid import UUID

from pydantic import JsonValue
from sqlalchemy.orm import Session

from glossator.database import Database
from glossator.jobs.leases import ClaimedStep
from glossator.jobs.planning import PlannedStep, add_steps
from glossator.settings import Settings
from glossator.storage.blobs import Storage

__all__ = ["Cancelled", "Pipeline", "PlannedStep", "StepContext", "Stopping", "Write"]

Write = Callable[[Session], None]


class Cancelled(Exception):  # noqa: N818 - an outcome
    """Somebody cancelled the job."""


class Stopping(Exception):  # noqa: N818 - an outcome
    """The worker is asked to stop; the step goes back untouched."""


class Progress(Protocol):
    """Takes done, total and a message; raises Cancelled, LeaseLost or Stopping when the step must end."""

    def __call__(self, done: int, total: int, message: str = "") -> None: ...


@dataclass(frozen=True)
class StepContext:
    """What one step knows and may use.

    `progress` is called with every batch: it is where a cancelled or lost step stops. `give_way` runs the
    steps that somebody waits for, if there are any, before it returns: what takes long in the background
    calls it with every batch too. `scratch` is a folder of this step alone, removed afterwards.
    """

    step: ClaimedStep
    storage: Storage
    settings: Settings
    database: Database
    progress: Progress
    give_way: Callable[[], None]
    scratch: Path

    @property
    def job_id(self) -> UUID:
        return self.step.job_id

    @property
    def project_id(self) -> UUID:
        return self.step.project_id

    @property
    def parameters(self) -> Mapping[str, JsonValue]:
        """The job's parameters."""
        return self.step.job_parameters

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A short transaction for reading; nothing done in it is kept."""
        with self.database.sessions() as session:
            yield session

    def add_steps(self, session: Session, steps: Iterable[PlannedStep]) -> None:
        """Inside a write: plan further steps, in stages after this step's."""
        add_steps(session, self.job_id, self.step.job_queue, steps, after_stage=self.step.stage)


class Pipeline(Protocol):
    """One kind of job."""

    def plan(self, context: StepContext) -> Sequence[PlannedStep]:
        """The steps of the job, in stages from 1. Runs as the job's first step, without a transaction."""
        ...

    def run(self, context: StepContext, name: str, parameters: Mapping[str, JsonValue]) -> Write:
        """Compute one step without an open transaction and return its write.

        The write is called in the transaction that marks the step done; it must be an upsert by natural keys.
        A Refusal fails the job at once, any other error is tried twice more.
        """
        ...
