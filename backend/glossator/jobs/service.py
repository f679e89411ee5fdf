"""What people do with jobs: ask for one, cancel it, retry it."""

import hashlib
import json
from collections.abc import Mapping
from uuid import UUID

from pydantic import JsonValue
from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from glossator import __version__
from glossator.database import new_id
from glossator.jobs.kinds import Priority
from glossator.jobs.outbox import wake
from glossator.jobs.settling import announce, settle
from glossator.jobs.tables import SAME_PREDICATE, Job, Step
from glossator.refusal import conflict, not_found

PLAN = "plan"
_SAME = Job.state.in_(("waiting", "running", "finished"))


def fingerprint(
    project_id: UUID, kind: str, inputs: Mapping[str, JsonValue], code_version: str = __version__
) -> bytes:
    """Equal for jobs that would compute the same: project, kind, inputs, version of the code."""
    text = json.dumps([str(project_id), kind, inputs, code_version], sort_keys=True, allow_nan=False)
    return hashlib.sha256(text.encode()).digest()


def ask(
    session: Session,
    *,
    project_id: UUID,
    kind: str,
    title: str,
    parameters: Mapping[str, JsonValue],
    asked_by: UUID | None,
    queue: str = "cpu",
    priority: Priority = Priority.USUAL,
    same_as: Mapping[str, JsonValue] | None = None,
) -> Job:
    """Create a job with its planning step and its wake-up, or return the first that is the same.

    A job is the same when project, kind, `same_as` and code version are, and it neither failed nor was
    cancelled. `same_as` defaults to the parameters; name the inputs there when the parameters carry an id
    made for this request. Compare `job.parameters` with yours to see whether the job is new.
    """
    sign = fingerprint(project_id, kind, parameters if same_as is None else same_as)
    values = {
        "id": new_id(),
        "project_id": project_id,
        "kind": kind,
        "title": title,
        "parameters": dict(parameters),
        "fingerprint": sign,
        "queue": queue,
        "priority": priority,
        "asked_by": asked_by,
    }
    made = session.scalar(
        insert(Job)
        .values(values)
        .on_conflict_do_nothing(index_elements=[Job.fingerprint], index_where=SAME_PREDICATE)
        .returning(Job.id)
    )
    job = session.scalars(select(Job).where(Job.fingerprint == sign, _SAME)).one()
    if made is not None:
        session.add(Step(job_id=job.id, stage=0, chunk=0, name=PLAN, parameters={}, queue=queue))
        session.flush()
        wake(session, queue, 1)
        announce(session, job)
    return job


def cancel(session: Session, job_id: UUID) -> Job:
    """Stop a job: waiting steps at once, running ones at their next batch. Finished jobs stay finished."""
    waiting = update(Step).where(Step.job_id == job_id, Step.state == "waiting")
    job = _job(session, job_id)
    if job.state in ("waiting", "running"):
        session.execute(waiting.values(state="cancelled"))
        session.execute(update(Job).where(Job.id == job_id).values(cancel_requested=True))
        session.refresh(job)
        settle(session, job_id)
        announce(session, job)
    return job


def forget_ended(session: Session, kind: str, known: Mapping[str, JsonValue]) -> None:
    """Delete ended jobs of a kind with these parameters, where a newer one stands for them all."""
    session.execute(
        delete(Job).where(
            Job.kind == kind, Job.state.not_in(("waiting", "running")), Job.parameters.contains(known)
        )
    )


def retry(session: Session, job_id: UUID) -> Job:
    """Run again what failed or was cancelled; finished steps are kept."""
    job = _job(session, job_id)
    if job.state not in ("failed", "cancelled"):
        raise conflict("Only a failed or cancelled job can be retried.", code="job_not_retryable")
    twin = session.scalar(select(Job.id).where(Job.fingerprint == job.fingerprint, _SAME))
    if twin is not None:
        raise conflict("The same job was asked for again meanwhile: look at that one.", code="job_repeated")
    steps = update(Step).where(Step.job_id == job_id, Step.state.in_(("failed", "cancelled")))
    again = session.scalars(
        steps.values(state="waiting", errors=0, lost_leases=0, done=0, message="").returning(Step.id)
    ).all()
    changes = update(Job).where(Job.id == job_id)
    session.execute(
        changes.values(
            state="waiting", cancel_requested=False, error=None, error_details=None, finished_at=None
        )
    )
    session.refresh(job)
    wake(session, job.queue, len(again))
    announce(session, job)
    return job


def _job(session: Session, job_id: UUID) -> Job:
    job = session.get(Job, job_id, populate_existing=True)
    if job is None:
        raise not_found("job")
    return job
