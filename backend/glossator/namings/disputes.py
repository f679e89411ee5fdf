"""The maps of a class on which most pairs of annotators disagree."""

from dataclasses import dataclass
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from glossator.agreement.results import PairFigures
from glossator.namings.class_results import ClassDetails, ClassPlaces, CleanPlaces
from glossator.refusal import not_found

_NO_FAMILY = -1


@dataclass(frozen=True)
class Said:
    """What an annotator called a map; `concept` is None for a concept without a name."""

    annotator: str
    concept_id: str
    concept: str | None


@dataclass(frozen=True)
class DisputedMap:
    """A map that lies in unmatched concepts of some annotators.

    Attributes:
        map_id: of the map.
        n_pairs: pairs of annotators that both named it.
        n_apart: of them, those in which its two concepts are not in one family.
        said: by annotators who named it, in order.
    """

    map_id: UUID
    n_pairs: int
    n_apart: int
    said: tuple[Said, ...]


def disputed_maps(details: ClassDetails, places: ClassPlaces, reading: str) -> list[DisputedMap]:
    """The maps on which a pair disagrees in this reading of the matchings, those with most such pairs first.

    Of equal ones those come first that fewer pairs named.

    Raises:
        Refusal: a reading that the figures don't have.
    """
    by_annotator = {each.annotator: each for each in places.annotators}
    pairs = np.zeros(len(places.maps), dtype=np.int64)
    apart = np.zeros(len(places.maps), dtype=np.int64)
    for pair in details.figures.pairs:
        left, right = (
            _families(by_annotator[name], _held(pair, reading, side))
            for name, side in ((pair.a, "a"), (pair.b, "b"))
        )
        both = (left.named) & (right.named)
        pairs += both
        apart += both & ((left.family != right.family) | (left.family == _NO_FAMILY))
    order = np.lexsort((np.arange(len(apart)), pairs, -apart))
    name_of = {
        concept.concept_id: concept.concept
        for each in details.figures.annotators
        for concept in each.concepts
    }
    return [
        DisputedMap(places.maps[at], int(pairs[at]), int(apart[at]), _said(places, name_of, int(at)))
        for at in order[: int((apart > 0).sum())]
    ]


@dataclass(frozen=True)
class _Families:
    """(A,) whether an annotator named a map, and the family of the map's concept."""

    named: NDArray[np.bool_]
    family: NDArray[np.int64]


def _held(pair: PairFigures, reading: str, side: str) -> dict[str, int]:
    """The family of each matched concept of one side."""
    matching = next((each for each in pair.matchings if each.key == reading), None)
    if matching is None:
        raise not_found("reading")
    return {
        concept: number
        for number, family in enumerate(matching.families)
        for concept in (family.a if side == "a" else family.b)
    }


def _families(annotator: CleanPlaces, family_of: dict[str, int]) -> _Families:
    codes = np.array(annotator.concept_of, dtype=np.int64)
    families = np.array(
        [*(family_of.get(each, _NO_FAMILY) for each in annotator.concepts), _NO_FAMILY], dtype=np.int64
    )
    named = codes >= 0
    return _Families(named, families[np.where(named, codes, len(annotator.concepts))])


def _said(places: ClassPlaces, name_of: dict[str, str | None], at: int) -> tuple[Said, ...]:
    found = ((each, each.concept_of[at]) for each in places.annotators)
    return tuple(
        Said(each.annotator, each.concepts[code], name_of[each.concepts[code]])
        for each, code in found
        if code >= 0
    )
