"""How much of a class has a name: activations, images in part, images whole (Figures 3 to 6)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from glossator.agreement.cleaning import CleanNaming, named_by, seen_by
from glossator.agreement.namings import Codes
from glossator.agreement.results import Coverages, NamedByExactly, Ratio

NO_ACTIVATION = "no activation in the class"
NOT_SEEN_BY_ALL = "no activation was seen by all annotators"
NEITHER_NAMED = "neither annotator named an activation"


def coverages(named: NDArray[np.bool_], image_of: Codes, n_images: int) -> Coverages:
    """Shares of the class that have a name; of n > 0 activations 0 named is a real 0.

    Args:
        named: (A,) whether the activation has a name.
        image_of: (A,) image of each activation; each of the `n_images` images has one at least.
        n_images: images of the class.
    """
    in_image = np.bincount(image_of, minlength=n_images)
    named_in_image = np.bincount(image_of[named], minlength=n_images)
    return Coverages(
        activation=Ratio.of(int(named.sum()), len(named), NO_ACTIVATION),
        partial=Ratio.of(int((named_in_image > 0).sum()), n_images, NO_ACTIVATION),
        complete=Ratio.of(int((named_in_image == in_image).sum()), n_images, NO_ACTIVATION),
    )


def named_by_exactly(namings: Sequence[CleanNaming]) -> tuple[NamedByExactly, ...]:
    """Activations by the number of annotators who named them, 0 to all; the ratios add to 1.

    Activations that were missing from somebody's board are left out.
    """
    times = named_by(namings).sum(axis=0)[seen_by(namings).all(axis=0)]
    counts = np.bincount(times, minlength=len(namings) + 1)
    return tuple(
        NamedByExactly(q, Ratio.of(int(count), len(times), NOT_SEEN_BY_ALL)) for q, count in enumerate(counts)
    )


def jaccard(named_a: NDArray[np.bool_], named_b: NDArray[np.bool_]) -> Ratio:
    """Activations named by both of those named by at least one."""
    return Ratio.of(int((named_a & named_b).sum()), int((named_a | named_b).sum()), NEITHER_NAMED)
