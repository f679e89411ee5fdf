"""What the worker writes of a run; every write may be repeated and then changes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from glossator.database import Base, now
from glossator.maps.cells import StoredMap
from glossator.maps.figures import ClassFigures, RunFigures
from glossator.maps.parameters import RunParameters, Stop
from glossator.maps.pointing import Baselines, MapHits
from glossator.maps.sheets import Layout
from glossator.maps.stored import from_json, to_json
from glossator.maps.tables import ActivationMap, ExplainedImage, Run, RunArray, RunClass, Sheet, XFeature
from glossator.maps.variants import Choice
from glossator.refusal import Refusal

FEATURES, XNNS = "features", "xnns"
CONTENT, LIKENESS = "content", "likeness"


@dataclass(frozen=True)
class WalkPlan:
    """Where a run's walks start and stop, and where else they could stop."""

    start: str
    stop: Stop
    stops: tuple[Stop, ...]


@dataclass(frozen=True)
class VariantMap:
    """One variant of a map: its cells, the mass on it, and what was lost by cause."""

    map: StoredMap
    mass: float
    lost: Mapping[str, float]


@dataclass(frozen=True)
class MapRow:
    """A significant activation; `x_feature` counts from 1, `share` is of the positive score."""

    id: UUID
    x_feature: int
    contribution: float
    share: float
    plain: VariantMap
    contrastive: VariantMap
    pointing: MapHits | None


@dataclass(frozen=True)
class ImageRow:
    """A test image, its explanation by the xNN of its label, and its significant activations."""

    image_id: UUID
    class_position: int
    picture: str
    predicted: int
    probability: float
    score: float
    rebuilt_score: float | None
    contributions: tuple[float, ...]
    plain_cosine: float | None
    contrastive_cosine: float | None
    baselines: Baselines | None
    maps: tuple[MapRow, ...]


@dataclass(frozen=True)
class SheetRow:
    kind: str
    number: int
    blob: str
    layout: Layout


def run_to_compute(session: Session, run_id: UUID) -> tuple[Run, RunParameters]:
    """The run of a job; refused if it is gone."""
    run = session.get(Run, run_id)
    if run is None:
        raise Refusal("The run of this job was deleted; ask for it again.", code="run_gone")
    return run, from_json(RunParameters, run.parameters)


def store_walk(session: Session, run_id: UUID, plan: WalkPlan, versions: Mapping[str, str]) -> None:
    """Note where maps are taken, and the versions of what computes them."""
    run = session.get_one(Run, run_id)
    run.start, run.stop = plan.start, plan.stop.name
    run.map_height, run.map_width = plan.stop.height, plan.stop.width
    run.stops = [to_json(each) for each in plan.stops]
    run.versions = {**run.versions, **versions}


def store_array(session: Session, run_id: UUID, name: str, chunk: int, blob: str) -> None:
    """Hand a blob on to later steps."""
    _upsert(session, RunArray, [{"run_id": run_id, "name": name, "chunk": chunk, "blob": blob}])


def arrays(session: Session, run_id: UUID, name: str, chunks: range | None = None) -> list[str]:
    """The blobs of a name, of all chunks or of some, in their order."""
    ordered = select(RunArray.blob).where(RunArray.run_id == run_id, RunArray.name == name)
    if chunks is not None:
        ordered = ordered.where(RunArray.chunk.in_(chunks))
    return list(session.scalars(ordered.order_by(RunArray.chunk)))


def shown_maps(session: Session, run_id: UUID, class_position: int) -> list[UUID]:
    """The maps of a class that get a place: all but those whose whole mass was lost."""
    return list(
        session.scalars(
            select(ActivationMap.id).where(
                ActivationMap.run_id == run_id,
                ActivationMap.class_position == class_position,
                ActivationMap.plain_scale > 0,
            )
        )
    )


def store_xnns(
    session: Session,
    run_id: UUID,
    *,
    weights: str,
    figures: RunFigures,
    classes: Sequence[tuple[str, ClassFigures]],
    x_features: Iterable[tuple[int, int, float, str]],
) -> None:
    """Write the trained xNNs: weights blob, Table 1 by position, X-features (position, number, weight,
    status).
    """
    run = session.get_one(Run, run_id)
    run.weights, run.figures = weights, to_json(figures)
    _store_classes(session, run_id, classes)
    features = [
        {"run_id": run_id, "class_position": position, "number": number, "weight": weight, "status": status}
        for position, number, weight, status in x_features
    ]
    _upsert(session, XFeature, features)


def store_images(session: Session, run_id: UUID, images: Sequence[ImageRow]) -> None:
    """Write explained images with their maps; places come later."""
    _upsert(session, ExplainedImage, [_image_values(run_id, image) for image in images])
    maps = [_map_values(run_id, image, each) for image in images for each in image.maps]
    _upsert(session, ActivationMap, maps)


def _image_values(run_id: UUID, image: ImageRow) -> dict[str, object]:
    return {
        "run_id": run_id,
        "image_id": image.image_id,
        "class_position": image.class_position,
        "picture": image.picture,
        "predicted": image.predicted,
        "probability": image.probability,
        "score": image.score,
        "rebuilt_score": image.rebuilt_score,
        "contributions": list(image.contributions),
        "significant": len(image.maps),
        "plain_cosine": image.plain_cosine,
        "contrastive_cosine": image.contrastive_cosine,
        "baselines": to_json(image.baselines) if image.baselines else None,
    }


def _map_values(run_id: UUID, image: ImageRow, row: MapRow) -> dict[str, object]:
    return {
        "id": row.id,
        "run_id": run_id,
        "class_position": image.class_position,
        "image_id": image.image_id,
        "x_feature": row.x_feature,
        "contribution": row.contribution,
        "share": row.share,
        "plain": row.plain.map.cells,
        "plain_scale": row.plain.map.scale,
        "plain_sum": row.plain.mass,
        "plain_lost": dict(row.plain.lost),
        "contrastive": row.contrastive.map.cells,
        "contrastive_scale": row.contrastive.map.scale,
        "contrastive_sum": row.contrastive.mass,
        "contrastive_lost": dict(row.contrastive.lost),
        "pointing": to_json(row.pointing) if row.pointing else None,
    }


def store_sheets(
    session: Session,
    run_id: UUID,
    class_position: int,
    places: Mapping[UUID, int],
    sheets: Sequence[SheetRow],
) -> None:
    """Give the maps of a class their places, and the sheets on which they lie in that order."""
    if places:
        session.connection().execute(
            update(ActivationMap.__table__)  # type: ignore[arg-type]  # the Core table, so that this is one executemany
            .where(ActivationMap.id == bindparam("map_id"))
            .values(place=bindparam("its_place")),
            [{"map_id": each, "its_place": place} for each, place in places.items()],
        )
    session.execute(delete(Sheet).where(Sheet.run_id == run_id, Sheet.class_position == class_position))
    rows = [
        {
            "run_id": run_id,
            "class_position": class_position,
            "kind": sheet.kind,
            "number": sheet.number,
            "blob": sheet.blob,
            "tile": sheet.layout.tile,
            "columns": sheet.layout.columns,
            "capacity": sheet.layout.capacity,
        }
        for sheet in sheets
    ]
    _upsert(session, Sheet, rows)


def finish(
    session: Session,
    run_id: UUID,
    *,
    figures: RunFigures,
    classes: Sequence[tuple[str, ClassFigures]],
    choice: Choice,
    at: datetime | None = None,
) -> None:
    """Write the last figures; from here on the run counts."""
    run = session.get_one(Run, run_id)
    run.figures = to_json(figures)
    run.variant, run.variant_reason = choice.variant, choice.reason
    run.finished_at = run.finished_at or at or now()
    _store_classes(session, run_id, classes)


def _store_classes(session: Session, run_id: UUID, classes: Sequence[tuple[str, ClassFigures]]) -> None:
    rows = [
        {"run_id": run_id, "position": position, "name": name, "figures": to_json(figures)}
        for position, (name, figures) in enumerate(classes)
    ]
    _upsert(session, RunClass, rows)


def _upsert(session: Session, table: type[Base], rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows, or bring the rows of the same primary key to the same values."""
    if not rows:
        return
    keys = [column.name for column in table.__table__.primary_key]
    made = insert(table)
    changed = {name: made.excluded[name] for name in rows[0] if name not in keys}
    session.execute(made.on_conflict_do_update(index_elements=keys, set_=changed), list(rows))
