"""The trunk's features: folding the norms changes nothing, and views are found by their tile."""

from __future__ import annotations

import numpy as np
import torch
from demo.features import Features, folded

from glossator_worker.networks.tile_grid import Trunk


def test_folding_the_norms_leaves_the_maps_as_they_were() -> None:
    torch.manual_seed(0)
    trunk = Trunk()
    with torch.no_grad():
        trunk(torch.randn(4, 3, 64, 64))  # running statistics that are not those of a fresh norm
        trunk.eval()
        x = torch.randn(2, 3, 64, 64)
        plain, fast = trunk(x), folded(trunk)(x)
    assert torch.allclose(plain.fine, fast.fine, atol=1e-4)
    assert torch.allclose(plain.coarse, fast.coarse, atol=1e-4)
    assert not any(isinstance(module, torch.nn.BatchNorm2d) for module in folded(trunk).modules())


def test_views_are_found_by_their_tiles() -> None:
    empty = torch.empty(6, 1, 1, 1)
    known = Features(fine=empty, coarse=empty, marked=empty, tile=torch.tensor([0, 1, 2, 0, 1, 2]))
    assert known.views_of(np.array([0, 2]), plain=False).tolist() == [0, 2, 3, 5]
    assert known.views_of(np.array([0, 2]), plain=True).tolist() == [0, 2]
