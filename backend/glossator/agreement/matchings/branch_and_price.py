"""The heaviest partition of many rows into bicliques: column generation within branch and bound.

Pricing is exhaustive over the live blocks, so that the value of a node's linear programme is an upper bound
as soon as none of them has a positive reduced cost. Limits are counts, so that bounds are reproducible.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from math import floor

import numpy as np
from numpy.typing import NDArray

from glossator.agreement.intersection import Weights
from glossator.agreement.matchings.live_blocks import LiveBlocks
from glossator.agreement.matchings.local_search import Labels, as_members, improved, value
from glossator.agreement.matchings.master import Master, Priced, Real

MOST_EFFORT = 15_000_000
"""Live blocks times solved programmes."""
NEW_COLUMNS = 40
TOLERANCE = 1e-6

Pair = tuple[int, int, bool]
"""Two rows, and whether they must be in one block (or must not)."""


@dataclass(frozen=True)
class Found:
    """The best partition of the rows that was found, its value, and a bound on every other's."""

    labels: Labels
    value: int
    upper: int


def search(
    weights: Weights, live: LiveBlocks, *, start: Labels | None = None, only_root: bool = False
) -> Found:
    """Search the partitions of the rows of a connected graph.

    Args:
        weights: (n, m).
        live: its live blocks.
        start: a partition to begin from; singletons by default.
        only_root: stop after the first node.
    """
    return _Search(weights, live, start).run(only_root=only_root)


class _Search:
    def __init__(self, weights: Weights, live: LiveBlocks, start: Labels | None) -> None:
        n, m = weights.shape
        self.weights, self.live = weights, live
        self.labels = improved(weights, np.arange(n) if start is None else start)
        self.value = value(weights, self.labels)
        self.solves_left = MOST_EFFORT // len(live.masks)
        self.master = Master(n, m)
        self._buffer = np.empty_like(live.values)
        edges = np.argwhere(weights > 0)
        self.master.add(np.eye(n)[edges[:, 0]], np.eye(m)[edges[:, 1]], weights[tuple(edges.T)].astype(float))
        chosen = live.find(as_members(self.labels))
        values = live.values[chosen]
        served = (values == values.max(axis=0)) & (values > 0)
        # A column that two blocks serve equally well goes to the first.
        served &= np.cumsum(served, axis=0) == 1
        self._add(chosen[served.any(axis=1)], served[served.any(axis=1)].astype(float))

    def _add(self, blocks: NDArray[np.intp], columns: Real) -> None:
        weight = (self.live.values[blocks] * columns).sum(axis=1)
        self.master.add(self.live.bits[blocks], columns, weight)

    def run(self, *, only_root: bool) -> Found:
        """Best bound first; what is open when the limit is passed bounds the rest."""
        nodes: list[tuple[int, int, tuple[Pair, ...]]] = [(-int(self.weights.sum()), 0, ())]
        made = 0
        while nodes and -nodes[0][0] > self.value:
            bound, _, pairs = heapq.heappop(nodes)
            priced = self._node(pairs)
            if priced is None:
                return Found(self.labels, self.value, -bound)
            upper = floor(priced.value + TOLERANCE)
            # Where no pair is fractional, rounding has found the node's optimum.
            branch = self._most_fractional(priced)
            if upper <= self.value or branch is None:
                continue
            if only_root:
                return Found(self.labels, self.value, upper)
            for together in (True, False):
                made += 1
                heapq.heappush(nodes, (-upper, made, (*pairs, (*branch, together))))
        return Found(self.labels, self.value, self.value)

    def _node(self, pairs: tuple[Pair, ...]) -> Priced | None:
        """The node's programme with every column it needs; None when the limit is passed."""
        allowed = _agreeing(self.live.bits, pairs)
        self.master.allow(_agreeing(self.master.rows, pairs))
        while self.solves_left > 0:
            self.solves_left -= 1
            priced = self.master.solve()
            self._round(priced)
            blocks = self._promising(priced, allowed)
            if not blocks.size:
                return priced
            columns = self.live.values[blocks] > priced.column_prices
            self._add(blocks, columns.astype(float))
        return None

    def _promising(self, priced: Priced, allowed: NDArray[np.bool_]) -> NDArray[np.intp]:
        """The blocks of largest positive reduced cost, each with the columns that pay for it."""
        np.subtract(self.live.values, priced.column_prices, out=self._buffer)
        np.maximum(self._buffer, 0, out=self._buffer)
        gain = self._buffer.sum(axis=1) - self.live.bits @ priced.row_prices
        gain[~allowed] = 0
        positive = np.flatnonzero(gain > TOLERANCE)
        return positive[np.argsort(-gain[positive], kind="stable")[:NEW_COLUMNS]]

    def _round(self, priced: Priced) -> None:
        """Take disjoint blocks in order of x, every column where it weighs most; keep it if it is better."""
        taken = np.flatnonzero(priced.x > TOLERANCE)
        n = len(self.weights)
        labels, free = np.arange(n), np.ones(n, dtype=bool)
        for column in taken[np.argsort(-priced.x[taken], kind="stable")]:
            rows = self.master.rows[column] > 0
            if free[rows].all():
                free[rows] = False
                labels[rows] = np.flatnonzero(rows)[0]
        if (rounded := value(self.weights, labels)) > self.value:
            self.labels, self.value = labels, rounded

    def _most_fractional(self, priced: Priced) -> tuple[int, int] | None:
        """The pair of rows of which it is least clear whether they belong together."""
        together = np.triu((self.master.rows.T * priced.x) @ self.master.rows, k=1)
        distance = np.abs(together - 0.5)
        row, other = divmod(int(distance.argmin()), len(distance))
        return None if distance[row, other] > 0.5 - TOLERANCE else (row, other)


def _agreeing(bits: Real, pairs: tuple[Pair, ...]) -> NDArray[np.bool_]:
    """Which blocks hold both or none of the rows that must be together, and not both of the others."""
    agrees = np.ones(len(bits), dtype=bool)
    for row, other, together in pairs:
        if together:
            agrees &= bits[:, row] == bits[:, other]
        else:
            agrees &= bits[:, row] + bits[:, other] < 2
    return agrees
