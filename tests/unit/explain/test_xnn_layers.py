"""The batched loss against loops over classes, images, dimensions and pairs."""

import math
from itertools import pairwise

import pytest
import torch
from torch import Tensor

from glossator_worker.explain.xnn_layers import (
    Balance,
    Stack,
    apply_layer,
    encode,
    faithfulness,
    loss_per_class,
    pull_away,
    read_out,
    sparse_reconstruction,
)

CLASSES, IMAGES, WIDTH, N = 3, 7, 6, 4


def random_stack(hidden: tuple[int, ...], seed: int = 0) -> Stack:
    generator = torch.Generator().manual_seed(seed)
    widths = (WIDTH, *hidden, N)

    def layer(inputs: int, outputs: int) -> tuple[Tensor, Tensor]:
        return (
            torch.randn(CLASSES, outputs, inputs, generator=generator, dtype=torch.float64),
            torch.randn(CLASSES, outputs, generator=generator, dtype=torch.float64),
        )

    up = tuple(layer(a, b) for a, b in pairwise(widths))
    down = tuple(layer(b, a) for a, b in reversed(list(pairwise(widths))))
    weights = torch.randn(CLASSES, N, generator=generator, dtype=torch.float64)
    return Stack(up, down, weights, torch.randn(CLASSES, generator=generator, dtype=torch.float64))


def slow_layers(layers: tuple[tuple[Tensor, Tensor], ...], c: int, values: list[float]) -> list[float]:
    for weight, bias in layers:
        values = [
            max(0.0, sum(float(w) * v for w, v in zip(row, values, strict=True)) + float(b))
            for row, b in zip(weight[c], bias[c], strict=True)
        ]
    return values


def slow_loss(stack: Stack, z: Tensor, target: Tensor, balance: Balance) -> list[float]:
    losses = []
    for c in range(CLASSES):
        x = [slow_layers(stack.encoder, c, row) for row in z.tolist()]
        rebuilt = [slow_layers(stack.decoder, c, row) for row in x]
        squares = [
            (
                sum(float(w) * v for w, v in zip(stack.weights[c], row, strict=True))
                + float(stack.biases[c])
                - float(t)
            )
            ** 2
            for row, t in zip(x, target[:, c], strict=True)
        ]
        reconstruction = 0.0
        for k in range(z.shape[1]):
            mean = sum((r[k] - o[k]) ** 2 for r, o in zip(rebuilt, z.tolist(), strict=True)) / len(z)
            reconstruction += math.log(1 + balance.sharpness * mean)
        cosines = 0.0
        for i in range(N):
            for j in range(N):
                dot = sum(row[i] * row[j] for row in x)
                norms = math.sqrt(sum(row[i] ** 2 for row in x)) * math.sqrt(sum(row[j] ** 2 for row in x))
                if i != j and norms > 0:
                    cosines += (dot / norms) ** 2
        losses.append(
            sum(squares) / len(z)
            + balance.reconstruction * reconstruction / z.shape[1]
            + balance.pull_away * cosines / (N * (N - 1))
        )
    return losses


@pytest.mark.parametrize("hidden", [(), (5,), (5, 3)])
def test_the_loss_equals_explicit_loops(hidden: tuple[int, ...]) -> None:
    stack = random_stack(hidden)
    generator = torch.Generator().manual_seed(1)
    z = torch.randn(IMAGES, WIDTH, generator=generator, dtype=torch.float64).clamp_min(0)
    target = torch.randn(IMAGES, CLASSES, generator=generator, dtype=torch.float64)
    balance = Balance(reconstruction=0.7, pull_away=1.3, sharpness=4.0)
    expected = torch.tensor(slow_loss(stack, z, target, balance), dtype=torch.float64)
    assert torch.allclose(loss_per_class(stack, z, target, balance), expected, rtol=1e-6)


def test_a_class_alone_in_the_stack_has_the_same_x_features_and_scores() -> None:
    stack, z = random_stack((5,)), torch.rand(IMAGES, WIDTH, dtype=torch.float64)
    alone = stack.map(lambda tensor: tensor[1:2])
    x = encode(stack.encoder, z)
    assert torch.allclose(x[1:2], encode(alone.encoder, z))
    assert torch.allclose(
        read_out(stack.weights, stack.biases, x)[:, 1:2],
        read_out(alone.weights, alone.biases, encode(alone.encoder, z)),
    )


def test_shared_and_own_input_of_a_layer_give_the_same() -> None:
    layer, z = random_stack(()).encoder[0], torch.rand(IMAGES, WIDTH, dtype=torch.float64)
    assert torch.allclose(apply_layer(layer, z), apply_layer(layer, z.expand(CLASSES, -1, -1)))


def test_scores_against_targets_of_another_shape_are_an_error_and_not_broadcast() -> None:
    with pytest.raises(AssertionError, match="against targets"):
        faithfulness(torch.zeros(5), torch.zeros(5, 1))


def test_the_mean_over_images_stands_inside_the_logarithm() -> None:
    x, layer = torch.tensor([[[0.0], [2.0]]]), (torch.ones(1, 1, 1), torch.zeros(1, 1))
    inside, outside = math.log(1 + 10 * 2.0), math.log(1 + 10 * 4.0) / 2
    value = sparse_reconstruction(x, layer, torch.zeros(2, 1), 10.0)
    assert float(value) == pytest.approx(inside)
    assert inside != pytest.approx(outside)


def test_the_written_out_derivative_of_the_reconstruction_is_the_numerical_one() -> None:
    generator = torch.Generator().manual_seed(0)

    def drawn(*shape: int) -> Tensor:
        return torch.randn(shape, generator=generator, dtype=torch.float64).requires_grad_()

    original = torch.rand(5, 6, generator=generator, dtype=torch.float64)
    assert torch.autograd.gradcheck(
        lambda x, weight, bias: sparse_reconstruction(x, (weight, bias), original, 10.0),
        (drawn(2, 5, 3), drawn(2, 6, 3), drawn(2, 6)),
    )


def test_a_dead_column_counts_no_cosine_and_has_a_finite_gradient() -> None:
    x = torch.tensor([[[1.0, 0.0, 2.0], [1.0, 0.0, 2.0]]], requires_grad=True)
    value = pull_away(x)
    # One pair of three is parallel; each pair stands twice among the six ordered ones.
    assert value.detach().item() == pytest.approx(2 / 6, abs=1e-6)
    (gradient,) = torch.autograd.grad(value.sum(), x)
    assert bool(gradient.isfinite().all())


def test_a_single_x_feature_has_nothing_to_pull_away_from() -> None:
    assert pull_away(torch.rand(2, 5, 1)).tolist() == [0.0, 0.0]
