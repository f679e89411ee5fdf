"""Krippendorff's alpha of named / not named, and how it varies with other images.

Nominal, units = activations, raters = annotators (Krippendorff, Content Analysis). With k of m raters naming
a unit, n = sum of m over units with at least two raters, n1 = sum of k, n0 = n - n1:

    alpha = 1 - (n - 1) * sum of 2 k (m - k) / (m - 1) / (2 n1 n0)

so that everything follows from three sums, and a resample of images from the sums of each image.
"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from glossator.agreement.cleaning import CleanNaming, named_by, seen_by
from glossator.agreement.namings import Codes
from glossator.agreement.results import AlphaInterval, NamedAlpha, Ratio

ONE_VALUE = "one value only"
ONE_ANNOTATOR = "fewer than two annotators"
NOTHING_SHARED = "nothing seen by two annotators"
ONE_IMAGE = "one image"
TOO_MANY_UNDEFINED = "more than 5 % of the resamples are undefined"

LARGEST_UNDEFINED_SHARE = 0.05
_PURPOSE = 3
_BLOCK = 4_000_000
"""Draws held at once; a block of resamples, whatever the number of images."""

Sums = NDArray[np.float64]
"""(..., 3): values (n), values that name (n1), disagreement."""


def named_alpha(
    class_name: str,
    namings: Sequence[CleanNaming],
    image_of: Codes,
    n_images: int,
    bootstrap: int,
    seed: int,
) -> NamedAlpha:
    """Alpha of a class with its interval.

    Args:
        class_name: decides the draws, together with the seed.
        namings: one per annotator.
        image_of: (A,) image of each activation.
        n_images: images of the class.
        bootstrap: resamples; 0 gives no interval.
        seed: of the study.
    """
    raters, naming_it = seen_by(namings).sum(axis=0), named_by(namings).sum(axis=0)
    paired = raters >= 2
    m, k = raters[paired], naming_it[paired]
    pairs, equal = m * (m - 1) // 2, (k * (k - 1) + (m - k) * (m - k - 1)) // 2
    disagreement = 2 * k * (m - k) / np.maximum(m - 1, 1)
    by_image = np.zeros((n_images, 3))
    np.add.at(by_image, image_of[paired], np.stack([m, k, disagreement], axis=1))
    value, reason = _alpha_or_reason(by_image.sum(axis=0), len(namings))
    interval = None
    if bootstrap and value is not None:
        interval = bootstrap_interval(by_image, bootstrap, _generator(seed, class_name))
    return NamedAlpha(
        value=value,
        reason=reason,
        n_units=len(image_of),
        n_annotators=len(namings),
        equal_pairs=Ratio.of(int(equal.sum()), int(pairs.sum()), reason or NOTHING_SHARED),
        named=Ratio.of(int(naming_it.sum()), int(raters.sum()), NOTHING_SHARED),
        interval=interval,
    )


def _generator(seed: int, class_name: str) -> np.random.Generator:
    return np.random.default_rng([seed, _PURPOSE, crc32(class_name.encode())])


def _alpha_or_reason(sums: Sums, n_annotators: int) -> tuple[float | None, str | None]:
    n, n1, _ = sums
    if n_annotators < 2:
        return None, ONE_ANNOTATOR
    if n == 0:
        return None, NOTHING_SHARED
    if n1 in (0, n):
        return None, ONE_VALUE
    return float(alphas(sums)), None


def alphas(sums: Sums) -> NDArray[np.float64]:
    """(...,) alpha for each triple of sums; NaN where only one value occurs."""
    n, n1, disagreement = sums[..., 0], sums[..., 1], sums[..., 2]
    with np.errstate(divide="ignore", invalid="ignore"):
        value = 1 - (n - 1) * disagreement / (2 * n1 * (n - n1))
    return np.where(n1 * (n - n1) > 0, value, np.nan)


def bootstrap_interval(by_image: Sums, resamples: int, rng: np.random.Generator) -> AlphaInterval:
    """Expanded percentile interval from resampled images with all their activations.

    Undefined resamples are drawn again, one after the other, and counted.

    Args:
        by_image: (K, 3) sums of each image, images sorted by id.
        resamples: number of resamples.
        rng: gives a (resamples, K) matrix of draws at first, then a row for each undefined resample.
    """
    count = len(by_image)
    if count < 2:
        return AlphaInterval(count, resamples, 0, None, None, ONE_IMAGE)
    values = alphas(_resampled(by_image, resamples, rng))
    undefined = np.flatnonzero(np.isnan(values))
    redrawn, most = len(undefined), LARGEST_UNDEFINED_SHARE * resamples
    for position in undefined:
        while redrawn <= most and np.isnan(values[position]):
            values[position] = alphas(_resampled(by_image, 1, rng))[0]
            redrawn += int(np.isnan(values[position]))
    if redrawn > most:
        return AlphaInterval(count, resamples, redrawn, None, None, TOO_MANY_UNDEFINED)
    tail = expanded_tail(count)
    low, high = np.quantile(values, [tail, 1 - tail])
    return AlphaInterval(count, resamples, redrawn, float(low), float(high))


def _resampled(by_image: Sums, resamples: int, rng: np.random.Generator) -> Sums:
    """(B, 3) sums of each resample: how often each image was drawn, times its sums.

    Drawn a block at a time, which takes the same numbers from the generator as one (B, K) matrix.
    """
    count = len(by_image)
    sums = np.empty((resamples, 3))
    step = max(1, _BLOCK // count)
    for begin in range(0, resamples, step):
        draws = rng.integers(0, count, (min(step, resamples - begin), count))
        cells = draws + np.arange(len(draws))[:, None] * count
        times = np.bincount(cells.ravel(), minlength=draws.size).reshape(draws.shape)
        sums[begin : begin + step] = times @ by_image
    return sums


def expanded_tail(count: int) -> float:
    """The share left out at each end so that percentiles of `count` resampled things are wide enough.

    Phi(sqrt(K / (K - 1)) t(0.025, K - 1)): 0.01386 for 16, 0.025 for many.
    """
    from scipy.special import ndtr, stdtrit  # noqa: PLC0415 - slow to load, needed for intervals only

    return float(ndtr(np.sqrt(count / (count - 1)) * stdtrit(count - 1, 0.025)))
