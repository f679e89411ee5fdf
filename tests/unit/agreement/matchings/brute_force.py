"""The best D-family matching over every set partition of the vertices: slow, and plainly right.

Shares nothing with what it is held against: vertices are numbers, edges a dictionary, sets are bit masks. All
partitions are gone through by the set that holds the first vertex that is left; what remains is remembered.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

Weights = NDArray[np.int64]


class Judge:
    """Which sets of vertices a reading allows, and what they weigh; rows are vertices 0 … n - 1."""

    def __init__(self, weights: Weights) -> None:
        self.n, self.count = len(weights), sum(weights.shape)
        self.edges = {
            (int(row), self.n + int(column)): int(weights[row, column])
            for row, column in np.argwhere(weights > 0)
        }
        self.near = [0] * self.count
        for a, b in self.edges:
            self.near[a] |= 1 << b
            self.near[b] |= 1 << a
        self.diameter = cache(self._diameter)
        self.weight = cache(self._weight)

    def _diameter(self, inside: int) -> float:
        """Of the induced subgraph; infinite if it is not connected."""
        return max(self._farthest(vertex, inside) for vertex in range(self.count) if inside >> vertex & 1)

    def _farthest(self, start: int, inside: int) -> float:
        distance, seen = 0, 1 << start
        while seen != inside:
            border = 0
            for vertex in range(self.count):
                if seen >> vertex & 1:
                    border |= self.near[vertex]
            if not border & inside & ~seen:
                return float("inf")
            seen |= border & inside
            distance += 1
        return distance

    def allows(self, key: str, inside: int) -> bool:
        """Whether a reading allows the set."""
        rows = (inside & ((1 << self.n) - 1)).bit_count()
        if key == "d2_star" and min(rows, inside.bit_count() - rows) > 1:
            return False
        return self.diameter(inside) <= int(key[1])

    def _weight(self, inside: int) -> int:
        return sum(weight for (a, b), weight in self.edges.items() if inside >> a & inside >> b & 1)

    def best(self, key: str) -> int:
        """The optimum over all partitions."""

        @cache
        def rest(left: int) -> int:
            if not left:
                return 0
            first = left & -left
            others = left ^ first
            best, subset = rest(others), others
            while subset:
                inside = first | subset
                if self.weight(inside) and self.allows(key, inside):
                    best = max(best, self.weight(inside) + rest(left ^ inside))
                subset = (subset - 1) & others
            return best

        return rest((1 << self.count) - 1)

    def weight_if_allowed(self, key: str, families: list[tuple[list[int], list[int]]]) -> int:
        """What families of rows and columns weigh; fails where the reading forbids one, or two overlap."""
        masks = [
            sum(1 << row for row in rows) | sum(1 << self.n + column for column in columns)
            for rows, columns in families
        ]
        assert sum(masks) == np.bitwise_or.reduce([0, *masks]), "two families share a concept"
        assert all(self.allows(key, mask) for mask in masks), "a family is not allowed"
        return sum(self.weight(mask) for mask in masks)
