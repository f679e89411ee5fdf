"""A good partition of the rows into bicliques, found by moving rows and merging blocks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glossator.agreement.intersection import Weights

Labels = NDArray[np.intp]
"""(n,) the slot, 0 ... n - 1, of the block that each row is in."""


class _Partition:
    """Blocks of rows in n slots, and what each column would weigh with each."""

    def __init__(self, weights: Weights, labels: Labels) -> None:
        n = len(weights)
        self.weights = weights
        self.strangers = (weights == 0).astype(np.int64)
        self.labels = labels.copy()
        member = (labels == np.arange(n)[:, None]).astype(np.int64)
        self.sizes = member.sum(axis=1)
        self.sums = member @ weights
        self.misses = member @ self.strangers

    @staticmethod
    def _worth(sums: Weights, misses: Weights) -> Weights:
        return np.where(misses == 0, sums, 0)

    @property
    def value(self) -> int:
        return int(self._worth(self.sums, self.misses).max(axis=0).sum())

    def _best_slot(self, rest: Weights, joined: Weights) -> tuple[int, Weights]:
        """The slot whose block is best replaced, and what every slot would give.

        Args:
            rest: (n, m) worth of the blocks without what is to be placed.
            joined: (n, m) worth of each block with it.
        """
        first = rest.argmax(axis=0)
        others = rest.copy()
        columns = np.arange(rest.shape[1])
        highest = rest[first, columns]
        others[first, columns] = 0
        without = np.where(first == np.arange(len(rest))[:, None], others.max(axis=0), highest)
        totals = np.maximum(without, joined).sum(axis=1)
        return int(totals.argmax()), totals

    def _shift(self, slot: int, sums: Weights, misses: Weights, size: int) -> None:
        self.sums[slot] += sums
        self.misses[slot] += misses
        self.sizes[slot] += size

    def move(self, row: int) -> bool:
        """Put the row where it is worth most; whether that is more than before."""
        home, sums, misses = self.labels[row], self.weights[row], self.strangers[row]
        self._shift(home, -sums, -misses, -1)
        rest = self._worth(self.sums, self.misses)
        slot, totals = self._best_slot(rest, self._worth(self.sums + sums, self.misses + misses))
        if better := bool(totals[slot] > totals[home]):
            self.labels[row] = slot
        self._shift(self.labels[row], sums, misses, 1)
        return better

    def merge(self, block: int) -> bool:
        """Join the block with the one where that is worth most; whether that is more than before."""
        if not self.sizes[block]:
            return False
        sums, misses, size = self.sums[block].copy(), self.misses[block].copy(), self.sizes[block]
        self._shift(block, -sums, -misses, -size)
        rest = self._worth(self.sums, self.misses)
        slot, totals = self._best_slot(rest, self._worth(self.sums + sums, self.misses + misses))
        if better := bool(totals[slot] > totals[block]):
            self.labels[self.labels == block] = slot
        else:
            slot = block
        self._shift(slot, sums, misses, size)
        return better


def improved(weights: Weights, labels: Labels) -> Labels:
    """Sweeps of single moves and of merges from this partition until neither helps."""
    partition = _Partition(weights, labels)
    while True:
        changes = [partition.move(row) for row in range(len(weights))]
        changes += [partition.merge(block) for block in range(len(weights))]
        if not any(changes):
            return partition.labels


def kicked(weights: Weights, labels: Labels, kicks: int) -> Labels:
    """Throw a fifth of the rows into random blocks, improve, keep what is no worse; so many times."""
    rng, n = np.random.default_rng(0), len(weights)
    best, highest = labels, value(weights, labels)
    for _ in range(kicks):
        thrown = rng.permutation(n)[: max(3, n // 5)]
        start = best.copy()
        start[thrown] = rng.integers(0, n, len(thrown))
        found = improved(weights, start)
        if (reached := value(weights, found)) >= highest:
            best, highest = found, reached
    return best


def value(weights: Weights, labels: Labels) -> int:
    """Weight of the bicliques of a partition."""
    return _Partition(weights, labels).value


def as_members(labels: Labels) -> NDArray[np.float64]:
    """(blocks, n) ones where the block holds the row, blocks by their slots."""
    return np.equal(labels, np.unique(labels)[:, None]).astype(np.float64)
