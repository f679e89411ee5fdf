"""What a network sees at the place that a map shows: its activations there, one vector per map."""

import torch
from torch import Tensor
from torch.nn import functional as F


def map_content(maps: Tensor, values: Tensor) -> Tensor:
    """Pool activations under maps: Σ_p map(p) · values(p) / Σ_p map(p).

    A map is brought to the grid of the values by averaging the cells under each of theirs, so that no mass
    is weighted twice where one grid is a multiple of the other.

    Args:
        maps: (B, K, H, W) ≥ 0; a map without mass gives zeros.
        values: (B, C, h, w), a layer's activations on the same images.

    Returns:
        (B, K, C) in the values' kind, each row of length 1, or zero.
    """
    height, width = values.shape[2:]
    weights = F.adaptive_avg_pool2d(maps, (height, width)).flatten(2)
    pooled = torch.bmm(weights, values.flatten(2).mT)
    return F.normalize(pooled, dim=2)
