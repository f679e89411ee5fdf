"""The relay: turns outbox rows into messages. Every web process has one, an advisory lock lets one work."""

import threading
import time

import psycopg
import structlog
from kombu.exceptions import OperationalError as BrokerAway
from redis.exceptions import RedisError
from sqlalchemy import delete, select
from sqlalchemy.exc import OperationalError as DatabaseAway

from glossator.database import Database
from glossator.jobs import leases
from glossator.jobs.broker import Broker
from glossator.jobs.outbox import CHANNEL, MOST
from glossator.jobs.queries import waiting_steps
from glossator.jobs.tables import Outbox
from glossator.jobs.workers import alive

LOCK = 7_205_915_832
LISTEN_SECONDS = 0.5  # how long a stop, or a lock that became free, may go unnoticed
AWAY_SECONDS = 1.0
BATCH = 100

log = structlog.get_logger()


class Relay:
    """Runs in a thread between `start` and `stop`; survives that Redis or Postgres are away."""

    def __init__(self, database: Database, redis_url: str, *, seconds: float = 15) -> None:
        self._database = database
        self._redis_url = redis_url
        self._seconds = seconds
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="relay", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(timeout=10)

    def _run(self) -> None:
        broker = Broker(self._redis_url, expires=2 * self._seconds)
        while not self._stopping.is_set():
            try:
                self._as_the_one(broker)
            except (DatabaseAway, psycopg.OperationalError) as error:
                log.warning("relay: the database is away", error=str(error).splitlines()[0])
            except (BrokerAway, RedisError, OSError) as error:
                log.warning("relay: the broker is away", error=str(error))
            self._stopping.wait(AWAY_SECONDS)
        broker.close()

    def _as_the_one(self, broker: Broker) -> None:
        """Take the lock and relay while it is ours; the lock goes with its connection."""
        url = self._database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(url, autocommit=True) as connection:
            taken = connection.execute("select pg_try_advisory_lock(%s)", [LOCK]).fetchone()
            if taken is None or not taken[0]:
                return
            connection.execute(f"listen {CHANNEL}")
            repeat_at = 0.0
            while not self._stopping.is_set():
                if time.monotonic() >= repeat_at:
                    self._repeat(broker)
                    repeat_at = time.monotonic() + self._seconds
                while self._send_outbox(broker) == BATCH:
                    pass
                for _ in connection.notifies(timeout=LISTEN_SECONDS, stop_after=1):
                    pass

    def _send_outbox(self, broker: Broker) -> int:
        """Send and delete the oldest wake-ups; when the broker is away they stay."""
        with self._database.transaction() as session:
            rows = session.scalars(
                select(Outbox).order_by(Outbox.id).limit(BATCH).with_for_update(skip_locked=True)
            ).all()
            for row in rows:
                broker.send(row.queue)
            session.execute(delete(Outbox).where(Outbox.id.in_([row.id for row in rows])))
        return len(rows)

    def _repeat(self, broker: Broker) -> None:
        """Announce again what could run: a message may have been lost, a lease may have run out."""
        with self._database.transaction() as session:
            leases.reap(session)
        with self._database.transaction() as session:
            waiting = waiting_steps(session)
            served = [queue for worker in alive(session) for queue in worker.queues]
        for queue, steps in waiting.items():
            for _ in range(max(1, min(steps, served.count(queue), MOST))):
                broker.send(queue)
