"""What holds for every pair of namings, whatever they are."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.typing import NDArray

from glossator.agreement.matchings import readings
from glossator.agreement.matchings.biclique import solve_biclique
from glossator.agreement.matchings.components import components
from glossator.agreement.matchings.graph import Solution
from glossator.agreement.matchings.readings import best_matching, best_matchings
from glossator.agreement.matchings.spanning import solve_spanning

Weights = NDArray[np.int64]
READINGS = ("d1", "d2_star", "d2_biclique", "d3")

graphs = arrays(
    np.int64,
    array_shapes(min_dims=2, max_dims=2, max_side=7),
    elements=st.one_of(st.just(0), st.integers(0, 9)),
)
many = settings(max_examples=300, deadline=None, derandomize=True)


@given(graphs)
@many
def test_larger_diameters_and_freer_readings_never_weigh_less(weights: Weights) -> None:
    values = [best_matching(weights, key).weight for key in READINGS]
    assert values == sorted(values)
    assert values[-1] <= weights.sum()


@given(graphs)
@many
def test_bicliques_hold_everything_exactly_when_every_component_is_one(weights: Weights) -> None:
    complete = all((part.weights > 0).all() for part in components(weights))
    assert (best_matching(weights, "d2_biclique").weight == weights.sum()) == complete


@given(graphs, st.randoms(use_true_random=False))
@many
def test_values_do_not_change_when_concepts_change_places(weights: Weights, random: st.DataObject) -> None:
    rng = np.random.default_rng(random.randrange(2**32))  # type: ignore[attr-defined]  # a random.Random
    shuffled = weights[rng.permutation(len(weights))][:, rng.permutation(weights.shape[1])]
    for key in ("d1", "d2_star", "d2_biclique"):
        assert best_matching(weights, key).weight == best_matching(shuffled, key).weight


@given(graphs)
@many
def test_swapped_annotators_get_the_same_value_and_mirrored_families(weights: Weights) -> None:
    for key in READINGS:
        one, other = best_matching(weights, key), best_matching(weights.T.copy(), key)
        assert (one.weight, one.upper) == (other.weight, other.upper)
        mirrored = sorted((block.columns, block.rows, block.weight) for block in other.blocks)
        # A component that is its own mirror image looks the same from both sides.
        if not any((part.weights.T.tolist() == part.weights.tolist()) for part in components(weights)):
            assert mirrored == sorted((block.rows, block.columns, block.weight) for block in one.blocks)


@given(graphs)
@many
def test_families_share_no_concept_and_are_sorted_by_weight(weights: Weights) -> None:
    for key in READINGS:
        blocks = best_matching(weights, key).blocks
        rows = [row for block in blocks for row in block.rows]
        columns = [column for block in blocks for column in block.columns]
        assert len(set(rows)) == len(rows)
        assert len(set(columns)) == len(columns)
        assert all(block.weight == weights[np.ix_(block.rows, block.columns)].sum() > 0 for block in blocks)
        assert [block.weight for block in blocks] == sorted((block.weight for block in blocks), reverse=True)


@given(graphs, st.permutations(("d1", "d2_star", "d2_biclique", "d3", "d4")))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_readings_asked_for_together_are_what_each_is_alone(weights: Weights, keys: list[str]) -> None:
    assert best_matchings(weights, keys, 3) == [best_matching(weights, key, 3) for key in keys]


def test_readings_asked_for_together_solve_each_of_them_once(monkeypatch: pytest.MonkeyPatch) -> None:
    called = Counter[str]()

    def count(name: str, work: Callable[..., Solution]) -> Callable[..., Solution]:
        def counted(*args: Any) -> Solution:
            called[name] += 1
            return work(*args)

        return counted

    monkeypatch.setitem(readings._SOLVERS, "d2_biclique", count("biclique", solve_biclique))
    monkeypatch.setattr(readings, "solve_spanning", count("spanning", solve_spanning))
    path = np.array([[1, 0, 0], [3, 3, 0], [0, 3, 1]])
    best_matchings(path, ("d4", "d2_biclique", "d3", "d5"))
    assert called == {"biclique": 1, "spanning": 3}


@given(graphs)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_the_largest_diameter_holds_everything(weights: Weights) -> None:
    small = weights[:5, :4]
    solution = best_matching(small, "d9")
    assert solution.exact
    assert solution.weight == small.sum()


def test_an_empty_side_has_no_family() -> None:
    for shape in ((0, 3), (3, 0), (0, 0)):
        solution = best_matching(np.zeros(shape, dtype=np.int64), "d2_star")
        assert (solution.blocks, solution.weight, solution.exact) == ((), 0, True)
