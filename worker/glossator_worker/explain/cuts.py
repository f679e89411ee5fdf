"""Where a walk may stop: nodes that every path from the image to the start passes (algorithms 2.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import fx

from glossator_worker.explain.refusal import Refusal
from glossator_worker.explain.rules.base import Rule
from glossator_worker.explain.rules.classify import Classified
from glossator_worker.explain.rules.joins import Concatenation, Sum
from glossator_worker.explain.rules.moves import Padding, Reshape, View
from glossator_worker.explain.rules.passes import Pass
from glossator_worker.explain.rules.pools import AveragePool, MaxPool
from glossator_worker.explain.tracing import Traced

Rules = Mapping[fx.Node, Rule]


def cuts(traced: Traced, rules: Rules, start: fx.Node) -> list[fx.Node]:
    """The single-node cuts between the image and `start`, both included, image side first."""
    path = [traced.image]
    above = {*nodes_between(rules, start, traced.image)}
    on_path = {traced.image}
    for node in traced.module.graph.nodes:
        if node in above and not on_path.isdisjoint(rules[node].sources):
            on_path.add(node)
            path.append(node)
    position = {node: index for index, node in enumerate(path)}
    furthest = dict.fromkeys(path, 0)
    for node in path[1:]:
        for source in on_path.intersection(rules[node].sources):
            furthest[source] = max(furthest[source], position[node])
    # In topological order all paths pass a node exactly if no edge leads over it.
    found, reach = [], 0
    for node in path:
        if reach <= position[node]:
            found.append(node)
        reach = max(reach, furthest[node])
    return found


def nodes_between(rules: Rules, start: fx.Node, stop: fx.Node) -> list[fx.Node]:
    """The nodes that hand mass on: `start` and all that its mass reaches before `stop`, in graph order."""
    seen, pending = set(), [start] if start is not stop else []
    while pending:
        node = pending.pop()
        if node in seen or node is stop or node not in rules:
            continue
        seen.add(node)
        pending.extend(rules[node].sources)
    return [node for node in start.graph.nodes if node in seen]


def require_cut(traced: Traced, legal: Sequence[fx.Node], start: fx.Node, stop: fx.Node, name: str) -> None:
    """Refuse a stop that is not one of the `legal` ones: mass can go around it, or never reaches it."""
    if stop in legal:
        return
    order = {node: index for index, node in enumerate(traced.module.graph.nodes)}
    nearest = max(
        (node for node in legal if order[node] < order[stop]), key=order.__getitem__, default=traced.image
    )
    raise Refusal(
        f"'{name}' cannot be the stop: not all paths from the image to '{traced.names(start)[0]}' pass it; "
        f"the nearest layer before it that they all pass is '{traced.names(nearest)[0]}'"
    )


def first_refusal(rules: Rules, start: fx.Node, stop: fx.Node) -> str | None:
    """Why the walk from `start` to `stop` is not possible, by the layer nearest to the start, or None."""
    return next(
        (why for node in reversed(nodes_between(rules, start, stop)) if (why := rules[node].refusal)), None
    )


def default_stop(
    legal: Sequence[fx.Node], shapes: Mapping[fx.Node, torch.Size], classified: Classified, image_height: int
) -> fx.Node:
    """The last cut that keeps enough height: a sixteenth of large images, half of those below 64 pixels.

    A node behind an activation, a pool, a sum or a concatenation is preferred to the bare output of a
    convolution. The margin of zeros in front of a convolution is never chosen: no mass lies on it.
    """
    legal = [node for node in legal if not isinstance(classified.rules.get(node), Padding)]
    least = image_height / 16 if image_height >= 64 else image_height / 2
    high = [node for node in legal if len(shapes.get(node, ())) == 4 and shapes[node][2] >= least]
    return next((node for node in reversed(high) if _is_settled(node, classified)), high[-1])


def last_grid(
    legal: Sequence[fx.Node], shapes: Mapping[fx.Node, torch.Size], classified: Classified
) -> fx.Node:
    """The last cut with several cells: what the network knows of each place, just before places are pooled.

    Settled as in `default_stop`, unless no such cut is. The image itself where the network has no other.
    """
    grids = [node for node in legal if len(shapes.get(node, ())) == 4 and shapes[node][2:].numel() > 1]
    settled = [node for node in grids if _is_settled(node, classified)]
    return (settled or grids)[-1]


def _is_settled(node: fx.Node, classified: Classified) -> bool:
    rule = classified.rules.get(node)
    if node in classified.nonnegative or isinstance(rule, (Sum, Concatenation, MaxPool, AveragePool)):
        return True
    passes_on = isinstance(rule, (Pass, Reshape, View, Padding))
    return passes_on and rule is not None and _is_settled(rule.sources[0], classified)
