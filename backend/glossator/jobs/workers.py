"""The registry of workers: who is there, seen by the clock of the database."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from glossator.database import new_id
from glossator.jobs.tables import Worker

GONE_AFTER = timedelta(seconds=30)
FORGOTTEN_AFTER = timedelta(days=1)


def register(
    session: Session,
    *,
    host: str,
    process_id: int,
    queues: Sequence[str],
    device: str,
    versions: Mapping[str, str],
) -> UUID:
    """Enter a worker; those not seen for a day are forgotten."""
    session.execute(delete(Worker).where(Worker.seen_at < func.clock_timestamp() - FORGOTTEN_AFTER))
    worker = Worker(
        id=new_id(),
        host=host,
        process_id=process_id,
        queues=list(queues),
        device=device,
        versions=dict(versions),
        seen_at=func.clock_timestamp(),
    )
    session.add(worker)
    session.flush()
    return worker.id


def seen(session: Session, worker_id: UUID) -> bool:
    """Say that a worker is alive; False when it was forgotten and has to register again."""
    known = update(Worker).where(Worker.id == worker_id).values(seen_at=func.clock_timestamp())
    return session.scalar(known.returning(Worker.id)) is not None


def leave(session: Session, worker_id: UUID) -> None:
    session.execute(delete(Worker).where(Worker.id == worker_id))


def alive(session: Session) -> Sequence[Worker]:
    """Workers seen within the last 30 seconds, the oldest first."""
    recent = Worker.seen_at > func.clock_timestamp() - GONE_AFTER
    return session.scalars(select(Worker).where(recent).order_by(Worker.id)).all()
