"""Reading data sets: lists, counts, images, reports; and what an import's steps look up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, Text, cast, func, null, select
from sqlalchemy.orm import Session

from glossator.datasets.tables import DataSet, Image, ImportedFile, ImportReport
from glossator.jobs.tables import Job
from glossator.refusal import conflict, not_found


@dataclass(frozen=True)
class DataSetSummary:
    """A data set as lists show it; `state` is its job's, `images` counts what is imported."""

    id: UUID
    project_id: UUID
    name: str
    state: str
    images: int
    job_id: UUID | None
    created_at: datetime
    imported_at: datetime | None


@dataclass(frozen=True)
class ImageCount:
    label: str
    fine_label: str | None
    split: str
    images: int


@dataclass(frozen=True)
class GroupCounts:
    """Groups, those with images on both sides of the split, and images without one."""

    count: int
    on_both_sides: int
    images_without: int


@dataclass(frozen=True)
class ImageInProject:
    image: Image
    project_id: UUID


@dataclass(frozen=True)
class StoredPicture:
    image_id: UUID
    picture: str  # blob


def listed(project_id: UUID) -> Select[DataSet]:
    """All data sets of a project."""
    return select(DataSet).where(DataSet.project_id == project_id)


def summaries(session: Session, data_sets: Sequence[DataSet]) -> list[DataSetSummary]:
    """Puts counts and states beside the data sets, in their order."""
    ids = [each.id for each in data_sets]
    counted = select(Image.data_set_id, func.count()).where(Image.data_set_id.in_(ids))
    images = dict(session.execute(counted.group_by(Image.data_set_id)).all())
    jobs = {each.job_id for each in data_sets}
    states = dict(session.execute(select(Job.id, Job.state).where(Job.id.in_(jobs))).all())
    return [
        DataSetSummary(
            id=each.id,
            project_id=each.project_id,
            name=each.name,
            state="finished" if each.imported_at else _state(states, each.job_id),
            images=images.get(each.id, 0),
            job_id=each.job_id,
            created_at=each.created_at,
            imported_at=each.imported_at,
        )
        for each in data_sets
    ]


def _state(states: dict[UUID, str], job_id: UUID | None) -> str:
    return states.get(job_id, "failed") if job_id else "failed"


def counts(session: Session, data_set_id: UUID, *, with_fine_labels: bool = True) -> list[ImageCount]:
    """Images per label, fine label and split, sorted."""
    fine_label = Image.fine_label.expression if with_fine_labels else cast(null(), Text)
    rows = session.execute(
        select(Image.label, fine_label, Image.split, func.count())
        .where(Image.data_set_id == data_set_id)
        .group_by(Image.label, fine_label, Image.split)
    )
    found = [ImageCount(label, fine, split, n) for label, fine, split, n in rows]
    return sorted(found, key=lambda each: (each.label, each.fine_label or "", each.split))


def labels(session: Session, data_set_id: UUID) -> list[str]:
    """The labels of the images, in code-point order."""
    return sorted(session.scalars(select(Image.label).where(Image.data_set_id == data_set_id).distinct()))


def groups(session: Session, data_set_id: UUID) -> GroupCounts | None:
    """How groups lie to the split; none if no image has a group."""
    sides = (
        select(Image.group_name, func.count(Image.split.distinct()).label("sides"), func.count().label("n"))
        .where(Image.data_set_id == data_set_id)
        .group_by(Image.group_name)
    )
    rows = session.execute(sides).all()
    named = [sides for name, sides, _ in rows if name is not None]
    without = sum(n for name, _, n in rows if name is None)
    return GroupCounts(len(named), sum(sides > 1 for sides in named), without) if named else None


def images_with_mask(session: Session, data_set_id: UUID) -> int:
    masked = select(func.count()).where(Image.data_set_id == data_set_id, Image.mask.is_not(None))
    return session.scalar(masked) or 0


def reported(session: Session, data_set_id: UUID) -> dict[str, int]:
    """Lines of the import's report per kind."""
    counted = select(ImportReport.kind, func.count()).where(ImportReport.data_set_id == data_set_id)
    return dict(session.execute(counted.group_by(ImportReport.kind)).all())


def report(data_set_id: UUID) -> Select[ImportReport]:
    return select(ImportReport).where(ImportReport.data_set_id == data_set_id)


def images(
    data_set_id: UUID,
    *,
    label: str | None = None,
    split: str | None = None,
    fine_label: str | None = None,
) -> Select[Image]:
    """The images of a data set that have all these; ordered by id the order never changes."""
    statement = select(Image).where(Image.data_set_id == data_set_id)
    if label is not None:
        statement = statement.where(Image.label == label)
    if split is not None:
        statement = statement.where(Image.split == split)
    if fine_label is not None:
        statement = statement.where(Image.fine_label == fine_label)
    return statement


def image_with_project(session: Session, image_id: UUID) -> ImageInProject | None:
    row = session.execute(
        select(Image, DataSet.project_id)
        .join(DataSet, Image.data_set_id == DataSet.id)
        .where(Image.id == image_id)
    ).one_or_none()
    return ImageInProject(row[0], row[1]) if row else None


def imported(session: Session, data_set_id: UUID) -> DataSet:
    """The data set, once its images are there."""
    found = session.get(DataSet, data_set_id)
    if found is None:
        raise not_found("data set")
    if found.imported_at is None:
        raise conflict(
            f"The data set '{found.name}' is not imported yet: wait for its job, or see on the jobs page why "
            "it stopped.",
            code="data_set_not_imported",
        )
    return found


def read_positions(session: Session, data_set_id: UUID, positions: Sequence[int]) -> set[int]:
    """Which of these files a step has read already."""
    return set(
        session.scalars(
            select(ImportedFile.position).where(
                ImportedFile.data_set_id == data_set_id, ImportedFile.position.in_(positions)
            )
        )
    )


def read_files(session: Session, data_set_id: UUID) -> Sequence[ImportedFile]:
    """All files that steps have read, in the order of the import."""
    return session.scalars(
        select(ImportedFile).where(ImportedFile.data_set_id == data_set_id).order_by(ImportedFile.position)
    ).all()


def image_ids(session: Session, data_set_id: UUID) -> Sequence[UUID]:
    """All images, in the order that never changes."""
    return session.scalars(select(Image.id).where(Image.data_set_id == data_set_id).order_by(Image.id)).all()


def pictures(session: Session, data_set_id: UUID, *, first: UUID, last: UUID) -> list[StoredPicture]:
    """The pictures of a stretch of images, both ends included, in order."""
    rows = session.execute(
        select(Image.id, Image.picture)
        .where(Image.data_set_id == data_set_id, Image.id.between(first, last))
        .order_by(Image.id)
    )
    return [StoredPicture(image_id, picture) for image_id, picture in rows]
