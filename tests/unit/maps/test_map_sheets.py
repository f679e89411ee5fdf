"""Sprite sheets: where a tile lies, and that it is there."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from glossator.maps.sheets import (
    LARGE_TILE,
    MANY_MAPS,
    SMALL_TILE,
    Layout,
    map_layout,
    map_sheet,
    photograph_layout,
    photograph_sheet,
    picture_file,
)


def test_places_fill_rows_then_sheets() -> None:
    layout = Layout(tile=10, columns=3, capacity=6)
    assert [layout.corner(place) for place in (0, 2, 3, 5, 6, 13)] == [
        (0, 0, 0),
        (0, 20, 0),
        (0, 0, 10),
        (0, 20, 10),
        (1, 0, 0),
        (2, 10, 0),
    ]


def test_a_last_sheet_is_as_high_as_its_tiles_need() -> None:
    layout = Layout(tile=10, columns=3, capacity=6)
    assert [layout.size(tiles) for tiles in (1, 3, 4, 6)] == [(30, 10), (30, 10), (30, 20), (30, 20)]
    assert [layout.sheets(count) for count in (0, 1, 6, 7, 12, 13)] == [0, 1, 1, 2, 2, 3]


@given(st.integers(1, 400), st.integers(1, 300), st.integers(1, 300))
def test_no_two_tiles_of_a_sheet_overlap_and_all_lie_inside(count: int, height: int, width: int) -> None:
    layout = map_layout(height=height, width=width)
    corners = [layout.corner(place) for place in range(count)]
    assert len(set(corners)) == count
    for number, x, y in corners:
        here = min(layout.capacity, count - number * layout.capacity)
        across, down = layout.size(here)
        assert x + layout.tile <= across and y + layout.tile <= down


@pytest.mark.parametrize(
    ("side", "count", "tile"),
    [
        (256, 170, LARGE_TILE),
        (224, MANY_MAPS, SMALL_TILE),
        (32, 170, 32),
        (128, 5000, SMALL_TILE),
    ],
)
def test_photographs_are_crisp_but_never_enlarged(side: int, count: int, tile: int) -> None:
    assert photograph_layout(count=count, side=side).tile == tile


def test_maps_of_16_cells_take_one_sheet_for_a_whole_class() -> None:
    layout = map_layout(height=16, width=16)
    assert (layout.tile, layout.columns, layout.capacity) == (16, 64, 4096)


def test_a_map_sheet_gives_back_the_cells_bit_by_bit_also_of_maps_that_are_not_square() -> None:
    maps = [np.random.default_rng(number).integers(0, 256, (3, 5), dtype=np.uint8) for number in range(7)]
    layout = Layout(tile=5, columns=3, capacity=9)
    sheet = Image.open(io.BytesIO(map_sheet(layout, maps)))
    assert (sheet.format, sheet.mode, sheet.size) == ("PNG", "L", (15, 15))
    pixels = np.asarray(sheet)
    for place, cells in enumerate(maps):
        _, x, y = layout.corner(place)
        assert np.array_equal(pixels[y : y + 3, x : x + 5], cells)


def test_photographs_are_scaled_to_their_tile() -> None:
    halves = Image.new("RGB", (64, 64), (250, 10, 10))
    halves.paste((10, 10, 250), (0, 32, 64, 64))
    layout = Layout(tile=32, columns=2, capacity=4)
    plain = Image.new("RGB", (64, 64), (10, 250, 10))
    sheet = Image.open(io.BytesIO(photograph_sheet(layout, [plain, halves]))).convert("RGB")
    assert sheet.size == (64, 32)
    assert sheet.getpixel((16, 16)) == (10, 250, 10)
    assert sheet.getpixel((48, 5)) == (250, 10, 10)
    assert sheet.getpixel((48, 27)) == (10, 10, 250)


def test_a_tiny_picture_is_kept_without_loss() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (32, 32, 3), dtype=np.uint8)
    again = Image.open(io.BytesIO(picture_file(Image.fromarray(pixels)))).convert("RGB")
    assert np.array_equal(np.asarray(again), pixels)
