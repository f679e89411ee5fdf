"""What the frozen trunk makes of every view of every tile: computed once, kept in a file (1.7 GB)."""

from __future__ import annotations

import copy
import hashlib
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from demo.bundle import BUNDLE
from demo.tiles import Tile, marked_share, network_input
from demo.views import view
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.fusion import fuse_conv_bn_eval

from glossator_worker.networks import tile_grid
from glossator_worker.networks.efficientnet_lite0 import SameConv2d
from glossator_worker.networks.tile_grid import GRID, TileGrid, Trunk, TrunkMaps

COPIES = 9  # the tile itself and eight augmented views
BATCH = 16
MARKED = 0.1  # share of a quarter of a cell from which the cell counts as defective: a hairline's


@dataclass(frozen=True)
class Features:
    """V views; `fine` and `coarse` in half precision as the trunk gives them.

    Attributes:
        fine: (V, 40, 32, 32).
        coarse: (V, 112, 16, 16).
        marked: (V, 16, 16) bool, the cells that hold part of a defect.
        tile: (V,) index of the tile; views of one copy number stand together, copy 0 first.
    """

    fine: Tensor
    coarse: Tensor
    marked: Tensor
    tile: Tensor

    def at(self, views: Tensor) -> TrunkMaps:
        """The trunk's maps of some views, in single precision and the layout that convolutions like best."""
        return TrunkMaps(
            *(
                maps[views].float().contiguous(memory_format=torch.channels_last)
                for maps in (self.fine, self.coarse)
            )
        )

    def views_of(self, tiles: NDArray[np.int64], *, plain: bool) -> Tensor:
        """Indices of the views of these tiles, ascending: of all views, or only of the tiles themselves."""
        wanted = torch.isin(self.tile, torch.from_numpy(tiles))
        if plain:
            wanted[int(self.tile.max()) + 1 :] = False
        return wanted.nonzero()[:, 0]


def features(tiles: list[Tile], network: TileGrid, folder: Path) -> Features:
    """The features of all views; from the file in `folder` if one holds the same pictures and views."""
    own = (Path(__file__).with_name(name) for name in ("views.py", "tiles.py", "features.py"))
    sources = [BUNDLE, *own, Path(tile_grid.__file__)]
    key = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]
    file = folder / f"features-{key}.safetensors"
    if not file.exists():
        computed = _compute(tiles, network)
        folder.mkdir(parents=True, exist_ok=True)
        half_done = file.with_suffix(".part")
        save_file(vars(computed), half_done)
        half_done.replace(file)
    return Features(**load_file(file))


def folded(trunk: Trunk) -> Trunk:
    """The same trunk with its norms folded into the convolutions before them: a third faster."""
    trunk = copy.deepcopy(trunk).eval()
    for parent in list(trunk.modules()):
        for (first_name, first), (second_name, second) in pairwise(list(parent.named_children())):
            if not isinstance(second, nn.BatchNorm2d):
                continue
            if isinstance(first, SameConv2d):
                first.conv = fuse_conv_bn_eval(first.conv, second)
            elif isinstance(first, nn.Conv2d):
                setattr(parent, first_name, fuse_conv_bn_eval(first, second))
            setattr(parent, second_name, nn.Identity())
    return trunk


def _compute(tiles: list[Tile], network: TileGrid) -> Features:
    start = time.monotonic()
    wanted = [(copy, index) for copy in range(COPIES) for index in range(len(tiles))]
    fine = torch.empty(len(wanted), 40, 2 * GRID, 2 * GRID, dtype=torch.float16)
    coarse = torch.empty(len(wanted), 112, GRID, GRID, dtype=torch.float16)
    marked = torch.empty(len(wanted), GRID, GRID, dtype=torch.bool)
    trunk = folded(network.trunk)
    trunk.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # torch's types lack it
    for first in range(0, len(wanted), BATCH):
        part = slice(first, first + BATCH)
        views = [view(tiles[index], index, copy) for copy, index in wanted[part]]
        pictures = torch.stack([network_input(one.picture) for one in views])
        shares = torch.stack([marked_share(one.mask, 2 * GRID) for one in views])
        with torch.inference_mode():
            maps = trunk(pictures.contiguous(memory_format=torch.channels_last))
        fine[part], coarse[part] = maps
        marked[part] = F.max_pool2d(shares, 2) > MARKED
        if first % (100 * BATCH) == 0:
            print(f"features: {first} of {len(wanted)} views, {time.monotonic() - start:.0f} s", flush=True)
    return Features(fine, coarse, marked, torch.tensor([index for _, index in wanted]))
