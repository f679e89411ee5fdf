"""The rules of the modules of `torch.nn`."""

from __future__ import annotations

from collections.abc import Callable

from torch import Tensor, fx, nn

from glossator_worker.explain.rules.base import Rule, Values
from glossator_worker.explain.rules.call import Call
from glossator_worker.explain.rules.context import Context, average_pool
from glossator_worker.explain.rules.moves import Padding, Reshape
from glossator_worker.explain.rules.passes import Pass
from glossator_worker.explain.rules.pools import MaxPool, indexed_adaptive_max_pool, indexed_max_pool
from glossator_worker.explain.rules.weighted import Convolution, Dense, Norm


def _pass(module: nn.Module, call: Call, source: fx.Node, context: Context) -> Rule:
    return Pass(source, node=call.node, name=call.label)


def _bounded(module: nn.Hardtanh, call: Call, source: fx.Node, context: Context) -> Rule | None:
    return _pass(module, call, source, context) if module.min_val == 0 else None


def _convolution(module: nn.Conv2d, call: Call, source: fx.Node, context: Context) -> Rule:
    if module.padding_mode != "zeros":
        return context.unsupported(call, f" with padding mode '{module.padding_mode}'")
    padding = module.padding if isinstance(module.padding, str) else (module.padding[0], module.padding[1])
    stride, dilation = module.stride, module.dilation
    layer = Convolution((stride[0], stride[1]), padding, (dilation[0], dilation[1]), module.groups)
    return context.weighted(call, source, layer, lambda values: (module.weight, module.bias))


def _linear(module: nn.Linear, call: Call, source: fx.Node, context: Context) -> Rule:
    return context.weighted(call, source, Dense(), lambda values: (module.weight, module.bias))


def _batch_norm(
    module: nn.BatchNorm1d | nn.BatchNorm2d, call: Call, source: fx.Node, context: Context
) -> Rule:
    if module.running_mean is None or module.running_var is None:
        return context.unsupported(call, " without running statistics")

    def read(values: Values) -> tuple[Tensor, Tensor, Tensor | None, Tensor | None]:
        mean, variance = module.get_buffer("running_mean"), module.get_buffer("running_var")
        return mean, variance, module.weight, module.bias

    return context.batch_norm(source, Norm(call.node, read, module.eps))


def _max_pool(module: nn.MaxPool2d, call: Call, source: fx.Node, context: Context) -> Rule | None:
    settings = module.kernel_size, module.stride, module.padding, module.dilation

    def pool(tensor: Tensor) -> tuple[Tensor, Tensor]:
        return indexed_max_pool(tensor, *settings, module.ceil_mode)

    return None if module.return_indices else MaxPool(source, lambda values: pool)


def _adaptive_max_pool(
    module: nn.AdaptiveMaxPool2d, call: Call, source: fx.Node, context: Context
) -> Rule | None:

    def pool(tensor: Tensor) -> tuple[Tensor, Tensor]:
        return indexed_adaptive_max_pool(tensor, module.output_size)

    return None if module.return_indices else MaxPool(source, lambda values: pool)


def _average_pool(module: nn.Module, call: Call, source: fx.Node, context: Context) -> Rule:
    return average_pool(call, source, context)


def _reshape(module: nn.Module, call: Call, source: fx.Node, context: Context) -> Rule:
    return Reshape(source, node=call.node, name=call.label)


def _zero_padding(module: nn.ZeroPad2d, call: Call, source: fx.Node, context: Context) -> Rule:
    amounts = [int(amount) for amount in module.padding]
    return Padding(source, lambda values: amounts, name=call.label)


# Looked up along the classes of a module, so that subclasses within torch follow their base.
MODULES: dict[type[nn.Module], Callable[..., Rule | None]] = {
    nn.ReLU: _pass,
    nn.ReLU6: _pass,
    nn.Hardtanh: _bounded,
    nn.Identity: _pass,
    nn.Dropout: _pass,
    nn.Dropout1d: _pass,
    nn.Dropout2d: _pass,
    nn.Dropout3d: _pass,
    nn.AlphaDropout: _pass,
    nn.FeatureAlphaDropout: _pass,
    nn.Conv2d: _convolution,
    nn.Linear: _linear,
    nn.BatchNorm1d: _batch_norm,
    nn.BatchNorm2d: _batch_norm,
    nn.MaxPool2d: _max_pool,
    nn.AdaptiveMaxPool2d: _adaptive_max_pool,
    nn.AvgPool2d: _average_pool,
    nn.AdaptiveAvgPool2d: _average_pool,
    nn.Flatten: _reshape,
    nn.Unflatten: _reshape,
    nn.ZeroPad2d: _zero_padding,
}
NONNEGATIVE_MODULES = (nn.ReLU, nn.ReLU6, nn.Sigmoid, nn.Hardsigmoid)


def rule_of_module(call: Call, source: fx.Node, context: Context) -> Rule | None:
    """The rule of a module, or None."""
    for kind in type(call.module).__mro__:
        if kind in MODULES:
            return MODULES[kind](call.module, call, source, context)
    return None
