"""Parts of a bipartite graph given by its matrix of weights."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from glossator.agreement.intersection import Weights


@dataclass(frozen=True)
class Block:
    """A set of a matching: rows and columns of the matrix, ascending, and the weight of the edges inside."""

    rows: tuple[int, ...]
    columns: tuple[int, ...]
    weight: int

    @property
    def edges_among(self) -> Iterable[tuple[int, int]]:
        """Pairs of a row and a column; those of weight 0 are no edges."""
        return ((row, column) for row in self.rows for column in self.columns)


@dataclass(frozen=True)
class Solution:
    """Disjoint blocks with an edge each, and a bound on what any choice of blocks weighs."""

    blocks: tuple[Block, ...]
    upper: int

    @property
    def weight(self) -> int:
        return sum(block.weight for block in self.blocks)

    @property
    def exact(self) -> bool:
        return self.weight == self.upper


def block(weights: Weights, rows: Iterable[int], columns: Iterable[int]) -> Block:
    """The block of these rows and columns."""
    r, c = sorted(int(row) for row in rows), sorted(int(column) for column in columns)
    return Block(tuple(r), tuple(c), int(weights[np.ix_(r, c)].sum()) if r and c else 0)


def whole(weights: Weights) -> Solution:
    """Everything in one block."""
    rows, columns = weights.shape
    total = int(weights.sum())
    return Solution((Block(tuple(range(rows)), tuple(range(columns)), total),), total)
