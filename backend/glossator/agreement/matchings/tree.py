"""The best D-family matching of a tree, exactly, by dynamic programming."""

from __future__ import annotations

from dataclasses import dataclass, field

Edge = tuple[int, int, int]
"""Two vertices and a weight."""

_IMPOSSIBLE = -1


@dataclass
class _Vertex:
    """What is known of a vertex and the tree below it.

    Attributes:
        children: those below and the weight of the edge to each.
        best: best[h] is the largest weight below when the vertex's set reaches exactly h edges down.
        choices: for each child, by h: the height before it, and the child's height or _IMPOSSIBLE if cut off.
    """

    children: list[tuple[int, int]] = field(default_factory=list)
    best: list[int] = field(default_factory=list)
    choices: list[list[tuple[int, int]]] = field(default_factory=list)


def best_families(count: int, edges: list[Edge], d: int) -> list[list[int]]:
    """Partition the vertices 0 ... count - 1 of a tree into connected sets of diameter <= d.

    Args:
        count: number of vertices, one more than edges.
        edges: of the tree.
        d: largest diameter.
    """
    vertices, order = _rooted(count, edges)
    for index in reversed(order):
        _solve(vertices, index, d)
    return _families(vertices)


def _rooted(count: int, edges: list[Edge]) -> tuple[list[_Vertex], list[int]]:
    """The tree below vertex 0, children in ascending order, and an order with parents first."""
    near: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for a, b, weight in edges:
        near[a].append((b, weight))
        near[b].append((a, weight))
    vertices = [_Vertex() for _ in range(count)]
    order, parents = [0], {0: -1}
    for index in order:
        vertices[index].children = sorted(edge for edge in near[index] if edge[0] != parents[index])
        for child, _ in vertices[index].children:
            parents[child] = index
            order.append(child)
    return vertices, order


def _solve(vertices: list[_Vertex], index: int, d: int) -> None:
    vertex = vertices[index]
    best = [0] + [_IMPOSSIBLE] * d
    for child, weight in vertex.children:
        below = vertices[child].best
        cut = max(below)
        after = [value + cut if value != _IMPOSSIBLE else value for value in best]
        choice = [(h, _IMPOSSIBLE) for h in range(d + 1)]
        for h, value in enumerate(best):
            if value == _IMPOSSIBLE:
                continue
            for g in range(d - h):
                if below[g] == _IMPOSSIBLE:
                    continue
                height, joined = max(h, g + 1), value + below[g] + weight
                if joined > after[height]:
                    after[height], choice[height] = joined, (h, g)
        vertex.choices.append(choice)
        best = after
    vertex.best = best


def _families(vertices: list[_Vertex]) -> list[list[int]]:
    """Follow the choices down from the root."""
    families: list[list[int]] = []
    roots = [0]
    while roots:
        root = roots.pop()
        family: list[int] = []
        inside = [(root, vertices[root].best.index(max(vertices[root].best)))]
        while inside:
            index, height = inside.pop()
            family.append(index)
            vertex = vertices[index]
            for (child, _), choice in zip(reversed(vertex.children), reversed(vertex.choices), strict=True):
                height, below = choice[height]
                if below == _IMPOSSIBLE:
                    roots.append(child)
                else:
                    inside.append((child, below))
        families.append(family)
    return families
