"""`kill -9` in the middle of a real run of maps: every row and map is that of the undisturbed run."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from tests.browser.installation import DEMO, small_tiles
from tests.service import RunningService, free_port, python, until

from glossator.classifiers.service import ask_register
from glossator.datasets.service import ask_import
from glossator.datasets.splits import SplitRule
from glossator.jobs.tables import Job
from glossator.maps.service import ask_run
from glossator.maps.tables import Run
from glossator.people.projects import create
from glossator.people.service import ensure_owner
from glossator.settings import Settings
from glossator.storage.blobs import open_storage
from glossator.tables import configure, metadata

pytestmark = pytest.mark.extended

CHILDREN = ("worker", "redis", "postgres", "web")
LEASE = {"LEASE_SECONDS": "6", "HEARTBEAT_SECONDS": "1", "RELAY_SECONDS": "1"}
OWN_TO_A_RUN = {"run_id", "created_at", "finished_at"}
FACTS_OF_THE_RUN = {
    *("weights", "start", "stop", "stops", "map_height", "map_width"),
    *("figures", "variant", "variant_reason"),
}


@dataclass(frozen=True)
class Tiles:
    """A running service with the small tiles, their classifier, and an undisturbed run's content."""

    service: RunningService
    project_id: UUID
    classifier_id: UUID
    secret: bytes
    expected: dict[str, list[str]]


def finished(service: RunningService, job_id: UUID) -> None:
    def over() -> bool:
        rows = service.rows("select state, error, error_details from job where id = %s", job_id)
        assert not rows or rows[0][0] not in ("failed", "cancelled"), rows
        return bool(rows) and rows[0][0] == "finished"

    until(over, "the job ends", 1200, service.logs)


def steps(service: RunningService, job_id: UUID, state: str) -> int:
    rows = service.rows("select count(*) from step where job_id = %s and state = %s", job_id, state)
    return int(str(rows[0][0])) if rows else 0


def went_on(service: RunningService, job_id: UUID, count: int) -> bool:
    """Whether so many steps are finished, or all."""
    left = steps(service, job_id, "waiting") + steps(service, job_id, "running")
    return steps(service, job_id, "finished") >= count or left == 0


def content(session: Session, run_id: UUID) -> dict[str, list[str]]:
    """Everything a run stored, by table, without what differs between two runs of the same."""
    found: dict[str, list[str]] = {}
    for table in metadata.sorted_tables:
        columns = [column for column in table.columns if column.name not in OWN_TO_A_RUN]
        if "run_id" in table.columns:
            rows = session.execute(select(*columns).where(table.c.run_id == run_id))
            found[table.name] = sorted(repr(tuple(row)) for row in rows)
    run = Run.__table__
    facts = [column for column in run.columns if column.name in FACTS_OF_THE_RUN]
    found["run"] = [repr(tuple(session.execute(select(*facts).where(run.c.id == run_id)).one()))]
    return found


def forget(session: Session, run_id: UUID) -> None:
    """Delete a run and its job, so that the same may be asked for again."""
    run = session.get_one(Run, run_id)
    job_id = run.job_id
    for table in reversed(metadata.sorted_tables):
        if "run_id" in table.columns:
            session.execute(delete(table).where(table.c.run_id == run_id))
    session.delete(run)
    session.flush()
    session.execute(delete(Job).where(Job.id == job_id))


@pytest.fixture(scope="module")
def tiles(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tiles]:
    configure()
    data = tmp_path_factory.mktemp("maps") / "data"
    command = python("-m", "glossator.cli.main", "up", "--data", str(data), "--port", str(free_port()))
    service = RunningService(data, command, LEASE)
    service.start()
    storage = open_storage(json.loads((data / "instance.json").read_text())["storage_url"])
    zipped, weights = storage.put(small_tiles()), storage.put_file(DEMO / "tile_grid.safetensors")
    with service.transaction() as session:
        owner = ensure_owner(session)
        project = create(session, name="Tiles", account_id=owner.id)
        data_set, job = ask_import(
            session,
            storage,
            project_id=project.id,
            name="Tiles",
            source_blob=zipped,
            split=SplitRule(kind="column"),
            asked_by=None,
            settings=Settings(),
        )
        project_id, data_set_id, job_id = project.id, data_set.id, job.id
    finished(service, job_id)
    with service.transaction() as session:
        classifier, job = ask_register(
            session,
            project_id=project_id,
            data_set_id=data_set_id,
            name="Tile grid",
            architecture="tile_grid",
            weights_blob=weights,
            asked_by=None,
        )
        classifier_id, job_id = classifier.id, job.id
    finished(service, job_id)
    secret = bytes(32)
    run_id = undisturbed(service, project_id, classifier_id, secret)
    with service.transaction() as session:
        expected = content(session, run_id)
        forget(session, run_id)
    yield Tiles(service, project_id, classifier_id, secret, expected)
    service.stop()


def ask(service: RunningService, project_id: UUID, classifier_id: UUID, secret: bytes) -> tuple[UUID, UUID]:
    with service.transaction() as session:
        run, job = ask_run(session, project_id=project_id, classifier_id=classifier_id, secret=secret)
        return run.id, job.id


def undisturbed(service: RunningService, project_id: UUID, classifier_id: UUID, secret: bytes) -> UUID:
    run_id, job_id = ask(service, project_id, classifier_id, secret)
    finished(service, job_id)
    return run_id


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("victim", [*CHILDREN, "supervisor"])
def test_a_run_of_maps_survives_kill_9_of(tiles: Tiles, victim: str) -> None:
    """Killed twice: early in the run and again near its end."""
    service = tiles.service
    run_id, job_id = ask(service, tiles.project_id, tiles.classifier_id, tiles.secret)
    until(lambda: steps(service, job_id, "finished") >= 2, "two steps are finished", 600)
    for _ in range(2):
        before = steps(service, job_id, "finished")
        service.kill(victim)
        if victim == "supervisor":
            service.start("worker: ready")
        until(partial(went_on, service, job_id, before + 2), "two more steps are finished", 600)
    finished(service, job_id)
    with service.transaction() as session:
        found = content(session, run_id)
        forget(session, run_id)
    assert {name: len(rows) for name, rows in found.items()} == {
        name: len(rows) for name, rows in tiles.expected.items()
    }
    assert found == tiles.expected
    assert len(tiles.expected["activation_map"]) > 20
