"""Several values in one: minimum, mean, deviation and maximum; macro and pooled averages."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence

from glossator.agreement.results import Average, Mean, Ratio, Summary

NO_VALUE = "no defined value"
ONE_VALUE = "fewer than two defined values"


def mean(values: Iterable[float | None]) -> Mean:
    """The plain mean of the defined values; the others are counted."""
    everything = list(values)
    defined = [value for value in everything if value is not None]
    average = statistics.fmean(defined) if defined else None
    return Mean(average, len(defined), len(everything) - len(defined))


def summary(values: Iterable[float | None]) -> Summary:
    """Extremes, mean and sample deviation of the defined values; the others are counted."""
    everything = list(values)
    defined = [value for value in everything if value is not None]
    undefined = len(everything) - len(defined)
    if not defined:
        return Summary(0, undefined, None, None, None, None, NO_VALUE)
    average = statistics.fmean(defined)
    if len(defined) == 1:
        return Summary(1, undefined, average, average, average, None, ONE_VALUE)
    spread = statistics.stdev(defined)
    return Summary(len(defined), undefined, min(defined), average, max(defined), spread)


def average(ratios: Sequence[Ratio], reason: str) -> Average:
    """Mean of the defined ratios, and the ratio of the sums; `reason` says what it means that these are 0."""
    pooled = Ratio.of(sum(ratio.k for ratio in ratios), sum(ratio.n for ratio in ratios), reason)
    return Average(mean(ratio.value for ratio in ratios), pooled)
