"""D = 2 read literally: every set is complete bipartite.

Given a partition of the rows into blocks S, every column chooses on its own the block with the largest weight
among those whose rows are all its neighbours. So only one side is partitioned.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glossator.agreement.intersection import Weights
from glossator.agreement.matchings.bounded import priced
from glossator.agreement.matchings.graph import Block, Solution, block, whole
from glossator.agreement.matchings.live_blocks import effort, worth
from glossator.agreement.matchings.local_search import as_members
from glossator.agreement.matchings.subsets import all_subsets, as_bits, set_partitions

LARGEST_ENUMERATED = 8

Members = NDArray[np.float64]
"""(blocks, n) ones where the block holds the row."""


def solve_biclique(weights: Weights) -> Solution:
    """The heaviest partition of a component into bicliques; bounds if it is too large and too dense."""
    if weights.all():
        return whole(weights)
    if len(weights) <= LARGEST_ENUMERATED:
        blocks = _served(weights, _enumerated(weights))
        return Solution(blocks, sum(found.weight for found in blocks))
    turned = effort(weights.T) < effort(weights)
    sides = weights.T if turned else weights
    found = priced(sides)
    blocks = _served(sides, as_members(found.labels))
    if turned:
        blocks = tuple(Block(one.columns, one.rows, one.weight) for one in blocks)
    return Solution(blocks, found.upper)


def _enumerated(weights: Weights) -> Members:
    """The first best of all partitions of the rows."""
    n = len(weights)
    partitions = set_partitions(n)
    value = worth(all_subsets(n), weights)
    best = value[partitions[0]]
    for slot in partitions[1:]:
        np.maximum(best, value[slot], out=best)
    masks = partitions[:, best.sum(axis=1).argmax()]
    return as_bits(masks[masks > 0], n)


def _served(weights: Weights, members: Members) -> tuple[Block, ...]:
    """The bicliques of a partition of the rows, every column with the block where it weighs most."""
    values = worth(members, weights)
    chosen, used = values.argmax(axis=0), values.max(axis=0) > 0
    found = (
        block(weights, np.flatnonzero(rows), np.flatnonzero(used & (chosen == index)))
        for index, rows in enumerate(members)
    )
    return tuple(biclique for biclique in found if biclique.weight)
