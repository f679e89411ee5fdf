"""Train the demo's classifier on the bundle's training split and write its weights.

    python -m demo.train

Reproducible on one machine: seeds are fixed. No tile of a group of the test split is learned from. Prints
what it does and how long it took.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from demo.bundle import DEFECTIVE, NOT_DEFECTIVE, TEST_FOLD
from demo.features import features
from demo.recipe import Recipe, Truth, train_network, untrained_network
from demo.tiles import PREPROCESSING, folds, read_tiles
from safetensors.torch import save_file

from glossator_worker.networks.tile_grid import TileGrid

WEIGHTS = Path(__file__).with_name("tile_grid.safetensors")
CACHE = Path(tempfile.gettempdir()) / "glossator-demo"


def write_weights(network: TileGrid, recipe: Recipe, file: Path) -> None:
    """Write the weights with what a reader must know beside them."""
    metadata = {
        "members": str(len(recipe.courses)),
        "classes": json.dumps([NOT_DEFECTIVE, DEFECTIVE]),
        "preprocessing": json.dumps(PREPROCESSING.to_json()),
        "recipe": json.dumps(asdict(recipe)),
    }
    save_file({name: value.contiguous() for name, value in network.state_dict().items()}, file, metadata)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--cache", type=Path, default=CACHE, help="folder for the trunk's features, 1.7 GB")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)

    start = time.monotonic()
    tiles, recipe = read_tiles(), Recipe()
    untrained = untrained_network()
    known = features(tiles, untrained, options.cache)
    print(f"features: {time.monotonic() - start:.0f} s")
    chosen = np.flatnonzero(folds(tiles) != TEST_FOLD)
    assert {tiles[index].row.split for index in chosen} == {"train"}
    network = train_network(known, Truth.of(tiles), chosen, untrained, seed=TEST_FOLD, recipe=recipe)
    write_weights(network, recipe, options.out)
    print(
        f"{options.out}: {options.out.stat().st_size / 1e6:.2f} MB, {time.monotonic() - start:.0f} s in all"
    )


if __name__ == "__main__":
    main()
