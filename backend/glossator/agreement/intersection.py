"""The intersection graph of two namings: which concepts share how many activations (4.3 of the paper)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glossator.agreement.namings import Codes

Weights = NDArray[np.int64]
"""(n, m) activations shared by concept u of a and concept v of b; an edge where it is positive."""


def intersection(left: Codes, right: Codes, shape: tuple[int, int]) -> Weights:
    """Count activations by the concept they have in two namings.

    Args:
        left, right: (N,) indices of concepts, none negative.
        shape: (concepts of left, concepts of right).
    """
    cells = left.astype(np.int64) * shape[1] + right
    return np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape)
