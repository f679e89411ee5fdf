"""Sets of rows that share a column: the only ones a biclique can hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glossator.agreement.intersection import Weights
from glossator.agreement.matchings.subsets import as_bits

MOST_BLOCKS = 1 << 18
MOST_ROWS = 62
"""Masks are 64-bit integers."""


@dataclass(frozen=True)
class LiveBlocks:
    """All sets of rows with a common neighbour, and the empty set first.

    Attributes:
        masks: (L,) ascending.
        bits: (L, n) the same as zeros and ones.
        values: (L, m) weight of the edges from the set into a column; 0 where one of its rows has no edge.
    """

    masks: NDArray[np.int64]
    bits: NDArray[np.float64]
    values: NDArray[np.float64]

    def find(self, members: NDArray[np.float64]) -> NDArray[np.intp]:
        """Index of each set, given as zeros and ones; that of the empty set, worth nothing, for dead ones."""
        masks = members.astype(np.int64) @ (1 << np.arange(members.shape[1], dtype=np.int64))
        at = np.minimum(np.searchsorted(self.masks, masks), len(self.masks) - 1)
        return np.where(self.masks[at] == masks, at, 0)


def effort(weights: Weights) -> float:
    """Sum of 2**degree over the columns: how much it takes to list the live blocks of the rows."""
    return float(np.exp2((weights > 0).sum(axis=0)).sum())


def live_blocks(weights: Weights) -> LiveBlocks | None:
    """Tables of the live blocks of a graph's rows; None if they are too many, or the rows."""
    n = len(weights)
    if n > MOST_ROWS:
        return None
    masks = np.zeros(1, dtype=np.int64)
    for neighbours in sorted((np.flatnonzero(column) for column in weights.T), key=len, reverse=True):
        if 1 << len(neighbours) > MOST_BLOCKS:
            return None
        subsets = np.zeros(1, dtype=np.int64)
        for row in neighbours:
            subsets = np.concatenate([subsets, subsets | (1 << int(row))])
        masks = np.union1d(masks, subsets)
        if len(masks) > MOST_BLOCKS:
            return None
    bits = as_bits(masks, n)
    return LiveBlocks(masks, bits, worth(bits, weights))


def worth(bits: NDArray[np.float64], weights: Weights) -> NDArray[np.float64]:
    """(L, m) weight of the edges from each set of rows into each column, 0 where one of the rows has none."""
    values: NDArray[np.float64] = bits @ weights
    values[bits @ (weights == 0) > 0] = 0
    return values
