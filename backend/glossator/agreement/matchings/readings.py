"""One entrance to all readings of D-family matchings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from glossator.agreement.intersection import Weights
from glossator.agreement.matchings.biclique import solve_biclique
from glossator.agreement.matchings.components import Solver, components, together
from glossator.agreement.matchings.d1 import solve_d1
from glossator.agreement.matchings.graph import Solution
from glossator.agreement.matchings.spanning import solve_spanning
from glossator.agreement.matchings.star import solve_star
from glossator.agreement.settings import diameter_of

WITH_BASELINE = ("d1", "d2_star", "d2_biclique")
"""Readings that the permutation baseline is computed for."""

_SOLVERS: dict[str, Solver] = {"d1": solve_d1, "d2_star": solve_star, "d2_biclique": solve_biclique}


def best_matching(weights: Weights, key: str, seed: int = 0) -> Solution:
    """The best matching of one reading; see `best_matchings`."""
    [found] = best_matchings(weights, (key,), seed)
    return found


def best_matchings(weights: Weights, keys: Sequence[str], seed: int = 0) -> list[Solution]:
    """The best matchings of an intersection graph, blocks as indices into its matrix, in the order of `keys`.

    d1 is always exact, d2_star and d2_biclique up to 15 by 15 concepts at least; d3 and more are lower bounds
    beside an upper one.

    Args:
        weights: (n, m) in canonical order.
        keys: d1, d2_star, d2_biclique, d3 ... d9.
        seed: of the trees of d3 and more.
    """
    parts = components(weights)
    solvers = [_of_component(part.weights, seed) for part in parts]
    return [together(parts, (solved(key) for solved in solvers)) for key in keys]


def _of_component(weights: Weights, seed: int) -> Callable[[str], Solution]:
    """Solves each reading once, however many readings of a larger diameter begin with it."""

    @cache
    def solved(key: str) -> Solution:
        if key in _SOLVERS:
            return _SOLVERS[key](weights)
        d = diameter_of(key)
        return solve_spanning(weights, d, seed, solved("d2_biclique" if d == 3 else f"d{d - 1}"))

    return solved
