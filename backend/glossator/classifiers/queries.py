"""Reading classifiers, their classes and how often they are right."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from glossator.classifiers.accuracy import Accuracy, Tally, accuracy, per_name
from glossator.classifiers.architectures import title_of
from glossator.classifiers.tables import Classifier, ClassName, Prediction
from glossator.datasets.tables import DataSet, Image
from glossator.jobs.tables import Job
from glossator.refusal import conflict, not_found


@dataclass(frozen=True)
class ClassifierSummary:
    """A classifier as lists show it; `state` is its job's."""

    id: UUID
    project_id: UUID
    name: str
    architecture: str
    architecture_title: str
    data_set_id: UUID
    data_set_name: str
    classes: int
    state: str
    job_id: UUID | None
    created_at: datetime
    predicted_at: datetime | None


@dataclass(frozen=True)
class SideAccuracy:
    """On one side of the split: over all, per class in the order of scores, per fine label by name."""

    split: Literal["train", "test"]
    overall: Accuracy
    classes: list[Accuracy]
    fine_labels: list[Accuracy]


def listed(project_id: UUID) -> Select[Classifier]:
    """All classifiers of a project."""
    return select(Classifier).where(Classifier.project_id == project_id)


def summaries(session: Session, classifiers: Sequence[Classifier]) -> list[ClassifierSummary]:
    """Puts names, counts and states beside the classifiers, in their order."""
    ids = [each.id for each in classifiers]
    counted = select(ClassName.classifier_id, func.count()).where(ClassName.classifier_id.in_(ids))
    classes = dict(session.execute(counted.group_by(ClassName.classifier_id)).all())
    used = select(DataSet.id, DataSet.name).where(DataSet.id.in_({each.data_set_id for each in classifiers}))
    data_sets = dict(session.execute(used).all())
    jobs = {each.job_id for each in classifiers if each.job_id}
    states = dict(session.execute(select(Job.id, Job.state).where(Job.id.in_(jobs))).all())
    return [
        ClassifierSummary(
            id=each.id,
            project_id=each.project_id,
            name=each.name,
            architecture=each.architecture,
            architecture_title=title_of(each.architecture),
            data_set_id=each.data_set_id,
            data_set_name=data_sets[each.data_set_id],
            classes=classes.get(each.id, 0),
            state=_state(each, states),
            job_id=each.job_id,
            created_at=each.created_at,
            predicted_at=each.predicted_at,
        )
        for each in classifiers
    ]


def _state(classifier: Classifier, states: dict[UUID, str]) -> str:
    if classifier.predicted_at is not None:
        return "finished"
    return states.get(classifier.job_id, "failed") if classifier.job_id else "failed"


def class_names(session: Session, classifier_id: UUID) -> list[str]:
    """Names in the order of the scores."""
    ordered = select(ClassName.name).where(ClassName.classifier_id == classifier_id)
    return list(session.scalars(ordered.order_by(ClassName.position)))


def predicted(session: Session, classifier_id: UUID) -> Classifier:
    """The classifier, once its predictions for all images are there."""
    found = session.get(Classifier, classifier_id)
    if found is None:
        raise not_found("classifier")
    if found.predicted_at is None:
        raise conflict(
            f"The classifier '{found.name}' is not ready: wait for its job, or see on the jobs page why it "
            "stopped.",
            code="classifier_not_ready",
        )
    return found


def accuracies(session: Session, classifier: Classifier) -> list[SideAccuracy]:
    """Test first, then training images; a side without images is left out, all of it before predictions."""
    if classifier.predicted_at is None:
        return []
    tallies = _tallies(session, classifier.id)
    names = class_names(session, classifier.id)
    sides: tuple[Literal["train", "test"], ...] = ("test", "train")
    return [_side(side, names, tallies[side]) for side in sides if tallies[side]]


def _tallies(session: Session, classifier_id: UUID) -> dict[str, list[Tally]]:
    right = case((ClassName.name == Image.label, 1), else_=0)
    shared = (Image.split, Image.label, Image.fine_label, Image.group_name)
    rows = session.execute(
        select(*shared, func.count(), func.sum(right))
        .select_from(Prediction)
        .join(Image, Image.id == Prediction.image_id)
        .join(
            ClassName,
            (ClassName.classifier_id == Prediction.classifier_id)
            & (ClassName.position == Prediction.predicted),
        )
        .where(Prediction.classifier_id == classifier_id)
        .group_by(*shared)
    )
    found: dict[str, list[Tally]] = defaultdict(list)
    for split, label, fine_label, group, n, k in rows:
        found[split].append(Tally(label, fine_label, group, n, int(k)))
    return found


def _side(side: Literal["train", "test"], names: Sequence[str], tallies: Sequence[Tally]) -> SideAccuracy:
    by_label: dict[str, list[Tally]] = defaultdict(list)
    by_fine_label: dict[str, list[Tally]] = defaultdict(list)
    for tally in tallies:
        by_label[tally.label].append(tally)
        if tally.fine_label is not None:
            by_fine_label[tally.fine_label].append(tally)
    return SideAccuracy(
        split=side,
        overall=accuracy("all", tallies),
        classes=per_name(names, by_label),
        fine_labels=per_name(sorted(by_fine_label), by_fine_label),
    )
