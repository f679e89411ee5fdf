"""Bicliques of graphs that are too large and too dense: the best that was found, and what bounds it."""

from __future__ import annotations

import numpy as np

from glossator.agreement.intersection import Weights
from glossator.agreement.matchings.branch_and_price import Found, search
from glossator.agreement.matchings.cut_bound import cut_bound
from glossator.agreement.matchings.live_blocks import MOST_ROWS, effort, live_blocks
from glossator.agreement.matchings.local_search import improved, kicked, value

MOST_PART_EFFORT = 2**16
"""Largest effort of a part that the split bound prices."""
KICKS = 60


def priced(weights: Weights) -> Found:
    """The best partition of the rows, with the smallest of the bounds where it is not proven the best."""
    live = live_blocks(weights)
    results = [search(weights, live)] if live else []
    if not any(found.value == found.upper for found in results):
        results.append(_split(weights))
    best = max(results, key=lambda found: found.value)
    upper = min(found.upper for found in results)
    if best.value < upper:
        upper = min(upper, cut_bound(weights, 2))
    return Found(best.labels, best.value, upper)


def _split(weights: Weights) -> Found:
    """Cut the rows, in canonical order, into parts small enough to price, and add what is found.

    The bounds of the parts add up to a bound, as a matching restricted to some rows is a matching.
    """
    labels, upper, begin = np.arange(len(weights)), 0, 0
    while begin < len(weights):
        found = _first_part(weights[begin:])
        end = begin + len(found.labels)
        labels[begin:end] = begin + found.labels
        upper += found.upper
        begin = end
    best = max(
        (improved(weights, start) for start in (labels, np.arange(len(weights)))),
        key=lambda partition: value(weights, partition),
    )
    best = kicked(weights, best, KICKS)
    return Found(best, value(weights, best), upper)


def _first_part(weights: Weights) -> Found:
    """As many of the first rows as can be priced; one row always can."""
    size, largest = 1, min(len(weights), MOST_ROWS)
    while size < largest and effort(weights[: size + 1]) <= MOST_PART_EFFORT:
        size += 1
    live = live_blocks(weights[:size])
    assert live is not None, "the effort is larger than the number of live blocks"  # noqa: S101 - for the types
    return search(weights[:size], live, only_root=True)
