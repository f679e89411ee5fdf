"""A model prepared for walks from one start: its legal stops, and for images of one size the walk itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, fx, nn

from glossator_worker.explain.cuts import (
    cuts,
    default_stop,
    first_refusal,
    last_grid,
    nodes_between,
    require_cut,
)
from glossator_worker.explain.forward import Forward
from glossator_worker.explain.refusal import Refusal
from glossator_worker.explain.rules.classify import classify
from glossator_worker.explain.tracing import trace
from glossator_worker.explain.walk import Walk

Shapes = Mapping[fx.Node, torch.Size]


@dataclass(frozen=True)
class Stop:
    """A node where a walk may stop.

    Attributes:
        name: the clearest of its names.
        size: height and width of the maps there.
        also: the other names that it answers to.
    """

    name: str
    size: tuple[int, int]
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layout:
    """How to run and to walk for images of one size; `watched` is a node whose values are wanted too."""

    forward: Forward
    forward_only: Forward
    walk: Walk
    stop: Stop
    watched: fx.Node | None
    start_shape: torch.Size
    bytes_per_image: int
    bytes_per_row: int


class Network:
    """A traced model with a start, perhaps a stop, and perhaps a node that is watched.

    Raises:
        Refusal: as `ExcitationBackprop` says.
    """

    def __init__(self, model: nn.Module, start: str, stop: str | None, watch: str | None = None) -> None:
        self._model = model
        self._traced = trace(model)
        self._start = self._traced.node(start)
        self._classified = classify(self._traced, self._start)
        self._rules = self._classified.rules
        if self._start not in self._rules:
            raise Refusal(f"'{start}' cannot be the start: it holds no tensor that depends on the image")
        self._legal = cuts(self._traced, self._rules, self._start)
        self._stop = None if stop is None else self._named_stop(stop)
        self._watched = None if watch is None else self._named_cut(watch)
        self._shapes: dict[tuple[object, ...], Shapes] = {}
        self._layouts: dict[tuple[object, ...], Layout] = {}

    def _named_cut(self, name: str) -> fx.Node:
        node = self._traced.node(name)
        require_cut(self._traced, self._legal, self._start, node, name)
        return node

    def _named_stop(self, name: str) -> fx.Node:
        stop = self._named_cut(name)
        why = first_refusal(self._rules, self._start, stop)
        if why is not None:
            raise Refusal(why)
        return stop

    def stops(self, image_size: tuple[int, int]) -> list[Stop]:
        """The legal stops for images of this size, image side first."""
        shapes = self._shapes_of(self._blank(image_size))
        return [
            self._describe(node, shapes)
            for node in self._legal
            if len(shapes[node]) == 4 and self._why_not(node, shapes) is None
        ]

    def default_stop(self, image_size: tuple[int, int]) -> Stop:
        """The stop that is taken for images of this size where none is named."""
        shapes = self._shapes_of(self._blank(image_size))
        return self._describe(self._default(shapes), shapes)

    def last_grid(self, image_size: tuple[int, int]) -> Stop:
        """The legal stop nearest to the start that still has several cells, settled if one is."""
        shapes = self._shapes_of(self._blank(image_size))
        return self._describe(last_grid(self._legal, shapes, self._classified), shapes)

    def layout(self, images: Tensor) -> Layout:
        """Everything that does not depend on the values of `images`.

        Raises:
            Refusal: the images do not fit the model, or the walk is not possible.
        """
        self._check_images(images)
        key = (images.shape[1:], images.dtype, images.device)
        if key not in self._layouts:
            self._layouts[key] = self._lay_out(images)
        return self._layouts[key]

    def _lay_out(self, images: Tensor) -> Layout:
        shapes = self._shapes_of(images)
        stop = self._default(shapes) if self._stop is None else self._stop
        if len(shapes[stop]) != 4:
            raise Refusal(
                f"'{self._traced.names(stop)[0]}' cannot be the stop: its values have the shape "
                f"{tuple(shapes[stop][1:])} per image, a map needs channels, height and width"
            )
        why = self._why_not(stop, shapes)
        if why is not None:
            raise Refusal(why)
        nodes = tuple(nodes_between(self._rules, self._start, stop))
        walk = Walk(self._rules, self._start, stop, nodes)
        largest = max(shape[1:].numel() for shape in shapes.values())
        return Layout(
            Forward(self._traced, self._rules, self._start, nodes),
            Forward(self._traced, self._rules, self._start, ()),
            walk,
            self._describe(stop, shapes),
            self._watched,
            shapes[self._start][1:],
            # An activation, the next one and an intermediate result are alive at a time.
            images.element_size() * (walk.kept_numbers(shapes) + 3 * largest),
            images.element_size() * walk.row_numbers(shapes),
        )

    def _default(self, shapes: Shapes) -> fx.Node:
        return default_stop(self._legal, shapes, self._classified, shapes[self._traced.image][2])

    def _why_not(self, stop: fx.Node, shapes: Shapes) -> str | None:
        why = first_refusal(self._rules, self._start, stop)
        if why is not None:
            return why
        try:
            for node in nodes_between(self._rules, self._start, stop):
                self._rules[node].check(shapes)
        except Refusal as refusal:
            return str(refusal)
        return None

    def _describe(self, node: fx.Node, shapes: Shapes) -> Stop:
        name, *also = self._traced.names(node)
        return Stop(name, (shapes[node][2], shapes[node][3]), tuple(also))

    def _shapes_of(self, images: Tensor) -> Shapes:
        key = (images.shape[1:], images.dtype, images.device)
        if key not in self._shapes:
            shapes: dict[fx.Node, torch.Size] = {}

            def see(node: fx.Node, value: object) -> None:
                if isinstance(value, Tensor):
                    shapes[node] = value.shape

            # Two images, so that a rule can tell the axis of the images from one of length one.
            blank = images.new_zeros(2, *images.shape[1:])
            try:
                with torch.no_grad():
                    Forward(self._traced, self._rules, self._start, ()).run(blank, {}, see=see)
            except (RuntimeError, AssertionError, ValueError, IndexError, TypeError) as error:
                size = " × ".join(str(length) for length in images.shape[1:])
                raise Refusal(
                    f"the model does not run on images of {size}: {str(error).splitlines()[0]}"
                ) from error
            self._shapes[key] = shapes
        return self._shapes[key]

    def _blank(self, image_size: tuple[int, int]) -> Tensor:
        weight = next((p for p in self._model.parameters() if p.is_floating_point()), torch.empty(0))
        first = next((m for m in self._model.modules() if isinstance(m, nn.Conv2d)), None)
        channels = 3 if first is None else first.in_channels
        return weight.new_zeros(1, channels, *image_size)

    def _check_images(self, images: Tensor) -> None:
        if images.ndim != 4 or 0 in images.shape[1:]:
            raise Refusal(
                f"images must have the shape (B, channels, height, width), not {tuple(images.shape)}"
            )
        if images.dtype not in (torch.float32, torch.float64):
            raise Refusal(
                f"images must be float32 or float64, not {str(images.dtype).removeprefix('torch.')}"
            )
        for module in self._model.modules():
            if module.training:
                raise Refusal("the model has been put into training mode; call model.eval() first")
        for name, parameter in self._model.named_parameters():
            if parameter.device != images.device:
                raise Refusal(
                    f"the images are on {images.device} and the model's '{name}' on {parameter.device}"
                )
            if parameter.is_floating_point() and parameter.dtype != images.dtype:
                kinds = [str(kind).removeprefix("torch.") for kind in (images.dtype, parameter.dtype)]
                raise Refusal(
                    f"the images are {kinds[0]} and the model's '{name}' is {kinds[1]}; convert one of them"
                )
        if not bool(torch.isfinite(images).all()):
            raise Refusal("the images contain values that are not finite")
