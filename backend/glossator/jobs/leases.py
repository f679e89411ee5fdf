"""Leases: a worker holds one step by a random token, renews it, and writes only while it holds it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Any
from uuid import UUID, uuid4

from pydantic import JsonValue
from sqlalchemy import ColumnElement, Update, case, func, select, update
from sqlalchemy.orm import Session, aliased

from glossator.jobs.kinds import Priority
from glossator.jobs.settling import announce, settle
from glossator.jobs.tables import Job, Step

ATTEMPTS = 3  # of a step whose code raises, and of one whose worker vanishes
WORK = ("waiting", "running")


class LeaseLost(Exception):  # noqa: N818 - it is an outcome
    """The step belongs to another worker by now; whatever was computed must not be written."""


class Verdict(Enum):
    """What a renewal says."""

    HELD = "held"
    CANCEL = "cancel"
    LOST = "lost"


@dataclass(frozen=True)
class ClaimedStep:
    """A step under our lease, with what is needed to run it."""

    id: UUID
    token: UUID
    job_id: UUID
    project_id: UUID
    kind: str
    job_parameters: Mapping[str, JsonValue]
    job_queue: str
    queue: str
    name: str
    stage: int
    chunk: int
    parameters: Mapping[str, JsonValue]


@dataclass(frozen=True)
class Failure:
    """Why a step failed: one sentence for people, the traceback, and whether trying again is useless."""

    sentence: str
    details: str
    final: bool


def claimable() -> tuple[ColumnElement[bool], ...]:
    """Conditions on Step joined with Job: waiting, the job wanted, every earlier stage finished."""
    earlier = aliased(Step)
    unfinished = select(earlier.id).where(
        earlier.job_id == Step.job_id, earlier.stage < Step.stage, earlier.state != "finished"
    )
    return (
        Step.state == "waiting",
        Job.state.in_(WORK),
        Job.cancel_requested.is_(False),
        ~unfinished.exists(),
    )


def claim(
    session: Session,
    *,
    worker_id: UUID,
    queues: Sequence[str],
    lease_seconds: float,
    least: Priority = Priority.BACKGROUND,
) -> ClaimedStep | None:
    """Take the next step of these queues, by priority and then the oldest job; none when nothing is to do.

    Jobs of a lower priority than `least` are left alone.
    """
    found = session.execute(
        select(Step, Job)
        .join(Job, Job.id == Step.job_id)
        .where(Step.queue.in_(queues), Job.priority >= least, *claimable())
        .order_by(Job.priority.desc(), Job.id, Step.stage, Step.chunk)
        .limit(1)
        .with_for_update(of=Step, skip_locked=True)
    ).first()
    if found is None:
        return None
    step, job = found
    token = uuid4()
    session.execute(
        update(Step)
        .where(Step.id == step.id)
        .values(
            state="running",
            lease_token=token,
            leased_by=worker_id,
            lease_until=_lease_end(lease_seconds),
            started_at=func.clock_timestamp(),
            done=0,
            total=0,
            message="",
        )
    )
    begun = update(Job).where(Job.id == job.id, Job.state == "waiting")
    session.execute(
        begun.values(state="running", started_at=func.coalesce(Job.started_at, func.clock_timestamp()))
    )
    announce(session, job)
    return ClaimedStep(
        id=step.id,
        token=token,
        job_id=job.id,
        project_id=job.project_id,
        kind=job.kind,
        job_parameters=_json(job.parameters),
        job_queue=job.queue,
        queue=step.queue,
        name=step.name,
        stage=step.stage,
        chunk=step.chunk,
        parameters=_json(step.parameters),
    )


def renew(
    session: Session,
    step: ClaimedStep,
    *,
    lease_seconds: float,
    done: int = 0,
    total: int = 0,
    message: str = "",
) -> Verdict:
    """Hold the lease for another `lease_seconds` and carry the progress; says what to do next."""
    values = {"lease_until": _lease_end(lease_seconds), "done": done, "total": total, "message": message}
    if session.scalar(_mine(step).values(values).returning(Step.id)) is None:
        return Verdict.LOST
    job = session.scalars(select(Job).where(Job.id == step.job_id)).one()
    announce(session, job)
    return Verdict.CANCEL if job.cancel_requested else Verdict.HELD


def finish(session: Session, step: ClaimedStep, write: Callable[[Session], None]) -> None:
    """Write the results and mark the step done, both or neither; LeaseLost when it is no longer ours."""
    _release(
        session,
        step,
        state="finished",
        finished_at=func.clock_timestamp(),
        seconds=func.extract("epoch", func.clock_timestamp() - Step.started_at),
    )
    write(session)
    session.flush()
    settle(session, step.job_id)


def give_back(session: Session, step: ClaimedStep) -> None:
    """Return a step untouched: the worker stops, or the database was away. Nothing is counted."""
    _release(session, step, state="waiting")
    settle(session, step.job_id)


def cancelled(session: Session, step: ClaimedStep) -> None:
    """The step stopped because somebody cancelled its job."""
    _release(session, step, state="cancelled")
    settle(session, step.job_id)


def fail(session: Session, step: ClaimedStep, failure: Failure) -> None:
    """Count an error; the step goes back until the third, the last one fails the job."""
    last = (Step.errors + 1) >= ATTEMPTS
    state: str | ColumnElement[str] = "failed" if failure.final else case((last, "failed"), else_="waiting")
    _release(session, step, state=state, errors=Step.errors + 1)
    session.execute(update(Job).where(Job.id == step.job_id).values(error_details=failure.details))
    settle(session, step.job_id, error=failure.sentence)


def reap(session: Session) -> int:
    """Send back the steps whose lease ran out; the third lost lease fails the job. How many there were."""
    expired = session.scalars(
        select(Step)
        .where(Step.state == "running", Step.lease_until < func.clock_timestamp())
        .order_by(Step.job_id, Step.id)  # jobs are locked in this order
        .with_for_update(skip_locked=True)
    ).all()
    for step in expired:
        step.lost_leases += 1
        step.state = "failed" if step.lost_leases >= ATTEMPTS else "waiting"
        step.lease_token = step.leased_by = step.lease_until = None
        session.flush()
        settle(
            session,
            step.job_id,
            error=f"The worker died three times on step '{step.name}' (part {step.chunk + 1}), the likely "
            "reason is memory: give the machine more or make the job smaller, then retry.",
        )
    return len(expired)


def _lease_end(seconds: float) -> ColumnElement[Any]:
    return func.clock_timestamp() + timedelta(seconds=seconds)


def _mine(step: ClaimedStep) -> Update:
    return update(Step).where(Step.id == step.id, Step.lease_token == step.token, Step.state == "running")


def _release(session: Session, step: ClaimedStep, **values: object) -> None:
    """Let go of the lease with these changes, or LeaseLost."""
    free = {"lease_token": None, "leased_by": None, "lease_until": None}
    if session.scalar(_mine(step).values(**free, **values).returning(Step.id)) is None:
        raise LeaseLost(f"step '{step.name}' of job {step.job_id}")


def _json(value: Mapping[str, object]) -> Mapping[str, JsonValue]:
    return value  # type: ignore[return-value]  # read from a jsonb column
