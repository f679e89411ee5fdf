"""What all rules share: rows of mass, the book of losses, the interface of a rule."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, fx

from glossator_worker.explain.refusal import Refusal

ZERO_DENOMINATOR = "zero denominator"
NEGATIVE_SUM = "negative sum"
NEGATIVE_SCALE = "negative batch-norm scale"
CAUSES = (ZERO_DENOMINATOR, NEGATIVE_SUM, NEGATIVE_SCALE)

# The values of the nodes that have run and are still needed: tensors, or the numbers computed from their
# sizes.
Values = Mapping[fx.Node, Any]
Shapes = Mapping[fx.Node, torch.Size]


@dataclass(frozen=True)
class Run:
    """One forward pass: the values at hand, and what all chunks of a call share."""

    values: Values
    weights: dict[tuple[Rule, str], Any]


def smallest_denominator(dtype: torch.dtype) -> float:
    """Denominators up to this count as zero: a quotient by them would be noise (algorithms 2.2)."""
    return 1e-100 if dtype == torch.float64 else 1e-20


@dataclass(frozen=True)
class Rows:
    """Which image each row of a mass tensor belongs to: `counts[b]` consecutive rows belong to image b."""

    counts: tuple[int, ...]

    @property
    def per_image(self) -> int | None:
        """The number of rows of every image where it is the same for all, else None."""
        return self.counts[0] if len(set(self.counts)) == 1 else None

    def scale_(self, mass: Tensor, factor: Tensor) -> Tensor:
        """Multiply each row of `mass` (R, ...) in place with its image's `factor` (B, ...)."""
        if self.per_image is not None:
            mass.view(len(self.counts), self.per_image, *mass.shape[1:]).mul_(factor.unsqueeze(1))
            return mass
        start = 0
        for image, count in enumerate(self.counts):
            mass[start : start + count].mul_(factor[image])
            start += count
        return mass

    def spread(self, values: Tensor) -> Tensor:
        """The image's `values` (B, ...) for each row: (R, ...)."""
        if self.per_image == 1:
            return values
        return values.repeat_interleave(torch.tensor(self.counts, device=values.device), dim=0)


@dataclass
class Book:
    """The mass that each row (R,) has lost so far, by cause."""

    lost: dict[str, Tensor] = field(default_factory=dict)

    def lose(self, cause: str, mass: Tensor, dead: Tensor, rows: Rows) -> None:
        """Book the part of `mass` (R, ...) that lies where `dead` (B, ...) or (1, ...) is true."""
        if not bool(dead.any()):
            return
        if dead.shape[0] == len(rows.counts):
            gone = rows.scale_(mass.clone(), dead.to(mass.dtype))
        else:
            gone = mass * dead
        total = gone.flatten(1).sum(1)
        self.lost[cause] = self.lost[cause] + total if cause in self.lost else total


# Hands a node's mass (R, *output) on: one tensor (R, *source) per source. It may overwrite the mass it is
# given, and what it returns belongs to the caller.
Send = Callable[[Tensor, Rows, Book], tuple[Tensor, ...]]


class Rule(ABC):
    """How one node of the graph hands the mass of its output to its inputs.

    Attributes:
        sources: the nodes that receive mass, in the order in which `Send` returns it.
    """

    sources: tuple[fx.Node, ...]

    @property
    def refusal(self) -> str | None:
        """Why the walk cannot pass this node, or None."""
        return None

    @property
    def holds(self) -> tuple[fx.Node, ...]:
        """The nodes whose values the walk needs after the forward pass."""
        return ()

    @property
    def reads(self) -> tuple[fx.Node, ...]:
        """The nodes whose values `keep` reads besides the inputs of the node itself."""
        return self.sources

    def check(self, shapes: Shapes) -> None:  # noqa: B027 - most rules take every shape
        """Refuse shapes that the rule does not treat; `shapes` are those of a batch of two images."""

    @abstractmethod
    def keep(self, run: Run, output: Any) -> Send:
        """Keep what handing mass on will need. Called when the node has just run."""


class Unsupported(Rule):
    """A layer without a rule: the walk may stop behind it but cannot pass it."""

    def __init__(self, sources: tuple[fx.Node, ...], reason: str) -> None:
        self.sources = sources
        self._reason = reason

    @property
    def refusal(self) -> str | None:
        return self._reason

    def keep(self, run: Run, output: Any) -> Send:
        raise Refusal(self._reason)


def channels_last(tensor: Tensor) -> Tensor:
    """The same values with the channels of a position side by side: the fastest order for convolutions."""
    return tensor.contiguous(memory_format=torch.channels_last) if tensor.ndim == 4 else tensor.contiguous()


def resolve(argument: Any, values: Values) -> Any:
    """An argument of a traced operation with the nodes in it replaced by their values."""
    return fx.node.map_arg(argument, lambda node: values[node])
