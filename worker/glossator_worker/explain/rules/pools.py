"""Pools: the winner takes all, or each child its share of the average."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, fx
from torch.nn import functional as F

from glossator_worker.explain.refusal import Refusal
from glossator_worker.explain.rules.base import Book, Rows, Rule, Run, Send, Shapes, Values, channels_last
from glossator_worker.explain.rules.weighted import divide

# Builds the pooling function from the values at hand: some take their size from the image.
Pool = Callable[[Values], Callable[[Tensor], Tensor]]
# The same for a function that also gives the flat position (B, C, h', w') of each winner within its (h, w).
IndexedPool = Callable[[Values], Callable[[Tensor], tuple[Tensor, Tensor]]]


class AveragePool(Rule):
    """Equation 2.1 with equal weights: in proportion to the clamped activations under the window."""

    def __init__(self, source: fx.Node, pool: Pool, *, node: fx.Node, name: str, clamp: bool) -> None:
        self.sources = (source,)
        self._pool = pool
        self._node = node
        self._name = name
        self._clamp = clamp

    @property
    def holds(self) -> tuple[fx.Node, ...]:
        return self.sources

    def check(self, shapes: Shapes) -> None:
        if len(shapes[self._node]) == 0 or shapes[self._node][0] != shapes[self.sources[0]][0]:
            raise Refusal(f"excitation backprop has no rule for {self._name}, which averages over images")

    def keep(self, run: Run, output: Any) -> Send:
        received: Tensor = run.values[self.sources[0]]
        pool = self._pool(run.values)

        def send(mass: Tensor, rows: Rows, book: Book) -> tuple[Tensor, ...]:
            activation = received.clamp(min=0) if self._clamp else received
            quotient = divide(mass, pool(activation), rows, book)
            return (rows.scale_(_transpose(pool, quotient, received.shape[1:]), activation),)

        return send


class MaxPool(Rule):
    """All mass of a window to its winner, of equal ones the first in row order, as the framework counts."""

    def __init__(self, source: fx.Node, pool: IndexedPool) -> None:
        self.sources = (source,)
        self._pool = pool

    def keep(self, run: Run, output: Any) -> Send:
        received: Tensor = run.values[self.sources[0]]
        shape = received.shape[1:]
        _, winners = self._pool(run.values)(received)

        def send(mass: Tensor, rows: Rows, book: Book) -> tuple[Tensor, ...]:
            count, channels = mass.shape[0], shape[0]
            handed = mass.new_zeros(count, channels, shape[1:].numel())
            index = rows.spread(winners.reshape(*winners.shape[:2], -1))
            return (handed.scatter_add_(2, index, mass.reshape(count, channels, -1)).view(count, *shape),)

        return send


def indexed_max_pool(tensor: Tensor, *settings: Any) -> tuple[Tensor, Tensor]:
    """Values and flat positions of the winners; `settings` as of `torch.nn.functional.max_pool2d`."""
    values, winners = F.max_pool2d_with_indices(tensor, *settings)
    return values, winners


def indexed_adaptive_max_pool(tensor: Tensor, size: Any) -> tuple[Tensor, Tensor]:
    """The same for `torch.nn.functional.adaptive_max_pool2d`."""
    values, winners = F.adaptive_max_pool2d_with_indices(tensor, size)
    return values, winners


def _transpose(pool: Callable[[Tensor], Tensor], mass: Tensor, shape: torch.Size) -> Tensor:
    with torch.enable_grad():
        origin = channels_last(mass.new_zeros(mass.shape[0], *shape)).requires_grad_()
        pooled = pool(origin)
    (handed,) = torch.autograd.grad(pooled, origin, mass)
    return channels_last(handed)
