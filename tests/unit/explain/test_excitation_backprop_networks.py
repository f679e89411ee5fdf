"""Mass on the ReLU classifiers of torchvision, random weights and calibrated batch norm; refusals by name."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import Tensor, nn

from glossator_worker.explain.excitation_backprop import ExcitationBackprop, Refusal
from glossator_worker.networks.efficientnet_lite0 import EfficientNetLite0
from glossator_worker.networks.torchvision_loader import load_torchvision

# name, start, image side, stop that the default takes, least share of the mass that arrives
NETWORKS = [
    ("alexnet", "classifier.2", 96, None, 0.999),
    ("vgg11_bn", "flatten", 64, None, 0.999),
    ("resnet18", "flatten", 64, "layer3", 0.999),
    ("resnet50", "flatten", 64, "layer3", 0.999),
    ("wide_resnet50_2", "flatten", 64, "layer3", 0.999),
    ("resnext50_32x4d", "flatten", 64, "layer3", 0.999),
    ("squeezenet1_1", "features", 64, "features.7", 0.999),
    ("densenet121", "flatten", 64, None, 0.8),
    ("googlenet", "flatten", 64, "inception4e", 0.999),
    ("inception_v3", "flatten", 96, None, 0.999),
    ("regnet_x_400mf", "flatten", 64, None, 0.999),
    ("regnet_y_400mf", "flatten", 64, None, 0.999),
    ("mobilenet_v2", "flatten", 64, None, 0.5),
    ("mnasnet0_5", "mean", 64, None, 0.5),
    ("shufflenet_v2_x0_5", "mean", 64, "stage3", 0.5),
]


def network(name: str, side: int) -> nn.Module:
    """A network whose batch norms have seen one batch and scale by N(1, 0.5), so some scales are negative."""
    torch.manual_seed(0)
    options: dict[str, Any] = (
        {"init_weights": False, "aux_logits": False} if "ception" in name or "goog" in name else {}
    )
    model = getattr(load_torchvision().models, name)(**options)
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.normal_(module.weight, 1, 0.5)
            module.momentum = 1.0
    model.train()
    with torch.no_grad():
        model(torch.randn(4, 3, side, side))
    return model.eval()


def tops_for(values: Tensor, maps: int) -> Tensor:
    """Random distributions over the active units of the start."""
    weights = torch.rand(values.shape[0], maps, *values.shape[1:]) * values.clamp(min=0).unsqueeze(1)
    total = weights.flatten(2).sum(2)
    return weights / total.view(*total.shape, *[1] * (values.ndim - 1))


@pytest.mark.parametrize(
    ("name", "start", "side", "stop", "least"), NETWORKS, ids=[row[0] for row in NETWORKS]
)
def test_mass_arrives_or_is_booked_by_cause(name, start, side, stop, least):
    walk = ExcitationBackprop(network(name, side), start=start)
    images = torch.randn(2, 3, side, side)
    top = tops_for(walk.forward_to_start(images), 2)

    found = walk.maps(images, top)

    arrived = found.maps.sum((2, 3))
    torch.testing.assert_close(arrived + found.lost, torch.ones(2, 2), rtol=0, atol=1e-5)
    torch.testing.assert_close(sum(found.lost_by.values()), found.lost)
    assert arrived.min() >= least
    assert found.maps.min() >= 0
    assert stop is None or found.stop.name == stop


@pytest.mark.parametrize("name", ["resnet18", "densenet121", "shufflenet_v2_x0_5", "regnet_y_400mf"])
def test_mass_arrives_or_is_booked_at_every_stop(name):
    model, images = network(name, 64), torch.randn(1, 3, 64, 64)
    start = "mean" if name.startswith("shuffle") else "flatten"
    default = ExcitationBackprop(model, start=start)
    top = tops_for(default.forward_to_start(images), 1)
    stops = default.stops((64, 64))
    chosen = [stops[index] for index in range(0, len(stops), max(1, len(stops) // 6))]

    for stop in chosen:
        found = ExcitationBackprop(model, start=start, stop=stop.name).maps(images, top)
        assert found.maps.shape == (1, 1, *stop.size)
        assert (found.maps.sum() + found.lost).item() == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    ("name", "start", "stop", "says"),
    [
        ("efficientnet_b0", "flatten", None, "SiLU 'features.8.2'"),
        ("efficientnet_b0", "flatten", "features.2", "SiLU 'features.8.2'"),
        ("mobilenet_v3_small", "flatten", None, "Hardswish 'features.12.2'"),
        ("convnext_tiny", "avgpool", "features.1", "GELU 'features.7.2.block.4'"),
        ("vit_b_32", "getitem_5", None, "MultiheadAttention|LayerNorm"),
        ("swin_t", "flatten", None, "cannot be traced|has no rule for"),
    ],
)
def test_networks_with_layers_without_a_rule_are_refused_by_the_layers_name(name, start, stop, says):
    model = getattr(load_torchvision().models, name)().eval()
    side = 224 if "vit" in name else 64

    with pytest.raises(Refusal, match=says):
        walk = ExcitationBackprop(model, start=start, stop=stop)
        width = {"vit_b_32": 768, "convnext_tiny": 768, "mobilenet_v3_small": 576}.get(name, 1280)
        walk.maps(torch.randn(1, 3, side, side), torch.full((1, 1, width), 1 / width))


def test_a_layer_without_a_rule_below_the_stop_does_not_matter():
    model = load_torchvision().models.efficientnet_b0().eval()
    walk = ExcitationBackprop(model, start="flatten", stop="features")

    top = torch.full((1, 1, 1280), 1 / 1280)
    found = walk.maps(torch.randn(1, 3, 64, 64), top)

    assert (found.maps.sum() + found.lost).item() == pytest.approx(1, abs=1e-5)
    assert [stop.name for stop in walk.stops((64, 64))] == ["features.8.2", "avgpool"]


def test_the_default_stop_of_a_resnet_at_224_pixels_is_14_by_14():
    model = load_torchvision().models.resnet18().eval()

    stop = ExcitationBackprop(model, start="flatten").default_stop((224, 224))

    assert (stop.name, stop.size) == ("layer3", (14, 14))


def test_the_margin_in_front_of_a_convolution_is_never_the_default_stop():
    stop = ExcitationBackprop(EfficientNetLite0(10).eval(), start="flatten").default_stop((224, 224))

    assert stop.size == (14, 14)
