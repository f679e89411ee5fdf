"""A finished run without a network: images, X-features and maps drawn at random, with sheets and pictures."""

import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from glossator.boards.making import make_boards
from glossator.classifiers.tables import Classifier
from glossator.database import Database, new_id, now
from glossator.datasets.tables import DataSet, Image
from glossator.maps.tables import ActivationMap, ExplainedImage, Run, RunClass, Sheet, XFeature
from glossator.storage.blobs import FolderStorage

CELLS = 4


@dataclass(frozen=True)
class SomeRun:
    run_id: UUID
    x_features: dict[str, int]  # map -> X-feature, which no board may tell


def some_run(
    session: Session,
    project_id: UUID,
    storage: FolderStorage,
    *,
    images: int = 6,
    variant: str | None = "plain",
    seed: int = 0,
) -> SomeRun:
    """A run of two classes; every image has a map of X-feature 1, some have more, so that counts tell."""
    random_numbers = random.Random(seed)
    run_id = _run(session, project_id, variant)
    drawn = [_image(session, run_id, storage, number) for number in range(images)]
    chosen = [
        (image, x_feature)
        for image in drawn
        for x_feature in (1, 2, 3)
        if x_feature == 1 or random_numbers.random() < 0.6 / (x_feature - 1)
    ]
    places = random_numbers.sample(range(len(chosen)), len(chosen))
    x_features: dict[str, int] = {}
    rows = []
    for (image, x_feature), place in zip(chosen, places, strict=True):
        identifier = UUID(int=random_numbers.getrandbits(128), version=4)
        x_features[str(identifier)] = x_feature
        rows.append(_map(identifier, run_id, image, x_feature, place))
    session.execute(insert(ActivationMap), rows)
    session.execute(insert(ActivationMap), [_map(uuid4(), run_id, drawn[0], 5, None)])  # lost: on no board
    _sheets(session, run_id, storage, len(rows))
    session.flush()
    return SomeRun(run_id, x_features)


def _run(session: Session, project_id: UUID, variant: str | None) -> UUID:
    data_set = DataSet(
        project_id=project_id, name=f"tiles {new_id()}", source="0" * 64, split_rule={"kind": "random"}
    )
    session.add(data_set)
    session.flush()
    classifier = Classifier(
        project_id=project_id,
        data_set_id=data_set.id,
        name=f"net {new_id()}",
        architecture="resnet20",
        weights="0" * 64,
        preprocessing={},
        preprocessing_given={},
    )
    session.add(classifier)
    session.flush()
    run = Run(
        project_id=project_id,
        classifier_id=classifier.id,
        data_set_id=data_set.id,
        name="first",
        parameters={},
        versions={},
        secret=b"0" * 32,
        map_height=CELLS,
        map_width=CELLS,
        variant=variant,
        finished_at=now(),
    )
    session.add(run)
    session.flush()
    for position, name in enumerate(("defective", "not defective")):
        apart = {"unexplained": 2 + position, "lost": 1 - position}
        session.add(RunClass(run_id=run.id, position=position, name=name, figures=apart))
    for number in (1, 2, 3):
        session.add(XFeature(run_id=run.id, class_position=0, number=number, weight=1.0, status="live"))
    session.flush()
    return run.id


def _image(session: Session, run_id: UUID, storage: FolderStorage, number: int) -> UUID:
    picture = storage.put(f"picture {number}".encode())
    run = session.get_one(Run, run_id)
    image = Image(
        data_set_id=run.data_set_id,
        sha256=f"{number:064x}",
        picture=f"{number + 10**6:064x}",
        thumbnail="0" * 64,
        file_name=f"secret-{number}.png",
        width=8,
        height=8,
        label="defective",
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
            picture=picture,
            predicted=0,
            probability=0.9,
            score=1.0,
            contributions=[1.0],
            significant=1,
        )
    )
    session.flush()
    return image.id


def _map(
    identifier: UUID, run_id: UUID, image_id: UUID, x_feature: int, place: int | None
) -> dict[str, object]:
    return {
        "id": identifier,
        "run_id": run_id,
        "class_position": 0,
        "image_id": image_id,
        "x_feature": x_feature,
        "place": place,
        "contribution": 1.0,
        "share": 0.5,
        "plain": bytes(range(CELLS * CELLS)),
        "plain_scale": 0.1 * x_feature,
        "plain_sum": 1.0,
        "plain_lost": {"total": 0.0},
        "contrastive": bytes(CELLS * CELLS),
        "contrastive_scale": 0.2,
        "contrastive_sum": 1.0,
        "contrastive_lost": {"total": 0.0},
        "pointing": None,
    }


def _sheets(session: Session, run_id: UUID, storage: FolderStorage, count: int) -> None:
    for kind, capacity in (("photographs", 64), ("plain", 4096), ("contrastive", 4096)):
        for number in range(-(-count // capacity)):
            sheet = storage.put(f"{kind} {number}".encode())
            session.add(
                Sheet(
                    run_id=run_id,
                    class_position=0,
                    kind=kind,
                    number=number,
                    blob=sheet,
                    tile=CELLS,
                    columns=8,
                    capacity=capacity,
                )
            )


NewBoard = Callable[[UUID], UUID]


@pytest.fixture
def new_board(database: Database, storage: FolderStorage, project_id: UUID) -> NewBoard:
    """`new_board(account_id)`: the id of a board of that person on a run of its own."""
    seeds = itertools.count()

    def make(account_id: UUID) -> UUID:
        seed = next(seeds)
        with database.transaction() as session:
            run = some_run(session, project_id, storage, seed=seed)
            return make_boards(session, run_id=run.run_id, account_ids=[account_id], seed=seed).boards[0].id

    return make
