"""A small random network, tiny photographs with masks, and the real pipeline on them."""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import numpy as np
import pytest
import safetensors.torch
import torch
from fastapi import FastAPI
from PIL import Image as Picture
from pydantic import JsonValue
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.testclient import TestClient
from tests.integration.conftest import ADDRESS, PASSWORD, Browser
from tests.servers import Servers

from glossator.app import create_app
from glossator.classifiers.tables import Classifier, ClassName
from glossator.database import Database, make_engine, now
from glossator.datasets.tables import DataSet, Image
from glossator.jobs.kinds import RUN_MAPS
from glossator.jobs.tables import Job
from glossator.maps import service
from glossator.maps.tables import ActivationMap, ExplainedImage, Run, RunClass, Sheet, XFeature
from glossator.people import accounts, projects
from glossator.people.tables import Account, Role
from glossator.settings import Settings
from glossator.storage.blobs import FolderStorage
from glossator_worker.loop import Worker
from glossator_worker.networks.architectures import architecture
from glossator_worker.pipelines.pipeline import StepContext, Write
from glossator_worker.pipelines.run_maps import RunMaps

ARCHITECTURE = "cifar_resnet20"
CLASSES = ("SPOT", "STRIPE")
PER_CLASS = {"train": 12, "test": 7}
SECRET = bytes(range(32))


@dataclass(frozen=True)
class Laid:
    """What a test's data set and classifier are called in the database."""

    project_id: UUID
    data_set_id: UUID
    classifier_id: UUID


def photograph(label: str, number: int) -> tuple[Picture.Image, Picture.Image]:
    """A noisy photograph of 40 × 30 pixels with a bright spot or stripe, and the mask of it."""
    draw = np.random.default_rng([CLASSES.index(label), number])
    pixels = draw.integers(0, 80, (30, 40, 3), dtype=np.uint8)
    mask = np.zeros((30, 40), dtype=bool)
    row, column = draw.integers(3, 24), draw.integers(3, 34)
    if label == "SPOT":
        mask[row : row + 5, column : column + 5] = True
    else:
        mask[row : row + 2, :] = True
    pixels[mask] = draw.integers(150, 255, 3, dtype=np.uint8)
    return Picture.fromarray(pixels), Picture.fromarray((mask * 255).astype(np.uint8)).convert("1")


def png(picture: Picture.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def calibrated_weights() -> bytes:
    """Random weights whose batch norms know the photographs: otherwise units live on their shift alone."""
    torch.manual_seed(0)
    kind = architecture(ARCHITECTURE)
    model = kind.build(len(CLASSES))
    pictures = [photograph(label, number)[0] for label in CLASSES for number in range(8)]
    images = torch.stack([kind.preprocessing.tensor(kind.preprocessing.picture(each)) for each in pictures])
    model.train()
    with torch.no_grad():
        for _ in range(60):
            model(images)
    return safetensors.torch.save(model.state_dict())


@pytest.fixture(scope="session")
def weights() -> bytes:
    return calibrated_weights()


def lay(database: Database, storage: FolderStorage, weights: bytes) -> Laid:
    """Two classes, 24 training and 14 test photographs; SPOT alone has masks, one of them empty."""
    kind = architecture(ARCHITECTURE)
    with database.transaction() as session:
        owner = accounts.ensure_owner(session)
        project_id = projects.create(session, name="Shapes", account_id=owner.id).id
        data_set = DataSet(
            project_id=project_id,
            name="Shapes",
            source=storage.put(b"as it came"),
            split_rule={"kind": "folders"},
            imported_at=now(),
        )
        session.add(data_set)
        session.flush()
        for label in CLASSES:
            for split, count in PER_CLASS.items():
                for number in range(count):
                    session.add(_image(storage, data_set.id, label, split, number))
        classifier = Classifier(
            project_id=project_id,
            data_set_id=data_set.id,
            name="Shapes by chance",
            architecture=ARCHITECTURE,
            weights=storage.put(weights),
            preprocessing_given={},
            preprocessing={**kind.preprocessing.to_json(), "fit": "letterbox"},
            predicted_at=now(),
        )
        session.add(classifier)
        session.flush()
        session.add_all(
            ClassName(classifier_id=classifier.id, position=position, name=name)
            for position, name in enumerate(CLASSES)
        )
        return Laid(project_id, data_set.id, classifier.id)


def _image(storage: FolderStorage, data_set_id: UUID, label: str, split: str, number: int) -> Image:
    picture, mask = photograph(label, number if split == "train" else 100 + number)
    if number == 0:
        mask = Picture.new("1", picture.size)
    content = png(picture)
    sha256 = storage.put(content)
    return Image(
        id=UUID(sha256[:32]),  # the same in every database, so that two runs can be compared
        data_set_id=data_set_id,
        sha256=sha256,
        picture=sha256,
        thumbnail=sha256,
        file_name=f"{label}/{split}-{number}.png",
        width=picture.width,
        height=picture.height,
        label=label,
        fine_label=("small" if number % 2 else "large") if label == "SPOT" else None,
        group_name=f"object-{number // 2}",
        split=split,
        mask=storage.put(png(mask)) if label == "SPOT" else None,
    )


@dataclass
class Watched(RunMaps):
    """The pipeline, with something done before and after each step is computed; it may raise."""

    before: Callable[[StepContext, str], None] = lambda context, name: None
    after: Callable[[StepContext, str], None] = lambda context, name: None

    def run(self, context: StepContext, name: str, parameters: Mapping[str, JsonValue]) -> Write:
        self.before(context, name)
        write = super().run(context, name, parameters)
        self.after(context, name)
        return write


@dataclass(frozen=True)
class Bench:
    """Asks for runs, computes them with real workers in this process, and reads the rows."""

    database: Database
    storage: FolderStorage
    settings: Settings
    laid: Laid

    def ask(self, **chosen: Any) -> UUID:
        options = {"x_features": 4, "seed": 1, "secret": SECRET, **chosen}
        with self.database.transaction() as session:
            run, _ = service.ask_run(
                session,
                project_id=self.laid.project_id,
                classifier_id=self.laid.classifier_id,
                **options,
            )
            return run.id

    def compute(self, pipeline: RunMaps | None = None) -> None:
        me = uuid4()
        Worker(
            database=self.database,
            storage=self.storage,
            settings=self.settings,
            worker_id=lambda: me,
            pipelines={RUN_MAPS: pipeline or RunMaps()},
        ).drain("cpu")

    def run(self, run_id: UUID) -> Run:
        with self.database.transaction() as session:
            return session.get_one(Run, run_id)

    def job(self, run_id: UUID) -> Job:
        with self.database.transaction() as session:
            return session.get_one(Job, session.get_one(Run, run_id).job_id)

    def rows(self, table: type, run_id: UUID) -> list[dict[str, Any]]:
        """All rows of a run in a table, without what differs from run to run: its id."""
        with self.database.transaction() as session:
            found = session.scalars(select(table).where(table.run_id == run_id))
            rows = [{c.name: getattr(each, c.name) for c in table.__table__.columns} for each in found]
        for row in rows:
            del row["run_id"]
        return sorted(rows, key=lambda row: repr(sorted(row.items())))

    def everything(self, run_id: UUID) -> dict[str, list[dict[str, Any]]]:
        return {
            table.__tablename__: self.rows(table, run_id)
            for table in (RunClass, XFeature, ExplainedImage, ActivationMap, Sheet)
        }

    def read(self, query: Callable[..., Any], *arguments: object, **named: object) -> Any:
        with self.database.transaction() as session:
            return query(session, *arguments, **named)

    def write(self, action: Callable[[Session], object]) -> None:
        with self.database.transaction() as session:
            action(session)


@pytest.fixture
def bench(database: Database, storage: FolderStorage, service_settings: Settings, weights: bytes) -> Bench:
    """A database of this test alone, without any run."""
    return Bench(database, storage, service_settings, lay(database, storage, weights))


@dataclass(frozen=True)
class Finished:
    """A run that was computed without any disturbance, for tests that only look at it."""

    bench: Bench
    run_id: UUID
    application: FastAPI

    def browser(self, *roles: Role) -> Browser:
        """A new person with these roles, signed in."""
        email = f"{uuid4()}@example.org"
        with self.bench.database.transaction() as session:
            account = Account(email=email, name="Ada")
            session.add(account)
            session.flush()
            if roles:
                projects.set_roles(session, self.bench.laid.project_id, account.id, roles)
            account_id, token = account.id, accounts.new_link(session, account)
        client = TestClient(self.application, base_url=ADDRESS, headers={"Origin": ADDRESS})
        answer = client.post(f"/api/sign-in-links/{token}", json={"name": "Ada", "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        return Browser(client, account_id, self.bench.laid.project_id)


@pytest.fixture(scope="package")
def finished(
    servers: Servers, weights: bytes, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Finished]:
    folder = tmp_path_factory.mktemp("finished") / "blobs"
    with servers.fresh_database() as url:
        settings = Settings(
            database_url=url,
            redis_url=servers.redis.url(),
            storage_url=f"file://{folder}",
            public_url=ADDRESS,
        )
        database, storage = Database(make_engine(url)), FolderStorage(folder)
        bench = Bench(database, storage, settings, lay(database, storage, weights))
        run_id = bench.ask()
        bench.compute()
        assert bench.job(run_id).state == "finished", bench.job(run_id).error
        application = create_app(settings)
        with TestClient(application, base_url=ADDRESS):
            yield Finished(bench, run_id, application)
        database.close()
