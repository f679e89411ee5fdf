"""Reading runs, and what boards take from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from glossator.classifiers.tables import Classifier
from glossator.datasets.tables import DataSet
from glossator.jobs.tables import Job
from glossator.maps.figures import ClassFigures, RunFigures
from glossator.maps.likeness import Likeness, from_bytes
from glossator.maps.parameters import RunParameters, Stop, Variant
from glossator.maps.results import LIKENESS
from glossator.maps.secrets import drawing_order
from glossator.maps.stored import from_json
from glossator.maps.tables import ActivationMap, ExplainedImage, Run, RunArray, RunClass, Sheet, XFeature
from glossator.refusal import conflict, not_found
from glossator.storage.blobs import Storage


@dataclass(frozen=True)
class Named:
    id: UUID
    name: str


@dataclass(frozen=True)
class RunSummary:
    """A run as lists show it; `state` is its job's, `needs_choice` that a researcher has to choose a
    variant.
    """

    id: UUID
    project_id: UUID
    name: str
    classifier: Named
    data_set: Named
    job_id: UUID | None
    state: str
    parameters: RunParameters
    variant: Variant | None
    variant_reason: str | None
    needs_choice: bool
    created_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True)
class ClassRow:
    """A class of a run: Table 1, and how many maps stand on a board of it (None until a variant is
    chosen).
    """

    position: int
    name: str
    maps_on_board: int | None
    figures: ClassFigures


@dataclass(frozen=True)
class BoardMap:
    """A map as a board takes it: its tile is at `place`, 255 in its cells stands for `scale`."""

    id: UUID
    place: int
    image_id: UUID
    scale: float


@dataclass(frozen=True)
class Cells:
    """One variant of a map: a byte a cell, row by row; 255 stands for `scale`."""

    cells: bytes
    scale: float


@dataclass(frozen=True)
class LargeMap:
    """A map for the large view, and the blob of the picture as the network saw it, in the same
    coordinates.
    """

    height: int
    width: int
    shown: Cells
    picture: str


@dataclass(frozen=True)
class ExampleMap:
    share: float
    plain: Cells
    contrastive: Cells


@dataclass(frozen=True)
class Example:
    """A test image with all its maps, for looking at both variants side by side; nothing tells the
    X-features.
    """

    image_id: UUID
    class_position: int
    class_name: str
    plain_cosine: float | None
    contrastive_cosine: float | None
    maps: tuple[ExampleMap, ...]


def listed(project_id: UUID) -> Select[Run]:
    """All runs of a project."""
    return select(Run).where(Run.project_id == project_id)


def finished_run(session: Session, run_id: UUID) -> Run:
    """The run, once all of it is there."""
    run = session.get(Run, run_id)
    if run is None:
        raise not_found("run")
    if run.finished_at is None:
        raise conflict(
            f"The run '{run.name}' is not finished: wait for its job, or see on the jobs page why it "
            f"stopped.",
            code="run_not_finished",
        )
    return run


def summaries(session: Session, runs: Sequence[Run]) -> list[RunSummary]:
    """Put the names and states beside the runs, in their order."""
    classifiers = _names(session, Classifier, {run.classifier_id for run in runs})
    data_sets = _names(session, DataSet, {run.data_set_id for run in runs})
    jobs = {run.job_id for run in runs}
    states = dict(session.execute(select(Job.id, Job.state).where(Job.id.in_(jobs))).all())
    return [
        RunSummary(
            id=run.id,
            project_id=run.project_id,
            name=run.name,
            classifier=classifiers[run.classifier_id],
            data_set=data_sets[run.data_set_id],
            job_id=run.job_id,
            state="finished" if run.finished_at else _state(states, run.job_id),
            parameters=from_json(RunParameters, run.parameters),
            variant=Variant(run.variant) if run.variant else None,
            variant_reason=run.variant_reason,
            needs_choice=run.finished_at is not None and run.variant is None,
            created_at=run.created_at,
            finished_at=run.finished_at,
        )
        for run in runs
    ]


def _state(states: dict[UUID, str], job_id: UUID | None) -> str:
    return "failed" if job_id is None else states.get(job_id, "failed")


def _names(session: Session, table: type[Classifier] | type[DataSet], ids: set[UUID]) -> dict[UUID, Named]:
    found = session.execute(select(table.id, table.name).where(table.id.in_(ids)))
    return {each: Named(each, name) for each, name in found}


def class_rows(session: Session, run: Run) -> list[ClassRow]:
    """Table 1, in the order of the classifier's scores."""
    counts = board_sizes(session, run) if run.variant else {}
    rows = session.scalars(select(RunClass).where(RunClass.run_id == run.id).order_by(RunClass.position))
    return [
        ClassRow(
            row.position,
            row.name,
            counts.get(row.position, 0) if run.variant else None,
            from_json(ClassFigures, row.figures),
        )
        for row in rows
    ]


def run_figures(run: Run) -> RunFigures | None:
    return from_json(RunFigures, run.figures) if run.figures else None


def stops(run: Run) -> list[Stop]:
    """Where walks through this run's classifier can stop, image side first; empty until the job has
    looked.
    """
    return [from_json(Stop, each) for each in run.stops or ()]


def x_features(session: Session, run_id: UUID) -> Sequence[XFeature]:
    """All X-features, by class and number. Never for an annotator, nor for an account that names blindly."""
    ordered = select(XFeature).where(XFeature.run_id == run_id)
    return session.scalars(ordered.order_by(XFeature.class_position, XFeature.number)).all()


def on_board(variant: Variant) -> tuple[ColumnElement[bool], ...]:
    """What a board holds; left out are maps whose whole mass was lost, in the walk or by the contrast."""
    return ActivationMap.place.is_not(None), scale_of(variant) > 0


def chosen_variant(run: Run) -> Variant:
    """The variant that stands on boards; refused where the researcher still has to choose."""
    if run.variant is None:
        raise conflict(
            f"The run '{run.name}' has no variant yet: choose plain or contrastive maps on its page first.",
            code="variant_not_chosen",
        )
    return Variant(run.variant)


def scale_of(variant: Variant) -> Any:
    """The column that 255 in the cells of a map stands for."""
    return ActivationMap.plain_scale if variant is Variant.PLAIN else ActivationMap.contrastive_scale


def board_sizes(session: Session, run: Run) -> dict[int, int]:
    """How many maps a board of each class holds; classes without any are left out."""
    grouped = (
        select(ActivationMap.class_position, func.count())
        .where(ActivationMap.run_id == run.id, *on_board(chosen_variant(run)))
        .group_by(ActivationMap.class_position)
    )
    return dict(session.execute(grouped).all())


def maps_on_board(session: Session, run_id: UUID, class_position: int) -> list[BoardMap]:
    """The maps of a class that a board holds, by place; refused for a run that is not finished or has no
    variant.
    """
    return maps_on_boards(session, run_id, [class_position])[class_position]


def maps_on_boards(
    session: Session, run_id: UUID, class_positions: Sequence[int]
) -> dict[int, list[BoardMap]]:
    """The same for several classes at once, in their order."""
    run = finished_run(session, run_id)
    variant = chosen_variant(run)
    rows = session.execute(
        select(
            ActivationMap.class_position,
            ActivationMap.id,
            ActivationMap.place,
            ActivationMap.image_id,
            scale_of(variant),
        )
        .where(
            ActivationMap.run_id == run_id,
            ActivationMap.class_position.in_(class_positions),
            *on_board(variant),
        )
        .order_by(ActivationMap.place)
    )
    found: dict[int, list[BoardMap]] = {position: [] for position in class_positions}
    for position, each, place, image, scale in rows:
        if place is not None:
            found[position].append(BoardMap(each, place, image, scale))
    return found


def likeness(session: Session, storage: Storage, run_id: UUID, class_position: int) -> Likeness:
    """How alike the maps of a class are in the run's variant, row p for place p; refused for a run that did
    not compare them.
    """
    run = finished_run(session, run_id)
    compared = session.get(RunArray, (run_id, LIKENESS, class_position))
    if compared is None:
        raise conflict(
            "The maps of this board were not compared when they were computed; boards of a new run can show "
            "similar maps together.",
            code="maps_not_compared",
        )
    return from_bytes(storage.get(compared.blob), chosen_variant(run))


def sheets(session: Session, run_id: UUID, class_position: int, kind: str) -> Sequence[Sheet]:
    """The sheets of a class in order; kind is "photographs", "plain" or "contrastive"."""
    return session.scalars(
        select(Sheet)
        .where(Sheet.run_id == run_id, Sheet.class_position == class_position, Sheet.kind == kind)
        .order_by(Sheet.number)
    ).all()


def sheet(session: Session, run_id: UUID, class_position: int, kind: str, number: int) -> Sheet:
    """One sheet of a finished run."""
    finished_run(session, run_id)
    found = session.get(Sheet, (run_id, class_position, kind, number))
    if found is None:
        raise not_found("sheet")
    return found


def large(session: Session, map_id: UUID) -> LargeMap:
    """One map of a board, in the run's variant, with its picture."""
    found = session.get(ActivationMap, map_id)
    if found is None:
        raise not_found("map")
    run = finished_run(session, found.run_id)
    explained = session.get_one(ExplainedImage, (found.run_id, found.image_id))
    variant = Variant(run.variant) if run.variant else Variant.PLAIN
    height, width = map_size(run)
    return LargeMap(height, width, cells_of(found, variant), explained.picture)


def cells_of(row: ActivationMap, variant: Variant) -> Cells:
    if variant is Variant.PLAIN:
        return Cells(row.plain, row.plain_scale)
    return Cells(row.contrastive, row.contrastive_scale)


def map_size(run: Run) -> tuple[int, int]:
    """Height and width of a finished run's maps in cells."""
    if run.map_height is None or run.map_width is None:
        raise AssertionError(f"run {run.id} is finished and has no size of maps")
    return run.map_height, run.map_width


def examples(session: Session, run: Run, *, count: int = 6) -> list[Example]:
    """A few images with at least two maps, drawn once for the run, as even over classes as they last."""
    images = session.scalars(
        select(ExplainedImage).where(
            ExplainedImage.run_id == run.id, ExplainedImage.plain_cosine.is_not(None)
        )
    ).all()
    by_id = {image.image_id: image for image in images}
    turns: dict[int, int] = {}
    queued = []
    for each in drawing_order(run.secret, by_id):
        position = by_id[each].class_position
        turns[position] = turns.get(position, -1) + 1
        queued.append((turns[position], each))
    chosen = [by_id[each] for _, each in sorted(queued, key=lambda pair: pair[0])[:count]]
    names = class_names(session, run.id)
    return [_example(session, image, names[image.class_position]) for image in chosen]


def class_names(session: Session, run_id: UUID) -> dict[int, str]:
    """The classes of a run by position."""
    rows = session.execute(select(RunClass.position, RunClass.name).where(RunClass.run_id == run_id))
    return dict(rows.all())


def _example(session: Session, image: ExplainedImage, class_name: str) -> Example:
    rows = session.scalars(
        select(ActivationMap)
        .where(ActivationMap.run_id == image.run_id, ActivationMap.image_id == image.image_id)
        .order_by(ActivationMap.share.desc(), ActivationMap.id)
    )
    return Example(
        image.image_id,
        image.class_position,
        class_name,
        image.plain_cosine,
        image.contrastive_cosine,
        tuple(
            ExampleMap(row.share, cells_of(row, Variant.PLAIN), cells_of(row, Variant.CONTRASTIVE))
            for row in rows
        ),
    )
