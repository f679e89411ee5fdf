"""A chunk of images: from the top distributions to maps and losses, whole or in groups of rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, fx

from glossator_worker.explain.layout import Layout
from glossator_worker.explain.refusal import Refusal
from glossator_worker.explain.rules.base import CAUSES, Book, Rows, Send, channels_last

_MASS_TOLERANCE = 1e-3


@dataclass(frozen=True)
class Piece:
    """What came of the distributions of some images: B images, K maps, P parts (positive, negated).

    Attributes:
        maps: (B, K, P, H, W).
        lost_by: cause → (B, K, P).
        present: (B, K, P), whether there was a distribution at all.
        watched: (B, *shape), the values of the watched node; None where none is.
    """

    maps: Tensor
    lost_by: dict[str, Tensor]
    present: Tensor
    watched: Tensor | None = None

    @classmethod
    def empty(cls, present: Tensor, like: Tensor, size: tuple[int, int]) -> Piece:
        """Maps of zeros, nothing lost."""
        maps = like.new_zeros(*present.shape, *size)
        return cls(maps, {cause: like.new_zeros(present.shape) for cause in CAUSES}, present)

    @classmethod
    def join(cls, pieces: Sequence[Piece]) -> Piece:
        """The pieces of consecutive images as one."""
        watched = [piece.watched for piece in pieces if piece.watched is not None]
        return cls(
            torch.cat([piece.maps for piece in pieces]),
            {cause: torch.cat([piece.lost_by[cause] for piece in pieces]) for cause in CAUSES},
            torch.cat([piece.present for piece in pieces]),
            torch.cat(watched) if watched else None,
        )


def check_top(top: Tensor, images: int, start_shape: torch.Size, parts: int) -> None:
    """Refuse distributions of the wrong shape, or that are none."""
    expected = [images, top.shape[1] if top.ndim > 1 else 1, *([2] if parts == 2 else []), *start_shape]
    if list(top.shape) != expected:
        wanted = ", ".join(str(length) for length in [images, "K", *expected[2:]])
        raise Refusal(f"top must have the shape ({wanted}), not {tuple(top.shape)}")
    mass = top.flatten(3 if parts == 2 else 2).sum(-1)
    if not bool(torch.isfinite(mass).all()) or bool((top < 0).any()):
        raise Refusal("top must hold probabilities: finite and not negative")
    wrong = (mass != 0) & ((mass - 1).abs() > _MASS_TOLERANCE)
    if bool(wrong.any()):
        raise Refusal(
            f"each distribution of top must sum to 1, or to 0 for no map; one sums to {mass[wrong][0]:.6g}"
        )


def descend(
    layout: Layout, sends: dict[fx.Node, Send], top: Tensor, present: Tensor, rows_at_a_time: int
) -> Piece:
    """Walk all distributions of a chunk down; `sends` is emptied.

    Args:
        layout: the walk.
        sends: how each node hands mass on, from the chunk's forward pass.
        top: (B, K, P, *start).
        present: (B, K, P), which of them have mass; the others cost nothing.
        rows_at_a_time: how many go down together.
    """
    piece = Piece.empty(present, top, layout.stop.size)
    maps = piece.maps.flatten(0, 2)
    lost_by = {cause: lost.view(-1) for cause, lost in piece.lost_by.items()}
    distributions = top.flatten(0, 2)
    chosen = present.flatten().nonzero().squeeze(1)
    groups = [chosen[first : first + rows_at_a_time] for first in range(0, len(chosen), rows_at_a_time)]
    rows_per_image = present[0].numel()
    for number, group in enumerate(groups, 1):
        counts = torch.bincount(group // rows_per_image, minlength=len(present)).tolist()
        release = number == len(groups)
        mass, book = layout.walk.send(
            channels_last(distributions[group]), Rows(tuple(counts)), sends, release=release
        )
        _enter(group, mass, book, maps, lost_by)
    return piece


def _enter(group: Tensor, mass: Tensor | None, book: Book, maps: Tensor, lost_by: dict[str, Tensor]) -> None:
    if mass is not None:
        maps[group] = mass.sum(1)
    for cause, lost in book.lost.items():
        lost_by[cause][group] = lost
