"""Maps as they are stored: one byte a cell, and the value that 255 stands for."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class StoredMap:
    """An 8-bit map, row by row; `scale` is its largest value, 0 for an empty map."""

    cells: bytes
    scale: float


def stored(values: NDArray[np.floating]) -> StoredMap:
    """Store a map (height, width) of values >= 0 as round(255 · value / maximum)."""
    scale = float(values.max())
    if not scale >= 0 or not np.isfinite(scale) or values.min() < 0:
        raise AssertionError("a map has values that are finite and not negative")
    if scale == 0:
        return StoredMap(bytes(values.size), 0.0)
    return StoredMap(np.rint(255 * (values / scale)).astype(np.uint8).tobytes(), scale)


def restored(cells: bytes, scale: float, *, height: int, width: int) -> NDArray[np.float64]:
    """Give the values (height, width) of a stored map, each within scale / 510 of what was stored."""
    return grey(cells, height=height, width=width).astype(np.float64) * (scale / 255)


def grey(cells: bytes, *, height: int, width: int) -> NDArray[np.uint8]:
    """Give the bytes of a stored map as (height, width)."""
    return np.frombuffer(cells, np.uint8).reshape(height, width)
