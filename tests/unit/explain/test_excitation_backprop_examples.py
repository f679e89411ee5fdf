"""The worked examples of algorithms 2.9, A to H, computed by hand and run through the public interface."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from glossator_worker.explain.excitation_backprop import ExcitationBackprop, Maps


class OneRow(nn.Module):
    """An image of one row, flattened, into `body`."""

    def __init__(self, body: nn.Module) -> None:
        super().__init__()
        self.body = body

    def forward(self, image: Tensor) -> Tensor:
        return self.body(image.flatten(1))


class Halves(nn.Module):
    """The sum of an image's two rows."""

    def forward(self, image: Tensor) -> Tensor:
        return image[:, :, 0] + image[:, :, 1]


def linear(rows: list[list[float]], bias: list[float] | None = None) -> nn.Linear:
    layer = nn.Linear(len(rows[0]), len(rows), bias=bias is not None, dtype=torch.float64)
    with torch.no_grad():
        layer.weight.copy_(torch.tensor(rows, dtype=torch.float64))
        if bias is not None:
            layer.bias.copy_(torch.tensor(bias, dtype=torch.float64))
    return layer


def image_of(*rows: list[float]) -> Tensor:
    return torch.tensor(rows, dtype=torch.float64)[None, None]


def maps_of(model: nn.Module, image: Tensor, top, *, start: str, contrastive: bool = False) -> Maps:
    walk = ExcitationBackprop(model.eval(), start=start, stop="image")
    tops = torch.tensor(top, dtype=torch.float64)
    return walk.maps(image, tops[None, None], contrastive=contrastive)


def close(found: Tensor, expected) -> None:
    torch.testing.assert_close(
        found.squeeze(), torch.tensor(expected, dtype=torch.float64).squeeze(), rtol=0, atol=1e-12
    )


def test_a_one_linear_layer():
    model = OneRow(linear([[1, -1, 2], [0.5, 1, -1]]))

    close(maps_of(model, image_of([1, 2, 3]), [1, 0], start="body").maps, [1 / 7, 0, 6 / 7])
    both = maps_of(model, image_of([1, 2, 3]), [0.6, 0.4], start="body")
    close(both.maps, [0.6 / 7 + 0.08, 0.32, 3.6 / 7])
    close(both.maps, [0.1657142857142857, 0.32, 0.5142857142857142])


@pytest.mark.parametrize(("last", "expected"), [(-2, [1 / 3, 2 / 3]), (2, [0.2, 0.8])])
def test_b_two_layers_and_a_bias_that_changes_nothing(last, expected):
    hidden = linear([[1, 1], [1, -1], [-1, 1]], bias=[0, 0.5, 0])
    model = OneRow(nn.Sequential(hidden, nn.ReLU(), linear([[1, 5, last]])))

    close(maps_of(model, image_of([1, 2]), [1], start="body.2").maps, expected)


def test_c_a_unit_alive_by_its_bias_alone_loses_its_mass():
    found = maps_of(OneRow(linear([[1, 1]], bias=[1])), image_of([0, 0]), [1], start="body")

    close(found.maps, [0, 0])
    close(found.lost, 1)
    close(found.lost_by["zero denominator"], 1)


class Pooled(nn.Module):
    def __init__(self, pool: nn.Module) -> None:
        super().__init__()
        self.pool = pool

    def forward(self, image: Tensor) -> Tensor:
        return self.pool(image)


def test_d_overlapping_max_pool_with_a_tie():
    found = maps_of(
        Pooled(nn.MaxPool2d(2, stride=1)),
        image_of([1, 3, 3], [0, 2, 1], [4, 0, 4]),
        [[[0.1, 0.2], [0.3, 0.4]]],
        start="pool",
    )

    close(found.maps, [[0, 0.3, 0], [0, 0, 0], [0.3, 0, 0.4]])


def test_e_a_sum_with_a_negative_and_an_empty_place():
    found = maps_of(Halves(), image_of([2, -1, 0], [1, 3, 0]), [[0.5, 0.3, 0.2]], start="add")

    close(found.maps, [[1 / 3, 0, 0], [1 / 6, 0.3, 0]])
    close(found.lost, 0.2)
    close(found.lost_by["negative sum"], 0.2)


@pytest.mark.parametrize(("scale", "expected"), [(1.0, [0.2, 0.3, 0.5, 0]), (-1.0, [0, 0.2, 0.3, 0.5])])
def test_f_batch_norm_folds_into_the_convolution_before_weights_are_clamped(scale, expected):
    class Normed(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.conv = nn.Conv2d(1, 1, (1, 2), bias=False, dtype=torch.float64)
            self.norm = nn.BatchNorm2d(1, dtype=torch.float64)
            nn.init.constant_(self.norm.weight, scale)
            with torch.no_grad():
                self.conv.weight.copy_(torch.tensor([1.0, -2.0]).view(1, 1, 1, 2))

        def forward(self, image: Tensor) -> Tensor:
            return self.norm(self.conv(image))

    found = maps_of(Normed(), image_of([1, 2, 3, 4]), [[[0.2, 0.3, 0.5]]], start="norm")

    close(found.maps, expected)


def test_g_average_pool_over_zeros():
    found = maps_of(Pooled(nn.AvgPool2d((1, 2))), image_of([1, 3, 0, 0]), [[[0.6, 0.4]]], start="pool")

    close(found.maps, [0.15, 0.45, 0, 0])
    close(found.lost, 0.4)


def test_h_contrastive_maps_are_subtracted_once_and_clamped_once():
    model = OneRow(linear([[1, 0], [1, 1], [0, 3]]))
    positive, negative = [1 / 7, 0, 6 / 7], [0, 1, 0]

    found = maps_of(model, image_of([1, 1]), [positive, negative], start="body", contrastive=True)

    close(found.maps, [0, 5 / 14])
    close(found.maps, [0, 0.35714285714285715])
