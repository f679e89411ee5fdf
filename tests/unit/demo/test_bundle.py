"""The demo's bundle: what it holds, how it is split, and how it was shrunk."""

from __future__ import annotations

import io
import zipfile
from collections import Counter

import numpy as np
import pytest
from demo.bundle import BUNDLE, LONG_SIDE, folds_by_group, mask_png, shrink
from demo.tiles import Tile, folds, read_tiles
from PIL import Image


@pytest.fixture(scope="module")
def tiles() -> list[Tile]:
    return read_tiles()


def test_the_bundle_holds_every_tile_once_and_stays_under_ten_megabytes(tiles: list[Tile]) -> None:
    assert BUNDLE.stat().st_size < 10_000_000
    assert len({tile.row.file for tile in tiles}) == 1344
    assert Counter(tile.row.fine_label for tile in tiles) == {
        "Blowhole": 115,
        "Break": 85,
        "Crack": 57,
        "Fray": 32,
        "Uneven": 103,
        "Free": 952,
    }
    assert Counter(tile.row.label for tile in tiles) == {"DEFECTIVE": 392, "NOT DEFECTIVE": 952}


def test_every_listed_file_is_there_and_no_other() -> None:
    with zipfile.ZipFile(BUNDLE) as archive:
        names = set(archive.namelist())
    listed = [tile.row for tile in read_tiles()]
    assert names == {row.file for row in listed} | {row.mask for row in listed if row.mask} | {"index.csv"}


def test_the_folders_are_label_and_kind(tiles: list[Tile]) -> None:
    for tile in tiles:
        assert tile.row.file.startswith(f"{tile.row.label}/{tile.row.fine_label}/")


def test_all_defects_but_four_are_marked_and_no_free_tile_is(tiles: list[Tile]) -> None:
    unmarked = {tile.row.file.split("/")[-1] for tile in tiles if tile.defective and not tile.mask.any()}
    assert unmarked == {
        "exp3_num_45042.jpg",
        "exp4_num_124690.jpg",
        "exp4_num_352527.jpg",
        "exp4_num_45057.jpg",
    }
    assert not any(tile.mask.any() for tile in tiles if not tile.defective)
    assert all(bool(tile.row.mask) == bool(tile.mask.any()) for tile in tiles)


def test_a_mask_has_its_photographs_size_and_none_is_longer_than_agreed(tiles: list[Tile]) -> None:
    for tile in tiles:
        assert tile.picture.shape == tile.mask.shape
        assert max(tile.picture.shape) <= LONG_SIDE


def test_no_group_is_on_both_sides_of_the_split(tiles: list[Tile]) -> None:
    train, test = ({tile.row.group for tile in tiles if tile.row.split == side} for side in ("train", "test"))
    assert len(train) + len(test) == 224
    assert train.isdisjoint(test)


def test_the_split_is_the_fold_with_the_most_of_its_rarest_kind(tiles: list[Tile]) -> None:
    fold_of = folds(tiles)
    rarest = [
        min(
            sum(tile.row.fine_label == kind for tile, own in zip(tiles, fold_of, strict=True) if own == fold)
            for kind in ("Blowhole", "Break", "Crack", "Fray", "Uneven")
        )
        for fold in range(5)
    ]
    chosen = int(np.argmax(rarest))
    assert {tile.row.split for tile, own in zip(tiles, fold_of, strict=True) if own == chosen} == {"test"}
    assert {tile.row.split for tile, own in zip(tiles, fold_of, strict=True) if own != chosen} == {"train"}
    assert sum(tile.row.split == "test" for tile in tiles) == 269


def test_a_group_lies_in_one_fold_and_every_image_in_some() -> None:
    groups = [str(number // 3) for number in range(60)]
    labels = ["DEFECTIVE" if number % 6 < 3 else "NOT DEFECTIVE" for number in range(60)]
    fold_of = folds_by_group(labels, groups)
    assert set(fold_of) == {0, 1, 2, 3, 4}
    assert len(set(zip(groups, fold_of, strict=True))) == 20


def test_a_long_side_is_scaled_to_the_bound_and_a_short_picture_stays() -> None:
    scaled = shrink(Image.new("L", (400, 200)), Image.Resampling.LANCZOS)
    assert scaled.size == (288, 144)
    small = Image.new("L", (288, 30))
    assert shrink(small, Image.Resampling.LANCZOS) is small


def test_a_mask_stays_where_its_defect_is() -> None:
    marked = np.zeros((400, 200), np.uint8)
    marked[100:200, 50:100] = 255
    png = mask_png(Image.fromarray(marked))
    assert png is not None
    shrunk = np.asarray(Image.open(io.BytesIO(png)))
    rows, columns = np.nonzero(shrunk)
    assert shrunk.shape == (288, 144)
    assert (rows.min(), rows.max() + 1, columns.min(), columns.max() + 1) == (72, 144, 36, 72)


def test_an_empty_mask_is_left_out() -> None:
    assert mask_png(Image.new("1", (300, 400))) is None
