"""Subsets and set partitions of few things, as bit masks in cached tables."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray


def as_bits(masks: NDArray[np.int64], n: int) -> NDArray[np.float64]:
    """(L, n) 1.0 where the mask holds the thing; real numbers, for products with tables of weights."""
    return (masks[:, None] >> np.arange(n) & 1).astype(np.float64)


@cache
def all_subsets(n: int) -> NDArray[np.float64]:
    """(2**n, n) the bits of every mask, the empty one first."""
    bits = as_bits(np.arange(1 << n, dtype=np.int64), n)
    bits.flags.writeable = False
    return bits


@cache
def set_partitions(n: int) -> NDArray[np.int64]:
    """(n, Bell(n)) masks of the blocks of every partition of n things, filled up with empty ones."""
    partitions: list[list[int]] = [[]]
    for thing in range(n):
        bit = 1 << thing
        partitions = [
            [*blocks[:slot], blocks[slot] | bit, *blocks[slot + 1 :]]
            if slot < len(blocks)
            else [*blocks, bit]
            for blocks in partitions
            for slot in range(len(blocks) + 1)
        ]
    table = np.zeros((n, len(partitions)), dtype=np.int64)
    for index, blocks in enumerate(partitions):
        table[: len(blocks), index] = blocks
    table.flags.writeable = False
    return table
