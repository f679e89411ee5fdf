"""The rules of functions and methods by name: `torch.relu`, `F.relu` and `.relu()` are one operation."""

from __future__ import annotations

from typing import Any

from torch import Tensor, fx

from glossator_worker.explain.rules.base import Rule, Values, resolve
from glossator_worker.explain.rules.call import Call
from glossator_worker.explain.rules.context import Builder, Context, average_pool, operation
from glossator_worker.explain.rules.moves import Padding, Reshape, View
from glossator_worker.explain.rules.of_arithmetic import ARITHMETIC
from glossator_worker.explain.rules.passes import Pass
from glossator_worker.explain.rules.pools import MaxPool, indexed_adaptive_max_pool, indexed_max_pool
from glossator_worker.explain.rules.weighted import Convolution, Dense, Layer, Norm

_SPLITS = frozenset({"chunk", "split", "tensor_split", "unbind"})


def _pass(call: Call, source: fx.Node, context: Context) -> Rule:
    return Pass(source, node=call.node, name=call.label)


def _dropout(call: Call, source: fx.Node, context: Context) -> Rule:
    if call.argument(2, "training", True) is not False:
        return context.unsupported(call, " in training mode")
    return _pass(call, source, context)


def _stochastic_depth(call: Call, source: fx.Node, context: Context) -> Rule:
    if call.argument(3, "training", True) is not False:
        return context.unsupported(call, " in training mode")
    return _pass(call, source, context)


def _clamp(call: Call, source: fx.Node, context: Context) -> Rule | None:
    lower = call.argument(1, "min", call.node.kwargs.get("min_val"))
    return _pass(call, source, context) if lower == 0 else None


def _convolution(call: Call, source: fx.Node, context: Context) -> Rule | None:
    settings = [
        call.argument(position, name, default)
        for position, name, default in [
            (3, "stride", 1),
            (4, "padding", 0),
            (5, "dilation", 1),
            (6, "groups", 1),
        ]
    ]
    if any(isinstance(setting, fx.Node) for setting in settings):
        return context.unsupported(call, " with settings that depend on the image")
    stride, padding, dilation, groups = settings
    layer = Convolution(
        _pair(stride), padding if isinstance(padding, str) else _pair(padding), _pair(dilation), int(groups)
    )
    return _with_weights(call, source, layer, context)


def _linear(call: Call, source: fx.Node, context: Context) -> Rule:
    return _with_weights(call, source, Dense(), context)


def _with_weights(call: Call, source: fx.Node, layer: Layer, context: Context) -> Rule:
    parts = [call.argument(1, "weight"), call.argument(2, "bias")]
    if any(part in context.carriers for part in parts):
        return context.unsupported(call, " with weights that depend on the image")

    def read(values: Values) -> tuple[Tensor, Tensor | None]:
        weight, bias = resolve(parts, values)
        return weight, bias

    return context.weighted(call, source, layer, read)


def _batch_norm(call: Call, source: fx.Node, context: Context) -> Rule | None:
    names = ("running_mean", "running_var", "weight", "bias")
    parts = [call.argument(index + 1, name) for index, name in enumerate(names)]
    if call.argument(5, "training", False) is not False:
        return context.unsupported(call, " in training mode")
    if parts[0] is None or parts[1] is None:
        return context.unsupported(call, " without running statistics")

    def read(values: Values) -> tuple[Tensor, Tensor, Tensor | None, Tensor | None]:
        mean, variance, scale, shift = resolve(parts, values)
        return mean, variance, scale, shift

    return context.batch_norm(source, Norm(call.node, read, call.argument(7, "eps", 1e-5)))


def _max_pool(call: Call, source: fx.Node, context: Context) -> Rule | None:
    if call.argument(6, "return_indices", False):
        return None
    defaults = {"kernel_size": None, "stride": None, "padding": 0, "dilation": 1, "ceil_mode": False}
    settings = [call.argument(index, *item) for index, item in enumerate(defaults.items(), 1)]

    def pool(values: Values) -> Any:
        chosen = resolve(settings, values)
        return lambda tensor: indexed_max_pool(tensor, *chosen)

    return MaxPool(source, pool)


def _adaptive_max_pool(call: Call, source: fx.Node, context: Context) -> Rule | None:
    if call.argument(2, "return_indices", False):
        return None
    size = call.argument(1, "output_size")

    def pool(values: Values) -> Any:
        chosen = resolve(size, values)
        return lambda tensor: indexed_adaptive_max_pool(tensor, chosen)

    return MaxPool(source, pool)


def _amax(call: Call, source: fx.Node, context: Context) -> Rule | None:
    axes = call.argument(1, "dim")
    if not isinstance(axes, (tuple, list)) or sorted(axis % 4 for axis in axes) != [2, 3]:
        return context.unsupported(call, " over other axes than height and width")

    def pool(tensor: Tensor) -> tuple[Tensor, Tensor]:
        flat = tensor.flatten(2)
        return flat.amax(2), flat.argmax(2)

    return MaxPool(source, lambda values: pool)


def _reshape(call: Call, source: fx.Node, context: Context) -> Rule:
    return Reshape(source, node=call.node, name=call.label)


def _view(call: Call, source: fx.Node, context: Context) -> Rule:
    return View(source, lambda values: operation(call, values), name=call.label)


def _getitem(call: Call, source: fx.Node, context: Context) -> Rule:
    if source.op in ("call_method", "call_function"):
        split = call.of_node(source)
        if split.name in _SPLITS and split.source is not None:
            return _piece(call, split, split.source)
    return _view(call, source, context)


def _piece(call: Call, split: Call, source: fx.Node) -> Rule:
    index = call.argument(1, "index")

    def move(values: Values) -> Any:
        divide = operation(split, values)
        return lambda tensor: divide(tensor)[resolve(index, values)]

    return View(source, move, name=call.label, also_reads=tuple(split.node.all_input_nodes))


def _padding(call: Call, source: fx.Node, context: Context) -> Rule:
    mode, value = call.argument(2, "mode", "constant"), call.argument(3, "value")
    if mode != "constant" or value not in (None, 0):
        return context.unsupported(
            call, f" with mode '{mode}'" if mode != "constant" else f" with the value {value}"
        )
    amounts = call.argument(1, "pad")
    return Padding(source, lambda values: list(resolve(amounts, values)), name=call.label)


def _pair(setting: Any) -> tuple[int, int]:
    if isinstance(setting, int):
        return setting, setting
    first, second = (setting[0], setting[0]) if len(setting) == 1 else setting
    return first, second


FUNCTIONS: dict[str, Builder] = {
    **dict.fromkeys(("relu", "relu_", "relu6", "contiguous", "clone", "detach", "positive"), _pass),
    **dict.fromkeys(("dropout", "dropout1d", "dropout2d", "dropout3d", "alpha_dropout"), _dropout),
    **dict.fromkeys(("clamp", "clamp_", "clip", "clamp_min", "hardtanh"), _clamp),
    **dict.fromkeys(("flatten", "view", "reshape", "unflatten"), _reshape),
    **dict.fromkeys(
        ("transpose", "swapaxes", "permute", "movedim", "squeeze", "unsqueeze", "narrow", "select"), _view
    ),
    **dict.fromkeys(("avg_pool2d", "adaptive_avg_pool2d", "mean"), average_pool),
    "stochastic_depth": _stochastic_depth,
    "conv2d": _convolution,
    "linear": _linear,
    "batch_norm": _batch_norm,
    "max_pool2d": _max_pool,
    "adaptive_max_pool2d": _adaptive_max_pool,
    "amax": _amax,
    "getitem": _getitem,
    "pad": _padding,
    **ARITHMETIC,
}
NONNEGATIVE_FUNCTIONS = frozenset(
    {"relu", "relu_", "relu6", "sigmoid", "hardsigmoid", "clamp", "clamp_", "clip"}
)


def rule_of_function(call: Call, source: fx.Node, context: Context) -> Rule | None:
    """The rule of a function or method, or None."""
    build = FUNCTIONS.get(call.name)
    return None if build is None else build(call, source, context)
