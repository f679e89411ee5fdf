"""Layers with one child per parent: the mass goes on as it is, or is lost where the sign turns."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, fx

from glossator_worker.explain.refusal import Refusal
from glossator_worker.explain.rules.base import NEGATIVE_SCALE, Book, Rows, Rule, Run, Send, Shapes
from glossator_worker.explain.rules.weighted import Norm


class Pass(Rule):
    """Mass unchanged: activations that keep the sign, dropout, identity, a gate's gated tensor."""

    def __init__(self, source: fx.Node, *, node: fx.Node, name: str) -> None:
        self.sources = (source,)
        self._node = node
        self._name = name

    def check(self, shapes: Shapes) -> None:
        if shapes[self._node] != shapes[self.sources[0]]:
            raise Refusal(f"excitation backprop has no rule for {self._name}, which broadcasts its input")

    def keep(self, run: Run, output: Any) -> Send:
        return lambda mass, rows, book: (mass,)


class PositiveFactor(Pass):
    """A product with a constant tensor: mass unchanged, provided that the constant is positive."""

    def __init__(self, source: fx.Node, factor: fx.Node, *, node: fx.Node, name: str) -> None:
        super().__init__(source, node=node, name=name)
        self._factor = factor

    def keep(self, run: Run, output: Any) -> Send:
        if not bool((torch.as_tensor(run.values[self._factor]) > 0).all()):
            raise Refusal(
                f"excitation backprop has no rule for {self._name} with a factor that is not positive"
            )
        return super().keep(run, output)


class Scale(Rule):
    """A batch norm that is not behind a convolution: channels with a scale up to zero lose their mass."""

    def __init__(self, source: fx.Node, norm: Norm) -> None:
        self.sources = (source,)
        self._norm = norm

    def keep(self, run: Run, output: Any) -> Send:
        received: Tensor = run.values[self.sources[0]]
        factor, _ = self._norm.factors(run.values)
        alive = (factor > 0).view(1, -1, *[1] * (received.ndim - 2))

        def send(mass: Tensor, rows: Rows, book: Book) -> tuple[Tensor, ...]:
            book.lose(NEGATIVE_SCALE, mass, ~alive, rows)
            return (mass.mul_(alive),)

        return send
