"""The maps and images behind a number."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from glossator.agreement.results import Explanation
from glossator.datasets.tables import Image
from glossator.maps.tables import ActivationMap, ExplainedImage
from glossator.namings.class_results import ClassDetails, ClassPlaces
from glossator.namings.frame import Frame
from glossator.refusal import Refusal, not_found


@dataclass(frozen=True)
class EdgeMaps:
    """Maps of two concepts of different annotators."""

    common: tuple[UUID, ...]
    only_a: tuple[UUID, ...]
    only_b: tuple[UUID, ...]


@dataclass(frozen=True)
class ImageBehind:
    """A test image with its maps on boards; `right`: the network's answer was the label."""

    image_id: UUID
    right: bool
    maps: tuple[UUID, ...]


def edge_maps(
    places: ClassPlaces, *, a: str, concept_a: str | None, b: str, concept_b: str | None
) -> EdgeMaps:
    """The maps of an edge of a matching; without a concept on one side all of the other's are alone.

    Raises:
        Refusal: an annotator or concept that the figures don't have.
    """
    in_a, in_b = _members(places, a, concept_a), _members(places, b, concept_b)
    return EdgeMaps(
        common=tuple(each for each in places.maps if each in in_a and each in in_b),
        only_a=tuple(each for each in places.maps if each in in_a and each not in in_b),
        only_b=tuple(each for each in places.maps if each in in_b and each not in in_a),
    )


def group_maps(details: ClassDetails, places: ClassPlaces, concept: str) -> list[UUID]:
    """The maps whose consensus is the group of the vocabulary that a concept is in.

    Raises:
        Refusal: a concept that the figures don't have.
    """
    groups = (
        index
        for index, group in enumerate(details.groups)
        if any(member.concept_id == concept for member in group.members)
    )
    group = next(groups, None)
    if group is None:
        raise _unknown("concept", concept)
    return [each for each, found in zip(places.maps, places.group_of, strict=True) if found == group]


def row_of(details: ClassDetails, annotator: str | None, names: Collection[str]) -> Explanation:
    """The row of the test-set summary with exactly these names, of an annotator or of the consensus.

    Raises:
        Refusal: an annotator that the figures don't have, or no such row.
    """
    rows: Sequence[Explanation] | None = details.explanations
    if annotator is not None:
        of = {each.annotator: each.explanations for each in details.figures.annotators}
        rows = of.get(annotator)
    if rows is None:
        raise _unknown("annotator", str(annotator))
    wanted = tuple(sorted(names))
    found = next((row for row in rows if row.concepts == wanted), None)
    if found is None:
        raise not_found("combination of names")
    return found


def images_behind(session: Session, frame: Frame, position: int, keys: Collection[str]) -> list[ImageBehind]:
    """The test images of a class that exports call so, in the order of these names."""
    key = func.left(Image.sha256, frame.digits)
    rows = session.execute(
        select(
            Image.id,
            ExplainedImage.predicted == ExplainedImage.class_position,
            func.array_agg(ActivationMap.id).filter(ActivationMap.place.is_not(None)),
        )
        .join(ExplainedImage, ExplainedImage.image_id == Image.id)
        .join(
            ActivationMap,
            (ActivationMap.run_id == ExplainedImage.run_id) & (ActivationMap.image_id == Image.id),
        )
        .where(
            ExplainedImage.run_id == frame.run_id,
            ExplainedImage.class_position == position,
            key.in_(keys),
        )
        .group_by(Image.id, Image.sha256, ExplainedImage.predicted, ExplainedImage.class_position)
        .order_by(Image.sha256)
    )
    return [ImageBehind(image_id, right, tuple(maps or ())) for image_id, right, maps in rows]


def _members(places: ClassPlaces, annotator: str, concept: str | None) -> set[UUID]:
    found = next((each for each in places.annotators if each.annotator == annotator), None)
    if found is None:
        raise _unknown("annotator", annotator)
    if concept is None:
        return set()
    if concept not in found.concepts:
        raise _unknown("concept", concept)
    code = found.concepts.index(concept)
    return {each for each, where in zip(places.maps, found.concept_of, strict=True) if where == code}


def _unknown(kind: str, name: str) -> Refusal:
    return Refusal(
        f"The figures of this class have no {kind} '{name}': they may have changed, load the page again.",
        code=f"unknown_{kind}",
        status=404,
    )
