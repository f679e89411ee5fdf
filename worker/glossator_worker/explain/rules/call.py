"""One operation of the traced graph, whether it was written as a module, a function or a method."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from torch import fx, nn

from glossator_worker.explain.tracing import Traced

_KNOWN_LIBRARIES = frozenset({"torch", "_operator", "builtins", "torchvision"})


@dataclass(frozen=True)
class Call:
    """A node with its module (None for functions and methods) and with its arguments by position or name."""

    node: fx.Node
    module: nn.Module | None
    label: str
    traced: Traced

    @classmethod
    def of(cls, traced: Traced, node: fx.Node) -> Call:
        """The call that a node of the graph makes."""
        module = traced.module.get_submodule(str(node.target)) if node.op == "call_module" else None
        return cls(node, module, traced.label(node), traced)

    def of_node(self, node: fx.Node) -> Call:
        """The call that another node of the same graph makes."""
        return Call.of(self.traced, node)

    @property
    def name(self) -> str:
        """The name of the function or method; empty for modules and for functions of other libraries."""
        if self.node.op == "call_method":
            return str(self.node.target)
        library = (getattr(self.node.target, "__module__", None) or "").partition(".")[0]
        if self.node.op != "call_function" or library not in _KNOWN_LIBRARIES:
            return ""
        return str(getattr(self.node.target, "__name__", ""))

    def argument(self, position: int, name: str, default: Any = None) -> Any:
        """An argument as traced: a plain value, or a node that computes it."""
        if position < len(self.node.args):
            return self.node.args[position]
        return self.node.kwargs.get(name, default)

    @property
    def source(self) -> fx.Node | None:
        """The first argument, if it is a node."""
        first = self.argument(0, "input")
        return first if isinstance(first, fx.Node) else None
