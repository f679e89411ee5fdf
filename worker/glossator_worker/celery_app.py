"""The Celery side of a worker: a message says only "there is work on this queue".

Start it with `python -m celery -A glossator_worker.celery_app worker --pool solo --queues cpu
--without-gossip --without-mingle --without-heartbeat`.
"""

import os
import platform
import socket
import threading
from typing import Any

import structlog
import torch
from celery import Celery
from celery.signals import celeryd_after_setup, worker_ready, worker_shutdown
from celery.worker import state
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from glossator import __version__
from glossator.database import Database, make_engine
from glossator.jobs.broker import TASK, broker_url
from glossator.logs import configure_logs
from glossator.refusal import Refusal
from glossator.settings import settings
from glossator.storage.blobs import open_storage
from glossator.tables import configure
from glossator_worker.heartbeat import Presence
from glossator_worker.loop import Worker

AWAY_SECONDS = 1.0

log = structlog.get_logger()

configure()

app = Celery("glossator-worker", broker=broker_url(settings().redis_url))
app.conf.update(
    task_ignore_result=True,
    task_acks_late=False,  # the lease guarantees execution, not the message
    worker_prefetch_multiplier=1,
    worker_cancel_long_running_tasks_on_connection_loss=False,
    worker_hijack_root_logger=False,
    worker_redirect_stdouts=False,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    task_default_queue="cpu",
    task_create_missing_queues=True,
)


class Process:
    """What this process holds between start and stop."""

    presence: Presence | None = None
    worker: Worker | None = None


def stopping() -> bool:
    """Whether Celery was told to stop."""
    return state.should_stop is not None or state.should_terminate is not None


def work(queue: str) -> None:
    """Take steps of the queue until there are none."""
    if Process.worker is not None:
        Process.worker.drain(queue)


def prepare(sender: str, instance: Any, **_: object) -> None:
    """Limit torch's threads, step back as set, and open database and storage."""
    configure_logs()
    configure()
    chosen = settings()
    if not (chosen.database_url and chosen.redis_url and chosen.storage_url):
        raise Refusal("A worker needs DATABASE_URL, REDIS_URL and STORAGE_URL.")
    os.nice(chosen.worker_niceness)
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS") or os.cpu_count() or 1))
    torch.set_num_interop_threads(1)
    database = Database(make_engine(chosen.database_url, pool_size=4))
    patiently(database)
    presence = Presence(
        database,
        chosen.heartbeat_seconds,
        host=socket.gethostname(),
        process_id=os.getpid(),
        queues=sorted(instance.app.amqp.queues.consume_from),
        device=device_name(),
        versions={
            "glossator": __version__,
            "python": platform.python_version(),
            "torch": str(torch.__version__),
        },
    )
    Process.presence = presence
    Process.worker = Worker(
        database=database,
        storage=open_storage(chosen.storage_url),
        settings=chosen,
        worker_id=lambda: presence.worker_id,
        stopping=stopping,
    )
    log.info("worker prepared", id=str(presence.worker_id), device=device_name())


def patiently(database: Database) -> None:
    """Wait until the database answers: it may start again at the same time as this worker."""
    pause = threading.Event()
    while True:
        try:
            with database.transaction() as session:
                session.execute(text("select 1"))
        except OperationalError as error:
            log.warning("the database is away", error=str(error).splitlines()[0])
            pause.wait(AWAY_SECONDS)
        else:
            return


def catch_up(sender: Any, **_: object) -> None:
    """Look for work at once: it may wait since before this worker."""
    for queue in sender.app.amqp.queues.consume_from:
        app.send_task(TASK, kwargs={"queue": queue}, queue=queue)


def leave(**_: object) -> None:
    if Process.presence is not None:
        Process.presence.leave()


def device_name() -> str:
    return torch.cuda.get_device_name(0) if torch.cuda.is_available() else "cpu"


app.task(work, name=TASK, ignore_result=True)
celeryd_after_setup.connect(prepare)
worker_ready.connect(catch_up)
worker_shutdown.connect(leave)
