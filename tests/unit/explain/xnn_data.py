"""A small classifier's features and scores with known classes, for tests of xNNs."""

from dataclasses import dataclass

import torch
from torch import Tensor

from glossator_worker.explain.xnn import Schedule

SHORT = Schedule(epochs=6, minimum_steps=60, batch=64)


@dataclass(frozen=True)
class Data:
    """Features (M, N) >= 0, scores (M, C) and labels (M,)."""

    features: Tensor
    scores: Tensor
    labels: Tensor


def classified_features(*, images: int = 320, width: int = 16, classes: int = 4, seed: int = 0) -> Data:
    """Features that fire by class, and scores linear in them; the labels are the scores' best classes."""
    generator = torch.Generator().manual_seed(seed)
    prototypes = torch.rand(classes, width, generator=generator) * (
        torch.rand(classes, width, generator=generator) > 0.5
    )
    owner = torch.arange(images) % classes
    noise = torch.randn(images, width, generator=generator)
    features = torch.relu(2 * prototypes[owner] + 0.4 * noise)
    scores = features @ (prototypes - prototypes.mean(0)).T * 3 + 1.5
    return Data(features, scores, scores.argmax(1))
