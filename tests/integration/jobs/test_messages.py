"""The outbox, the relay and real messages: losing the broker or receiving twice changes nothing."""

import json
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from redis import Redis as Client
from sqlalchemy import func, select, text
from tests.integration.jobs.conftest import Bench, Squares
from tests.service import until

from glossator.database_events import notify
from glossator.embedded.children import Child
from glossator.embedded.redis import Redis
from glossator.jobs import service, workers
from glossator.jobs.broker import Broker
from glossator.jobs.outbox import wake
from glossator.jobs.queries import job_view, workers_view
from glossator.jobs.relay import Relay
from glossator.jobs.tables import Outbox
from glossator.settings import Settings
from glossator_worker.heartbeat import Presence


@contextmanager
def relaying(bench: Bench, redis_url: str) -> Iterator[Relay]:
    relay = Relay(bench.database, redis_url, seconds=bench.settings.relay_seconds)
    relay.start()
    yield relay
    relay.stop()


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[Child]:
    """A Redis of this test alone, not yet started."""
    server = Redis.at(tmp_path / "redis", tmp_path)
    child = Child(server.child(), tmp_path / "log")
    yield child
    child.kill()


def _address(tmp_path: Path) -> str:
    return f"unix://{tmp_path / 'redis.sock'}?db=0"


def _messages(url: str) -> int:
    with Client.from_url(url) as client:
        return int(client.llen("cpu"))


def _outbox(bench: Bench) -> int:
    with bench.database.transaction() as session:
        return session.scalar(select(func.count()).select_from(Outbox)) or 0


def _register(bench: Bench, *queues: str) -> None:
    with bench.database.transaction() as session:
        workers.register(session, host="h", process_id=1, queues=queues, device="cpu", versions={})


def test_a_wakeup_becomes_a_message_and_leaves_the_outbox(
    bench: Bench, own_redis: Child, tmp_path: Path
) -> None:
    own_redis.start()
    own_redis.wait_ready()
    bench.ask()
    assert _outbox(bench) == 1
    with relaying(bench, _address(tmp_path)):
        until(lambda: _outbox(bench) == 0, "the outbox is empty")
        until(lambda: _messages(_address(tmp_path)) > 0, "a message lies in the queue")


def test_wakeups_wait_while_the_broker_is_gone_and_are_sent_when_it_is_back(
    bench: Bench, own_redis: Child, tmp_path: Path
) -> None:
    bench.ask()
    with relaying(bench, _address(tmp_path)):
        until(lambda: _outbox(bench) == 1, "the wake-up waits")
        own_redis.start()
        own_redis.wait_ready()
        until(lambda: _outbox(bench) == 0, "it was sent")
        own_redis.kill()
        bench.ask(other=1)
        own_redis.start()
        own_redis.wait_ready()
        until(lambda: _outbox(bench) == 0, "the next one was sent too")
        until(lambda: _messages(_address(tmp_path)) > 0, "a message lies in the queue")


def test_lost_messages_are_repeated_while_there_is_work(
    bench: Bench, own_redis: Child, tmp_path: Path
) -> None:
    own_redis.start()
    own_redis.wait_ready()
    url = _address(tmp_path)
    bench.ask()
    with relaying(bench, url):
        until(lambda: _messages(url) > 0, "the first message")
        with Client.from_url(url) as client:
            client.flushall()
        until(lambda: _messages(url) > 0, "it was said again")


def test_the_relay_sends_lapsed_steps_back_even_when_all_workers_are_gone(
    bench: Bench, redis_url: str
) -> None:
    job_id = bench.ask()
    gone = bench.worker(Squares(), settings=bench.settings.model_copy(update={"lease_seconds": -1.0}))
    assert gone._claim("cpu")
    with relaying(bench, redis_url):
        until(lambda: bench.steps(job_id)[0].lost_leases == 1, "the step went back")


def test_one_relay_is_active_and_another_takes_over(bench: Bench, own_redis: Child, tmp_path: Path) -> None:
    own_redis.start()
    own_redis.wait_ready()
    url = _address(tmp_path)
    with relaying(bench, url) as second:
        first = Relay(bench.database, url, seconds=1000)
        first.start()
        until(lambda: _locks(bench) == 1, "one holds the lock")
        second.stop()
        bench.ask()
        until(lambda: _outbox(bench) == 0, "the other took over")
        first.stop()


def _locks(bench: Bench) -> int:
    with bench.database.transaction() as session:
        query = text(
            "select count(*) from pg_locks l join pg_database d on d.oid = l.database "
            "where locktype = 'advisory' and datname = current_database()"
        )
        return session.scalar(query) or 0


def test_a_message_received_twice_changes_nothing(bench: Bench) -> None:
    pipeline = Squares()
    job_id = bench.ask()
    worker = bench.worker(pipeline)
    assert worker.drain("cpu") == 5
    assert worker.drain("cpu") == 0
    assert bench.job(job_id).state == "finished"
    assert len(pipeline.runs) == 5


def test_a_stage_that_opens_wakes_as_many_workers_as_have_something_to_do(bench: Bench) -> None:
    for _ in range(3):
        _register(bench, "cpu")
    _register(bench, "gpu")
    bench.ask()
    before = _outbox(bench)
    worker = bench.worker(Squares(count=2))
    step = worker._claim("cpu")
    assert step
    worker._run(step)
    assert _outbox(bench) - before == 2, "two steps, three workers"


def test_a_wakeup_is_written_even_when_no_worker_is_there(bench: Bench) -> None:
    bench.do(lambda s: wake(s, "gpu", 5))
    assert _outbox(bench) == 1


def test_the_producer_reports_a_missing_broker_at_once(tmp_path: Path) -> None:
    broker = Broker(_address(tmp_path), expires=30)
    with pytest.raises(Exception, match=r"No such file|refused|not exist"):
        broker.send("cpu")
    broker.close()


def test_changes_of_a_job_are_said_to_its_followers_at_commit(bench: Bench, database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("listen glossator")
        job_id = bench.ask()
        topics = {json.loads(each.payload)["topic"] for each in connection.notifies(timeout=20, stop_after=2)}
        assert topics == {f"job:{job_id}", f"jobs:{bench.project_id}"}
        with bench.database.sessions() as session:
            service.cancel(session, job_id)
            session.rollback()
        assert list(connection.notifies(timeout=0.2)) == []


def test_an_event_that_is_too_long_is_refused(bench: Bench) -> None:
    with pytest.raises(ValueError, match="7999"):
        bench.do(lambda s: notify(s, "job:1", {"text": "x" * 8000}))


def test_progress_is_carried_while_a_step_runs(bench: Bench) -> None:
    reached: queue.Queue[None] = queue.Queue()
    go_on = threading.Event()

    def wait(context, number):  # type: ignore[no-untyped-def]  # as in Squares
        if number == 0:
            context.progress(3, 4, "thirds")
            reached.put(None)
            assert go_on.wait(60)

    job_id = bench.ask()
    thread = threading.Thread(target=bench.worker(Squares(interfere=wait)).drain, args=("cpu",))
    thread.start()
    reached.get(timeout=60)

    def shown() -> bool:
        with bench.database.transaction() as session:
            view = job_view(session, job_id)
        return view.message == "thirds" and view.done == pytest.approx(0.75 / 5)

    until(shown, "the page sees three of four thirds of one of five weights")
    go_on.set()
    thread.join(60)
    with bench.database.transaction() as session:
        view = job_view(session, job_id)
    assert (view.done, view.seconds_left, view.steps.finished) == (1.0, None, 5)


def test_workers_are_running_only_while_they_are_seen(bench: Bench, settings: Settings) -> None:
    bench.ask()
    with bench.database.transaction() as session:
        view = workers_view(session)
    assert not view.running
    assert [(each.queue, each.steps) for each in view.waiting_queues] == [("cpu", 1)]

    presence = Presence(
        bench.database,
        0.05,
        host="h",
        process_id=1,
        queues=["cpu"],
        device="cpu",
        versions={"glossator": "1"},
    )
    with bench.database.transaction() as session:
        view = workers_view(session)
    assert view.running
    assert view.waiting_queues == []
    presence.leave()
    with bench.database.transaction() as session:
        assert not workers_view(session).running


def test_a_worker_that_was_forgotten_registers_again(bench: Bench) -> None:
    presence = Presence(
        bench.database, 0.05, host="h", process_id=1, queues=["cpu"], device="cpu", versions={}
    )
    first = presence.worker_id
    bench.do(lambda s: workers.leave(s, first))
    until(lambda: presence.worker_id != first, "it registered again")
    presence.leave()
