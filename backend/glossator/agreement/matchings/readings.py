"""One entrance to all readings of D-family matchings."""

from __future__ import annotations

from glossator.agreement.intersection import Weights
from glossator.agreement.matchings.biclique import solve_biclique
from glossator.agreement.matchings.components import Solver, solve
from glossator.agreement.matchings.d1 import solve_d1
from glossator.agreement.matchings.graph import Solution
from glossator.agreement.matchings.spanning import solve_spanning
from glossator.agreement.matchings.star import solve_star
from glossator.agreement.settings import diameter_of

WITH_BASELINE = ("d1", "d2_star", "d2_biclique")
"""Readings that the permutation baseline is computed for."""

_SOLVERS: dict[str, Solver] = {"d1": solve_d1, "d2_star": solve_star, "d2_biclique": solve_biclique}


def best_matching(weights: Weights, key: str, seed: int = 0) -> Solution:
    """The best matching of an intersection graph, blocks as indices into its matrix.

    d1 is always exact, d2_star and d2_biclique up to 15 by 15 concepts at least; d3 and more are lower bounds
    beside an upper one.

    Args:
        weights: (n, m) in canonical order.
        key: d1, d2_star, d2_biclique, d3 ... d9.
        seed: of the trees of d3 and more.
    """
    return solve(weights, lambda part: _solved(part, key, seed))


def _solved(part: Weights, key: str, seed: int) -> Solution:
    if key in _SOLVERS:
        return _SOLVERS[key](part)
    d = diameter_of(key)
    below = _solved(part, "d2_biclique" if d == 3 else f"d{d - 1}", seed)
    return solve_spanning(part, d, seed, below)
