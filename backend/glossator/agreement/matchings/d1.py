"""D = 1: every set is one edge, a matching of maximum weight."""

from __future__ import annotations

from glossator.agreement.intersection import Weights
from glossator.agreement.matchings.graph import Block, Solution


def solve_d1(weights: Weights) -> Solution:
    """The heaviest matching of a component, exact."""
    # Loading this is most of what a small study takes; nothing else of scipy is needed for it.
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - slow to load

    rows, columns = linear_sum_assignment(weights, maximize=True)
    blocks = tuple(
        Block((int(row),), (int(column),), int(weights[row, column]))
        for row, column in zip(rows, columns, strict=True)
        if weights[row, column] > 0
    )
    return Solution(blocks, sum(found.weight for found in blocks))
