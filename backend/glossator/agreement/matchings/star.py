"""D = 2 as the naming paper explains it: every set is a concept of one side refined by several of the other.

A maximum-weight star forest. Given the centres on both sides, every other concept hangs on its heaviest
neighbour among the opposite centres, so that only centres are searched for.
"""

from __future__ import annotations

from math import floor

import numpy as np
from numpy.typing import NDArray

from glossator.agreement.intersection import Weights
from glossator.agreement.matchings.graph import Block, Solution, block, whole
from glossator.agreement.matchings.subsets import all_subsets

LARGEST_ENUMERATED = 10
TOLERANCE = 1e-6
MOST_NODES = 2_000
"""Of the search for centres; seldom more than one is needed."""

Chosen = NDArray[np.bool_]


def solve_star(weights: Weights) -> Solution:
    """The heaviest star forest of a component; bounds where the search for centres passes its limit."""
    if min(weights.shape) == 1:
        return whole(weights)
    if max(weights.shape) <= LARGEST_ENUMERATED:
        stars = _hung(weights, *_enumerated(weights))
        return Solution(stars, sum(star.weight for star in stars))
    row_centres, column_centres, upper = _by_mixed_integers(weights)
    return Solution(_hung(weights, row_centres, column_centres), upper)


def _hung(weights: Weights, row_centres: Chosen, column_centres: Chosen) -> tuple[Block, ...]:
    """The stars of these centres."""
    on_rows = np.where(row_centres[:, None] & ~column_centres, weights, 0)
    on_columns = np.where(~row_centres[:, None] & column_centres, weights, 0)
    column_hangs, row_hangs = on_rows.max(axis=0) > 0, on_columns.max(axis=1) > 0
    centre_of_column, centre_of_row = on_rows.argmax(axis=0), on_columns.argmax(axis=1)
    stars = [
        *(block(weights, [int(c)], np.flatnonzero(column_hangs & (centre_of_column == c)))
          for c in np.flatnonzero(row_centres)),
        *(block(weights, np.flatnonzero(row_hangs & (centre_of_row == c)), [int(c)])
          for c in np.flatnonzero(column_centres)),
    ]  # fmt: skip
    return tuple(star for star in stars if star.weight)


def _enumerated(weights: Weights) -> tuple[Chosen, Chosen]:
    """Best of all pairs of sets of centres, by one matrix product; the first in order of their masks."""
    n, m = weights.shape
    rows, columns = all_subsets(n), all_subsets(m)
    of_rows = np.hstack([_heaviest(weights), 1 - rows])
    of_columns = np.hstack([1 - columns, _heaviest(weights.T)])
    best = int((of_rows @ of_columns.T).argmax())
    a, b = divmod(best, 1 << m)
    return rows[a] > 0, columns[b] > 0


def _heaviest(weights: Weights) -> NDArray[np.float64]:
    """(2**n, m) heaviest edge of each column into each set of rows, built by doubling."""
    table = np.zeros((1 << len(weights), weights.shape[1]))
    for row, values in enumerate(weights):
        size = 1 << row
        np.maximum(table[:size], values, out=table[size : 2 * size])
    return table


def _by_mixed_integers(weights: Weights) -> tuple[Chosen, Chosen, int]:
    """Facility location: a centre is open or not; each other vertex hangs on one open centre at most.

    Centres on both sides, and a bound on the weight of any star forest.
    """
    # Slow to load, and needed for large components only.
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - slow to load
    from scipy.sparse import coo_array  # noqa: PLC0415 - slow to load

    n, m = weights.shape
    rows, columns = np.nonzero(weights)
    # Variables: y of each vertex (columns after rows), then x of leaf on centre for both directions.
    leaf, centre = np.concatenate([rows, n + columns]), np.concatenate([n + columns, rows])
    gain = np.tile(weights[rows, columns], 2).astype(np.float64)
    hangs = np.arange(len(leaf))
    vertices = n + m
    once = coo_array(
        (
            np.ones(len(leaf) + vertices),
            (np.r_[leaf, np.arange(vertices)], np.r_[vertices + hangs, np.arange(vertices)]),
        ),
        shape=(vertices, vertices + len(leaf)),
    )
    open_only = coo_array(
        (
            np.r_[np.ones(len(leaf)), -np.ones(len(leaf))],
            (np.r_[hangs, hangs], np.r_[vertices + hangs, centre]),
        ),
        shape=(len(leaf), vertices + len(leaf)),
    )
    result = milp(
        -np.r_[np.zeros(vertices), gain],
        integrality=np.r_[np.ones(vertices), np.zeros(len(leaf))],
        bounds=Bounds(0, 1),
        constraints=[LinearConstraint(once, ub=1), LinearConstraint(open_only, ub=0)],
        options={"mip_rel_gap": 0, "node_limit": MOST_NODES},
    )
    bound = result.mip_dual_bound
    upper = int(weights.sum()) if bound is None else floor(TOLERANCE - bound)
    # Without any centres known yet, all rows are as good as others.
    centres = np.arange(vertices) < n if result.x is None else result.x[:vertices] > 0.5
    return centres[:n], centres[n:], upper
