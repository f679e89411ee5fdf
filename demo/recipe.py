"""How a head is trained on the trunk's features: labels for the tile, masks for the cells."""

from __future__ import annotations

import copy
from dataclasses import dataclass

import numpy as np
import torch
from demo.features import Features
from demo.tiles import Tile
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from glossator_worker.networks.efficientnet_lite0 import published_lite0
from glossator_worker.networks.tile_grid import TileGrid, TrunkMaps, joined, take_trunk


@dataclass(frozen=True)
class Course:
    """How long and how fast a member learns."""

    steps: int
    learning_rate: float


@dataclass(frozen=True)
class Recipe:
    """What was chosen by measurement; docs/demo-model.md says how.

    Each course trains one member of the network, from another start and in another order.
    """

    courses: tuple[Course, ...] = (Course(500, 2.5e-3), Course(500, 2.5e-3))
    batch: int = 48
    weight_decay: float = 0.1
    label_smoothing: float = 0.05
    defect_weight: float = 1.6  # of a defective tile against a free one
    defect_features: int = 48  # of 64; they may be active only where a defect is
    cell_weight: float = 3.0  # of a defective cell against a free one
    dice: float = 0.3  # weight of the Dice loss beside the cells' cross-entropy


@dataclass(frozen=True)
class Truth:
    """Per tile: is it defective, and is it known where? Four defective tiles have no mask."""

    defective: Tensor  # (T,) int64
    located: Tensor  # (T,) float32, 1 or 0

    @classmethod
    def of(cls, tiles: list[Tile]) -> Truth:
        defective = torch.tensor([int(tile.defective) for tile in tiles])
        located = torch.tensor([float(tile.mask.any() or not tile.defective) for tile in tiles])
        return cls(defective, located)


class Lesson(nn.Module):
    """A network with one member and the score per cell that only its training needs.

    The score grows with each of the first `defect_features` local features, so that the masks teach every one
    of them to keep quiet outside of defects. The rest may mark what they like, also on free tiles.
    """

    def __init__(self, trunk_of: TileGrid, defect_features: int) -> None:
        super().__init__()
        self.network = TileGrid()
        self.network.trunk.load_state_dict(trunk_of.trunk.state_dict())
        self.cell = nn.Conv2d(defect_features, 1, 1)
        for layer in (self.network.head.first, self.network.head.second, self.network.head.third, self.cell):
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
            assert layer.bias is not None
            nn.init.zeros_(layer.bias)

    def forward(self, maps: TrunkMaps) -> tuple[Tensor, Tensor]:
        """Logits (B, 2) and scores per cell (B, 16, 16)."""
        local = self.network.head(maps)
        return self.network.judge(local), self.cells(local)

    def cells(self, local: Tensor) -> Tensor:
        """Scores per cell (B, h, w) of local features (B, 64, h, w)."""
        defects = local[:, : self.cell.in_channels]
        return F.conv2d(defects, self.cell.weight.abs(), self.cell.bias)[:, 0]


def untrained_network() -> TileGrid:
    """A network with EfficientNet-Lite0's published trunk and a head without training, in eval mode."""
    network = TileGrid().eval()
    take_trunk(network, published_lite0())
    return network


def train_network(
    features: Features, truth: Truth, tiles: NDArray[np.int64], start: TileGrid, *, seed: int, recipe: Recipe
) -> TileGrid:
    """A network whose members, one per course, were trained on these tiles alone."""
    return joined(
        [
            _train_member(
                features, truth, tiles, start, seed=100 * number + seed, course=course, recipe=recipe
            )
            for number, course in enumerate(recipe.courses)
        ]
    )


def _train_member(
    features: Features,
    truth: Truth,
    tiles: NDArray[np.int64],
    start: TileGrid,
    *,
    seed: int,
    course: Course,
    recipe: Recipe,
) -> TileGrid:
    torch.manual_seed(seed)
    order = torch.Generator().manual_seed(seed)
    lesson = Lesson(start, recipe.defect_features)
    lesson.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # torch's types lack it
    _measure_inputs(lesson.network, features, features.views_of(tiles, plain=True))
    average = copy.deepcopy(lesson)
    trained = [
        *lesson.network.head.parameters(),
        *lesson.network.classifier.parameters(),
        *lesson.cell.parameters(),
    ]
    optimiser = torch.optim.AdamW(trained, lr=course.learning_rate, weight_decay=recipe.weight_decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, course.learning_rate, total_steps=course.steps, pct_start=0.2
    )
    views = features.views_of(tiles, plain=False)
    drawn = torch.empty(0, dtype=torch.int64)
    for step in range(1, course.steps + 1):
        if len(drawn) < recipe.batch:
            drawn = views[torch.randperm(len(views), generator=order)]
        batch, drawn = drawn[: recipe.batch].sort().values, drawn[recipe.batch :]
        loss = _loss(lesson, features, truth, batch, recipe)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves Tensor.backward without types
        optimiser.step()
        schedule.step()
        _follow(average, lesson, kept=min(0.99, step / (step + 20)))
    network: TileGrid = average.network
    return network.eval()


def _measure_inputs(network: TileGrid, features: Features, views: Tensor) -> None:
    """Set the head's input norms to mean and variance per channel over these views."""
    for norm, maps in (
        (network.head.fine_norm, features.fine[views]),
        (network.head.coarse_norm, features.coarse[views]),
    ):
        assert norm.running_mean is not None
        assert norm.running_var is not None
        values = maps.float()
        norm.running_mean.copy_(values.mean((0, 2, 3)))
        norm.running_var.copy_(values.var((0, 2, 3)))
    network.eval()  # the norms stay as measured; nothing else in the network differs between the modes


def _loss(lesson: Lesson, features: Features, truth: Truth, views: Tensor, recipe: Recipe) -> Tensor:
    tile = features.tile[views]
    logits, cells = lesson(features.at(views))
    whole = F.cross_entropy(
        logits,
        truth.defective[tile],
        weight=torch.tensor([1.0, recipe.defect_weight]),
        label_smoothing=recipe.label_smoothing,
    )
    return whole + (cell_loss(cells, features.marked[views].float(), recipe) * truth.located[tile]).mean()


def cell_loss(cells: Tensor, marked: Tensor, recipe: Recipe) -> Tensor:
    """Per view (B,). The cells around a defect are not asked: masks are coarse, and edges may count."""
    asked = 1 - (F.max_pool2d(marked, 3, stride=1, padding=1) - marked)
    cross_entropy = F.binary_cross_entropy_with_logits(
        cells, marked, weight=asked, pos_weight=torch.tensor(recipe.cell_weight), reduction="none"
    ).mean((1, 2))
    share = torch.sigmoid(cells) * asked
    overlap, area = (share * marked).sum((1, 2)), share.sum((1, 2)) + marked.sum((1, 2))
    return cross_entropy + recipe.dice * (1 - (2 * overlap + 1) / (area + 1))


@torch.no_grad()
def _follow(average: Lesson, lesson: Lesson, *, kept: float) -> None:
    """Move the average of the weights a step towards the present ones."""
    for mean, present in zip(average.parameters(), lesson.parameters(), strict=True):
        mean.lerp_(present, 1 - kept)
