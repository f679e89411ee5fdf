"""Excitation backprop: the winner-take-all walk from a top distribution down to a map.

Zhang, Lin, Brandt, Shen, Sclaroff 2016, "Top-down Neural Attention by Excitation Backprop". Every parent
hands its winning probability to its children in proportion to activation times positive weight; biases take
no part.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import torch
from torch import Tensor, fx, nn

from glossator_worker.explain.forward import Weights
from glossator_worker.explain.layout import Layout, Network, Stop
from glossator_worker.explain.pieces import Piece, check_top, descend
from glossator_worker.explain.refusal import Refusal
from glossator_worker.explain.rules.base import channels_last

# Called with the start's values (b, *start) of some images and the slice of the images that they are.
TopOf = Callable[[Tensor, slice], Tensor]

# For the memory of a chunk where the number of maps per image is known only after the forward pass.
_LIKELY_MAPS_PER_IMAGE = 10


@dataclass(frozen=True)
class Losses:
    """Mass that found no positive path down.

    Attributes:
        lost: (B, K), in all.
        lost_by: cause → (B, K). They add up to `lost`.
    """

    lost: Tensor
    lost_by: dict[str, Tensor]


@dataclass(frozen=True)
class Maps(Losses):
    """The maps of some images.

    Attributes:
        maps: (B, K, H, W) ≥ 0, summed over the channels of the stop. `maps.sum((2, 3)) + lost` is the mass of
            `top`, 1 or 0, unless contrastive. Contrastive maps are clamped differences.
        stop: where they were taken.
        negative: for contrastive maps what the negated rows lost, while `lost` is of the positive rows; else
            None.
        no_contrast: (B, K), contrastive maps whose negated row had no mass, so that they equal the plain
            ones.
        watched: (B, *shape), the values of the node that is watched, from the same forward pass; None where
            none is.
    """

    maps: Tensor
    stop: Stop
    negative: Losses | None = None
    no_contrast: Tensor | None = None
    watched: Tensor | None = None


class ExcitationBackprop:
    """Maps of where the evidence for a unit of a ReLU network lies in an image.

    The model is traced once and never changed; its parameters are read anew at every call.

    Args:
        model: a model of `torch.nn` in evaluation mode, (B, C, h, w) in.
        start: the node whose output carries the top distribution.
        stop: the node whose output carries the maps; every path from the image to `start` has to pass it.
            None chooses by the size of the images: `default_stop`. A node is named by its module, a container
            meaning its last node, or by its name in the traced graph where the module runs more than once.
        watch: a node that every path passes, too, whose values are given with the maps.
        memory: how many bytes a call may take beyond model, input and result, roughly. At least one image and
            one map are computed at a time.

    Raises:
        Refusal: the model cannot be traced or is in training mode, a name is unknown, the stop or the watched
            node is not passed by all paths, or a layer between start and stop has no rule. Of an unnamed stop
            this is found at the first call.
    """

    def __init__(
        self,
        model: nn.Module,
        *,
        start: str,
        stop: str | None = None,
        watch: str | None = None,
        memory: int = 512 * 2**20,
    ) -> None:
        self._network = Network(model, start, stop, watch)
        self._memory = memory

    def stops(self, image_size: tuple[int, int]) -> list[Stop]:
        """The legal stops for images of `image_size` (h, w), image side first.

        The image itself is one of them; its negative pixels count as zero.
        """
        return self._network.stops(image_size)

    def default_stop(self, image_size: tuple[int, int]) -> Stop:
        """The last legal stop of at least h/16 rows, or h/2 for images below 64 pixels (algorithms 2.4)."""
        return self._network.default_stop(image_size)

    def last_grid(self, image_size: tuple[int, int]) -> Stop:
        """The legal stop nearest to the start that still has several cells: the last place to `watch`."""
        return self._network.last_grid(image_size)

    def forward_to_start(self, images: Tensor, *, chunk: int | None = None) -> Tensor:
        """The values of the start node (B, *start) for images (B, C, h, w)."""
        layout = self._network.layout(images)
        weights: Weights = {}
        with torch.no_grad():
            parts = [
                layout.forward_only.run(channels_last(images[part]), weights)[0]
                for part in self._chunks(images, layout, chunk, 0)
            ]
        return torch.cat(parts)

    def maps(
        self, images: Tensor, top: Tensor | TopOf, *, contrastive: bool = False, chunk: int | None = None
    ) -> Maps:
        """The maps of `images`, after one forward pass per image.

        Args:
            images: (B, C, h, w), on the device of the model.
            top: (B, K, *start), non-negative winning probabilities at the start that sum to 1, or to 0 for a
                map that is not wanted: it is zero and costs nothing. For contrastive maps (B, K, 2, *start),
                the distributions of the positive and of the negated row. Or a function that gives them for
                the start's values of a chunk, when they depend on these.
            contrastive: take the difference of the two distributions' maps and clamp it at 0, once.
            chunk: images at a time; None chooses by the memory bound.

        Raises:
            Refusal: wrong shapes, kinds or values, or what the class refuses.
        """
        piece, stop = self._walk(images, top, 2 if contrastive else 1, chunk)
        return _contrastive(piece, stop) if contrastive else _plain(piece, stop)

    def both(self, images: Tensor, top: Tensor | TopOf, *, chunk: int | None = None) -> tuple[Maps, Maps]:
        """Plain and contrastive maps of the same forward pass and walk; `top` as for contrastive `maps`."""
        piece, stop = self._walk(images, top, 2, chunk)
        return _plain(piece, stop), _contrastive(piece, stop)

    def _walk(self, images: Tensor, top: Tensor | TopOf, parts: int, chunk: int | None) -> tuple[Piece, Stop]:
        layout = self._network.layout(images)
        if isinstance(top, Tensor):
            check_top(top, images.shape[0], layout.start_shape, parts)
        rows = parts * (top.shape[1] if isinstance(top, Tensor) else _LIKELY_MAPS_PER_IMAGE)
        weights: Weights = {}
        with torch.no_grad():
            pieces = [
                self._piece(images, part, top, parts, layout, weights)
                for part in self._chunks(images, layout, chunk, rows)
            ]
        return Piece.join(pieces), layout.stop

    def _piece(
        self, images: Tensor, part: slice, top: Tensor | TopOf, parts: int, layout: Layout, weights: Weights
    ) -> Piece:
        chosen = channels_last(images[part])
        watched: list[Tensor] = []

        def see(node: fx.Node, value: object) -> None:
            if node is layout.watched and isinstance(value, Tensor):
                watched.append(value.clone())  # a ReLU behind may overwrite it

        if isinstance(top, Tensor):
            distributions, forwarded = top[part], None
        else:
            forwarded = layout.forward.run(chosen, weights, see=see)
            distributions = top(forwarded[0], part)
            check_top(distributions, chosen.shape[0], layout.start_shape, parts)
        mass = distributions.to(chosen).reshape(*distributions.shape[:2], parts, *layout.start_shape)
        present = mass.flatten(3).sum(3) > 0
        if not bool(present.any()) and layout.watched is None:
            return Piece.empty(present, mass, layout.stop.size)
        _, sends = forwarded or layout.forward.run(chosen, weights, see=see)
        left = self._memory - chosen.shape[0] * layout.bytes_per_image
        piece = descend(layout, sends, mass, present, max(1, left // layout.bytes_per_row))
        return replace(piece, watched=watched[0]) if watched else piece

    def _chunks(self, images: Tensor, layout: Layout, chunk: int | None, rows_per_image: int) -> list[slice]:
        if chunk is not None and chunk < 1:
            raise Refusal(f"chunk must be at least 1, not {chunk}")
        per_image = layout.bytes_per_image + rows_per_image * layout.bytes_per_row
        size = chunk or max(1, self._memory // per_image)
        # Chunks of equal size; one empty chunk where there is no image.
        count = max(1, math.ceil(images.shape[0] / size))
        size = max(1, math.ceil(images.shape[0] / count))
        return [slice(first, first + size) for first in range(0, max(1, images.shape[0]), size)]


def _plain(piece: Piece, stop: Stop) -> Maps:
    losses = _losses(piece, 0)
    return Maps(losses.lost, losses.lost_by, piece.maps[:, :, 0], stop, watched=piece.watched)


def _contrastive(piece: Piece, stop: Stop) -> Maps:
    losses = _losses(piece, 0)
    difference = (piece.maps[:, :, 0] - piece.maps[:, :, 1]).clamp(min=0)
    return Maps(
        losses.lost,
        losses.lost_by,
        difference,
        stop,
        _losses(piece, 1),
        no_contrast=~piece.present[..., 1],
        watched=piece.watched,
    )


def _losses(piece: Piece, part: int) -> Losses:
    lost_by = {cause: lost[..., part] for cause, lost in piece.lost_by.items()}
    return Losses(torch.stack(list(lost_by.values())).sum(0), lost_by)
