"""A project to ask jobs in, a pipeline that counts, and workers of this process."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pytest
from pydantic import JsonValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from glossator.database import Database
from glossator.jobs import service
from glossator.jobs.kinds import Priority
from glossator.jobs.tables import Job, Step
from glossator.people.tables import Project
from glossator.settings import Settings
from glossator.storage.blobs import FolderStorage
from glossator_worker.loop import Worker
from glossator_worker.pipelines.pipeline import PlannedStep, StepContext, Write

KIND = "squares"


@dataclass
class Squares:
    """Stage 1 has one step per number, stage 2 one step; each step's write leaves a project of its name.

    `interfere` is called in mid-step with the step's name and number.
    """

    count: int = 3
    interfere: Callable[[StepContext, int], None] = lambda context, number: None
    runs: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def plan(self, context: StepContext) -> Sequence[PlannedStep]:
        with self.lock:
            self.runs.append("plan")
        squares = [PlannedStep("square", 1, n, {"number": n}) for n in range(self.count)]
        return [*squares, PlannedStep("sum", 2, 0, {"number": -1}, weight=2)]

    def run(self, context: StepContext, name: str, parameters: Mapping[str, JsonValue]) -> Write:
        number = int(str(parameters["number"]))
        with self.lock:
            self.runs.append(f"{name} {number}")
        self.interfere(context, number)
        context.progress(1, 1)
        return lambda session: session.add(Project(name=f"{name} {number}"))


@pytest.fixture
def settings(database_url: str, redis_url: str) -> Settings:
    return Settings(
        database_url=database_url,
        redis_url=redis_url,
        lease_seconds=30,
        heartbeat_seconds=0.05,
        relay_seconds=0.3,
    )


@pytest.fixture
def project_id(database: Database) -> UUID:
    with database.transaction() as session:
        project = Project(name="Tiles")
        session.add(project)
        session.flush()
        return project.id


@dataclass(frozen=True)
class Bench:
    """Asks for jobs and looks at them, each in a transaction of its own."""

    database: Database
    storage: FolderStorage
    settings: Settings
    project_id: UUID

    def ask(self, priority: Priority = Priority.USUAL, **parameters: JsonValue) -> UUID:
        with self.database.transaction() as session:
            return service.ask(
                session,
                project_id=self.project_id,
                kind=KIND,
                title="Squares",
                parameters=parameters,
                asked_by=None,
                priority=priority,
            ).id

    def worker(
        self,
        pipeline: Squares,
        *,
        stopping: Callable[[], bool] = lambda: False,
        settings: Settings | None = None,
    ) -> Worker:
        me = uuid4()
        return Worker(
            database=self.database,
            storage=self.storage,
            settings=settings or self.settings,
            worker_id=lambda: me,
            stopping=stopping,
            pipelines={KIND: pipeline},
        )

    def do(self, action: Callable[[Session], object]) -> None:
        with self.database.transaction() as session:
            action(session)

    def job(self, job_id: UUID) -> Job:
        with self.database.transaction() as session:
            return session.get_one(Job, job_id)

    def steps(self, job_id: UUID) -> list[Step]:
        with self.database.transaction() as session:
            return list(
                session.scalars(select(Step).where(Step.job_id == job_id).order_by(Step.stage, Step.chunk))
            )

    def written(self) -> list[str]:
        """What the steps' writes left, sorted."""
        with self.database.transaction() as session:
            names = session.scalars(select(Project.name).where(Project.id != self.project_id))
            return sorted(names)


@pytest.fixture
def bench(database: Database, storage: FolderStorage, settings: Settings, project_id: UUID) -> Bench:
    return Bench(database, storage, settings, project_id)
