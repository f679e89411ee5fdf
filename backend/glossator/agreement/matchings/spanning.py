"""D >= 3 by spanning trees: feasible families and a bound (the report's method).

On a tree the best D-family matching is found exactly. A set of a tree's diameter <= D has no larger diameter
in the graph, so that its families are feasible there, and the graph's weight inside is at least the tree's.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from glossator.agreement.intersection import Weights
from glossator.agreement.matchings.cut_bound import Square, adjacency, cut_bound, distances
from glossator.agreement.matchings.graph import Solution, block, whole
from glossator.agreement.matchings.tree import Edge, best_families

FORESTS = 64
_PURPOSE = 4

Sets = list[list[int]]
"""A partition of the vertices: rows, then columns."""


def solve_spanning(weights: Weights, d: int, seed: int, below: Solution) -> Solution:
    """Families of a component for d >= 3, and a bound.

    Args:
        weights: (n, m).
        d: largest diameter.
        seed: decides the trees.
        below: the answer for d - 1 (for d = 3 the bicliques), which is feasible too.
    """
    square = adjacency(weights)
    if int(distances(square).max()) <= d:
        return whole(weights)
    candidates = [_as_sets(below, weights.shape)]
    candidates += [best_families(len(square), tree, d) for tree in _trees(weights, d, seed)]
    merged = [_merged(square, sets, d) for sets in candidates]
    best = max(merged, key=lambda sets: _inside(square, sets))
    n = len(weights)
    families = (
        block(weights, [v for v in vertices if v < n], [v - n for v in vertices if v >= n])
        for vertices in best
    )
    return Solution(tuple(family for family in families if family.weight), cut_bound(weights, d))


def _as_sets(solution: Solution, shape: tuple[int, int]) -> Sets:
    sets = [[*found.rows, *(shape[0] + column for column in found.columns)] for found in solution.blocks]
    alone = set(range(sum(shape))).difference(*sets)
    return [*sets, *([vertex] for vertex in sorted(alone))]


def _inside(square: Square, sets: Sets) -> int:
    return sum(int(square[np.ix_(vertices, vertices)].sum()) for vertices in sets) // 2


def _trees(weights: Weights, d: int, seed: int) -> Iterator[list[Edge]]:
    """The maximum-weight spanning tree, then random ones that prefer heavy edges; edges from the root on."""
    n = len(weights)
    rows, columns = np.nonzero(weights)
    values = weights[rows, columns]
    rng = np.random.default_rng([seed, _PURPOSE, d])
    orders = [np.argsort(-values, kind="stable")]
    orders += [
        np.argsort(rng.standard_exponential(len(values)) / values, kind="stable") for _ in range(FORESTS - 1)
    ]
    edges = list(zip(rows.tolist(), (n + columns).tolist(), values.tolist(), strict=True))
    for order in orders:
        yield _spanning_tree([edges[index] for index in order], sum(weights.shape))


def _spanning_tree(edges: list[Edge], count: int) -> list[Edge]:
    """Kruskal: each edge that joins two parts."""
    part = list(range(count))

    def root(vertex: int) -> int:
        while part[vertex] != vertex:
            part[vertex] = vertex = part[part[vertex]]
        return vertex

    kept = []
    for edge in edges:
        a, b = root(edge[0]), root(edge[1])
        if a != b:
            part[a] = b
            kept.append(edge)
            if len(kept) == count - 1:
                break
    return kept


def _merged(square: Square, sets: Sets, d: int) -> Sets:
    """Join the two sets of largest gain whose union has induced diameter <= d, until there are none."""
    sets = [sorted(vertices) for vertices in sorted(sets, key=min)]
    refused: set[tuple[int, ...]] = set()
    while True:
        member = np.zeros((len(sets), len(square)), dtype=np.int64)
        for index, vertices in enumerate(sets):
            member[index, vertices] = 1
        gains = np.triu(member @ square @ member.T, k=1)
        for i, j in _descending(gains):
            union = sorted(sets[i] + sets[j])
            if tuple(union) in refused:
                continue
            if int(distances(square[np.ix_(union, union)]).max()) <= d:
                sets = [*sets[:i], union, *sets[i + 1 : j], *sets[j + 1 :]]
                break
            refused.add(tuple(union))
        else:
            return sets


def _descending(gains: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Positions of the positive gains, largest first."""
    first, second = np.nonzero(gains)
    order = np.argsort(-gains[first, second], kind="stable")
    return list(zip(first[order].tolist(), second[order].tolist(), strict=True))
