"""Random small networks against the slow twin, in float64."""

from __future__ import annotations

import pytest
import torch
from tests.unit.explain.slow_excitation_backprop import Step, norm, walk
from torch import Tensor, nn
from torch.nn import functional as F

from glossator_worker.explain.excitation_backprop import ExcitationBackprop


def randomise(model: nn.Module, generator: torch.Generator) -> None:
    """Weights, and batch norms with running statistics and some negative scales."""
    with torch.no_grad():
        for name, tensor in [*model.named_parameters(), *model.named_buffers()]:
            if tensor.is_floating_point():
                tensor.copy_(torch.randn(tensor.shape, generator=generator, dtype=torch.float64))
            if name.endswith("running_var"):
                tensor.abs_().add_(0.1)


class Branches(nn.Module):
    """Groups, dilation, stride, overlapping padded max pool, sum, concatenation, both kinds of batch norm."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 4, 3, padding=1)
        self.stem_norm = nn.BatchNorm2d(4)
        self.pool = nn.MaxPool2d(3, stride=2, padding=1)
        self.grouped = nn.Conv2d(4, 4, 3, padding=2, dilation=2, groups=2, bias=False)
        self.grouped_norm = nn.BatchNorm2d(4)
        self.relu = nn.ReLU(inplace=True)
        self.side = nn.Conv2d(4, 3, 1)
        self.lone_norm = nn.BatchNorm2d(7)
        self.strided = nn.Conv2d(7, 4, 3, stride=2, padding=1)
        self.average = nn.AvgPool2d(2, stride=1, padding=1)
        self.head = nn.Linear(4 * 16, 3)

    def forward(self, image: Tensor) -> Tensor:
        first = self.pool(self.relu(self.stem_norm(self.stem(image))))
        second = self.grouped_norm(self.grouped(first))
        second = self.relu(second + first)
        both = torch.cat([second, self.side(second)], 1)
        third = self.strided(self.relu(self.lone_norm(both)))
        return self.head(self.average(self.relu(third)).flatten(1))


def steps_of(model: Branches) -> tuple[list[Step], dict[str, int]]:
    """The same network for the slow twin; a batch norm is folded by being part of its convolution."""

    def normed(conv: nn.Conv2d, batch_norm: nn.BatchNorm2d):
        follow = norm(batch_norm.weight, batch_norm.bias, batch_norm.running_mean, batch_norm.running_var)
        return lambda value: follow(conv(value))

    lone = model.lone_norm
    steps = [
        Step("linear", (-1,), normed(model.stem, model.stem_norm)),
        Step("pass", (0,), torch.relu),
        Step("max", (1,), lambda v: F.max_pool2d(v, 3, 2, 1)),
        Step("linear", (2,), normed(model.grouped, model.grouped_norm)),
        Step("sum", (3, 2), torch.add),
        Step("pass", (4,), torch.relu),
        Step("linear", (5,), model.side),
        Step("concatenation", (5, 6), lambda a, b: torch.cat([a, b], 1)),
        Step("scale", (7,), norm(lone.weight, lone.bias, lone.running_mean, lone.running_var), lone.weight),
        Step("pass", (8,), torch.relu),
        Step("linear", (9,), model.strided),
        Step("pass", (10,), torch.relu),
        Step("linear", (11,), lambda v: F.avg_pool2d(v, 2, 1, 1)),
        Step("pass", (12,), lambda v: v.flatten(1)),
        Step("linear", (13,), model.head),
    ]
    return steps, {"image": -1, "pool": 2, "relu_1": 5, "cat": 7}


@pytest.mark.parametrize("stop", ["image", "pool", "relu_1", "cat"])
@pytest.mark.parametrize("seed", range(3))
def test_maps_and_losses_equal_the_slow_twin(seed, stop):
    generator = torch.Generator().manual_seed(seed)
    model = Branches().double()
    randomise(model, generator)
    model.eval()
    images = torch.randn(2, 3, 11, 11, generator=generator, dtype=torch.float64)
    steps, places = steps_of(model)
    top = torch.eye(3, dtype=torch.float64).expand(2, 3, 3)

    found = ExcitationBackprop(model, start="head", stop=stop).maps(images, top)

    with torch.no_grad():
        for image in range(2):
            for unit in range(3):
                mass, lost = walk(steps, images[image], len(steps) - 1, places[stop], top[image, unit])
                torch.testing.assert_close(found.maps[image, unit], mass.sum(0), rtol=0, atol=1e-12)
                for cause, amount in lost.items():
                    assert found.lost_by[cause][image, unit].item() == pytest.approx(amount, abs=1e-12)


class Depthwise(nn.Module):
    """Depth-wise and bottleneck layers without an activation, as functions with their own weights."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(6, 1, 2, 3))
        self.narrow = nn.Conv2d(6, 2, 1)
        self.wide = nn.Conv2d(2, 5, (4, 2), padding="same")

    def forward(self, image: Tensor) -> Tensor:
        spread = F.conv2d(image, self.weight, None, (1, 2), (1, 0), 1, 3)
        return F.relu6(self.wide(self.narrow(F.relu(spread)))).amax((2, 3))


@pytest.mark.filterwarnings("ignore:Using padding='same':UserWarning")  # from the twin's own convolution
@pytest.mark.parametrize("seed", range(3))
def test_functions_depthwise_weights_and_uneven_same_padding_equal_the_slow_twin(seed):
    generator = torch.Generator().manual_seed(seed)
    model = Depthwise().double()
    randomise(model, generator)
    model.eval()
    images = torch.rand(1, 3, 6, 7, generator=generator, dtype=torch.float64)
    steps = [
        Step("linear", (-1,), lambda v: F.conv2d(v, model.weight, None, (1, 2), (1, 0), 1, 3)),
        Step("pass", (0,), torch.relu),
        Step("linear", (1,), model.narrow),
        Step("linear", (2,), model.wide),
        Step("pass", (3,), F.relu6),
        Step("max", (4,), lambda v: v.amax((2, 3))),
    ]
    top = torch.eye(5, dtype=torch.float64)[None]

    found = ExcitationBackprop(model, start="amax", stop="image").maps(images, top)

    with torch.no_grad():
        for unit in range(5):
            mass, lost = walk(steps, images[0], 5, -1, top[0, unit])
            torch.testing.assert_close(found.maps[0, unit], mass.sum(0), rtol=0, atol=1e-12)
            assert found.lost[0, unit].item() == pytest.approx(sum(lost.values()), abs=1e-12)
