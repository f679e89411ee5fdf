"""The hidden layer that xNNs read: which it is, its features, and the way from it to the scores.

With more than one fully connected layer it is the first of them behind its ReLU; otherwise the flattened,
pooled features in front of the last layer. A network that ends in a 1 × 1 convolution and a pool
(SqueezeNet) has no such node; its features are the pooled input of that convolution.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor, fx, nn

from glossator_worker.explain.refusal import Refusal
from glossator_worker.networks.architectures import Architecture

_HEAD_TOLERANCE = 1e-4


@dataclass(frozen=True)
class HiddenLayer:
    """Where the features of a network are.

    Attributes:
        start: the node of the traced ``walk_module`` whose output is the features (B, width): where
            excitation backprop starts. A module's path, or a graph node's name.
        width: number of features.
        tap: the module at which the features are read.
        tap_output: whether they are its output or its input.
        pooled: whether they are the mean over positions of what is read there (SqueezeNet).
    """

    start: str
    width: int
    tap: str
    tap_output: bool
    pooled: bool


class PooledFeatures(nn.Module):
    """A convolutional trunk and a global average pool, where no node of the network carries the features."""

    def __init__(self, features: nn.Module) -> None:
        super().__init__()
        self.features = features
        self.training = features.training

    def forward(self, images: Tensor) -> Tensor:
        """Give the pooled features (B, F) of images (B, 3, h, w)."""
        return nn.functional.adaptive_avg_pool2d(self.features(images), (1, 1)).flatten(1)


@contextmanager
def evaluating(model: nn.Module) -> Iterator[None]:
    """Put a model into eval mode and give every module its own mode back, also after an error."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        yield
    finally:
        for module, training in modes:
            module.training = training


def hidden_layer(model: nn.Module, architecture: Architecture) -> HiddenLayer:
    """Find the hidden layer of a network of an architecture; the model is left as it was."""
    last = model.get_submodule(architecture.last_layer)
    if isinstance(last, nn.Conv2d):
        return HiddenLayer("flatten", last.in_channels, architecture.last_layer, False, True)
    if not isinstance(last, nn.Linear):
        raise Refusal(
            f"the last layer {architecture.last_layer} of {architecture.title} is not fully connected"
        )
    graph = _traced(model).graph
    modules = dict(model.named_modules())
    linear = [node for node in graph.nodes if _is(node, modules, nn.Linear)]
    if not linear or linear[-1].target != architecture.last_layer:
        raise Refusal(f"{architecture.title} does not end in its layer {architecture.last_layer}")
    if len(linear) > 1:
        behind = next(iter(linear[0].users))
        if not _is(behind, modules, nn.ReLU, nn.ReLU6):
            raise Refusal(
                f"{architecture.title} has no ReLU behind its first fully connected layer {linear[0].target}"
            )
        first = model.get_submodule(str(linear[0].target))
        if not isinstance(first, nn.Linear):
            raise AssertionError(f"{linear[0].target} was found as a fully connected layer")
        return HiddenLayer(str(behind.target), first.out_features, str(behind.target), True, False)
    node = linear[0].args[0]
    while _is(node, modules, nn.Dropout, nn.Identity):
        node = node.args[0]
    start = str(node.target) if node.op == "call_module" else node.name
    return HiddenLayer(start, last.in_features, architecture.last_layer, False, False)


def walk_module(model: nn.Module, hidden: HiddenLayer) -> nn.Module:
    """Give the module in which ``hidden.start`` is a node: the model, or its trunk with a pool."""
    return PooledFeatures(model.get_submodule("features")) if hidden.pooled else model


def features_and_scores(model: nn.Module, images: Tensor, hidden: HiddenLayer) -> tuple[Tensor, Tensor]:
    """Give the hidden features and the scores of a batch, from one pass in eval mode; the model stays as it
    was.

    Args:
        model: the classifier.
        images: (B, 3, h, w), as its preprocessing gives them.
        hidden: its hidden layer.

    Returns:
        Features (B, F) and scores before softmax (B, C), without gradients.
    """
    seen: list[Tensor] = []

    # Cloned at once: a layer behind that works in place would overwrite them.
    def keep_input(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        seen.append(inputs[0].mean((2, 3)) if hidden.pooled else inputs[0].clone())

    def keep_output(_: nn.Module, __: tuple[Tensor, ...], output: Tensor) -> None:
        seen.append(output.clone())

    tap = model.get_submodule(hidden.tap)
    handle = (
        tap.register_forward_hook(keep_output)
        if hidden.tap_output
        else tap.register_forward_pre_hook(keep_input)
    )
    try:
        with evaluating(model), torch.no_grad():
            scores: Tensor = model(images)
    finally:
        handle.remove()
    return seen[0], scores


def check_head(model: nn.Module, hidden: HiddenLayer, features: Tensor, scores: Tensor) -> None:
    """Recompute scores (B, C) from features (B, F) and refuse if they are not the same.

    They differ if features and scores come from different weights, images or modes. Nothing is checked
    where a ReLU stands between the last layer and a pool, so that the scores are no function of the pooled
    features.
    """
    if hidden.pooled:
        return
    with torch.no_grad():
        again: Tensor = _head(model, hidden)(features)
    error = float((again - scores).abs().max())
    if not error < _HEAD_TOLERANCE * float(scores.abs().max()):
        raise Refusal(
            f"the scores do not follow from the features of {hidden.start}: they differ by {error:.3g}; "
            "predict again before training xNNs"
        )


def _head(model: nn.Module, hidden: HiddenLayer) -> fx.GraphModule:
    """The part of the network from the features to the scores."""
    traced = _traced(model)
    head = fx.Graph()
    copies: dict[fx.Node, fx.Node] = {}
    for node in traced.graph.nodes:
        if hidden.start in (node.name, node.target if node.op == "call_module" else None):
            copies[node] = head.placeholder("features")
        elif node.op == "output" or any(source in copies for source in node.all_input_nodes):
            copies[node] = head.node_copy(node, copies.__getitem__)
    return fx.GraphModule(traced, head)


def _traced(model: nn.Module) -> fx.GraphModule:
    with evaluating(model):
        return fx.symbolic_trace(model)


def _is(node: fx.Node, modules: dict[str, nn.Module], *kinds: type[nn.Module]) -> bool:
    return node.op == "call_module" and isinstance(modules[str(node.target)], kinds)
