"""The graph of a model as excitation backprop reads it: traced once, never changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import fx, nn
from torch.nn import functional as F

from glossator_worker.explain.refusal import Refusal

_NUMBER_METHODS = frozenset({"size", "dim", "numel", "ndimension", "element_size"})
_NUMBER_ATTRIBUTES = frozenset({"shape", "ndim", "device", "dtype"})


@dataclass(frozen=True)
class Traced:
    """A model's graph with the names of its nodes.

    `module` shares the model's parameters and submodules and replaces none of them.
    """

    module: fx.GraphModule
    image: fx.Node
    _by_module: dict[str, tuple[fx.Node, ...]]

    def node(self, name: str) -> fx.Node:
        """The node with this name: a module that runs once, or a node of the traced graph.

        Raises:
            Refusal: there is no such node, or the module runs more than once.
        """
        nodes = self._by_module.get(name, ())
        if len(nodes) == 1:
            return nodes[0]
        if nodes:
            calls = ", ".join(f"'{node.name}'" for node in nodes)
            raise Refusal(f"'{name}' runs {len(nodes)} times; name one of its calls: {calls}")
        named: dict[str, fx.Node] = {
            node.name: node for node in self.module.graph.nodes if node.op not in ("output", "get_attr")
        }
        if name in named:
            return named[name]
        raise Refusal(
            f"the model has no layer '{name}'; name a module as in named_modules() or a node of its graph"
        )

    def names(self, node: fx.Node) -> tuple[str, ...]:
        """All names that `node` answers to, the clearest first.

        A module of its own comes first, then the outermost container that ends with the node, then the name
        in the graph.
        """
        modules = sorted(
            (name for name, nodes in self._by_module.items() if nodes == (node,)), key=lambda n: n.count(".")
        )
        if node.op == "call_module" and node.target in modules:
            modules.remove(str(node.target))
            modules.insert(0, str(node.target))
        return tuple(dict.fromkeys([*modules, *([] if node.name in self._by_module else [node.name])]))

    def label(self, node: fx.Node) -> str:
        """How messages call a node: what it is, and its name in quotes."""
        if node.op == "call_module":
            return f"{type(self.module.get_submodule(str(node.target))).__name__} '{node.target}'"
        kind = node.target if isinstance(node.target, str) else getattr(node.target, "__name__", "function")
        return f"{kind} '{node.name}'"


def trace(model: nn.Module) -> Traced:
    """Trace a model in evaluation mode.

    Raises:
        Refusal: a part of the model is in training mode, it cannot be traced, or it takes several inputs.
    """
    for name, module in model.named_modules():
        if module.training:
            raise Refusal(
                f"the model's part '{name or 'model'}' is in training mode; call model.eval() first"
            )
    try:
        traced = fx.symbolic_trace(model)
    except Exception as error:  # tracing runs the model's own code, which may raise anything
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        raise Refusal(
            f"the model's forward cannot be traced ({reason}); its steps must not depend on values"
        ) from error
    inputs = [node for node in traced.graph.nodes if node.op == "placeholder"]
    required = [node for node in inputs if not node.args]
    if len(required) != 1:
        raise Refusal(
            f"the model takes {len(required)} inputs; excitation backprop treats models of one image tensor"
        )
    _let_later_readers_see_in_place_changes(traced)
    return Traced(traced, required[0], _module_names(traced.graph))


def is_number(node: fx.Node) -> bool:
    """Whether a node computes a size or another plain number, not a tensor."""
    if node.op == "call_method":
        return node.target in _NUMBER_METHODS
    if node.op != "call_function":
        return False
    if node.target is getattr:
        return node.args[1] in _NUMBER_ATTRIBUTES
    return bool(node.all_input_nodes) and all(is_number(source) for source in node.all_input_nodes)


def is_relu(node: fx.Node, module: fx.GraphModule) -> bool:
    """Whether a node is a plain ReLU, however it is written."""
    if node.op == "call_module":
        return type(module.get_submodule(str(node.target))) is nn.ReLU
    return node.target in ("relu", "relu_", F.relu, torch.relu)


def is_in_place(node: fx.Node, module: fx.GraphModule) -> bool:
    """Whether the operation overwrites its first input."""
    if node.op == "call_module":
        return bool(getattr(module.get_submodule(str(node.target)), "inplace", False))
    if node.op == "call_method":
        return str(node.target).endswith("_") and not str(node.target).endswith("__")
    if node.op == "call_function":
        name = getattr(node.target, "__name__", "")
        return bool(node.kwargs.get("inplace", False)) or (name.endswith("_") and not name.endswith("__"))
    return False


def _let_later_readers_see_in_place_changes(module: fx.GraphModule) -> None:
    # The walk runs in-place operations out of place, because it still needs what they overwrite. Whoever
    # reads the overwritten tensor afterwards has to read the result instead.
    position = {node: index for index, node in enumerate(module.graph.nodes)}
    for node in module.graph.nodes:
        if not node.args or not isinstance(node.args[0], fx.Node) or not is_in_place(node, module):
            continue
        overwritten = node.args[0]
        for reader in list(overwritten.users):
            if position[reader] > position[node]:
                reader.replace_input_with(overwritten, node)


def _module_names(graph: fx.Graph) -> dict[str, tuple[fx.Node, ...]]:
    last: dict[str, dict[str, fx.Node]] = {}
    for node in graph.nodes:
        if node.op in ("placeholder", "get_attr", "output") or is_number(node):
            continue
        for call, name in _module_calls(node):
            last.setdefault(name, {})[call] = node
    return {name: tuple(calls.values()) for name, calls in last.items()}


def _module_calls(node: fx.Node) -> Iterator[tuple[str, str]]:
    # The key tells the calls of one module apart, the value's first part is the module's name.
    for call, (name, _kind) in node.meta.get("nn_module_stack", {}).items():
        yield call, name
