"""Cleaning: concepts of too few images are taken away before anything is measured (4 of the paper)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glossator.agreement.namings import MISSING, UNNAMED, ClassNamings, Codes, Concept, Naming


@dataclass(frozen=True)
class CleanNaming:
    """A naming without its small concepts.

    Attributes:
        annotator: id or pseudonym.
        concepts: canonical order: most activations first, then id in code-point order.
        concept_of: (A,) for each activation an index into `concepts`, UNNAMED or MISSING.
        sizes: (C,) activations of each concept.
        n_images: (C,) different images of each concept.
        n_concepts_removed, n_activations_removed: what cleaning took away.
    """

    annotator: str
    concepts: tuple[Concept, ...]
    concept_of: Codes
    sizes: NDArray[np.int64]
    n_images: NDArray[np.int64]
    n_concepts_removed: int
    n_activations_removed: int

    @property
    def named(self) -> NDArray[np.bool_]:
        """(A,) whether the activation is in a concept."""
        return np.greater_equal(self.concept_of, 0)

    @property
    def seen(self) -> NDArray[np.bool_]:
        """(A,) whether the activation was on the annotator's board."""
        return np.not_equal(self.concept_of, MISSING)

    @property
    def n_named(self) -> int:
        return int(self.sizes.sum())

    @property
    def names(self) -> list[str | None]:
        return [concept.name for concept in self.concepts]


def clean(naming: Naming, image_of: Codes, n_images: int, min_images: int) -> CleanNaming:
    """Remove concepts whose activations come from fewer than `min_images` different images.

    Args:
        naming: of one annotator.
        image_of: (A,) image of each activation.
        n_images: images of the class.
        min_images: 1 removes nothing.
    """
    codes, count = naming.concept_of, len(naming.concepts)
    named = codes >= 0
    sizes = np.bincount(codes[named], minlength=count)
    # Concept times image as a table would be quadratic where everything is a concept of its own.
    pairs = np.unique(codes[named].astype(np.int64) * n_images + image_of[named])
    images = np.bincount(pairs // n_images, minlength=count)
    kept = (images >= min_images) & (sizes > 0)
    order = sorted(np.flatnonzero(kept).tolist(), key=lambda c: (-sizes[c], naming.concepts[c].id))
    # The last two entries are what the negative codes UNNAMED and MISSING pick.
    recode = np.full(count + 2, UNNAMED, dtype=np.int32)
    recode[order] = np.arange(len(order), dtype=np.int32)
    recode[MISSING] = MISSING
    removed = (sizes > 0) & ~kept
    return CleanNaming(
        annotator=naming.annotator,
        concepts=tuple(naming.concepts[c] for c in order),
        concept_of=recode[codes],
        sizes=sizes[order],
        n_images=images[order],
        n_concepts_removed=int(removed.sum()),
        n_activations_removed=int(sizes[removed].sum()),
    )


def clean_class(namings: ClassNamings, min_images: int) -> tuple[CleanNaming, ...]:
    """All namings of a class, cleaned, in their order."""
    images = len(namings.image_ids)
    return tuple(clean(naming, namings.image_of, images, min_images) for naming in namings.namings)


def named_by(namings: Sequence[CleanNaming]) -> NDArray[np.bool_]:
    """(m, A) which annotator named which activation."""
    return np.stack([naming.named for naming in namings])


def seen_by(namings: Sequence[CleanNaming]) -> NDArray[np.bool_]:
    """(m, A) which annotator had which activation on the board."""
    return np.stack([naming.seen for naming in namings])
