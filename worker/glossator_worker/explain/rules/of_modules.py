"""The rules of the modules of `torch.nn`."""

from __future__ import annotations

from torch import Tensor, fx, nn
from torch.nn import functional as F

from glossator_worker.explain.rules.base import Rule, Values
from glossator_worker.explain.rules.call import Call
from glossator_worker.explain.rules.context import Builder, Context, operation
from glossator_worker.explain.rules.moves import Padding, Reshape
from glossator_worker.explain.rules.passes import Pass
from glossator_worker.explain.rules.pools import AveragePool, MaxPool
from glossator_worker.explain.rules.weighted import Convolution, Dense, Norm


def _pass(call: Call, source: fx.Node, context: Context) -> Rule:
    return Pass(source, node=call.node, name=call.label)


def _bounded(call: Call, source: fx.Node, context: Context) -> Rule | None:
    assert isinstance(call.module, nn.Hardtanh)
    return _pass(call, source, context) if call.module.min_val == 0 else None


def _convolution(call: Call, source: fx.Node, context: Context) -> Rule:
    module = call.module
    assert isinstance(module, nn.Conv2d)
    if module.padding_mode != "zeros":
        return context.unsupported(call, f" with padding mode '{module.padding_mode}'")
    padding = module.padding if isinstance(module.padding, str) else (module.padding[0], module.padding[1])
    stride, dilation = module.stride, module.dilation
    layer = Convolution((stride[0], stride[1]), padding, (dilation[0], dilation[1]), module.groups)
    return context.weighted(call, source, layer, lambda values: (module.weight, module.bias))


def _linear(call: Call, source: fx.Node, context: Context) -> Rule:
    module = call.module
    assert isinstance(module, nn.Linear)
    return context.weighted(call, source, Dense(), lambda values: (module.weight, module.bias))


def _batch_norm(call: Call, source: fx.Node, context: Context) -> Rule:
    module = call.module
    assert isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d))
    if module.running_mean is None or module.running_var is None:
        return context.unsupported(call, " without running statistics")

    def read(values: Values) -> tuple[Tensor, Tensor, Tensor | None, Tensor | None]:
        mean, variance = module.running_mean, module.running_var
        assert mean is not None
        assert variance is not None
        return mean, variance, module.weight, module.bias

    return context.batch_norm(source, Norm(call.node, read, module.eps))


def _max_pool(call: Call, source: fx.Node, context: Context) -> Rule | None:
    module = call.module
    assert isinstance(module, nn.MaxPool2d)

    def pool(tensor: Tensor) -> tuple[Tensor, Tensor]:
        return F.max_pool2d_with_indices(
            tensor, module.kernel_size, module.stride, module.padding, module.dilation, module.ceil_mode
        )

    return None if module.return_indices else MaxPool(source, lambda values: pool)


def _adaptive_max_pool(call: Call, source: fx.Node, context: Context) -> Rule | None:
    module = call.module
    assert isinstance(module, nn.AdaptiveMaxPool2d)

    def pool(tensor: Tensor) -> tuple[Tensor, Tensor]:
        return F.adaptive_max_pool2d_with_indices(tensor, module.output_size)

    return None if module.return_indices else MaxPool(source, lambda values: pool)


def average_pool(call: Call, source: fx.Node, context: Context) -> Rule:
    """Every kind of average: a module or a function of its first argument."""
    clamp = source not in context.nonnegative
    return AveragePool(
        source, lambda values: operation(call, values), node=call.node, name=call.label, clamp=clamp
    )


def _reshape(call: Call, source: fx.Node, context: Context) -> Rule:
    return Reshape(source, node=call.node, name=call.label)


def _zero_padding(call: Call, source: fx.Node, context: Context) -> Rule:
    assert isinstance(call.module, nn.ZeroPad2d)
    amounts = [int(amount) for amount in call.module.padding]
    return Padding(source, lambda values: amounts, name=call.label)


# Looked up along the classes of a module, so that subclasses within torch follow their base.
MODULES: dict[type[nn.Module], Builder] = {
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
    nn.AvgPool2d: average_pool,
    nn.AdaptiveAvgPool2d: average_pool,
    nn.Flatten: _reshape,
    nn.Unflatten: _reshape,
    nn.ZeroPad2d: _zero_padding,
}
NONNEGATIVE_MODULES = (nn.ReLU, nn.ReLU6, nn.Sigmoid, nn.Hardsigmoid)


def rule_of_module(call: Call, source: fx.Node, context: Context) -> Rule | None:
    """The rule of a module, or None."""
    for kind in type(call.module).__mro__:
        if kind in MODULES:
            return MODULES[kind](call, source, context)
    return None
