"""Jobs, their steps, the workers that take them, and the outbox of wake-ups."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, SmallInteger, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from glossator.database import Base, CreatedAt, Id, Json, Time

STATES = "('waiting', 'running', 'finished', 'failed', 'cancelled')"

SAME_PREDICATE = text("state in ('waiting', 'running', 'finished')")
"""Of jobs that stand for the same one. Literal: a prepared statement's parameters match no partial index."""


class Job(Base):
    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint(f"state in {STATES}", name="state"),
        CheckConstraint("queue in ('cpu', 'gpu')", name="queue"),
        Index(
            "uq_job_same",
            "fingerprint",
            unique=True,
            postgresql_where=SAME_PREDICATE,
        ),
        Index("ix_job_project_id_id", "project_id", "id"),
    )
    id: Mapped[Id]
    project_id: Mapped[UUID] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    kind: Mapped[str]
    title: Mapped[str]  # what people read: "Maps of ResNet-56 on CIFAR-10"
    parameters: Mapped[Json]
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary)  # kind, parameters, code version
    queue: Mapped[str] = mapped_column(default="cpu")
    priority: Mapped[int] = mapped_column(SmallInteger, default=0)  # kinds.Priority
    state: Mapped[str] = mapped_column(default="waiting", index=True)
    cancel_requested: Mapped[bool] = mapped_column(default=False)
    error: Mapped[str | None]  # one sentence
    error_details: Mapped[str | None]  # traceback
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[CreatedAt]
    started_at: Mapped[Time | None]
    finished_at: Mapped[Time | None]


class Step(Base):
    """One chunk of a job: 1 to 60 seconds, claimed by one worker at a time under a lease."""

    __tablename__ = "step"
    __table_args__ = (
        UniqueConstraint("job_id", "stage", "chunk"),
        CheckConstraint(f"state in {STATES}", name="state"),
        Index("ix_step_claimable", "queue", "id", postgresql_where=text("state in ('waiting', 'running')")),
    )
    id: Mapped[Id]
    job_id: Mapped[UUID] = mapped_column(ForeignKey("job.id", ondelete="CASCADE"))
    stage: Mapped[int]  # stage s starts when all steps of the stages before it are finished
    chunk: Mapped[int]
    name: Mapped[str]  # "plan", "predict", …: which function of the pipeline
    parameters: Mapped[Json]
    queue: Mapped[str]
    weight: Mapped[float] = mapped_column(default=1.0)
    state: Mapped[str] = mapped_column(default="waiting")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    message: Mapped[str] = mapped_column(default="")
    errors: Mapped[int] = mapped_column(default=0)  # raised by the code
    lost_leases: Mapped[int] = mapped_column(default=0)  # the worker vanished
    lease_token: Mapped[UUID | None]
    leased_by: Mapped[UUID | None]
    lease_until: Mapped[Time | None]
    started_at: Mapped[Time | None]
    finished_at: Mapped[Time | None]
    seconds: Mapped[float | None]  # of the run that finished it


class Worker(Base):
    __tablename__ = "worker"
    id: Mapped[Id]
    host: Mapped[str]
    process_id: Mapped[int]
    queues: Mapped[list[str]] = mapped_column(ARRAY(TEXT))
    device: Mapped[str]
    versions: Mapped[dict[str, str]] = mapped_column(JSONB)
    started_at: Mapped[CreatedAt]
    seen_at: Mapped[CreatedAt] = mapped_column(index=True)


class Outbox(Base):
    """A wake-up that is still to be sent to the broker."""

    __tablename__ = "outbox"
    id: Mapped[Id]
    queue: Mapped[str]
    created_at: Mapped[CreatedAt]
