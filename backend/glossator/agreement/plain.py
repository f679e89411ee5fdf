"""The same mathematics for two lists of labels, without classes and annotators."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from glossator.agreement import coverages as _coverages
from glossator.agreement.intersection import intersection
from glossator.agreement.matchings.readings import best_matching
from glossator.agreement.namings import Codes
from glossator.agreement.pairs import NOTHING_SHARED
from glossator.agreement.purities import crossed, purities
from glossator.agreement.results import Coverages, Ratio

Labels = Sequence[Hashable]
"""A concept for each activation, None where it has none."""


@dataclass(frozen=True)
class LabelFamily:
    """A set of a matching with at least one edge, as labels."""

    left: tuple[Hashable, ...]
    right: tuple[Hashable, ...]
    weight: int


@dataclass(frozen=True)
class LabelMatching:
    """The best matching of two lists of labels.

    Attributes:
        weight: of the families, the largest found.
        upper: no matching weighs more.
        agreement: weight of the activations with a label in both lists.
        families: heaviest first.
    """

    weight: int
    upper: int
    agreement: Ratio
    families: tuple[LabelFamily, ...]

    @property
    def exact(self) -> bool:
        """Proven to be the largest."""
        return self.weight == self.upper


def match(
    left: Labels, right: Labels, d: int = 1, reading: Literal["star", "biclique"] = "biclique", seed: int = 0
) -> LabelMatching:
    """The best D-family matching of two namings of the same activations.

    Args:
        left, right: N concepts each, None for unnamed.
        d: largest diameter, 1 ... 9; 3 and more give a lower and an upper bound.
        reading: of d = 2; it makes no difference to others.
        seed: of d = 3 and more.

    Raises:
        ValueError: lists of different lengths, or a d or reading that does not exist.
    """
    key = f"d2_{reading}" if d == 2 else f"d{d}"
    _same_length(left, right)
    (left_codes, left_labels), (right_codes, right_labels) = _coded(left), _coded(right)
    both = (left_codes >= 0) & (right_codes >= 0)
    weights = intersection(left_codes[both], right_codes[both], (len(left_labels), len(right_labels)))
    solution = best_matching(weights, key, seed)
    return LabelMatching(
        weight=solution.weight,
        upper=solution.upper,
        agreement=Ratio.of(solution.weight, int(both.sum()), NOTHING_SHARED),
        families=tuple(
            LabelFamily(
                tuple(left_labels[row] for row in block.rows),
                tuple(right_labels[column] for column in block.columns),
                block.weight,
            )
            for block in solution.blocks
        ),
    )


def coverage(labels: Labels, images: Sequence[Hashable]) -> Coverages:
    """Activation, partial and complete coverage.

    Args:
        labels: N concepts, None for unnamed.
        images: N images that the activations are of.
    """
    _same_length(labels, images)
    image_of, names = _coded(images)
    return _coverages.coverages(_coded(labels)[0] >= 0, image_of, len(names))


def purity(labels: Labels, x_features: Sequence[Hashable]) -> tuple[Ratio, Ratio]:
    """CX- and XC-purity.

    Args:
        labels: N concepts, None for unnamed.
        x_features: N X-features.
    """
    _same_length(labels, x_features)
    (concept_of, concepts), (x_feature_of, ids) = _coded(labels), _coded(x_features)
    return purities(crossed(concept_of, x_feature_of, (len(concepts), len(ids))))


def jaccard(left: Labels, right: Labels) -> Ratio:
    """Activations with a label in both lists, of those with one in at least one."""
    _same_length(left, right)
    return _coverages.jaccard(_coded(left)[0] >= 0, _coded(right)[0] >= 0)


def _same_length(one: Sequence[object], other: Sequence[object]) -> None:
    if len(one) != len(other):
        raise ValueError(f"The two lists have {len(one)} and {len(other)} entries; they need as many each.")


def _coded(labels: Labels) -> tuple[Codes, tuple[Hashable, ...]]:
    """Codes, -1 for None, and the labels they stand for: most frequent first, then by their text."""
    counts: dict[Hashable, int] = {}
    for label in labels:
        if label is not None:
            counts[label] = counts.get(label, 0) + 1
    ordered = sorted(counts, key=lambda label: (-counts[label], str(label)))
    code_of = {label: code for code, label in enumerate(ordered)}
    codes = np.array([-1 if label is None else code_of[label] for label in labels], dtype=np.int32)
    return codes, tuple(ordered)
