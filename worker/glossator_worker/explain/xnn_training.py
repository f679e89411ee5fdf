"""One attempt at training the xNNs of a group of classes together.

Order of an attempt: the encoder's layers one by one as autoencoders, the bounded readout, then all parts
together.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from glossator_worker.explain.xnn_layers import Balance, Stack, apply_layer, encode, loss_per_class
from glossator_worker.explain.xnn_start import (
    batch_order_generator,
    bounded_readout,
    class_generators,
    random_stack,
    renew_silent_rows,
)

_RENEWALS = 4
_SLICE_IMAGES = 1024
_SCALED_FROM_WIDTH = 64


@dataclass(frozen=True)
class Schedule:
    """How long and how fast to train.

    ``minimum_steps`` raises the epochs where there are few images. The learning rate is that of up to 64
    hidden features and falls with more of them, since a wide layer otherwise kills every X-feature.
    """

    epochs: int = 40
    minimum_steps: int = 1500
    layer_epochs: int = 2
    batch: int = 256
    learning_rate: float = 1e-2

    def joint_epochs(self, images: int) -> int:
        """Epochs of the joint phase for so many training images."""
        return max(self.epochs, math.ceil(self.minimum_steps / math.ceil(images / self.batch)))

    def rate(self, width: int) -> float:
        """Learning rate for a hidden layer of this width."""
        return self.learning_rate * min(1.0, _SCALED_FROM_WIDTH / width)


@dataclass(frozen=True)
class TrainingData:
    """Features z (M, N), their scale ρ, and normalised targets T (M, C) of the classes to train, float32."""

    features: Tensor
    scale: float
    targets: Tensor

    def shuffled(self, batch: int, order: torch.Generator) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield (z' (B, N), T (B, C)) of all images once, in an order drawn from ``order``."""
        permutation = torch.randperm(len(self.features), generator=order).to(self.features.device)
        for index in torch.split(permutation, batch):
            yield self.features[index] / self.scale, self.targets[index]

    def in_order(self) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield (z' (B, N), T (B, C)) of all images in slices that bound memory."""
        for start in range(0, len(self.features), _SLICE_IMAGES):
            rows = slice(start, start + _SLICE_IMAGES)
            yield self.features[rows] / self.scale, self.targets[rows]


@dataclass(frozen=True)
class Attempt:
    """Normalised parameters without gradients, and per class whether its loss stayed finite."""

    stack: Stack
    finite: Tensor


def attempt(
    data: TrainingData,
    classes: Sequence[int],
    *,
    widths: Sequence[int],
    seed: int,
    number: int,
    schedule: Schedule,
    balance: Balance,
    epoch_done: Callable[[], None],
) -> Attempt:
    """Train the xNNs of ``classes`` together, the columns of ``data.targets`` in this order.

    The sum over classes keeps each class's gradient what it would be alone, and no parameter is shared, so
    a class whose loss is no longer finite leaves the others as they are.
    """
    order = batch_order_generator(seed, number)
    generators = class_generators(seed, classes, number)
    start = random_stack(widths, generators, data.features.device)
    finite = torch.ones(len(classes), dtype=torch.bool, device=data.features.device)
    for level in range(len(widths) - 1):
        finite &= _train_level(start, level, data, order, schedule)
    _wake_silent_rows(start, data, generators)
    weights, biases = bounded_readout((encode(start.encoder, z), t) for z, t in data.in_order())
    stack = Stack(start.encoder, start.decoder, weights, biases)
    finite &= _train_together(stack, data, order, schedule=schedule, balance=balance, epoch_done=epoch_done)
    return Attempt(stack, finite)


def _train_level(
    stack: Stack, level: int, data: TrainingData, order: torch.Generator, schedule: Schedule
) -> Tensor:
    """Train an encoder layer and its mirror to rebuild the layer's input, in place; say who stayed finite."""
    layers = (stack.encoder[level], stack.decoder[len(stack.decoder) - 1 - level])
    tensors = [tensor.requires_grad_() for layer in layers for tensor in layer]
    optimiser = torch.optim.Adam(tensors, lr=schedule.rate(data.features.shape[1]))
    finite = torch.ones(len(stack.biases), dtype=torch.bool, device=data.features.device)
    for _ in range(schedule.layer_epochs):
        for z, _ in data.shuffled(schedule.batch, order):
            below = encode(stack.encoder[:level], z)
            rebuilt = apply_layer(layers[1], apply_layer(layers[0], below))
            loss = (rebuilt - below).square().mean((1, 2))
            finite &= loss.isfinite()
            optimiser.zero_grad()
            torch.autograd.backward(loss.sum())
            optimiser.step()
    for tensor in tensors:
        tensor.requires_grad_(False)
    return finite


def _wake_silent_rows(stack: Stack, data: TrainingData, generators: Sequence[torch.Generator]) -> None:
    """Replace X-features that are zero on every image, as random rows on a correlated layer can be."""
    for renewal in range(_RENEWALS):
        active = torch.zeros_like(stack.weights, dtype=torch.bool)
        for z, _ in data.in_order():
            active |= (encode(stack.encoder, z) > 0).any(1)
        if active.all():
            return
        renew_silent_rows(stack.encoder[-1], ~active, generators, last=renewal == _RENEWALS - 1)


def _train_together(
    stack: Stack,
    data: TrainingData,
    order: torch.Generator,
    *,
    schedule: Schedule,
    balance: Balance,
    epoch_done: Callable[[], None],
) -> Tensor:
    """Train all parts, in place, the rate falling to 0 by a cosine per step; say who stayed finite."""
    tensors = [tensor.requires_grad_() for tensor in stack.tensors()]
    rate = schedule.rate(data.features.shape[1])
    optimiser = torch.optim.Adam(tensors, lr=rate)
    epochs = schedule.joint_epochs(len(data.features))
    steps = epochs * math.ceil(len(data.features) / schedule.batch)
    finite = torch.ones(len(stack.biases), dtype=torch.bool, device=data.features.device)
    step = 0
    for _ in range(epochs):
        for z, target in data.shuffled(schedule.batch, order):
            optimiser.param_groups[0]["lr"] = rate * 0.5 * (1 + math.cos(math.pi * step / steps))
            loss = loss_per_class(stack, z, target, balance)
            finite &= loss.isfinite()
            optimiser.zero_grad()
            torch.autograd.backward(loss.sum())
            optimiser.step()
            step += 1
        epoch_done()
        if not finite.any():
            break
    for tensor in tensors:
        tensor.requires_grad_(False)
    return finite
