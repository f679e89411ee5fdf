"""What pages read of jobs and workers."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from glossator.jobs.kinds import Result, result_of
from glossator.jobs.leases import WORK, claimable
from glossator.jobs.progress import StepProgress, seconds_left, share_done
from glossator.jobs.tables import Job, Step, Worker
from glossator.jobs.workers import alive
from glossator.refusal import not_found


@dataclass(frozen=True)
class StepCounts:
    """Steps by state; cancelled ones are in none of them."""

    waiting: int
    running: int
    finished: int
    failed: int


@dataclass(frozen=True)
class JobView:
    """A job as people see it; `done` is the finished share of `total` = 1."""

    id: UUID
    project_id: UUID
    kind: str
    title: str
    state: str
    done: float
    total: int
    message: str
    seconds_left: float | None
    error: str | None
    error_details: str | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    cancel_requested: bool
    steps: StepCounts
    result: Result | None


@dataclass(frozen=True)
class WaitingQueue:
    """A queue and how many of its steps could run now."""

    queue: str
    steps: int


@dataclass(frozen=True)
class WorkersView:
    """`running` is false when no worker was seen for 30 seconds."""

    workers: Sequence[Worker]
    running: bool
    waiting_queues: Sequence[WaitingQueue]


def job_view(session: Session, job_id: UUID) -> JobView:
    """One job with its progress; not_found for an unknown id."""
    job = session.get(Job, job_id, populate_existing=True)
    if job is None:
        raise not_found("job")
    return job_views(session, [job])[0]


def job_views(session: Session, jobs: Sequence[Job]) -> list[JobView]:
    """The views of these jobs, in their order, with one query for all their steps."""
    by_job: defaultdict[UUID, list[Step]] = defaultdict(list)
    for step in session.scalars(
        select(Step)
        .options(defer(Step.parameters))
        .where(Step.job_id.in_([job.id for job in jobs]))
        .order_by(Step.stage, Step.chunk)
        .execution_options(populate_existing=True)
    ):
        by_job[step.job_id].append(step)
    return [_view(job, by_job[job.id]) for job in jobs]


def _view(job: Job, steps: Sequence[Step]) -> JobView:
    progress = [
        StepProgress(
            step.stage, step.state, step.weight, step.done, step.total, step.started_at, step.finished_at
        )
        for step in steps
    ]
    counts = Counter(step.state for step in steps)
    return JobView(
        id=job.id,
        project_id=job.project_id,
        kind=job.kind,
        title=job.title,
        state=job.state,
        done=share_done(progress),
        total=1,
        message=_message(steps),
        seconds_left=seconds_left(progress) if job.state in WORK else None,
        error=job.error,
        error_details=job.error_details if job.error else None,
        created_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        cancel_requested=job.cancel_requested,
        steps=StepCounts(counts["waiting"], counts["running"], counts["finished"], counts["failed"]),
        result=result_of(job.kind, job.parameters),
    )


def _message(steps: Sequence[Step]) -> str:
    """What the earliest running step says of itself."""
    running = [step for step in steps if step.state == "running"]
    if not running:
        return ""
    step = running[0]
    return step.message or ("planning" if step.stage == 0 else step.name.replace("_", " "))


def waiting_steps(session: Session) -> dict[str, int]:
    """How many steps of each queue could be claimed now."""
    rows = session.execute(
        select(Step.queue, func.count())
        .join(Job, Job.id == Step.job_id)
        .where(*claimable())
        .group_by(Step.queue)
        .order_by(Step.queue)
    )
    return {row[0]: row[1] for row in rows}


def workers_view(session: Session) -> WorkersView:
    workers = alive(session)
    served = {queue for worker in workers for queue in worker.queues}
    waiting = [
        WaitingQueue(queue, steps) for queue, steps in waiting_steps(session).items() if queue not in served
    ]
    return WorkersView(workers=workers, running=bool(workers), waiting_queues=waiting)
