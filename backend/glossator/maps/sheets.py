"""Sprite sheets: how many tiles of which size stand on one, and its picture.

The tile of place p stands on sheet p // capacity, in row and column of p % capacity, row by row. A last
sheet is as high as its tiles need.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

LARGE_TILE = 208
"""A tile of 104 pixels, crisp on a screen with two device pixels to one."""

SMALL_TILE = 104
MANY_MAPS = 1000
"""From so many maps on, photographs take the small tile, so that a class's sheets stay decodable at once."""

_PHOTOGRAPH_COLUMNS = 8
_MAP_SHEET_SIDE = 1024
_SHARP_UP_TO = 64
_PHOTOGRAPH_QUALITY = 88
_PICTURE_QUALITY = 92


@dataclass(frozen=True)
class Layout:
    """Pixels of a square tile, tiles in a row, tiles on a full sheet."""

    tile: int
    columns: int
    capacity: int

    def sheets(self, count: int) -> int:
        """How many sheets so many tiles need."""
        return -(-count // self.capacity)

    def corner(self, place: int) -> tuple[int, int, int]:
        """Give the sheet of a place and the upper left pixel (x, y) of its tile."""
        number, within = divmod(place, self.capacity)
        row, column = divmod(within, self.columns)
        return number, column * self.tile, row * self.tile

    def size(self, tiles: int) -> tuple[int, int]:
        """Width and height of a sheet with so many tiles."""
        return self.columns * self.tile, -(-tiles // self.columns) * self.tile


def photograph_layout(*, count: int, side: int) -> Layout:
    """Layout of so many photographs of pictures of this side; a picture is never enlarged."""
    tile = min(side, LARGE_TILE if count < MANY_MAPS else SMALL_TILE)
    return Layout(tile, _PHOTOGRAPH_COLUMNS, _PHOTOGRAPH_COLUMNS**2)


def map_layout(*, height: int, width: int) -> Layout:
    """Layout of maps of so many cells: as many on a sheet as make a square of 1,024 pixels, 64 columns at
    most.
    """
    tile = max(height, width)
    columns = max(1, min(64, _MAP_SHEET_SIDE // tile))
    return Layout(tile, columns, columns**2)


def photograph_sheet(layout: Layout, pictures: Sequence[Image.Image]) -> bytes:
    """Draw the photographs of one sheet as WebP, without loss where tiles are tiny."""
    sheet = Image.new("RGB", layout.size(len(pictures)))
    for within, picture in enumerate(pictures):
        _, x, y = layout.corner(within)
        sheet.paste(_scaled(picture, layout.tile), (x, y))
    return _webp(sheet, sharp=layout.tile <= _SHARP_UP_TO, quality=_PHOTOGRAPH_QUALITY)


def map_sheet(layout: Layout, maps: Sequence[NDArray[np.uint8]]) -> bytes:
    """Draw the cells of one sheet's maps as an 8-bit grey PNG."""
    width, height = layout.size(len(maps))
    sheet = np.zeros((height, width), np.uint8)
    for within, cells in enumerate(maps):
        _, x, y = layout.corner(within)
        sheet[y : y + cells.shape[0], x : x + cells.shape[1]] = cells
    out = io.BytesIO()
    Image.fromarray(sheet).save(out, "PNG", optimize=True)
    return out.getvalue()


def picture_file(picture: Image.Image) -> bytes:
    """Write the picture as the network saw it as WebP, without loss where it is tiny."""
    return _webp(picture, sharp=picture.width <= _SHARP_UP_TO, quality=_PICTURE_QUALITY)


def _scaled(picture: Image.Image, tile: int) -> Image.Image:
    if picture.size == (tile, tile):
        return picture
    return picture.resize((tile, tile), Image.Resampling.LANCZOS)


def _webp(picture: Image.Image, *, sharp: bool, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", lossless=sharp, quality=quality, method=4)
    return out.getvalue()
