"""Maps of the X-features for DEFECTIVE on held-out tiles: where they point and how far they differ."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import torch
from demo.results import Alikeness, Pointing
from demo.tiles import PREPROCESSING, Tile
from PIL import Image
from torch import Tensor
from torch.nn import functional as F

from glossator_worker.explain.excitation_backprop import ExcitationBackprop
from glossator_worker.explain.pointing import centre_hits, hits, random_hits
from glossator_worker.explain.xnn import XNNs
from glossator_worker.networks.tile_grid import GRID, START, STOP, TileGrid

TOLERANCES = (0.0, 0.5, 1.0)  # in cells of the map
CELLS = (GRID, GRID)
CLASS = 1  # DEFECTIVE
VARIANTS = ("plain", "contrastive")


def maps_of(network: TileGrid, xnns: XNNs, images: Tensor) -> dict[str, list[Tensor]]:
    """Per variant and image the maps (K, 16, 16) of its significant X-features for DEFECTIVE."""
    walk = ExcitationBackprop(network, start=START, stop=STOP)
    features = walk.forward_to_start(images)
    wanted = xnns.significant(features)[:, CLASS]
    top = xnns.top(features, CLASS, contrastive=True) * wanted[:, :, None, None]
    plain, contrastive = walk.both(images, top)
    return {
        variant: [maps[image][wanted[image]] for image in range(len(images))]
        for variant, maps in zip(VARIANTS, (plain.maps, contrastive.maps), strict=True)
    }


def judge_maps(
    network: TileGrid, xnns: XNNs, tiles: list[Tile], images: Tensor, numbers: list[int]
) -> tuple[list[Pointing], list[Alikeness]]:
    """Hold the maps of defective tiles with a mask against the masks.

    Args:
        network: in eval mode.
        xnns: of its two classes.
        tiles: the held-out defective tiles that have a mask.
        images: (B, 3, 256, 256), the same tiles as the network sees them.
        numbers: the tiles' indices in the bundle, for the record.
    """
    found = maps_of(network, xnns, images)
    pointing, alikeness = [], []
    for variant, per_tile in found.items():
        for place, (tile, number, maps) in enumerate(zip(tiles, numbers, per_tile, strict=True)):
            pointing += _points(variant, tile, number, maps, _of_others(tiles, per_tile, place))
            if len(maps) > 1:
                flat = F.normalize(maps.flatten(1), dim=1)
                pairs = [float(flat[i] @ flat[j]) for i, j in combinations(range(len(flat)), 2)]
                alikeness.append(Alikeness(number, variant, float(np.mean(pairs))))
    return pointing, alikeness


def _of_others(tiles: list[Tile], per_tile: list[Tensor], place: int) -> Tensor:
    """All maps of the tiles of other groups: whatever points at this tile's defect without having seen it."""
    group = tiles[place].row.group
    return torch.cat([maps for tile, maps in zip(tiles, per_tile, strict=True) if tile.row.group != group])


def _points(variant: str, tile: Tile, number: int, maps: Tensor, of_others: Tensor) -> list[Pointing]:
    mask = square_mask(tile)
    photograph = _photograph(tile)
    judged = [hits(maps, mask, tolerance=tolerance) for tolerance in TOLERANCES]
    other = [float(hits(of_others, mask, tolerance=tolerance).float().mean()) for tolerance in TOLERANCES]
    centre = [centre_hits(mask, CELLS, tolerance=tolerance) for tolerance in TOLERANCES]
    chance = [random_hits(mask, CELLS, tolerance=tolerance, within=photograph) for tolerance in TOLERANCES]
    return [
        Pointing(
            tile=number,
            variant=variant,
            hit=[bool(of_tolerance[index]) for of_tolerance in judged],
            other=other,
            centre=centre,
            chance=chance,
            lost=not bool((maps[index] > 0).any()),
        )
        for index in range(len(maps))
    ]


def square_mask(tile: Tile) -> Tensor:
    """(256, 256) bool: the mask as it lies in the network's square."""
    return torch.from_numpy(np.asarray(PREPROCESSING.mask(Image.fromarray(tile.mask * np.uint8(255)))) > 0)


def _photograph(tile: Tile) -> Tensor:
    """(256, 256) bool: the square without its padding."""
    whole = Image.fromarray(np.full_like(tile.mask, 255))
    return torch.from_numpy(np.asarray(PREPROCESSING.mask(whole)) > 0)
