"""The best families of a tree against trying every set of edges to cut."""

from itertools import combinations

import numpy as np
import pytest

from glossator.agreement.matchings.spanning import _spanning_tree
from glossator.agreement.matchings.tree import Edge, best_families


def parts(count: int, edges: list[Edge]) -> list[set[int]]:
    found = [{vertex} for vertex in range(count)]
    for a, b, _ in edges:
        one = next(part for part in found if a in part)
        other = next(part for part in found if b in part)
        found = [part for part in found if part not in (one, other)] + [one | other]
    return found


def diameter(part: set[int], edges: list[Edge]) -> int:
    far = {(a, b): 0 if a == b else 99 for a in part for b in part}
    for a, b, _ in edges:
        if a in part:
            far[a, b] = far[b, a] = 1
    for middle in part:
        for a in part:
            for b in part:
                far[a, b] = min(far[a, b], far[a, middle] + far[middle, b])
    return max(far.values())


def by_cutting(count: int, edges: list[Edge], d: int) -> int:
    total = sum(weight for *_, weight in edges)
    best = 0
    for size in range(len(edges) + 1):
        for cut in combinations(edges, size):
            kept = [edge for edge in edges if edge not in cut]
            weight = total - sum(weight for *_, weight in cut)
            if weight > best and all(diameter(part, kept) <= d for part in parts(count, kept)):
                best = weight
    return best


@pytest.mark.parametrize("d", [1, 2, 3, 4])
def test_dynamic_programming_finds_the_best_cuts(d: int) -> None:
    rng = np.random.default_rng(d)
    for _ in range(40):
        count = int(rng.integers(1, 9))
        edges = [(int(rng.integers(0, v)), v, int(rng.integers(1, 9))) for v in range(1, count)]
        families = best_families(count, edges, d)
        assert sorted(vertex for family in families for vertex in family) == list(range(count))
        family_of = {vertex: index for index, family in enumerate(families) for vertex in family}
        kept = [edge for edge in edges if family_of[edge[0]] == family_of[edge[1]]]
        assert sum(weight for *_, weight in kept) == by_cutting(count, edges, d)
        assert all(diameter(set(family), kept) <= d for family in families)


def test_a_spanning_tree_takes_the_first_edges_that_close_no_circle() -> None:
    edges = [(0, 2, 5), (0, 3, 4), (1, 2, 3), (1, 3, 2)]
    assert _spanning_tree(edges, 4) == edges[:3]
