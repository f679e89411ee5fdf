"""The normal form in which every reading is solved: connected components, each turned the same way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glossator.agreement.intersection import Weights
from glossator.agreement.matchings.graph import Block, Solution

Solver = Callable[[Weights], Solution]
"""Solves a connected graph with at least one edge and no more rows than columns."""


@dataclass(frozen=True)
class Component:
    """A connected part with an edge.

    Attributes:
        rows, columns: where its matrix lies in the whole one, ascending.
        weights: its matrix, transposed if `turned`.
        turned: so that rows <= columns, and if equal, that the flattened matrix is the smaller one.
    """

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    weights: Weights
    turned: bool


def components(weights: Weights) -> list[Component]:
    """Connected parts of a graph by their first row; isolated vertices are in none."""
    edges = weights > 0
    if edges.all() and edges.size:
        return [_component(weights, np.arange(weights.shape[0]), np.arange(weights.shape[1]))]
    found: list[Component] = []
    left = set(np.flatnonzero(edges.any(axis=1)).tolist())
    while left:
        rows = np.array([min(left)])
        size = 0
        while len(rows) > size:
            size, columns = len(rows), np.flatnonzero(edges[rows].any(axis=0))
            rows = np.flatnonzero(edges[:, columns].any(axis=1))
        found.append(_component(weights, rows, columns))
        left.difference_update(rows.tolist())
    return found


def _component(weights: Weights, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> Component:
    part = weights[np.ix_(rows, columns)]
    turned = len(rows) > len(columns) or (
        len(rows) == len(columns) and part.T.ravel().tolist() < part.ravel().tolist()
    )
    return Component(rows, columns, part.T.copy() if turned else part, turned)


def together(parts: Sequence[Component], solutions: Iterable[Solution]) -> Solution:
    """The solutions of all components as one; blocks heaviest first, then by rows, then by columns."""
    blocks, upper = [], 0
    for part, solution in zip(parts, solutions, strict=True):
        upper += solution.upper
        blocks += [_placed(found, part) for found in solution.blocks]
    blocks.sort(key=lambda found: (-found.weight, found.rows, found.columns))
    return Solution(tuple(blocks), upper)


def _placed(found: Block, part: Component) -> Block:
    rows, columns = (found.columns, found.rows) if part.turned else (found.rows, found.columns)
    return Block(
        tuple(int(part.rows[row]) for row in rows),
        tuple(int(part.columns[column]) for column in columns),
        found.weight,
    )
