"""Which rule each node of the traced graph follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from torch import fx

from glossator_worker.explain.rules.base import Rule, Unsupported
from glossator_worker.explain.rules.call import Call
from glossator_worker.explain.rules.context import Context
from glossator_worker.explain.rules.of_functions import NONNEGATIVE_FUNCTIONS, rule_of_function
from glossator_worker.explain.rules.of_modules import NONNEGATIVE_MODULES, rule_of_module
from glossator_worker.explain.rules.passes import Pass, Scale
from glossator_worker.explain.rules.weighted import Weighted
from glossator_worker.explain.tracing import Traced, is_number


@dataclass(frozen=True)
class Classified:
    """The rule of every node that carries values of the image, the image itself left out.

    `nonnegative` are those of them that have no negative values.
    """

    rules: Mapping[fx.Node, Rule]
    nonnegative: frozenset[fx.Node]


def classify(traced: Traced, start: fx.Node) -> Classified:
    """Find the rule of every node.

    Nothing is refused here: a layer without a rule gets `Unsupported`, which says why.

    Args:
        traced: the model's graph.
        start: where the walk begins. A batch norm behind this very node is not folded into it.
    """
    context = Context(start, {traced.image})
    for node in traced.module.graph.nodes:
        inputs = context.inputs(node)
        if node.op == "output" or not inputs or is_number(node):
            continue
        call = Call.of(traced, node)
        find = rule_of_function if call.module is None else rule_of_module
        context.rules[node] = find(call, inputs[0], context) or context.unsupported(call)
        context.carriers.add(node)
        if _is_nonnegative(call, context):
            context.nonnegative.add(node)
    return Classified(context.rules, frozenset(context.nonnegative))


def _is_nonnegative(call: Call, context: Context) -> bool:
    rule = context.rules[call.node]
    if isinstance(call.module, NONNEGATIVE_MODULES) or call.name in NONNEGATIVE_FUNCTIONS:
        return not isinstance(rule, Unsupported)
    if isinstance(rule, (Weighted, Scale, Unsupported)) or _adds_constant(call, rule):
        return False
    return all(source in context.nonnegative for source in rule.sources)


def _adds_constant(call: Call, rule: Rule) -> bool:
    return isinstance(rule, Pass) and call.name in ("add", "add_", "iadd", "sub", "sub_")
