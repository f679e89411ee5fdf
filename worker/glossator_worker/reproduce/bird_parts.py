"""At which part of the bird a map points."""

import csv
import io
import zipfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from glossator_worker.networks.preprocessing import Preprocessing
from glossator_worker.reproduce.data_sets import Pictures
from glossator_worker.reproduce.study import ClassMaps

_SIDES = ("left ", "right ")
_GRID = 4
"""A random pixel's expectation is taken over the middles of squares of so many pixels."""


@dataclass(frozen=True)
class Landmarks:
    """Visible parts of one bird: names (left and right are one part) and places (P, 2) in the square."""

    names: tuple[str, ...]
    places: Tensor

    def nearest(self, points: Tensor) -> Tensor:
        """Give the index of the nearest part, the first among equals, of points (Q, 2) as (x, y)."""
        distance = (points[:, None] - self.places).square().sum(2)
        nearest = distance == distance.amin(1, keepdim=True)
        return torch.where(nearest, torch.arange(len(self.names)), len(self.names)).amin(1)


@dataclass(frozen=True)
class PartShares:
    """Part to the share of points that lie nearest to it: maxima of maps, the centre, a random pixel.

    ``maps`` and ``contrastive_maps`` say how many maps were counted; the last two are on the plain maps'
    images.
    """

    plain: dict[str, float]
    contrastive: dict[str, float]
    centre: dict[str, float]
    random: dict[str, float]
    maps: int
    contrastive_maps: int

    @property
    def parts(self) -> list[str]:
        """All parts, those that plain maps point at most first."""
        names = sorted(set(self.plain) | set(self.contrastive) | set(self.centre) | set(self.random))
        return sorted(names, key=lambda name: -self.plain.get(name, 0.0))


def part_shares(
    archive: Path, pictures: Pictures, preprocessing: Preprocessing, maps: dict[int, ClassMaps]
) -> PartShares:
    """Count the visible part nearest to the maximum of each map.

    A map is enlarged bilinearly to the network's square; its maximum is the first in row order. Beside it
    stand the centre of the square and a random pixel of the photograph, for the same images. Maps that are
    zero everywhere and birds without a visible part are left out.
    """
    marks = _landmarks(archive, pictures, preprocessing)
    tally = {kind: defaultdict[str, float](float) for kind in ("plain", "contrastive", "centre", "random")}
    for found in maps.values():
        for place, plain, contrastive in zip(
            found.images.tolist(), found.plain, found.contrastive, strict=True
        ):
            bird = marks[place]
            if not bird.names:
                continue
            if bool((contrastive > 0).any()):
                _add(tally["contrastive"], bird, _maximum(contrastive, preprocessing.size))
            if bool((plain > 0).any()):
                _add(tally["plain"], bird, _maximum(plain, preprocessing.size))
                _add(tally["centre"], bird, torch.full((1, 2), preprocessing.size / 2))
                _add(tally["random"], bird, _pixels(pictures.images[place].size, preprocessing))
    totals = {kind: round(sum(counts.values())) for kind, counts in tally.items()}
    shares = {
        kind: {name: count / totals[kind] for name, count in counts.items()} for kind, counts in tally.items()
    }
    return PartShares(**shares, maps=totals["plain"], contrastive_maps=totals["contrastive"])


def _add(counts: dict[str, float], bird: Landmarks, points: Tensor) -> None:
    """Add one in all, in equal parts for each of the points."""
    for index in bird.nearest(points).tolist():
        counts[bird.names[index]] += 1 / len(points)


def _landmarks(archive: Path, pictures: Pictures, preprocessing: Preprocessing) -> list[Landmarks]:
    found = defaultdict[str, list[tuple[str, float, float]]](list)
    with zipfile.ZipFile(archive) as opened:
        for row in csv.DictReader(io.TextIOWrapper(opened.open("parts.csv"), "utf-8")):
            found[row["file"]].append((row["part"], float(row["x"]), float(row["y"])))
    marks = []
    for file, image in zip(pictures.files, pictures.images, strict=True):
        names, places = [], []
        for part, x, y in sorted(found[file]):
            at = preprocessing.point(x, y, width=image.width, height=image.height)
            if at is not None:
                names.append(
                    next((part.removeprefix(side) for side in _SIDES if part.startswith(side)), part)
                )
                places.append(at)
        marks.append(Landmarks(tuple(names), torch.tensor(places).view(-1, 2)))
    return marks


def _maximum(one: Tensor, size: int) -> Tensor:
    """Give the middle (1, 2) of the pixel where the enlarged map (h, w) is largest, as (x, y)."""
    large = F.interpolate(one[None, None], size=(size, size), mode="bilinear", align_corners=False)[0, 0]
    first = int((large == large.max()).flatten().nonzero()[0])
    return torch.tensor([[first % size + 0.5, first // size + 0.5]])


def _pixels(image_size: tuple[int, int], preprocessing: Preprocessing) -> Tensor:
    """Give middles (Q, 2) of pixels all over the photograph, in the network's square."""
    lie = preprocessing.placement(*image_size)
    x = torch.arange(max(lie.left, 0), min(lie.left + lie.width, preprocessing.size), _GRID) + _GRID / 2
    y = torch.arange(max(lie.top, 0), min(lie.top + lie.height, preprocessing.size), _GRID) + _GRID / 2
    return torch.cartesian_prod(x, y)
