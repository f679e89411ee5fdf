"""Where branches meet: sums and concatenations."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

import torch
from torch import Tensor, fx

from glossator_worker.explain.refusal import Refusal
from glossator_worker.explain.rules.base import (
    NEGATIVE_SUM,
    Book,
    Rows,
    Rule,
    Run,
    Send,
    Shapes,
    smallest_denominator,
)


class Sum(Rule):
    """Element by element in proportion to the clamped summands, as they are before what follows the sum."""

    def __init__(self, first: fx.Node, second: fx.Node, *, name: str) -> None:
        self.sources = (first, second)
        self._name = name

    @property
    def holds(self) -> tuple[fx.Node, ...]:
        return self.sources

    def check(self, shapes: Shapes) -> None:
        first, second = (shapes[source] for source in self.sources)
        if first != second:
            raise Refusal(
                f"excitation backprop has no rule for the broadcasting sum {self._name} of "
                f"{tuple(first[1:])} and {tuple(second[1:])}"
            )

    def keep(self, run: Run, output: Any) -> Send:
        summands: list[Tensor] = [run.values[source] for source in self.sources]

        def send(mass: Tensor, rows: Rows, book: Book) -> tuple[Tensor, ...]:
            first, second = (summand.clamp(min=0) for summand in summands)
            total = first + second
            dead = total <= smallest_denominator(total.dtype)
            book.lose(NEGATIVE_SUM, mass, dead, rows)
            # Dividing, unlike multiplying by the reciprocal, gives exactly 1 where one summand is alone.
            total.masked_fill_(dead, torch.inf)
            to_first = rows.scale_(mass.clone(), first.div_(total))
            return to_first, rows.scale_(mass, second.div_(total))

        return send


class Concatenation(Rule):
    """Each part gets what lies on it."""

    def __init__(self, parts: tuple[fx.Node, ...], axis: int, *, name: str) -> None:
        self.sources = parts
        self._axis = axis
        self._name = name

    def check(self, shapes: Shapes) -> None:
        if self._axis % len(shapes[self.sources[0]]) == 0:
            raise Refusal(f"excitation backprop has no rule for {self._name}, which joins images")

    def keep(self, run: Run, output: Any) -> Send:
        sizes = [run.values[source].shape[self._axis] for source in self.sources]

        def send(mass: Tensor, rows: Rows, book: Book) -> tuple[Tensor, ...]:
            ends = list(accumulate(sizes))
            return tuple(
                mass.narrow(self._axis, end - size, size) for end, size in zip(ends, sizes, strict=True)
            )

        return send
