"""The forward pass of a traced model up to one node, keeping what a walk back needs and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from torch import Tensor, fx

from glossator_worker.explain.rules.base import Rule, Run, Send, resolve
from glossator_worker.explain.rules.joins import Sum
from glossator_worker.explain.rules.passes import Scale
from glossator_worker.explain.rules.weighted import Weighted
from glossator_worker.explain.tracing import Traced, is_in_place, is_relu

# What a call of the walk computes once from the weights, whatever the number of chunks.
Weights = dict[tuple[Rule, str], Any]


@dataclass(frozen=True)
class Forward:
    """How to run a traced model up to `start`.

    Attributes:
        traced: the model.
        rules: the rule of every node that carries values of the image.
        start: the last node to run.
        kept: the nodes whose `Send` is wanted.
    """

    traced: Traced
    rules: Mapping[fx.Node, Rule]
    start: fx.Node
    kept: tuple[fx.Node, ...]

    def run(
        self, images: Tensor, weights: Weights, *, see: Callable[[fx.Node, Any], None] | None = None
    ) -> tuple[Tensor, dict[fx.Node, Send]]:
        """Run the model on images (B, C, h, w).

        Args:
            images: the input.
            weights: filled with folded weights, and read by later runs of the same call.
            see: told every value as it is computed.

        Returns:
            The value of `start` (B, ...), and how each kept node hands mass on.
        """
        order, last_read_by = self._schedule
        kept = frozenset(self.kept)
        values: dict[fx.Node, Any] = {}
        run = Run(values, weights)
        sends: dict[fx.Node, Send] = {}
        for node in order:
            values[node] = images if node is self.traced.image else self._value(node, run)
            if see is not None:
                see(node, values[node])
            if node in kept:
                sends[node] = self.rules[node].keep(run, values[node])
            for read in last_read_by.get(node, ()):
                del values[read]
        return values[self.start], sends

    @cached_property
    def _schedule(self) -> tuple[list[fx.Node], dict[fx.Node, list[fx.Node]]]:
        needed, pending = {self.traced.image}, [self.start]
        while pending:
            node = pending.pop()
            if node not in needed:
                needed.add(node)
                pending.extend(node.all_input_nodes)
        order = [node for node in self.traced.module.graph.nodes if node in needed]
        last_reader: dict[fx.Node, fx.Node] = {}
        for node in order:
            also = self.rules[node].reads if node in self.kept else ()
            for source in (*node.all_input_nodes, *also):
                last_reader[source] = node
        last_read_by: dict[fx.Node, list[fx.Node]] = {}
        for source, reader in last_reader.items():
            last_read_by.setdefault(reader, []).append(source)
        return order, last_read_by

    def _value(self, node: fx.Node, run: Run) -> Any:
        rule = self.rules.get(node)
        if isinstance(rule, Weighted):
            weight, bias = rule.weights(run)
            return rule.layer.apply(run.values[rule.sources[0]], weight, bias)
        if rule is not None and self._is_folded(node, rule):
            return run.values[rule.sources[0]]
        if node.op == "get_attr":
            return _attribute(self.traced.module, str(node.target))
        return self._call(node, run)

    @cached_property
    def _overwriting(self) -> frozenset[fx.Node]:
        """The ReLUs that may overwrite their input: a fresh tensor that nothing else reads or keeps."""
        held = {source for node in self.kept for source in self.rules[node].holds}
        return frozenset(
            node
            for node, rule in self.rules.items()
            if is_relu(node, self.traced.module)
            and len(rule.sources[0].users) == 1
            and rule.sources[0] is not self.start
            and rule.sources[0] not in held
            and self._is_fresh(rule.sources[0])
        )

    def _is_fresh(self, node: fx.Node) -> bool:
        rule = self.rules.get(node)
        return isinstance(rule, (Weighted, Sum, Scale)) or (rule is not None and self._is_folded(node, rule))

    def _is_folded(self, node: fx.Node, rule: Rule) -> bool:
        before = self.rules.get(rule.sources[0])
        return isinstance(before, Weighted) and before.norm is not None and before.norm.node is node

    def _call(self, node: fx.Node, run: Run) -> Any:
        args, kwargs = resolve(node.args, run.values), resolve(node.kwargs, run.values)
        if node in self._overwriting:
            return args[0].relu_()
        if is_in_place(node, self.traced.module) and isinstance(args[0], Tensor):
            # What it would overwrite is still to be read by the walk, or is the caller's.
            args = (args[0].clone(), *args[1:])
        if node.op == "call_module":
            return self.traced.module.get_submodule(str(node.target))(*args, **kwargs)
        if isinstance(node.target, str):
            return getattr(args[0], node.target)(*args[1:], **kwargs)
        return node.target(*args, **kwargs)


def _attribute(root: Any, path: str) -> Any:
    for name in path.split("."):
        root = getattr(root, name)
    return root
