"""`kill -9` of each process in mid-run: the run finishes by itself with the rows of an undisturbed one."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from tests.faults.worker_app import CHUNKS, KIND, rows_of
from tests.service import RunningService, free_port, python, until

from glossator.jobs import service as jobs
from glossator.people.tables import Project

CHILDREN = ("worker", "redis", "postgres", "web")
SHORT = {"LEASE_SECONDS": "4", "HEARTBEAT_SECONDS": "0.5", "RELAY_SECONDS": "1"}
EXPECTED = sorted(
    [(f"chunk {chunk}", n, value) for chunk in range(CHUNKS) for n, value in enumerate(rows_of(chunk))]
    + [("sum", 0, sum(sum(rows_of(chunk)) for chunk in range(CHUNKS)))]
)


@contextmanager
def _running(folder: Path) -> Iterator[RunningService]:
    data = folder / "data"
    command = python("-m", "tests.faults.start", str(data), str(free_port()))
    running = RunningService(data, command, SHORT)
    running.start()
    with running.transaction() as session:
        session.execute(text("create table fault_row (job text, name text, number int, value bigint)"))
    yield running
    running.stop()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with _running(tmp_path_factory.mktemp("faults")) as running:
        yield running


@pytest.fixture
def own_service(tmp_path: Path) -> Iterator[RunningService]:
    """For tests that kill a child often: five deaths within two minutes are a reason to give up."""
    with _running(tmp_path) as running:
        yield running


def _ask(service: RunningService) -> UUID:
    with service.transaction() as session:
        project = Project(name=f"Faults {uuid4()}")
        session.add(project)
        session.flush()
        return jobs.ask(
            session, project_id=project.id, kind=KIND, title="Rows", parameters={}, asked_by=None
        ).id


def _finished_steps(service: RunningService, job_id: UUID) -> int:
    rows = service.rows("select count(*) from step where job_id = %s and state = 'finished'", job_id)
    return int(str(rows[0][0])) if rows else 0


def _has_finished(service: RunningService, job_id: UUID, steps: int) -> bool:
    return _finished_steps(service, job_id) >= steps


def _state(service: RunningService, job_id: UUID) -> str:
    rows = service.rows("select state, error from job where id = %s", job_id)
    assert not rows or rows[0][0] != "failed", rows
    return str(rows[0][0]) if rows else "unknown"


def _finishes_with_the_same_rows(service: RunningService, job_id: UUID) -> None:
    until(lambda: _state(service, job_id) == "finished", "the job ends", details=service.logs)
    found = service.rows("select name, number, value from fault_row where job = %s", str(job_id))
    assert sorted(found) == EXPECTED


def _in_mid_run(service: RunningService, job_id: UUID, steps: int = 3) -> None:
    until(
        lambda: _finished_steps(service, job_id) >= steps, f"{steps} steps are finished", details=service.logs
    )
    assert _state(service, job_id) == "running"


def test_an_undisturbed_run_gives_the_expected_rows(service: RunningService) -> None:
    _finishes_with_the_same_rows(service, _ask(service))


@pytest.mark.parametrize("victim", CHILDREN)
def test_a_run_survives_kill_9_of(service: RunningService, victim: str) -> None:
    job_id = _ask(service)
    _in_mid_run(service, job_id)
    before = service.pid_of(victim)
    service.kill(victim)
    _finishes_with_the_same_rows(service, job_id)
    until(lambda: service.pid_of(victim) != before, f"{victim} was started again")


def test_a_run_survives_kill_9_of_the_supervisor_and_a_new_start(service: RunningService) -> None:
    job_id = _ask(service)
    _in_mid_run(service, job_id)
    children = [service.pid_of(name) for name in CHILDREN]
    service.kill("supervisor")
    service.start()
    assert not set(children) & {service.pid_of(name) for name in CHILDREN}
    _finishes_with_the_same_rows(service, job_id)


@pytest.mark.extended
@pytest.mark.parametrize("steps", [1, 5, 9, 12])
@pytest.mark.parametrize("victims", [*((child,) for child in CHILDREN), CHILDREN], ids="+".join)
def test_a_run_survives_kills_at_any_time(
    own_service: RunningService, victims: tuple[str, ...], steps: int
) -> None:
    """Also of all four at once, while starting again, and twice in one run."""
    job_id = _ask(own_service)
    for moment in (steps, min(steps + 2, CHUNKS)):
        until(partial(_has_finished, own_service, job_id, moment), "steps are finished")
        for victim in victims:
            own_service.kill(victim)
        until(lambda: all(_is_new(own_service, name) for name in victims), "all are started again")
    _finishes_with_the_same_rows(own_service, job_id)


def _is_new(service: RunningService, name: str) -> bool:
    try:
        return Path(f"/proc/{service.pid_of(name)}").exists()
    except StopIteration:
        return False


@pytest.mark.extended
def test_a_run_survives_kill_9_of_everything_at_once(service: RunningService) -> None:
    job_id = _ask(service)
    _in_mid_run(service, job_id)
    pids = [service.pid_of(name) for name in CHILDREN]
    service.kill("supervisor")
    for pid in pids:
        _kill_if_there(pid)
    service.start()
    _finishes_with_the_same_rows(service, job_id)


def _kill_if_there(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
