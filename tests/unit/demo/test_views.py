"""Augmented views keep what the labels say: a defect stays, and a view is always the same."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from demo.bundle import DEFECTIVE, NOT_DEFECTIVE, Row
from demo.tiles import Tile, marked_share, network_input
from demo.views import KEPT_SHARE, view


def made_tile(*, label: str, marked: bool) -> Tile:
    picture = np.random.default_rng(0).integers(40, 200, (60, 90), dtype=np.uint8)
    mask = np.zeros((60, 90), np.uint8)
    if marked:
        mask[2:6, 80:88] = 1
    return Tile(Row("a.jpg", label, "Crack", "1", "1", "m.png" if marked else "", "train"), picture, mask)


def test_view_number_zero_is_the_tile_itself() -> None:
    tile = made_tile(label=DEFECTIVE, marked=True)
    assert view(tile, 7, 0).picture is tile.picture


def test_a_view_is_the_same_each_time_and_differs_from_the_next() -> None:
    tile = made_tile(label=DEFECTIVE, marked=True)
    first, again, other = view(tile, 7, 1), view(tile, 7, 1), view(tile, 7, 2)
    assert np.array_equal(first.picture, again.picture)
    assert first.picture.shape != other.picture.shape or not np.array_equal(first.picture, other.picture)


@pytest.mark.parametrize("copy", range(1, 30))
def test_no_view_loses_a_marked_defect(copy: int) -> None:
    tile = made_tile(label=DEFECTIVE, marked=True)
    seen = view(tile, 0, copy)
    assert seen.picture.shape == seen.mask.shape
    assert seen.mask.sum() >= KEPT_SHARE * tile.mask.sum()


@pytest.mark.parametrize("copy", range(1, 10))
def test_a_defect_without_a_mask_is_never_cropped(copy: int) -> None:
    tile = made_tile(label=DEFECTIVE, marked=False)
    assert sorted(view(tile, 0, copy).picture.shape) == [60, 90]


def test_a_free_tile_is_cropped_in_some_view() -> None:
    tile = made_tile(label=NOT_DEFECTIVE, marked=False)
    assert any(view(tile, 0, copy).picture.size < tile.picture.size for copy in range(1, 5))


def test_the_network_sees_the_whole_tile_evened_out() -> None:
    tile = np.repeat(np.array([100, 200], np.uint8), 64)[None].repeat(64, 0)  # 64 high, 128 wide
    seen = network_input(tile)
    assert seen.shape == (3, 256, 256)
    assert torch.allclose(seen[:, :, :120], torch.tensor(-0.5), atol=0.01)
    assert torch.allclose(seen[:, :, 136:], torch.tensor(0.5), atol=0.01)


def test_another_exposure_of_the_same_tile_looks_the_same() -> None:
    dark = np.random.default_rng(0).integers(20, 80, (64, 64)).astype(np.uint8)
    assert torch.allclose(network_input(dark), network_input(3 * dark + 5), atol=0.05)


def test_the_marked_share_of_a_cell_is_that_of_its_pixels() -> None:
    mask = np.zeros((256, 256), np.uint8)
    mask[0:8, 16:32] = 1  # the upper half of the second cell of sixteen
    share = marked_share(mask, 16)
    assert share[0, 1] == 0.5
    assert share.sum() == 0.5
