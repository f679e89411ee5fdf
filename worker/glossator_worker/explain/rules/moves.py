"""Layers that only move values: each element of the output is one of the input, or a padded zero."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, fx

from glossator_worker.explain.refusal import Refusal
from glossator_worker.explain.rules.base import Book, Rows, Rule, Run, Send, Shapes, Values

# Builds the moving function from the values at hand.
Move = Callable[[Values], Callable[[Tensor], Tensor]]


class Reshape(Rule):
    """Flatten, view, reshape: the images stay the first axis, the order within each stays."""

    def __init__(self, source: fx.Node, *, node: fx.Node, name: str) -> None:
        self.sources = (source,)
        self._node = node
        self._name = name

    def check(self, shapes: Shapes) -> None:
        shape = shapes[self._node]
        if len(shape) == 0 or shape[0] != shapes[self.sources[0]][0]:
            raise Refusal(f"excitation backprop has no rule for {self._name}, which mixes images")

    def keep(self, run: Run, output: Any) -> Send:
        shape = run.values[self.sources[0]].shape[1:]
        return lambda mass, rows, book: (mass.reshape(mass.shape[0], *shape),)


class View(Rule):
    """Slices, pieces of a split, axes in another order: what the framework computes as a view."""

    def __init__(
        self, source: fx.Node, move: Move, *, name: str, also_reads: tuple[fx.Node, ...] = ()
    ) -> None:
        self.sources = (source,)
        self._also_reads = also_reads
        self._move = move
        self._name = name

    @property
    def reads(self) -> tuple[fx.Node, ...]:
        return (*self.sources, *self._also_reads)

    def keep(self, run: Run, output: Any) -> Send:
        received: Tensor = run.values[self.sources[0]]
        shape, move = received.shape[1:], self._move(run.values)
        self._check_move(move, shape)

        def send(mass: Tensor, rows: Rows, book: Book) -> tuple[Tensor, ...]:
            handed = mass.new_zeros(mass.shape[0], *shape)
            move(handed).copy_(mass)
            return (handed,)

        return send

    def _check_move(self, move: Callable[[Tensor], Tensor], shape: torch.Size) -> None:
        probe = torch.empty(2, *shape)
        moved = move(probe)
        if (
            moved.untyped_storage().data_ptr() != probe.untyped_storage().data_ptr()
            or moved.shape[:1] != (2,)
            or moved.stride(0) != probe.stride(0)
            or _reach(moved[0]) > probe.stride(0)
        ):
            raise Refusal(
                f"excitation backprop has no rule for {self._name}, which does not keep images apart"
            )


def _reach(view: Tensor) -> int:
    # One more than the furthest element of a view, counted from the start of its storage.
    if view.numel() == 0:
        return int(view.storage_offset())
    steps = sum((size - 1) * stride for size, stride in zip(view.shape, view.stride(), strict=True))
    return int(view.storage_offset()) + steps + 1


class Padding(Rule):
    """Padding with zeros, cropping with negative amounts: what falls on padded zeros has no activation."""

    def __init__(self, source: fx.Node, amounts: Callable[[Values], list[int]], *, name: str) -> None:
        self.sources = (source,)
        self._amounts = amounts
        self._name = name

    def keep(self, run: Run, output: Any) -> Send:
        amounts = self._amounts(run.values)
        if len(amounts) >= 2 * output.ndim:
            raise Refusal(
                f"excitation backprop has no rule for {self._name}, which pads along the axis of the images"
            )

        def send(mass: Tensor, rows: Rows, book: Book) -> tuple[Tensor, ...]:
            return (F.pad(mass, [-amount for amount in amounts]),)

        return send
