"""Indices of the similarity of two partitions: adjusted Rand, adjusted mutual information, V-measure.

Computed from the table of counts that the matchings need anyway. scikit-learn gives the same numbers (the
tests compare), but loading it takes longer than a whole study.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glossator.agreement.intersection import Weights
from glossator.agreement.results import Value

TOO_FEW = "fewer than two activations named by both"
TRIVIAL = "both namings are trivial"


def partition_indices(weights: Weights) -> tuple[Value, Value, Value]:
    """Adjusted Rand, adjusted mutual information (arithmetic mean) and V-measure.

    Args:
        weights: (n, m) activations by their concept in the one and the other naming.
    """
    rows, columns = weights.sum(axis=1), weights.sum(axis=0)
    rows, columns, n = rows[rows > 0], columns[columns > 0], int(weights.sum())
    if n < 2:
        return (undefined := Value(None, TOO_FEW)), undefined, undefined
    if len(rows) == len(columns) and len(rows) in (1, n):
        return (undefined := Value(None, TRIVIAL)), undefined, undefined
    cells = weights[weights > 0]
    entropies = _entropy(rows) + _entropy(columns)
    # One group tells nothing; elsewhere rounding may leave less than nothing.
    one_group = len(rows) == 1 or len(columns) == 1
    information = 0.0 if one_group else max(entropies - _entropy(cells), 0.0)
    expected = _expected_information(rows, columns, n)
    return (
        Value(_adjusted_rand(cells, rows, columns, n)),
        Value(_adjusted(information, expected, entropies / 2)),
        Value(min(2 * information / entropies, 1.0)),
    )


def _entropy(counts: NDArray[np.int64]) -> float:
    shares = counts / counts.sum()
    return float(-(shares * np.log(shares)).sum())


def _pairs(counts: NDArray[np.int64]) -> int:
    """Pairs of things that lie in the same cell."""
    return int((counts * (counts - 1)).sum()) // 2


def _adjusted_rand(
    cells: NDArray[np.int64], rows: NDArray[np.int64], columns: NDArray[np.int64], n: int
) -> float:
    """Hubert and Arabie 1985: pairs together in both, against their expectation with fixed margins."""
    expected = _pairs(rows) * _pairs(columns) / (n * (n - 1) / 2)
    return _adjusted(_pairs(cells), expected, (_pairs(rows) + _pairs(columns)) / 2)


def _adjusted(observed: float, expected: float, largest: float) -> float:
    """Corrected for chance; never over 1, whatever rounding does."""
    return min((observed - expected) / (largest - expected), 1.0)


def _expected_information(rows: NDArray[np.int64], columns: NDArray[np.int64], n: int) -> float:
    """Mean mutual information of random tables with these margins (Vinh, Epps and Bailey 2010, eq. 24a)."""
    log_factorial = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, n + 1)))])
    # Equal margins have equal terms.
    a, times_a = np.unique(rows, return_counts=True)
    b, times_b = np.unique(columns, return_counts=True)
    shared = np.arange(1, int(min(a.max(), b.max())) + 1)
    possible = (shared >= a[:, None, None] + b[None, :, None] - n) & (
        shared <= np.minimum(a[:, None, None], b[None, :, None])
    )
    i, j, k = np.nonzero(possible)
    ai, bj, nij = a[i], b[j], shared[k]
    f = log_factorial
    log_chance = (
        f[ai] + f[bj] + f[n - ai] + f[n - bj]
        - f[n] - f[nij] - f[ai - nij] - f[bj - nij] - f[n - ai - bj + nij]
    )  # fmt: skip
    terms = nij / n * np.log(n * nij / (ai * bj)) * np.exp(log_chance)
    return float((terms * times_a[i] * times_b[j]).sum())
