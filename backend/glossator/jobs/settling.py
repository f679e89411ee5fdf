"""What the states of its steps make of a job.

Whoever changes steps calls `settle` afterwards in the same transaction. Locks are taken in one order, steps
before their job, so that two workers finishing the last two steps see each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from glossator.database_events import notify
from glossator.jobs.outbox import wake
from glossator.jobs.tables import Job, Step


@dataclass(frozen=True)
class _Count:
    """How many steps of one stage and queue are in one state."""

    stage: int
    queue: str
    state: str
    steps: int


def announce(session: Session, job: Job) -> None:
    """Tell the pages that follow the job, or the jobs of its project."""
    notify(session, f"job:{job.id}")
    notify(session, f"jobs:{job.project_id}")


def settle(session: Session, job_id: UUID, *, error: str | None = None) -> None:
    """Move the job to the state its steps say, and wake workers for a stage that has just opened.

    `error` is the sentence of a step that failed for good.
    """
    # FOR NO KEY UPDATE: rows that refer to the job may be written meanwhile
    job = session.scalars(
        select(Job)
        .where(Job.id == job_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()
    if job.state in ("waiting", "running"):
        _decide(session, job, _counts(session, job_id), error)
        session.flush()
    announce(session, job)


def _counts(session: Session, job_id: UUID) -> list[_Count]:
    columns = (Step.stage, Step.queue, Step.state)
    rows = session.execute(select(*columns, func.count()).where(Step.job_id == job_id).group_by(*columns))
    return [_Count(*row) for row in rows]


def _decide(session: Session, job: Job, counts: Sequence[_Count], error: str | None) -> None:
    states = {count.state for count in counts}
    if "failed" in states:
        _end(session, job, "failed")
        job.error = error or job.error
    elif states == {"finished"}:
        _end(session, job, "finished")
    elif job.cancel_requested and "running" not in states:
        left = update(Step).where(Step.job_id == job.id, Step.state == "waiting")
        session.execute(left.values(state="cancelled"))
        _end(session, job, "cancelled")
    elif not job.cancel_requested:
        _open_stage(session, counts)


def _end(session: Session, job: Job, state: str) -> None:
    job.state = state
    job.finished_at = session.scalar(select(func.clock_timestamp()))


def _open_stage(session: Session, counts: Sequence[_Count]) -> None:
    """Wake workers when the lowest unfinished stage has not been touched yet."""
    stage = min(count.stage for count in counts if count.state != "finished")
    current = [count for count in counts if count.stage == stage]
    if {count.state for count in current} == {"waiting"}:
        for count in current:
            wake(session, count.queue, count.steps)
