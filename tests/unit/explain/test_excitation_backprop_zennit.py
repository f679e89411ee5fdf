"""The same maps as zennit's composite on a VGG-like network with non-negative input (algorithms 2.8)."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from glossator_worker.explain.excitation_backprop import ExcitationBackprop
from glossator_worker.networks.torchvision_loader import load_torchvision


def vgg_like() -> nn.Sequential:
    torch.manual_seed(1)
    return (
        nn.Sequential(
            *(
                nn.Conv2d(3, 8, 3, padding=1),
                nn.ReLU(),
                nn.Conv2d(8, 8, 3, padding=1),
                nn.ReLU(),
                nn.MaxPool2d(2),
            ),
            *(nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
            *(nn.Flatten(), nn.Linear(64, 24), nn.ReLU(), nn.Linear(24, 6)),
        )
        .double()
        .eval()
    )


@pytest.mark.parametrize("unit", range(6))
def test_maps_equal_those_of_zennit_without_biases_in_the_denominators(unit):
    model, image = vgg_like(), torch.rand(1, 3, 8, 8, dtype=torch.float64)
    top = torch.zeros(1, 1, 6, dtype=torch.float64)
    top[0, 0, unit] = 1

    found = ExcitationBackprop(model, start="11", stop="input_1").maps(image, top)

    load_torchvision()  # zennit imports it
    from zennit.attribution import Gradient
    from zennit.composites import ExcitationBackprop as ZennitComposite

    composite = ZennitComposite(stabilizer=1e-12, zero_params="bias")
    with Gradient(model=model, composite=composite) as attributor:
        _, relevance = attributor(image, top[:, 0])
    torch.testing.assert_close(found.maps[0, 0], relevance[0].sum(0), rtol=0, atol=1e-9)
    assert found.maps.sum().item() == pytest.approx(1, abs=1e-9)
