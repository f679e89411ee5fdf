"""The tiles of the bundle, in memory, and how the network is shown them."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from demo.bundle import BUNDLE, DEFECTIVE, Row, folds_by_group
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from glossator_worker.networks.architectures import architecture
from glossator_worker.networks.tile_grid import SIDE

PREPROCESSING = architecture("tile_grid").preprocessing
Pixels = NDArray[np.uint8]  # (h, w)


@dataclass(frozen=True)
class Tile:
    """One photograph, grey, with its mask; `mask` is 0 or 1 and all 0 where nothing is marked."""

    row: Row
    picture: Pixels
    mask: Pixels

    @property
    def defective(self) -> bool:
        return self.row.label == DEFECTIVE


def read_tiles(bundle: Path = BUNDLE) -> list[Tile]:
    """All tiles in the order of index.csv."""
    with zipfile.ZipFile(bundle) as archive:
        with archive.open("index.csv") as stream:
            rows = [Row(**item) for item in csv.DictReader(io.TextIOWrapper(stream, "utf-8", newline=""))]
        tiles = []
        for row in rows:
            picture = _grey(archive, row.file)
            mask = (_grey(archive, row.mask) > 0).astype(np.uint8) if row.mask else np.zeros_like(picture)
            tiles.append(Tile(row, picture, mask))
        return tiles


def _grey(archive: zipfile.ZipFile, name: str) -> Pixels:
    with archive.open(name) as stream, Image.open(stream) as picture:
        return np.asarray(picture.convert("L"))


def folds(tiles: list[Tile]) -> NDArray[np.int64]:
    """For each tile the fold by group that holds it out; that of TEST_FOLD is the bundle's test split."""
    return np.array(folds_by_group([tile.row.label for tile in tiles], [tile.row.group for tile in tiles]))


def network_input(picture: Pixels) -> Tensor:
    """(3, 256, 256): what the service, too, makes of the picture."""
    return PREPROCESSING.tensor(PREPROCESSING.picture(Image.fromarray(picture)))


def marked_share(mask: Pixels, cells: int) -> Tensor:
    """(cells, cells): the marked share of each cell of the network's square."""
    square = np.asarray(PREPROCESSING.mask(Image.fromarray(mask * np.uint8(255))), np.float32) / 255
    side = SIDE // cells
    return torch.from_numpy(square.reshape(cells, side, cells, side).mean((1, 3)))
