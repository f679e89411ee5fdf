"""The demo's classifier of magnetic tiles: a grid of local judgements of which the strongest counts.

A frozen EfficientNet-Lite0 up to its block 10 sees the tile at strides 8 and 16; a small head of ReLU
convolutions judges each of 16 x 16 cells; each feature is its maximum over the grid. With a maximum instead
of an average, the features of one image look at different places, and excitation backprop shows which.

For excitation backprop: start `START` (the features, behind the maximum), stop `STOP` (the 16 x 16 local
features). Between them lies the maximum alone, so that a map says in which cells its features were found.

Input: the whole tile stretched to 256 x 256, grey, evened out to mean 0 and deviation 0.5, which is about
what the trunk's photographs had.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from glossator_worker.networks.efficientnet_lite0 import EfficientNetLite0, Stem, lite0_blocks

START = "features"
STOP = "head.third_act"
SIDE, GRID = 256, 16
TRUNK_BLOCKS = 11
FINE_BLOCK = 4  # the last one of stride 8
FINE_CHANNELS, COARSE_CHANNELS = 40, 112
WIDTH, FEATURES = 96, 64  # of one member of the head
MARGIN = 8  # pixels


class TrunkMaps(NamedTuple):
    """What the head reads: (B, 40, H/8, W/8) of stride 8 and (B, 112, H/16, W/16) of stride 16."""

    fine: Tensor
    coarse: Tensor


class Trunk(nn.Module):
    """EfficientNet-Lite0 up to its block 10, with its cells where their names say. Not trained further.

    With "same" padding, every halving of an even size moves the centres of the receptive fields down and to
    the right: by 7.5 pixels at stride 16, nearly half a cell, so that maps would point up and left of what
    they mean. A border of MARGIN pixels moves them back; the cells that it adds are cut away.
    """

    def __init__(self) -> None:
        super().__init__()
        self.stem = Stem()
        blocks = lite0_blocks()[:TRUNK_BLOCKS]
        self.to_fine = nn.Sequential(*blocks[: FINE_BLOCK + 1])
        self.to_coarse = nn.Sequential(*blocks[FINE_BLOCK + 1 :])

    def forward(self, x: Tensor) -> TrunkMaps:
        fine = self.to_fine(self.stem(F.pad(x, (MARGIN, MARGIN, MARGIN, MARGIN))))
        coarse = self.to_coarse(fine)
        return TrunkMaps(fine[:, :, 1:-1, 1:-1], coarse[:, :, :-1, :-1])


class Head(nn.Module):
    """Trunk maps to (B, members * 64, 16, 16): local features, none negative.

    A member is a head that was trained by itself; members stand side by side as groups of the convolutions,
    so that the network averages them and is still one graph with one node per layer.
    """

    def __init__(self, members: int) -> None:
        super().__init__()
        self.fine_norm = nn.BatchNorm2d(FINE_CHANNELS, affine=False)
        self.coarse_norm = nn.BatchNorm2d(COARSE_CHANNELS, affine=False)
        self.first = nn.Conv2d(2 * FINE_CHANNELS + COARSE_CHANNELS, members * WIDTH, 1)
        self.first_act = nn.ReLU()
        self.second = nn.Conv2d(members * WIDTH, members * WIDTH, 3, padding=1, groups=members)
        self.second_act = nn.ReLU()
        self.third = nn.Conv2d(members * WIDTH, members * FEATURES, 3, padding=1, groups=members)
        self.third_act = nn.ReLU()

    def forward(self, maps: TrunkMaps) -> Tensor:
        fine, coarse = self.fine_norm(maps[0]), self.coarse_norm(maps[1])
        x = torch.cat([F.avg_pool2d(fine, 2), F.max_pool2d(fine, 2), coarse], 1)
        x = self.first_act(self.first(x))
        y: Tensor = self.third_act(self.third(self.second_act(self.second(x))))
        return y


class TileGrid(nn.Module):
    """Images (B, 3, 256, 256) to logits (B, num_classes); classes in the order NOT DEFECTIVE, DEFECTIVE."""

    def __init__(self, num_classes: int = 2, members: int = 1) -> None:
        super().__init__()
        self.trunk = Trunk()
        self.head = Head(members)
        self.strongest = nn.AdaptiveMaxPool2d(1)
        self.features = nn.Flatten()
        self.classifier = nn.Linear(members * FEATURES, num_classes)

    def forward(self, x: Tensor) -> Tensor:
        return self.judge(self.head(self.trunk(x)))

    def judge(self, local: Tensor) -> Tensor:
        """Logits of the head's local features (B, members * 64, h, w)."""
        logits: Tensor = self.classifier(self.features(self.strongest(local)))
        return logits


def take_trunk(network: TileGrid, whole: EfficientNetLite0) -> None:
    """Copy the weights of EfficientNet-Lite0's lower blocks into the network's trunk."""
    network.trunk.stem.load_state_dict(whole.stem.state_dict())
    to_fine = nn.Sequential(*list(whole.blocks)[: FINE_BLOCK + 1])
    network.trunk.to_fine.load_state_dict(to_fine.state_dict())
    to_coarse = nn.Sequential(*list(whole.blocks)[FINE_BLOCK + 1 : TRUNK_BLOCKS])
    network.trunk.to_coarse.load_state_dict(to_coarse.state_dict())


def joined(networks: Sequence[TileGrid]) -> TileGrid:
    """One network whose logits are the mean of those of networks with the same trunk and one member each."""
    states = [network.state_dict() for network in networks]
    whole = TileGrid(networks[0].classifier.out_features, members=len(networks)).eval()
    state = dict(states[0])
    for layer in ("head.first", "head.second", "head.third"):
        for kind in ("weight", "bias"):
            state[f"{layer}.{kind}"] = torch.cat([one[f"{layer}.{kind}"] for one in states])
    state["classifier.weight"] = torch.cat([one["classifier.weight"] for one in states], 1) / len(states)
    state["classifier.bias"] = torch.stack([one["classifier.bias"] for one in states]).mean(0)
    whole.load_state_dict(state)
    return whole
