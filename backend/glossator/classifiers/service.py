"""What changes classifiers: registering one, and what the job that checks it and predicts writes."""

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from pydantic import JsonValue
from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from glossator.classifiers import queries
from glossator.classifiers.architectures import check_architecture
from glossator.classifiers.tables import Classifier, ClassName, Prediction
from glossator.database import new_id, now
from glossator.datasets import queries as data_sets
from glossator.datasets.tables import Image
from glossator.jobs import service as jobs
from glossator.jobs.kinds import PREDICT
from glossator.jobs.tables import Job
from glossator.refusal import Refusal, conflict

LONGEST_NAME = 100
LONGEST_CLASS_NAME = 500
MOST_CLASSES = 100_000
LARGEST_WEIGHTS = 2 * 2**30


@dataclass(frozen=True)
class _Content:
    """What makes two registrations the same."""

    data_set_id: UUID
    architecture: str
    weights: str
    preprocessing_given: dict[str, JsonValue]
    class_names: tuple[str, ...]

    def columns(self) -> dict[str, object]:
        return {
            "data_set_id": self.data_set_id,
            "architecture": self.architecture,
            "weights": self.weights,
            "preprocessing_given": self.preprocessing_given,
        }

    def parameters(self) -> dict[str, JsonValue]:
        return {
            "data_set_id": str(self.data_set_id),
            "architecture": self.architecture,
            "weights": self.weights,
            "preprocessing": self.preprocessing_given,
            "class_names": list(self.class_names),
        }


@dataclass(frozen=True)
class PredictionRow:
    """One image's scores before softmax (float32 little-endian, one per class), and the class they choose."""

    image_id: UUID
    predicted: int
    probability: float
    scores: bytes


def check_weights(file: BinaryIO) -> None:
    """Refuses by the first bytes and the size what can't be a weights file; a worker reads it in full."""
    size = file.seek(0, 2)
    file.seek(0)
    start = file.read(9)
    file.seek(0)
    if size > LARGEST_WEIGHTS:
        raise Refusal(
            f"The weights have {size / 2**20:,.0f} MB; at most {LARGEST_WEIGHTS // 2**20:,} MB are taken. "
            "Save the state_dict alone, without the optimiser's.",
            code="too_large",
            status=413,
        )
    is_safetensors = start[8:9] == b"{"
    is_checkpoint = start.startswith((b"PK\x03\x04", b"\x80\x02"))
    if not is_safetensors and not is_checkpoint:
        raise Refusal(
            "The weights are neither a safetensors file nor a torch checkpoint; save the state_dict with "
            "safetensors or torch.save.",
            code="not_weights",
            status=415,
        )


def ask_register(
    session: Session,
    *,
    project_id: UUID,
    data_set_id: UUID,
    name: str,
    architecture: str,
    weights_blob: str,
    preprocessing: Mapping[str, JsonValue] | None = None,
    class_names: Sequence[str] | None = None,
    note: str = "",
    asked_by: UUID | None,
) -> tuple[Classifier, Job]:
    """Registers a classifier and asks for the job that checks its weights and predicts all images.

    Class names are in the order of the scores; by default the labels of the data set in code-point order. The
    same name and content again gives the classifier there is; a classifier whose job failed gives its name
    free. Raises Refusal for an unknown architecture, labels without a class, a name that is taken.
    """
    name = unicodedata.normalize("NFC", name.strip())
    if not 0 < len(name) <= LONGEST_NAME:
        raise Refusal(f"The name of a classifier has 1 to {LONGEST_NAME} characters.", code="name")
    check_architecture(architecture)
    data_set = data_sets.imported(session, data_set_id)
    if data_set.project_id != project_id:
        raise Refusal(f"The data set '{data_set.name}' belongs to another project.", code="other_project")
    names = _checked_names(class_names, data_sets.labels(session, data_set_id))
    content = _Content(data_set_id, architecture, weights_blob, dict(preprocessing or {}), names)
    classifier = _named(session, project_id, name, note, content)
    job = jobs.ask(
        session,
        project_id=project_id,
        kind=PREDICT,
        title=f"Check and predictions of {name}",
        parameters={"classifier_id": str(classifier.id), **content.parameters()},
        asked_by=asked_by,
    )
    classifier.job_id = job.id
    session.flush()
    return classifier, job


def _checked_names(given: Sequence[str] | None, labels: Sequence[str]) -> tuple[str, ...]:
    names = tuple(unicodedata.normalize("NFC", each.strip()) for each in given or labels)
    if not 2 <= len(names) <= MOST_CLASSES:
        raise Refusal(
            f"There are {len(names)} class names; a classifier has at least 2 classes.", code="class_names"
        )
    for number, each in enumerate(names, start=1):
        if not 0 < len(each) <= LONGEST_CLASS_NAME:
            raise Refusal(
                f"Class name {number} has {len(each)} characters; expected are 1 to {LONGEST_CLASS_NAME}.",
                code="class_names",
            )
    twice = [each for each, times in Counter(names).items() if times > 1]
    if twice:
        raise Refusal(f"The class name '{twice[0]}' stands there twice.", code="class_names")
    lacking = sorted(set(labels) - set(names))
    if lacking:
        raise Refusal(
            f"The label '{lacking[0]}' of the data set is none of the class names; class names must contain "
            "every label, spelt alike.",
            code="class_names",
        )
    return names


def _named(session: Session, project_id: UUID, name: str, note: str, content: _Content) -> Classifier:
    """The classifier of this name and content, made if there is none; refused if it has other content."""
    values = {**content.columns(), "project_id": project_id, "name": name, "note": note, "preprocessing": {}}
    made = session.scalar(
        insert(Classifier)
        .values(id=new_id(), **values)
        .on_conflict_do_nothing(index_elements=[Classifier.project_id, Classifier.name])
        .returning(Classifier.id)
    )
    mine = select(Classifier).where(Classifier.project_id == project_id, Classifier.name == name)
    classifier = session.scalars(mine.with_for_update()).one()
    if made is None:
        if _is_same(session, classifier, content):
            return classifier
        _give_free(session, classifier)
        for column, value in values.items():
            setattr(classifier, column, value)
    session.execute(
        insert(ClassName),
        [
            {"classifier_id": classifier.id, "position": position, "name": each}
            for position, each in enumerate(content.class_names)
        ],
    )
    return classifier


def _is_same(session: Session, classifier: Classifier, content: _Content) -> bool:
    equal = all(getattr(classifier, column) == value for column, value in content.columns().items())
    return equal and tuple(queries.class_names(session, classifier.id)) == content.class_names


def _give_free(session: Session, classifier: Classifier) -> None:
    """Refused if the name is in use; otherwise what a broken registration has left is removed."""
    state = session.scalar(select(Job.state).where(Job.id == classifier.job_id))
    if classifier.predicted_at is not None or state in {"waiting", "running"}:
        raise conflict(
            f"There is a classifier '{classifier.name}' already, with other weights or settings; choose "
            "another name.",
            code="name_taken",
        )
    session.execute(delete(Prediction).where(Prediction.classifier_id == classifier.id))
    session.execute(delete(ClassName).where(ClassName.classifier_id == classifier.id))


def store_preprocessing(
    session: Session, classifier_id: UUID, preprocessing: Mapping[str, JsonValue]
) -> None:
    """What the check has found to count."""
    session.get_one(Classifier, classifier_id).preprocessing = dict(preprocessing)


def store_predictions(session: Session, classifier_id: UUID, rows: Sequence[PredictionRow]) -> None:
    """Upserts: a step that runs twice leaves one row per image."""
    statement = insert(Prediction)
    changes = {column: statement.excluded[column] for column in ("predicted", "probability", "scores")}
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[Prediction.classifier_id, Prediction.image_id], set_=changes
        ),
        [{"classifier_id": classifier_id, **asdict(row)} for row in rows],
    )


def finish_predictions(session: Session, classifier_id: UUID, *, at: datetime | None = None) -> None:
    """Says that every image has its prediction."""
    classifier = session.get_one(Classifier, classifier_id)
    there = select(func.count()).where(Prediction.classifier_id == classifier_id)
    wanted = select(func.count()).where(Image.data_set_id == classifier.data_set_id)
    if session.scalar(there) != session.scalar(wanted):
        raise AssertionError(f"classifier {classifier_id} lacks predictions though all steps are finished")
    if classifier.predicted_at is None:
        classifier.predicted_at = at or now()
