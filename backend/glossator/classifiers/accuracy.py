"""How often predictions are right, with intervals: pure."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

Z95 = 1.959963984540054
RESAMPLES = 2000


@dataclass(frozen=True)
class Interval:
    low: float
    high: float


@dataclass(frozen=True)
class Tally:
    """Of `n` images in one group (or in none) with this label and fine label, `k` were predicted right."""

    label: str
    fine_label: str | None
    group: str | None
    n: int
    k: int


@dataclass(frozen=True)
class Accuracy:
    """`k` of `n` right. `value` and `wilson` are none for n = 0; `by_group` where there are no two groups."""

    name: str
    n: int
    k: int
    value: float | None
    wilson: Interval | None
    groups: int
    by_group: Interval | None


def wilson(k: int, n: int, z: float = Z95) -> Interval:
    """Wilson's score interval for k of n (E. B. Wilson, 1927); n must be positive."""
    share = k / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low = 0.0 if k == 0 else centre - half
    return Interval(low, 1.0 if k == n else centre + half)


def by_group(
    counts: Sequence[tuple[int, int]], *, seed: int = 0, resamples: int = RESAMPLES
) -> Interval | None:
    """The 2.5 and 97.5 percentiles of k/n over groups drawn with replacement; `counts` are (k, n) per group.

    None for fewer than two groups. Images of one object resemble each other, so groups and not images are
    what was sampled.
    """
    if len(counts) < 2:
        return None
    table = np.asarray(counts, dtype=np.float64)
    drawn = np.random.default_rng(seed).multinomial(
        len(counts), np.full(len(counts), 1 / len(counts)), resamples
    )
    right, all_ = (drawn @ table).T
    low, high = np.percentile(right / all_, [2.5, 97.5])
    return Interval(float(low), float(high))


def accuracy(name: str, tallies: Sequence[Tally]) -> Accuracy:
    """Summed over tallies; images without a group are a group each when any image has one."""
    n, k = sum(each.n for each in tallies), sum(each.k for each in tallies)
    counts = _group_counts(tallies)
    return Accuracy(
        name=name,
        n=n,
        k=k,
        value=k / n if n else None,
        wilson=wilson(k, n) if n else None,
        groups=len(counts),
        by_group=by_group(counts),
    )


def _group_counts(tallies: Sequence[Tally]) -> list[tuple[int, int]]:
    if all(each.group is None for each in tallies):
        return []
    sums: dict[str, tuple[int, int]] = {}
    single: list[tuple[int, int]] = []
    for each in tallies:
        if each.group is None:
            single += [(1, 1)] * each.k + [(0, 1)] * (each.n - each.k)
        else:
            k, n = sums.get(each.group, (0, 0))
            sums[each.group] = (k + each.k, n + each.n)
    return [sums[name] for name in sorted(sums)] + single


def per_name(names: Sequence[str], tallies: Mapping[str, Sequence[Tally]]) -> list[Accuracy]:
    """One accuracy per name, in that order; a name without images has n = 0."""
    return [accuracy(name, tallies.get(name, ())) for name in names]
