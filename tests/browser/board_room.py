"""The real web application with boards of real tiles: photographs of the demo, drawn maps, no worker needed.

A fresh board is made in milliseconds, so that every test of a gesture has one of its own.
"""

import csv
import io
import random
import socket
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import numpy as np
import uvicorn
from numpy.typing import NDArray
from PIL import Image as Pictures
from sqlalchemy import insert
from sqlalchemy.orm import Session
from tests.servers import Servers

from glossator.app import create_app
from glossator.boards.making import make_boards
from glossator.classifiers.tables import Classifier
from glossator.database import Database, make_engine, new_id, now
from glossator.datasets.tables import DataSet, Image
from glossator.maps import sheets
from glossator.maps.tables import ActivationMap, ExplainedImage, Run, RunClass, Sheet
from glossator.people import accounts, projects
from glossator.people.tables import Account, Role
from glossator.settings import Settings
from glossator.storage.blobs import FolderStorage, open_storage

BUNDLE = Path(__file__).parents[2] / "demo" / "magnetic_tiles.zip"
CELLS = 16
SIDE = 224


@dataclass(frozen=True)
class Annotator:
    """A person with a session, and one board of their own."""

    account_id: UUID
    board_id: UUID
    email: str
    token: str


@dataclass(frozen=True)
class BoardRoom:
    """A running web application; `annotator()` brings a new person with a fresh board."""

    address: str
    database: Database
    run_id: UUID
    project_id: UUID

    def annotator(self) -> Annotator:
        email = f"{new_id()}@example.org"
        with self.database.transaction() as session:
            account = Account(email=email, name="Grace")
            session.add(account)
            session.flush()
            projects.set_roles(session, self.project_id, account.id, [Role.ANNOTATOR])
            made = make_boards(session, run_id=self.run_id, account_ids=[account.id], seed=7)
            return Annotator(account.id, made.boards[0].id, email, accounts.new_link(session, account))


@contextmanager
def board_room(servers: Servers, folder: Path, *, maps: int = 170) -> Iterator[BoardRoom]:
    """Serve on a free port of 127.0.0.1 until the block ends."""
    with servers.fresh_database() as url, socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()  # who comes before the server is up waits instead of being refused
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        chosen = Settings(
            database_url=url,
            redis_url=servers.redis.url(),
            storage_url=f"file://{folder}",
            public_url=address,
        )
        database = Database(make_engine(url))
        project_id, run_id = _filled(database, FolderStorage(folder), maps)
        open_storage.cache_clear()
        server = uvicorn.Server(
            uvicorn.Config(create_app(chosen), log_level="warning", timeout_graceful_shutdown=2)
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield BoardRoom(address, database, run_id, project_id)
        finally:
            server.should_exit = True
            thread.join()
            database.close()


def _filled(database: Database, storage: FolderStorage, maps: int) -> tuple[UUID, UUID]:
    with database.transaction() as session:
        owner = accounts.ensure_owner(session)
        project = projects.create(session, name="Magnetic tiles", account_id=owner.id)
        data_set = DataSet(project_id=project.id, name="tiles", source="0" * 64, split_rule={})
        session.add(data_set)
        session.flush()
        classifier = Classifier(
            project_id=project.id,
            data_set_id=data_set.id,
            name="net",
            architecture="tile_grid",
            weights="0" * 64,
            preprocessing={},
            preprocessing_given={},
        )
        session.add(classifier)
        session.flush()
        run = Run(
            project_id=project.id,
            classifier_id=classifier.id,
            data_set_id=data_set.id,
            name="Magnetic tiles",
            parameters={},
            versions={},
            secret=b"0" * 32,
            map_height=CELLS,
            map_width=CELLS,
            variant="plain",
            finished_at=now(),
        )
        session.add(run)
        session.flush()
        apart = {"unexplained": 0, "lost": 0}
        session.add(RunClass(run_id=run.id, position=0, name="DEFECTIVE", figures=apart))
        pictures = _pictures(-(-maps // 2))
        rows, photographs, cells = [], [], []
        random_numbers = random.Random(0)
        for number in range(maps):
            picture, mask = pictures[number // 2]
            if number % 2 == 0:
                image_id = _image(session, data_set.id, run.id, storage, number, picture)
            drawn = _drawn(mask, random_numbers)
            rows.append(_row(run.id, image_id, number % 2 + 1, number, drawn))
            photographs.append(picture)
            cells.append(drawn)
        session.execute(insert(ActivationMap), rows)
        _store_sheets(session, storage, run.id, photographs, cells)
        return project.id, run.id


def _pictures(count: int) -> list[tuple[Pictures.Image, NDArray[np.uint8]]]:
    """So many different photographs of defective tiles with their masks, letterboxed; beyond those of the
    demo turned and mirrored ones.
    """
    found: list[tuple[Pictures.Image, Pictures.Image]] = []
    with zipfile.ZipFile(BUNDLE) as bundle:
        rows = csv.DictReader(io.TextIOWrapper(bundle.open("index.csv"), "utf-8"))
        for row in rows:
            if row["mask"] and len(found) < count:
                picture = Pictures.open(io.BytesIO(bundle.read(row["file"]))).convert("RGB")
                mask = Pictures.open(io.BytesIO(bundle.read(row["mask"]))).convert("L")
                found.append((_square(picture, SIDE), _square(mask, CELLS)))
    if count > len(found) * (1 + len(Pictures.Transpose)):
        raise ValueError(f"The demo gives {len(found) * (1 + len(Pictures.Transpose))} photographs at most.")
    turned = [
        (picture.transpose(turn), mask.transpose(turn))
        for turn in Pictures.Transpose
        for picture, mask in found
    ]
    return [(picture, np.asarray(mask, np.uint8)) for picture, mask in [*found, *turned][:count]]


def _square(picture: Pictures.Image, side: int) -> Pictures.Image:
    scale = side / max(picture.size)
    small = picture.resize((max(1, round(picture.width * scale)), max(1, round(picture.height * scale))))
    square = Pictures.new(picture.mode, (side, side))
    square.paste(small, ((side - small.width) // 2, (side - small.height) // 2))
    return square


def _drawn(mask: NDArray[np.uint8], random_numbers: random.Random) -> NDArray[np.uint8]:
    """A spot of two cells somewhere in the mask, as excitation maps look."""
    inside = np.argwhere(mask > 0)
    y, x = inside[random_numbers.randrange(len(inside))] if len(inside) else (CELLS // 2, CELLS // 2)
    rows, columns = np.mgrid[:CELLS, :CELLS]
    spot = np.exp(-((rows - y) ** 2 + (columns - x) ** 2) / 4.0)
    return np.round(255 * spot / spot.max()).astype(np.uint8)


def _image(
    session: Session,
    data_set_id: UUID,
    run_id: UUID,
    storage: FolderStorage,
    number: int,
    picture: Pictures.Image,
) -> UUID:
    image = Image(
        data_set_id=data_set_id,
        sha256=f"{number:064x}",
        picture=f"{number + 10**6:064x}",
        thumbnail="0" * 64,
        file_name=f"{number}.jpg",
        width=SIDE,
        height=SIDE,
        label="DEFECTIVE",
        fine_label="crack",
        split="test",
    )
    session.add(image)
    session.flush()
    session.add(
        ExplainedImage(
            run_id=run_id,
            image_id=image.id,
            class_position=0,
            picture=storage.put(sheets.picture_file(picture)),
            predicted=0,
            probability=0.9,
            score=1.0,
            contributions=[1.0],
            significant=2,
        )
    )
    session.flush()
    return image.id


def _row(
    run_id: UUID, image_id: UUID, x_feature: int, place: int, cells: NDArray[np.uint8]
) -> dict[str, object]:
    return {
        "id": UUID(int=random.Random(place).getrandbits(128), version=4),
        "run_id": run_id,
        "class_position": 0,
        "image_id": image_id,
        "x_feature": x_feature,
        "place": place,
        "contribution": 1.0,
        "share": 0.5,
        "plain": cells.tobytes(),
        "plain_scale": 0.1,
        "plain_sum": 1.0,
        "plain_lost": {"total": 0.0},
        "contrastive": cells.tobytes(),
        "contrastive_scale": 0.1,
        "contrastive_sum": 1.0,
        "contrastive_lost": {"total": 0.0},
        "pointing": None,
    }


def _store_sheets(
    session: Session,
    storage: FolderStorage,
    run_id: UUID,
    photographs: list[Pictures.Image],
    cells: list[NDArray[np.uint8]],
) -> None:
    of_photographs = sheets.photograph_layout(count=len(photographs), side=SIDE)
    of_maps = sheets.map_layout(height=CELLS, width=CELLS)
    for kind, layout in (("photographs", of_photographs), ("plain", of_maps)):
        for number in range(layout.sheets(len(cells))):
            part = slice(number * layout.capacity, (number + 1) * layout.capacity)
            content = (
                sheets.photograph_sheet(layout, photographs[part])
                if kind == "photographs"
                else sheets.map_sheet(layout, cells[part])
            )
            session.add(
                Sheet(
                    run_id=run_id,
                    class_position=0,
                    kind=kind,
                    number=number,
                    blob=storage.put(content),
                    tile=layout.tile,
                    columns=layout.columns,
                    capacity=layout.capacity,
                )
            )
