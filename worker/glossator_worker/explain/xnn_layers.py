"""The batched parameters of several xNNs at once, their passes and the three terms of their loss.

All tensors have the classes in front, so that one matrix product serves every class. Shapes: C classes, B
images, N hidden features, n X-features. Features and scores are in normalised units here: z' = z/ρ, T = (s
− μ)/σ.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

Layer = tuple[Tensor, Tensor]
"""Weight (C, out, in) and bias (C, out)."""

_NORM_FLOOR = 1e-8


@dataclass(frozen=True)
class Stack:
    """Parameters of C xNNs: encoder from z up to the X-features, decoder down to z again, readout."""

    encoder: tuple[Layer, ...]
    decoder: tuple[Layer, ...]
    weights: Tensor
    biases: Tensor

    def tensors(self) -> Iterator[Tensor]:
        """Yield every tensor, in a fixed order."""
        for weight, bias in (*self.encoder, *self.decoder):
            yield weight
            yield bias
        yield self.weights
        yield self.biases

    def map(self, change: Callable[[Tensor], Tensor]) -> "Stack":
        """Return a stack whose tensors are ``change`` of these."""
        return Stack(
            tuple((change(weight), change(bias)) for weight, bias in self.encoder),
            tuple((change(weight), change(bias)) for weight, bias in self.decoder),
            change(self.weights),
            change(self.biases),
        )


def apply_layer(layer: Layer, values: Tensor) -> Tensor:
    """One ReLU layer of every class: values (B, in), shared by the classes, or (C, B, in) -> (C, B, out)."""
    weight, bias = layer
    if values.dim() == 2:
        classes, width, _ = weight.shape
        flat = F.linear(values, weight.flatten(0, 1), bias.flatten())
        return F.relu(flat).view(len(values), classes, width).transpose(0, 1)
    return F.relu(torch.baddbmm(bias[:, None], values, weight.transpose(1, 2)))


def encode(encoder: tuple[Layer, ...], values: Tensor) -> Tensor:
    """Give the X-features (C, B, n) of z' (B, N)."""
    for layer in encoder:
        values = apply_layer(layer, values)
    return values


def read_out(weights: Tensor, biases: Tensor, x: Tensor) -> Tensor:
    """Give the scores (B, C) of X-features (C, B, n)."""
    return (torch.bmm(x, weights[:, :, None]).squeeze(2) + biases[:, None]).T


@dataclass(frozen=True)
class Balance:
    """Weights of the loss terms against faithfulness, and the sharpness q of the sparse reconstruction."""

    reconstruction: float = 0.1
    pull_away: float = 0.01
    sharpness: float = 10.0


def faithfulness(predicted: Tensor, target: Tensor) -> Tensor:
    """Mean squared error (C,) of scores (B, C)."""
    if predicted.shape != target.shape:
        raise AssertionError(f"scores {tuple(predicted.shape)} against targets {tuple(target.shape)}")
    return (predicted - target).square().mean(0)


def sparse_reconstruction(x: Tensor, layer: Layer, original: Tensor, sharpness: float) -> Tensor:
    """Mean over dimensions of log(1 + q · mean squared error over images), of the decoder's last layer.

    The mean over images stands inside the logarithm, so that a dimension can be given up for all images.

    Args:
        x: (C, B, in), what the decoder's last layer reads.
        layer: that layer, whose ReLU output (C, B, N) is the rebuilt z'.
        original: z' (B, N).
        sharpness: q.

    Returns:
        (C,).
    """
    apply = _SparseReconstruction.apply
    value: Tensor = apply(x, *layer, original, sharpness)  # type: ignore[no-untyped-call]  # torch's
    return value


class _SparseReconstruction(torch.autograd.Function):
    """The same with its derivative written out.

    (C, B, N) is by far the largest tensor of a step, and time goes into passing over it. Written out, there
    is one such tensor, changed in place, and the derivative's factors per class and dimension go to the
    small tensors.
    """

    @staticmethod
    def forward(
        ctx: Any, x: Tensor, weight: Tensor, bias: Tensor, original: Tensor, sharpness: float
    ) -> Tensor:
        padded = torch.cat([x, torch.ones_like(x[..., :1])], dim=2)
        error = torch.bmm(padded, torch.cat([weight, bias[:, :, None]], dim=2).transpose(1, 2))
        closed = error <= 0
        error.relu_().sub_(original)
        mean = torch.linalg.vector_norm(error, dim=1).square() / len(original)
        error.masked_fill_(closed, 0)
        ctx.save_for_backward(padded, weight, error, mean)
        ctx.sharpness = sharpness
        return torch.log1p(sharpness * mean).mean(1)

    @staticmethod
    def backward(ctx: Any, *slopes: Tensor) -> tuple[Tensor | None, ...]:
        padded, weight, error, mean = ctx.saved_tensors
        images, width = error.shape[1:]
        per_error = slopes[0][:, None] * ctx.sharpness / (1 + ctx.sharpness * mean) * (2 / (images * width))
        towards_layer = per_error[:, :, None] * torch.bmm(error.transpose(1, 2), padded)
        towards_x = torch.bmm(error, per_error[:, :, None] * weight)
        return towards_x, towards_layer[:, :, :-1], towards_layer[:, :, -1], None, None


def pull_away(x: Tensor) -> Tensor:
    """Mean squared cosine between X-features over the batch: (C, B, n) -> (C,); dead columns count 0."""
    n = x.shape[2]
    if n == 1:
        return x.new_zeros(len(x))
    # The 1e-8 stands outside the norm, whose backward pass is safe at zero: a dead column gets no gradient.
    unit = x / (torch.linalg.vector_norm(x, dim=1, keepdim=True) + _NORM_FLOOR)
    gram = torch.bmm(unit.transpose(1, 2), unit)
    diagonal = gram.diagonal(dim1=1, dim2=2)
    return (gram.square().sum((1, 2)) - diagonal.square().sum(1)) / (n * (n - 1))


def loss_per_class(stack: Stack, features: Tensor, target: Tensor, balance: Balance) -> Tensor:
    """Total loss (C,) on a batch: normalised features (B, N) and scores (B, C)."""
    x = encode(stack.encoder, features)
    below = x
    for layer in stack.decoder[:-1]:
        below = apply_layer(layer, below)
    return (
        faithfulness(read_out(stack.weights, stack.biases, x), target)
        + balance.reconstruction
        * sparse_reconstruction(below, stack.decoder[-1], features, balance.sharpness)
        + balance.pull_away * pull_away(x)
    )
