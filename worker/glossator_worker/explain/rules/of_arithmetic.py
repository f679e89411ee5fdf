"""The rules of sums, products and concatenations, and of constants in them."""

from __future__ import annotations

from torch import fx, nn

from glossator_worker.explain.rules.base import Rule
from glossator_worker.explain.rules.call import Call
from glossator_worker.explain.rules.context import Builder, Context, is_positive
from glossator_worker.explain.rules.joins import Concatenation, Sum
from glossator_worker.explain.rules.moves import Reshape, View
from glossator_worker.explain.rules.passes import Pass, PositiveFactor


def _sum(call: Call, source: fx.Node, context: Context) -> Rule:
    first, second = call.argument(0, "input"), call.argument(1, "other")
    if call.node.kwargs.get("alpha", 1) != 1:
        return context.unsupported(call, " with a weight")
    if first in context.carriers and second in context.carriers:
        return Sum(first, second, name=call.label)
    return Pass(source, node=call.node, name=call.label)


def _difference(call: Call, source: fx.Node, context: Context) -> Rule:
    if call.argument(0, "input") is not source or call.argument(1, "other") in context.carriers:
        return context.unsupported(call, ", a difference")
    return Pass(source, node=call.node, name=call.label)


def _product(call: Call, source: fx.Node, context: Context) -> Rule:
    first, second = call.argument(0, "input"), call.argument(1, "other")
    if first in context.carriers and second in context.carriers:
        return _gated(call, first, second, context)
    return _scaled(call, source, second if first is source else first, context)


def _quotient(call: Call, source: fx.Node, context: Context) -> Rule:
    divisor = call.argument(1, "other")
    if call.argument(0, "input") is not source or divisor in context.carriers:
        return context.unsupported(call, ", a quotient")
    return _scaled(call, source, divisor, context)


def _scaled(call: Call, source: fx.Node, factor: object, context: Context) -> Rule:
    if isinstance(factor, fx.Node):
        return PositiveFactor(source, factor, node=call.node, name=call.label)
    if not is_positive(factor):
        return context.unsupported(call, " with a factor that is not positive")
    return Pass(source, node=call.node, name=call.label)


def _gated(call: Call, first: fx.Node, second: fx.Node, context: Context) -> Rule:
    # A gate decides how much of a feature passes; what the feature shows comes from the gated tensor alone.
    gates = _gate(call, first, context), _gate(call, second, context)
    if (gates[0] is None) == (gates[1] is None):
        return context.unsupported(call, ", a product of two tensors")
    gated, gate = (first, gates[1]) if gates[1] is not None else (second, gates[0])
    if gate is not None and gate.args[:1] == (gated,):
        return context.unsupported(call, ", a tensor that gates itself")
    return Pass(gated, node=call.node, name=call.label)


def _gate(call: Call, node: fx.Node, context: Context) -> fx.Node | None:
    """The sigmoid that a tensor comes from without anything but moves between, or None."""
    while isinstance(context.rules.get(node), (View, Reshape, Pass)):
        node = context.rules[node].sources[0]
    if node.op == "placeholder":
        return None
    gate = call.of_node(node)
    is_gate = isinstance(gate.module, (nn.Sigmoid, nn.Hardsigmoid)) or gate.name in ("sigmoid", "hardsigmoid")
    return node if is_gate else None


def _concatenation(call: Call, source: fx.Node, context: Context) -> Rule | None:
    parts = call.argument(0, "tensors")
    axis = call.argument(1, "dim", call.node.kwargs.get("axis", 0))
    if not isinstance(parts, (tuple, list)) or not isinstance(axis, int):
        return None
    if any(part not in context.carriers for part in parts):
        return context.unsupported(call, " with a constant")
    return Concatenation(tuple(parts), axis, name=call.label)


ARITHMETIC: dict[str, Builder] = {
    **dict.fromkeys(("add", "add_", "iadd"), _sum),
    **dict.fromkeys(("sub", "sub_"), _difference),
    **dict.fromkeys(("mul", "mul_", "imul"), _product),
    **dict.fromkeys(("truediv", "div", "div_"), _quotient),
    **dict.fromkeys(("cat", "concat", "concatenate"), _concatenation),
}
