"""What any D-family matching must give up: two vertices far apart are never in one set.

The sets separate them, so that the edges between sets weigh at least their minimum cut.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glossator.agreement.intersection import Weights

Square = NDArray[np.int64]
"""(V, V) by vertex: the rows of the matrix, then its columns."""


def adjacency(weights: Weights) -> Square:
    """The symmetric matrix of the bipartite graph."""
    n, m = weights.shape
    square = np.zeros((n + m, n + m), dtype=np.int64)
    square[:n, n:], square[n:, :n] = weights, weights.T
    return square


def distances(square: Square) -> Square:
    """Edges on the shortest path between any two vertices; V where there is none."""
    count = len(square)
    edges = (square > 0).astype(np.int64)
    reached = np.eye(count, dtype=bool)
    found = np.where(reached, 0, count)
    for length in range(1, count):
        new = (reached @ edges > 0) & ~reached
        if not new.any():
            break
        found[new] = length
        reached |= new
    return found


def cut_bound(weights: Weights, d: int) -> int:
    """Total weight of a component less the largest minimum cut of two vertices at a distance over d."""
    square = adjacency(weights)
    far = distances(square) > d
    total = int(weights.sum())
    return total - int(_minimum_cuts(square)[far].max()) if far.any() else total


def _minimum_cuts(square: Square) -> Square:
    """Value of the minimum cut of every two vertices (Gusfield 1990: V - 1 flows make a tree of them)."""
    # Slow to load, and needed for bounds only.
    from scipy.sparse import csr_array  # noqa: PLC0415 - slow to load
    from scipy.sparse.csgraph import maximum_flow  # noqa: PLC0415 - slow to load

    count = len(square)
    capacities = csr_array(square.astype(np.int32))
    parents = np.zeros(count, dtype=np.intp)
    cuts = np.zeros((count, count), dtype=np.int64)
    for vertex in range(1, count):
        parent = int(parents[vertex])
        flow = maximum_flow(capacities, vertex, parent)
        side = _reachable(square - flow.flow.toarray() > 0, vertex)
        later = np.arange(count) > vertex
        parents[side & later & (parents == parent)] = vertex
        value = int(flow.flow_value)
        earlier = np.minimum(cuts[parent, :vertex], value)
        earlier[parent] = value
        cuts[vertex, :vertex], cuts[:vertex, vertex] = earlier, earlier
    return cuts


def _reachable(edges: NDArray[np.bool_], source: int) -> NDArray[np.bool_]:
    reached = np.zeros(len(edges), dtype=bool)
    reached[source] = True
    while (new := edges[reached].any(axis=0) & ~reached).any():
        reached |= new
    return reached
