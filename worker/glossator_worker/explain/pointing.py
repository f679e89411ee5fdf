"""The pointing game: does a map's maximum lie on what a mask shows?

A map of (h, w) cells is enlarged bilinearly (`align_corners=False`) to the mask's (H, W) pixels; its maximum,
the first in row order where several are equal, has to lie inside the mask. With a tolerance of t cells it may
lie beside the
mask: some pixel of the mask is then at most t · H/h rows and at most t · W/w columns away from it, both
    counted from pixel centre to pixel centre. A tolerance of 0 is the exact game, 0.5 is half a cell. A map
    without any positive value points nowhere and misses.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray
from torch import Tensor
from torch.nn import functional as F

from glossator_worker.explain.refusal import Refusal


@dataclass(frozen=True)
class Interval:
    """A percentile interval; both ends are None where it is undefined, for the `reason` given."""

    low: float | None
    high: float | None
    reason: str | None = None


def maxima(maps: Tensor, size: tuple[int, int]) -> Tensor:
    """Where enlarged maps are largest.

    Args:
        maps: (K, h, w), ≥ 0.
        size: (H, W) to enlarge to.

    Returns:
        (K, 2) int64: row and column of the first maximum in row order.
    """
    if maps.ndim != 3 or 0 in maps.shape[1:]:
        raise Refusal(f"maps must have the shape (K, h, w), not {tuple(maps.shape)}")
    if maps.shape[0] == 0:
        return maps.new_zeros(0, 2, dtype=torch.int64)
    enlarged = F.interpolate(maps.unsqueeze(1), size=size, mode="bilinear", align_corners=False)
    first = enlarged.flatten(1).argmax(1)
    return torch.stack([first // size[1], first % size[1]], dim=1)


def hits(maps: Tensor, mask: Tensor, *, tolerance: float = 0.0) -> Tensor:
    """Which maps point at the mask.

    Args:
        maps: (K, h, w), ≥ 0, of one image.
        mask: (H, W) bool, with at least one pixel.
        tolerance: in cells of the map.

    Returns:
        (K,) bool. False for a map of zeros, which is a miss.

    Raises:
        Refusal: wrong shapes, an empty mask, a negative tolerance.
    """
    places = maxima(maps, _size(mask))
    widened = _widen(mask, (maps.shape[1], maps.shape[2]), tolerance).to(maps.device)
    return widened[places[:, 0], places[:, 1]] & (maps.flatten(1) > 0).any(1)


def centre_hits(mask: Tensor, cells: tuple[int, int], *, tolerance: float = 0.0) -> bool:
    """Whether the image's centre, the pixel (H // 2, W // 2), is a hit; `cells` is the (h, w) of the maps."""
    height, width = _size(mask)
    return bool(_widen(mask, cells, tolerance)[height // 2, width // 2])


def random_hits(
    mask: Tensor, cells: tuple[int, int], *, tolerance: float = 0.0, within: Tensor | None = None
) -> float:
    """The probability that a uniformly drawn pixel is a hit, exactly; `cells` is the (h, w) of the maps.

    `within`, bool (H, W), are the pixels that are drawn from: a photograph without its padding. None for all.
    """
    widened = _widen(mask, cells, tolerance)
    drawn = torch.ones_like(mask) if within is None else within
    return int((widened & drawn).sum()) / int(drawn.sum())


def interval_by_group(
    values: ArrayLike,
    groups: ArrayLike,
    *,
    labels: ArrayLike | None = None,
    level: float = 0.95,
    resamples: int = 2000,
    seed: int = 0,
) -> Interval:
    """A bootstrap interval of a mean for values that come in groups, whole groups drawn.

    Args:
        values: (n,), for instance 1 for a hit and 0 for a miss.
        groups: (n,), what belongs together, for instance all photographs of one object.
        labels: (n,), to take the mean of the labels' means (macro) instead of the mean of all values
            (pooled). A label that a resample lacks is left out of that resample's mean.
        level: of the interval.
        resamples: how many times as many groups as there are, are drawn with replacement.
        seed: of the draws; the interval is the same for any order of the values.
    """
    numbers = np.asarray(values, dtype=np.float64)
    group_of, n_groups = _codes(groups)
    label_of, n_labels = _codes(np.zeros(len(numbers)) if labels is None else labels)
    if not len(numbers) == len(group_of) == len(label_of):
        raise Refusal(
            f"{len(numbers)} values, {len(group_of)} groups and {len(label_of)} labels do not belong together"
        )
    if n_groups < 2:
        return Interval(None, None, "fewer than two groups")
    sums, counts = np.zeros((n_groups, n_labels)), np.zeros((n_groups, n_labels))
    np.add.at(sums, (group_of, label_of), numbers)
    np.add.at(counts, (group_of, label_of), 1)
    draws = np.random.default_rng(seed).integers(0, n_groups, (resamples, n_groups))
    times = np.stack([np.bincount(draw, minlength=n_groups) for draw in draws])
    drawn = times @ counts
    means = np.divide(times @ sums, drawn, out=np.zeros_like(drawn), where=drawn > 0)
    estimates = means.sum(1) / (drawn > 0).sum(1)
    low, high = np.quantile(estimates, [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(low), float(high))


def _codes(names: ArrayLike) -> tuple[NDArray[np.intp], int]:
    distinct, codes = np.unique(np.asarray(names), return_inverse=True)
    return codes.reshape(-1), len(distinct)


def _size(mask: Tensor) -> tuple[int, int]:
    if mask.ndim != 2 or mask.dtype != torch.bool:
        raise Refusal(f"a mask must be bool of the shape (H, W), not {mask.dtype} of {tuple(mask.shape)}")
    if not bool(mask.any()):
        raise Refusal("the mask is empty; leave the image out of the pointing game")
    return mask.shape[0], mask.shape[1]


def _widen(mask: Tensor, cells: tuple[int, int], tolerance: float) -> Tensor:
    if not tolerance >= 0:
        raise Refusal(f"the tolerance must be 0 or more cells, not {tolerance}")
    # Whole pixels count; the small term keeps 0.1 · 30 from ending below 3.
    reach = [math.floor(tolerance * pixels / n + 1e-9) for pixels, n in zip(_size(mask), cells, strict=True)]
    padded = F.pad(mask.float(), (reach[1], reach[1], reach[0], reach[0]))
    # Rows, then columns: the same pixels at a thirtieth of the time.
    rows = F.max_pool2d(padded[None, None], (2 * reach[0] + 1, 1), stride=1)
    return F.max_pool2d(rows, (1, 2 * reach[1] + 1), stride=1)[0, 0] > 0
