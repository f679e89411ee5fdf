"""Measure the demo's recipe: five folds with whole groups held out, and five random ones.

    python -m demo.evaluate

For each fold a network is trained on the other four as demo/train.py does it; no held-out tile is learned
from, neither by the network nor by its xNN. By group also the maps of the X-features for DEFECTIVE are
judged. Prints the report of docs/demo-model.md. Folds whose results are there already are not run again.
"""

from __future__ import annotations

import argparse
import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from demo.bundle import FOLDS
from demo.features import Features, features
from demo.maps import CLASS, judge_maps, square_mask
from demo.recipe import Recipe, Truth, train_network, untrained_network
from demo.report import report
from demo.results import FoldResult, MapResults, Scheme
from demo.tiles import Tile, folds, network_input, read_tiles
from demo.train import CACHE
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedKFold
from torch import Tensor

from glossator_worker.explain.xnn import train_xnns
from glossator_worker.networks.tile_grid import TileGrid


@dataclass(frozen=True)
class Job:
    scheme: Scheme
    fold: int
    cache: Path
    results: Path

    @property
    def file(self) -> Path:
        return self.results / f"{self.scheme.replace(' ', '-')}-{self.fold}.json"


def random_folds(tiles: list[Tile]) -> NDArray[np.int64]:
    """For each tile the fold that holds it out when groups are not looked at."""
    labels = [tile.row.label for tile in tiles]
    fold = np.full(len(tiles), -1)
    splitter = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    for number, (_, held_out) in enumerate(splitter.split(np.zeros(len(tiles)), labels)):
        fold[held_out] = number
    return fold


@torch.no_grad()
def judged(network: TileGrid, known: Features, tiles: NDArray[np.int64]) -> tuple[Tensor, Tensor]:
    """The xNN's input (B, N) and the network's scores (B, 2) of these tiles, from the trunk's maps."""
    views = known.views_of(tiles, plain=True)
    local = torch.cat([network.head(known.at(part)) for part in torch.split(views, 64)])
    hidden: Tensor = network.features(network.strongest(local))
    return hidden, network.classifier(hidden)


def run_fold(job: Job) -> None:
    """Train on four fifths, measure on the fifth, and keep the result in the job's file."""
    torch.set_num_threads(1)
    start = time.monotonic()
    tiles, untrained = read_tiles(), untrained_network()
    known, truth = features(tiles, untrained, job.cache), Truth.of(tiles)
    fold_of = folds(tiles) if job.scheme is Scheme.BY_GROUP else random_folds(tiles)
    train, test = np.flatnonzero(fold_of != job.fold), np.flatnonzero(fold_of == job.fold)
    network = train_network(known, truth, train, untrained, seed=job.fold, recipe=Recipe())
    seconds = time.monotonic() - start
    _, scores = judged(network, known, test)
    maps = _measure_maps(network, tiles, known, train, test) if job.scheme is Scheme.BY_GROUP else None
    margins = (scores[:, CLASS] - scores[:, 1 - CLASS]).tolist()
    FoldResult(job.scheme, job.fold, seconds, test.tolist(), margins, maps).save(job.file)


def _measure_maps(
    network: TileGrid,
    tiles: list[Tile],
    known: Features,
    train: NDArray[np.int64],
    test: NDArray[np.int64],
) -> MapResults:
    """Train the xNN on the training tiles, and hold it and its maps against the held-out ones."""
    learned, learned_scores = judged(network, known, train)
    xnns = train_xnns(learned, learned_scores, Truth.of(tiles).defective[torch.from_numpy(train)])
    hidden, scores = judged(network, known, test)
    # A speck of a mask can vanish when it is scaled to the network's square; such a tile points at nothing.
    located = [int(index) for index in test if square_mask(tiles[index]).any()]
    shown = [tiles[index] for index in located]
    images = torch.stack([network_input(tile.picture) for tile in shown])
    pointing, alikeness = judge_maps(network, xnns, shown, images, located)
    agrees = (xnns.scores(hidden).argmax(1) == scores.argmax(1)).tolist()
    return MapResults(agrees, xnns.live.sum(1).tolist(), pointing, alikeness)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--cache", type=Path, default=CACHE, help="folder for the trunk's features, 1.7 GB")
    parser.add_argument(
        "--results", type=Path, default=CACHE / "results", help="folder of the folds' results"
    )
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    options.results.mkdir(parents=True, exist_ok=True)
    tiles = read_tiles()
    features(tiles, untrained_network(), options.cache)
    jobs = [Job(scheme, fold, options.cache, options.results) for scheme in Scheme for fold in range(FOLDS)]
    with ProcessPoolExecutor(options.processes, multiprocessing.get_context("spawn")) as pool:
        for _ in pool.map(run_fold, [job for job in jobs if not job.file.exists()]):
            pass
    print(report(tiles, [FoldResult.load(job.file) for job in jobs]))


if __name__ == "__main__":
    main()
