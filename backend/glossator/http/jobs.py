"""Jobs and workers: progress, cancel, retry."""

from typing import Literal
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import select
from sqlalchemy.orm import Session

from glossator.http.deps import Asker, SessionDep, require
from glossator.http.paging import WindowDep, page
from glossator.http.schemas import Moment, Page, Schema
from glossator.http.topics import State, provides
from glossator.jobs import queries, service
from glossator.jobs.tables import Job
from glossator.people.accounts import Person
from glossator.people.roles import Role
from glossator.refusal import not_found

router = APIRouter(prefix="/api", tags=["jobs"])

READERS = (Role.RESEARCHER, Role.ANALYST)
NEWEST = 50  # jobs in the state of the topic `jobs:PROJECT`


class StepsOut(Schema):
    waiting: int
    running: int
    finished: int
    failed: int


class ResultOut(Schema):
    """The page a finished job leads to."""

    kind: Literal["data_set", "classifier", "run", "agreement"]
    id: UUID


class JobOut(Schema):
    """`done` is the finished share of `total` = 1."""

    id: UUID
    project_id: UUID
    kind: str
    title: str
    state: Literal["waiting", "running", "finished", "failed", "cancelled"]
    done: float
    total: int
    message: str
    seconds_left: float | None
    error: str | None
    error_details: str | None
    created_at: Moment
    started_at: Moment | None
    finished_at: Moment | None
    cancel_requested: bool
    steps: StepsOut
    result: ResultOut | None


class WorkerOut(Schema):
    id: UUID
    host: str
    device: str
    queues: list[str]
    versions: dict[str, str]
    seen_at: Moment


class WaitingQueueOut(Schema):
    """A queue that no worker serves, and how many steps wait in it."""

    queue: str
    steps: int


class WorkersOut(Schema):
    """`running` is false when no worker was seen for 30 seconds."""

    workers: list[WorkerOut]
    running: bool
    waiting_queues: list[WaitingQueueOut]


def _visible(session: Session, person: Person, job_id: UUID, *roles: Role) -> Job:
    job = session.get(Job, job_id)
    if job is None:
        raise not_found("job")
    require(session, person, job.project_id, *roles)
    return job


def _out(session: Session, job_id: UUID) -> JobOut:
    return JobOut.model_validate(queries.job_view(session, job_id))


@router.get("/jobs")
def list_jobs(session: SessionDep, person: Asker, window: WindowDep, project: UUID) -> Page[JobOut]:
    require(session, person, project, *READERS)
    rows, following = page(session, select(Job).where(Job.project_id == project), Job.id, window)
    views = queries.job_views(session, rows)
    return Page(items=[JobOut.model_validate(view) for view in views], next=following)


@router.get("/jobs/{job_id}")
def job(job_id: UUID, session: SessionDep, person: Asker) -> JobOut:
    _visible(session, person, job_id, *READERS)
    return _out(session, job_id)


@router.post("/jobs/{job_id}/cancel")
def cancel(job_id: UUID, session: SessionDep, person: Asker) -> JobOut:
    """Waiting steps stop at once, running ones at their next batch."""
    _visible(session, person, job_id, Role.RESEARCHER)
    service.cancel(session, job_id)
    return _out(session, job_id)


@router.post("/jobs/{job_id}/retry")
def retry(job_id: UUID, session: SessionDep, person: Asker) -> JobOut:
    """Runs again what failed or was cancelled; finished steps are kept."""
    _visible(session, person, job_id, Role.RESEARCHER)
    service.retry(session, job_id)
    return _out(session, job_id)


@router.get("/workers")
def workers(session: SessionDep, person: Asker) -> WorkersOut:
    return WorkersOut.model_validate(queries.workers_view(session))


@provides("job")
def job_topic(session: Session, person: Person, job_id: UUID | None) -> State:
    if job_id is None:
        raise not_found("job")
    _visible(session, person, job_id, *READERS)
    return _out(session, job_id).model_dump(mode="json")


@provides("jobs")
def jobs_topic(session: Session, person: Person, project_id: UUID | None) -> State:
    """The newest jobs of a project."""
    if project_id is None:
        raise not_found("project")
    require(session, person, project_id, *READERS)
    newest = select(Job).where(Job.project_id == project_id).order_by(Job.id.desc()).limit(NEWEST)
    views = queries.job_views(session, session.scalars(newest).all())
    jobs = [JobOut.model_validate(view).model_dump(mode="json") for view in views]
    return {"project_id": str(project_id), "jobs": jobs}


@provides("workers")
def workers_topic(session: Session, person: Person, _: UUID | None) -> State:
    return WorkersOut.model_validate(queries.workers_view(session)).model_dump(mode="json")
