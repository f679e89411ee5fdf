"""The walk itself: mass from the start down to the stop, and how much memory it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, fx

from glossator_worker.explain.rules.base import Book, Rows, Rule, Send


@dataclass(frozen=True)
class Walk:
    """The nodes between start and stop.

    Attributes:
        rules: the rule of every node.
        start: where the mass enters.
        stop: where it ends.
        nodes: those that hand mass on, `start` among them and `stop` not, in the order of the forward pass.
    """

    rules: Mapping[fx.Node, Rule]
    start: fx.Node
    stop: fx.Node
    nodes: tuple[fx.Node, ...]

    def send(
        self, mass: Tensor, rows: Rows, sends: dict[fx.Node, Send], *, release: bool
    ) -> tuple[Tensor | None, Book]:
        """Send `mass` (R, *start) down; it is overwritten.

        Args:
            mass: a distribution per row.
            rows: the image of each row.
            sends: how each node hands mass on.
            release: forget each of `sends` after its use, and with it the activations that it keeps.

        Returns:
            The mass at the stop (R, C, H, W), None where none arrives, and what was lost.
        """
        book = Book()
        waiting = {self.start: mass}
        for node in reversed(self.nodes):
            send = sends.pop(node) if release else sends[node]
            if node not in waiting:
                continue
            for source, part in zip(
                self.rules[node].sources, send(waiting.pop(node), rows, book), strict=True
            ):
                if source in waiting:
                    waiting[source].add_(part)
                else:
                    waiting[source] = part
        return waiting.get(self.stop), book

    def kept_numbers(self, shapes: Mapping[fx.Node, torch.Size]) -> int:
        """How many numbers of one image's activations are kept for the walk."""
        held = {node for own in self.nodes for node in self.rules[own].holds}
        return sum(_per_image(shapes[node]) for node in held)

    def row_numbers(self, shapes: Mapping[fx.Node, torch.Size]) -> int:
        """How many numbers of mass one row takes at most at a time."""
        waiting = {self.start: _per_image(shapes[self.start])}
        most = waiting[self.start]
        for node in reversed(self.nodes):
            own = waiting.pop(node, 0)
            for source in self.rules[node].sources:
                waiting[source] = _per_image(shapes[source])
            # A rule holds what it is given, what it returns and one intermediate result of that size.
            received = sum(_per_image(shapes[source]) for source in self.rules[node].sources)
            most = max(most, sum(waiting.values()) + own + received)
        return most


def _per_image(shape: Sequence[int]) -> int:
    return torch.Size(shape[1:]).numel()
