"""Layers with weights: convolution and linear, with the batch norm behind them folded in."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, fx
from torch.nn import functional as F

from glossator_worker.explain.refusal import Refusal
from glossator_worker.explain.rules.base import (
    ZERO_DENOMINATOR,
    Book,
    Rows,
    Rule,
    Run,
    Send,
    Shapes,
    Values,
    channels_last,
    smallest_denominator,
)


class Layer(ABC):
    """The linear part of a layer, as a function of its weight."""

    @abstractmethod
    def apply(self, values: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
        """The layer's output (B, ...)."""

    @abstractmethod
    def transpose(self, mass: Tensor, weight: Tensor, shape: torch.Size) -> Tensor:
        """The transposed map: (R, *output) to (R, *input), `shape` being one input's without the batch."""


@dataclass(frozen=True)
class Convolution(Layer):
    """Two-dimensional convolution with zero padding."""

    stride: tuple[int, int]
    padding: tuple[int, int] | str
    dilation: tuple[int, int]
    groups: int

    def apply(self, values: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
        if self.padding == "same":
            (top, bottom), (left, right) = self._around(weight)
            values = F.pad(values, (left, right, top, bottom))
        padding = (0, 0) if isinstance(self.padding, str) else self.padding
        return F.conv2d(values, weight, bias, self.stride, padding, self.dilation, self.groups)

    def _around(self, weight: Tensor) -> list[tuple[int, int]]:
        # Zeros before and behind that "same" means: one more behind where the kernel reaches an odd distance.
        reaches = [d * (k - 1) for d, k in zip(self.dilation, weight.shape[2:], strict=True)]
        return [(reach // 2, reach - reach // 2) for reach in reaches]

    def transpose(self, mass: Tensor, weight: Tensor, shape: torch.Size) -> Tensor:
        if self.padding == "same":
            (top, _), (left, _) = self._around(weight)
            full = F.conv_transpose2d(mass, weight, None, self.stride, 0, 0, self.groups, self.dilation)
            return full[:, :, top : top + shape[1], left : left + shape[2]]
        padding = (0, 0) if isinstance(self.padding, str) else self.padding
        # What the stride skipped at the far edges is part of the input all the same.
        skipped = [
            length - ((out - 1) * step - 2 * zeros + d * (k - 1) + 1)
            for length, out, step, zeros, d, k in zip(
                shape[1:], mass.shape[2:], self.stride, padding, self.dilation, weight.shape[2:], strict=True
            )
        ]
        return F.conv_transpose2d(
            mass, weight, None, self.stride, padding, skipped, self.groups, self.dilation
        )


@dataclass(frozen=True)
class Dense(Layer):
    """Linear layer over the last axis."""

    def apply(self, values: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
        return F.linear(values, weight, bias)

    def transpose(self, mass: Tensor, weight: Tensor, shape: torch.Size) -> Tensor:
        return mass @ weight


# Reads a layer's weight and bias; its parameters may have changed since the model was traced.
Read = Callable[[Values], tuple[Tensor, Tensor | None]]
# Reads a batch norm's running mean, running variance, scale and shift, each (C,).
ReadNorm = Callable[[Values], tuple[Tensor, Tensor, Tensor | None, Tensor | None]]


@dataclass(frozen=True)
class Norm:
    """A batch norm with running statistics."""

    node: fx.Node
    read: ReadNorm
    epsilon: float

    def factors(self, values: Values) -> tuple[Tensor, Tensor]:
        """(scale/√(variance + ε), shift − mean · that), each (C,)."""
        mean, variance, scale, shift = self.read(values)
        factor = (variance + self.epsilon).rsqrt()
        if scale is not None:
            factor = factor * scale
        offset = -mean * factor
        return factor, offset if shift is None else offset + shift


class Weighted(Rule):
    """Equation 2.1: p_i = Σ_j a_i v_ji⁺ / Σ_k a_k v_jk⁺ · p_j, v with the batch norm folded in."""

    def __init__(self, source: fx.Node, layer: Layer, read: Read, *, name: str, clamp: bool) -> None:
        self.sources = (source,)
        self.layer = layer
        self.norm: Norm | None = None
        self._read = read
        self._name = name
        self._clamp = clamp

    def with_norm(self, norm: Norm) -> Weighted:
        """The same layer with a batch norm folded into it."""
        folded = copy(self)
        folded.norm = norm
        return folded

    @property
    def holds(self) -> tuple[fx.Node, ...]:
        return self.sources

    def check(self, shapes: Shapes) -> None:
        if self.norm is not None and isinstance(self.layer, Dense) and len(shapes[self.norm.node]) != 2:
            raise Refusal(
                f"excitation backprop has no rule for {self._name} with a batch norm along another axis"
            )

    def weights(self, run: Run) -> tuple[Tensor, Tensor | None]:
        """Weight and bias with the batch norm folded in."""
        key = (self, "folded")
        if key not in run.weights:
            weight, bias = self._read(run.values)
            if self.norm is not None:
                factor, offset = self.norm.factors(run.values)
                weight = weight * factor.view(-1, *[1] * (weight.ndim - 1))
                bias = offset if bias is None else bias * factor + offset
            run.weights[key] = channels_last(weight), bias
        folded: tuple[Tensor, Tensor | None] = run.weights[key]
        return folded

    def keep(self, run: Run, output: Any) -> Send:
        # Folding comes first: a negative scale turns the row's inhibitory weights into excitatory ones.
        key = (self, "excitatory")
        if key not in run.weights:
            run.weights[key] = self.weights(run)[0].clamp(min=0)
        weight: Tensor = run.weights[key]
        received: Tensor = run.values[self.sources[0]]

        def send(mass: Tensor, rows: Rows, book: Book) -> tuple[Tensor, ...]:
            activation = received.clamp(min=0) if self._clamp else received
            denominator = self.layer.apply(activation, weight, None)
            quotient = divide(mass, denominator, rows, book)
            handed = self.layer.transpose(quotient, weight, received.shape[1:])
            return (rows.scale_(handed, activation),)

        return send


def divide(mass: Tensor, denominator: Tensor, rows: Rows, book: Book) -> Tensor:
    """`mass` (R, ...) over its image's `denominator` (B, ...) in place; what has none is booked as lost."""
    dead = denominator <= smallest_denominator(denominator.dtype)
    book.lose(ZERO_DENOMINATOR, mass, dead, rows)
    return rows.scale_(mass, denominator.reciprocal().masked_fill_(dead, 0))
