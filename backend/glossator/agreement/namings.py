"""The namings of one class as arrays: what every figure of agreement is computed from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

UNNAMED = -1
"""The activation was on the annotator's board and is in no concept."""
MISSING = -2
"""The activation was not on the annotator's board."""

Codes = NDArray[np.int32]


@dataclass(frozen=True)
class Concept:
    """A group of activations of one annotator; `name` is None for a group that nobody put a word to."""

    id: str
    name: str | None


@dataclass(frozen=True)
class Naming:
    """What one annotator did with the activations of a class.

    Attributes:
        annotator: id or pseudonym.
        concepts: in any order; those that hold no activation are left out.
        concept_of: (A,) for each activation an index into `concepts`, UNNAMED or MISSING.
    """

    annotator: str
    concepts: tuple[Concept, ...]
    concept_of: Codes


@dataclass(frozen=True)
class ClassNamings:
    """A activations of a class and the namings of its m annotators; ids in code-point order throughout.

    Attributes:
        name: of the class.
        activation_ids: A ids.
        image_ids: K ids of the images that have an activation.
        image_of: (A,) for each activation an index into `image_ids`.
        x_feature_ids: ids of the X-features that have an activation.
        x_feature_of: (A,) for each activation an index into `x_feature_ids`.
        correct: (K,) 1 where the network was right about the image, 0 where wrong, -1 where unknown.
        namings: one per annotator who worked on the class.
    """

    name: str
    activation_ids: tuple[str, ...]
    image_ids: tuple[str, ...]
    image_of: Codes
    x_feature_ids: tuple[str, ...]
    x_feature_of: Codes
    correct: NDArray[np.int8]
    namings: tuple[Naming, ...]
