"""Augmented views of the tiles: turned, mirrored, cropped, under another light."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from demo.tiles import Pixels, Tile
from PIL import Image, ImageFilter

SHORTEST_CROP = 0.7  # of a side
KEPT_SHARE = 0.5  # a crop keeps at least this share of a marked defect
TRIES = 10


@dataclass(frozen=True)
class View:
    picture: Pixels
    mask: Pixels


def view(tile: Tile, index: int, copy: int) -> View:
    """View number `copy` of the tile at `index`, always the same; number 0 is the tile itself.

    A defect without a mask is never cropped: it might be cut away.
    """
    if copy == 0:
        return View(tile.picture, tile.mask)
    rng = np.random.default_rng((copy, index))
    whole = _turned(View(tile.picture, tile.mask), rng)
    part = _cropped(whole, rng) if tile.mask.any() or not tile.defective else whole
    return View(_relit(part.picture, rng), part.mask)


def _turned(whole: View, rng: np.random.Generator) -> View:
    """One of the eight turns and mirrorings."""
    turns, mirrored = int(rng.integers(4)), bool(rng.integers(2))
    arrays = [np.rot90(array, turns) for array in (whole.picture, whole.mask)]
    return View(*(np.fliplr(array) if mirrored else array for array in arrays))


def _cropped(whole: View, rng: np.random.Generator) -> View:
    """Part of each side; the whole if every try loses the defect."""
    height, width = whole.picture.shape
    for _ in range(TRIES):
        h, w = (round(side * rng.uniform(SHORTEST_CROP, 1)) for side in (height, width))
        top, left = int(rng.integers(height - h + 1)), int(rng.integers(width - w + 1))
        part = (slice(top, top + h), slice(left, left + w))
        if whole.mask[part].sum() >= KEPT_SHARE * whole.mask.sum():
            return View(whole.picture[part], whole.mask[part])
    return whole


def _relit(picture: Pixels, rng: np.random.Generator) -> Pixels:
    """Another gamma, a slope of light across the tile, and a little blur, or noise, or neither."""
    height, width = picture.shape
    slope = rng.uniform(-0.15, 0.15) * np.linspace(-1, 1, height)[:, None]
    slope = slope + rng.uniform(-0.15, 0.15) * np.linspace(-1, 1, width)[None]
    lit = 255 * (picture / 255) ** np.exp(rng.uniform(-0.4, 0.4)) * (1 + slope)
    match int(rng.integers(3)):
        case 0:
            blur = ImageFilter.GaussianBlur(rng.uniform(0.3, 1.0))
            return np.asarray(Image.fromarray(_pixels(lit)).filter(blur))
        case 1:
            return _pixels(lit + rng.normal(0, rng.uniform(0.5, 4), lit.shape))
        case _:
            return _pixels(lit)


def _pixels(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Pixels:
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)
