"""The figures that only the maps tell, the choice of the variant, and the end of a run."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from glossator.datasets.tables import Image
from glossator.maps import results
from glossator.maps.explanations import MOSTLY_LOST
from glossator.maps.figures import ClassFigures, Measured, PointingRow, RunFigures, VariantFigures
from glossator.maps.parameters import Variant
from glossator.maps.pointing import TOLERANCES, Baselines, MapHits
from glossator.maps.queries import class_rows, run_figures, stops
from glossator.maps.stored import from_json
from glossator.maps.tables import ActivationMap, ExplainedImage, Run
from glossator.maps.variants import choose
from glossator_worker.explain.pointing import Interval, interval_by_group
from glossator_worker.pipelines.pipeline import StepContext, Write
from glossator_worker.pipelines.run_maps.inputs import RunInputs

_ALONE = "no image has two maps"
_AT_IMAGE = (
    "Maps are taken at the image itself: normalised pixels below zero count as zero and get no part of a map."
)


@dataclass(frozen=True)
class MapFacts:
    """What the figures take from a map; `empty` says of each variant whether it has no mass."""

    image_id: UUID
    class_position: int
    lost: float
    empty: dict[Variant, bool]
    hits: MapHits | None


@dataclass(frozen=True)
class ImageFacts:
    """What the figures take from an explained image."""

    class_position: int
    cosine: dict[Variant, float | None]
    fine_label: str
    group: str
    baselines: Baselines | None


@dataclass(frozen=True)
class Facts:
    maps: tuple[MapFacts, ...]
    images: dict[UUID, ImageFacts]


def compute(context: StepContext, inputs: RunInputs) -> Write:
    """Take all figures of a run's maps, and choose its variant."""
    context.progress(0, 1, "figures")
    with context.read() as session:
        run = session.get_one(Run, inputs.run_id)
        before, rows = run_figures(run), class_rows(session, run)
        at_image = run.stop == stops(run)[0].name
        facts = read_facts(session, inputs.run_id)
    if before is None:
        raise AssertionError(f"run {inputs.run_id} has maps and no xNNs")
    classes = [(row.name, with_maps(row.figures, row.position, facts)) for row in rows]
    plain, contrastive = (variant_figures(facts, variant) for variant in Variant)
    figures = replace(
        before,
        variants=(plain, contrastive),
        warnings=(*before.warnings, *warnings_of(before, classes, at_image=at_image)),
    )
    choice = choose(inputs.parameters.variant, plain, contrastive)
    return lambda session: results.finish(
        session, inputs.run_id, figures=figures, classes=classes, choice=choice
    )


def read_facts(session: Session, run_id: UUID) -> Facts:
    """Read the stored maps and images of a run, without their cells."""
    maps = session.execute(
        select(
            ActivationMap.image_id,
            ActivationMap.class_position,
            ActivationMap.plain_lost["total"].as_float(),
            ActivationMap.plain_scale,
            ActivationMap.contrastive_scale,
            ActivationMap.pointing,
        ).where(ActivationMap.run_id == run_id)
    )
    images = session.execute(
        select(ExplainedImage, Image.fine_label, Image.label, Image.group_name)
        .join(Image, Image.id == ExplainedImage.image_id)
        .where(ExplainedImage.run_id == run_id)
    )
    return Facts(
        tuple(
            MapFacts(
                image_id,
                position,
                lost,
                {Variant.PLAIN: plain == 0, Variant.CONTRASTIVE: contrastive == 0},
                from_json(MapHits, hits) if hits else None,
            )
            for image_id, position, lost, plain, contrastive, hits in maps
        ),
        {
            row.image_id: ImageFacts(
                row.class_position,
                {Variant.PLAIN: row.plain_cosine, Variant.CONTRASTIVE: row.contrastive_cosine},
                fine_label or label,
                group or str(row.image_id),
                from_json(Baselines, row.baselines) if row.baselines else None,
            )
            for row, fine_label, label, group in images
        },
    )


def with_maps(figures: ClassFigures, position: int, facts: Facts) -> ClassFigures:
    """Fill in what the maps tell of a class."""
    own = [each for each in facts.maps if each.class_position == position]
    images = [each for each in facts.images.values() if each.class_position == position]
    return replace(
        figures,
        lost=sum(each.empty[Variant.PLAIN] for each in own),
        mostly_lost=sum(each.lost > MOSTLY_LOST for each in own),
        plain_cosine=_cosine(images, Variant.PLAIN),
        contrastive_cosine=_cosine(images, Variant.CONTRASTIVE),
    )


def _cosine(images: Sequence[ImageFacts], variant: Variant) -> Measured:
    known = (each.cosine[variant] for each in images)
    return Measured.mean(sorted(value for value in known if value is not None), _ALONE)


def variant_figures(facts: Facts, variant: Variant) -> VariantFigures:
    """Take the figures of one variant over all classes."""
    pointed = [each for each in facts.maps if each.hits is not None]
    labels = sorted({facts.images[each.image_id].fine_label for each in pointed})
    rows: list[PointingRow] = []
    for tolerance in TOLERANCES if pointed else ():
        points = [_Point.of(each, facts.images[each.image_id], variant, tolerance) for each in pointed]
        for label in labels:
            own = [point for point in points if point.fine_label == label]
            rows.append(_row("fine_label", label, tolerance, own))
        rows.append(_row("macro", None, tolerance, points))
        rows.append(_row("pooled", None, tolerance, points))
    return VariantFigures(
        variant,
        _cosine(list(facts.images.values()), variant),
        sum(each.empty[variant] for each in facts.maps),
        tuple(rows),
    )


@dataclass(frozen=True)
class _Point:
    """One map of one variant in the pointing game at one tolerance, and its image's baselines."""

    image_id: UUID
    fine_label: str
    group: str
    lost: bool
    hit: float
    centre: float
    uniform: float

    @classmethod
    def of(cls, each: MapFacts, image: ImageFacts, variant: Variant, tolerance: str) -> "_Point":
        if each.hits is None or image.baselines is None:
            raise AssertionError(f"a map of image {each.image_id} has hits and its image no mask")
        return cls(
            each.image_id,
            image.fine_label,
            image.group,
            each.empty[variant],
            float(getattr(getattr(each.hits, variant.value), tolerance)),
            float(getattr(image.baselines.centre, tolerance)),
            getattr(image.baselines.uniform, tolerance),
        )


def _row(level: str, fine_label: str | None, tolerance: str, points: Sequence[_Point]) -> PointingRow:
    macro = level == "macro"
    interval: Interval = interval_by_group(
        [point.hit for point in points],
        [point.group for point in points],
        labels=[point.fine_label for point in points] if macro else None,
    )
    return PointingRow(
        level=level,
        fine_label=fine_label,
        tolerance=tolerance,
        maps=len(points),
        images=len({point.image_id for point in points}),
        groups=len({point.group for point in points}),
        lost=sum(point.lost for point in points),
        hits=None if macro else int(sum(point.hit for point in points)),
        value=_mean(points, "hit", macro=macro),
        low=interval.low,
        high=interval.high,
        centre=_mean(points, "centre", macro=macro),
        uniform=_mean(points, "uniform", macro=macro),
        reason=interval.reason,
    )


def _mean(points: Sequence[_Point], name: str, *, macro: bool) -> float:
    """Mean of a value over maps, or of the fine labels' means."""
    by_label: dict[str, list[float]] = {}
    for point in points:
        by_label.setdefault(point.fine_label if macro else "", []).append(getattr(point, name))
    means = [sum(values) / len(values) for _, values in sorted(by_label.items())]
    return sum(means) / len(means)


def warnings_of(
    before: RunFigures, classes: Sequence[tuple[str, ClassFigures]], *, at_image: bool
) -> list[str]:
    """What the page's head says about the maps."""
    said = [_AT_IMAGE] if at_image else []
    lost = sum(figures.lost or 0 for _, figures in classes)
    mostly = sum(figures.mostly_lost or 0 for _, figures in classes)
    of = f"{before.maps:,}"
    if lost:
        said.append(f"{lost:,} of {of} maps lost their whole mass and stand on no board.")
    if mostly:
        said.append(f"{mostly:,} of {of} maps lost more than half of their mass and are marked.")
    return said
