"""The linear programme over bicliques whose prices say which others are worth having."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Real = NDArray[np.float64]


@dataclass(frozen=True)
class Priced:
    """Optimum of the programme.

    Attributes:
        value: of the optimum.
        x: (columns,) how much of each biclique is taken.
        row_prices: (n,) what a row is worth, not negative.
        column_prices: (m,) the same of the graph's columns.
    """

    value: float
    x: Real
    row_prices: Real
    column_prices: Real


class Master:
    """Set packing: the largest weight of bicliques such that every row and column is in one at most.

    One programme for all nodes of a search, kept warm: nodes only forbid some of its bicliques.
    """

    def __init__(self, n: int, m: int) -> None:
        # Slow to load, and needed for large components only.
        import highspy  # noqa: PLC0415 - slow to load

        self._n, self._m, self._infinity = n, m, highspy.kHighsInf
        self._optimal = highspy.HighsModelStatus.kOptimal
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]  # it has no annotation
        self._solver.silent()
        self._solver.setOptionValue("solver", "simplex")
        self._solver.setOptionValue("presolve", "off")
        self._solver.setOptionValue("parallel", "off")
        self._solver.setOptionValue("threads", 1)
        for _ in range(n + m):
            self._solver.addRow(-self._infinity, 1.0, 0, [], [])
        self.rows = np.zeros((0, n))

    def add(self, rows: Real, columns: Real, weights: Real) -> None:
        """Bicliques: (c, n) and (c, m) zeros and ones, (c,) weights."""
        which, vertex = np.nonzero(np.hstack([rows, columns]))
        count = len(weights)
        starts = np.searchsorted(which, np.arange(count)).astype(np.int32)
        self._solver.addCols(
            count,
            -weights,
            np.zeros(count),
            np.full(count, self._infinity),
            len(vertex),
            starts,
            vertex.astype(np.int32),
            np.ones(len(vertex)),
        )
        self.rows = np.vstack([self.rows, rows])

    def allow(self, allowed: NDArray[np.bool_]) -> None:
        """Forbid all bicliques but these."""
        count = len(allowed)
        upper = np.where(allowed, self._infinity, 0.0)
        self._solver.changeColsBounds(count, np.arange(count, dtype=np.int32), np.zeros(count), upper)

    def solve(self) -> Priced:
        """The optimum over the allowed bicliques.

        Raises:
            ArithmeticError: the solver gave up; all of these programmes have an optimum.
        """
        self._solver.run()
        if self._solver.getModelStatus() != self._optimal:
            raise ArithmeticError(f"The linear programme ended as {self._solver.getModelStatus()}.")
        solution = self._solver.getSolution()
        # Least cost is solved for, so that the prices come with the other sign.
        prices = np.maximum(-np.array(solution.row_dual), 0.0)
        return Priced(
            value=-self._solver.getInfo().objective_function_value,
            x=np.array(solution.col_value),
            row_prices=prices[: self._n],
            column_prices=prices[self._n :],
        )
