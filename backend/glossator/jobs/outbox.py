"""The outbox: a wake-up is written with the change that causes it and sent by the relay afterwards."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from glossator.database import new_id
from glossator.jobs.tables import Outbox
from glossator.jobs.workers import alive

CHANNEL = "glossator_outbox"
MOST = 64  # at once; more workers than that find the rest by the relay's repeats


def wake(session: Session, queue: str, steps: int) -> None:
    """Wake as many workers of `queue` as there are steps for them, at least one."""
    workers = sum(queue in worker.queues for worker in alive(session))
    session.add_all(Outbox(id=new_id(), queue=queue) for _ in range(max(1, min(steps, workers, MOST))))
    session.flush()
    session.execute(select(func.pg_notify(CHANNEL, queue)))
