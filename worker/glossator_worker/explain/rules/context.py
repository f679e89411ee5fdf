"""What is known of the nodes in front of the one whose rule is looked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import torch
from torch import Tensor, fx

from glossator_worker.explain.rules.base import Rule, Unsupported, Values, resolve
from glossator_worker.explain.rules.call import Call
from glossator_worker.explain.rules.passes import Pass, Scale
from glossator_worker.explain.rules.pools import AveragePool
from glossator_worker.explain.rules.weighted import Layer, Norm, Read, Weighted


@dataclass
class Context:
    """Rules and signs of the nodes seen so far.

    Attributes:
        start: where the walk begins.
        carriers: nodes whose tensors depend on the image; the others are constants and sizes.
        nonnegative: carriers without negative values.
    """

    start: fx.Node
    carriers: set[fx.Node]
    rules: dict[fx.Node, Rule] = field(default_factory=dict)
    nonnegative: set[fx.Node] = field(default_factory=set)

    def inputs(self, node: fx.Node) -> tuple[fx.Node, ...]:
        """The inputs of a node that carry values of the image."""
        return tuple(source for source in node.all_input_nodes if source in self.carriers)

    def unsupported(self, call: Call, why: str = "") -> Unsupported:
        """Refuse the walk past this call, with the reason behind its name."""
        return Unsupported(self.inputs(call.node), f"excitation backprop has no rule for {call.label}{why}")

    def weighted(self, call: Call, source: fx.Node, layer: Layer, read: Read) -> Rule:
        """The rule of a convolution or linear layer."""
        return Weighted(source, layer, read, name=call.label, clamp=source not in self.nonnegative)

    def batch_norm(self, source: fx.Node, norm: Norm) -> Rule:
        """Fold a batch norm into the layer in front of it if nothing else reads that layer."""
        before = self.rules.get(source)
        if (
            isinstance(before, Weighted)
            and before.norm is None
            and len(source.users) == 1
            and source is not self.start
        ):
            self.rules[source] = before.with_norm(norm)
            return Pass(source, node=norm.node, name=norm.node.name)
        return Scale(source, norm)


# Finds the rule of a call; None means that there is no rule.
Builder = Callable[[Call, fx.Node, Context], Rule | None]


def operation(call: Call, values: Values) -> Callable[[Tensor], Tensor]:
    """A call as a function of its first argument, the other arguments taken from the values at hand."""
    if call.module is not None:
        return call.module
    _, *others = (resolve(argument, values) for argument in [None, *call.node.args[1:]])
    options = resolve({k: v for k, v in call.node.kwargs.items() if k not in ("input", "tensor")}, values)
    target = call.node.target

    def run(tensor: Tensor) -> Tensor:
        function = getattr(tensor, target) if isinstance(target, str) else target
        arguments = others if isinstance(target, str) else [tensor, *others]
        result: Tensor = function(*arguments, **options)
        return result

    return run


def average_pool(call: Call, source: fx.Node, context: Context) -> Rule:
    """The rule of every kind of average: a module or a function of its first argument."""
    clamp = source not in context.nonnegative
    return AveragePool(
        source, lambda values: operation(call, values), node=call.node, name=call.label, clamp=clamp
    )


def is_positive(number: object) -> bool:
    """Whether a constant operand is a positive number or tensor."""
    return bool((torch.as_tensor(number) > 0).all())
