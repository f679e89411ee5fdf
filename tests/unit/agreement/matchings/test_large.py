"""Components too large to enumerate: exact search within its limits, honest bounds beyond."""

import numpy as np
import pytest
from tests.unit.agreement.made_namings import planted, random_graph
from tests.unit.agreement.matchings.brute_force import Judge, Weights

from glossator.agreement.matchings import bounded, branch_and_price, live_blocks, star
from glossator.agreement.matchings.biclique import solve_biclique
from glossator.agreement.matchings.cut_bound import adjacency, cut_bound, distances
from glossator.agreement.matchings.local_search import improved, kicked, value
from glossator.agreement.matchings.readings import best_matching


def by_integer_programme(weights: Weights) -> int:
    """The best bicliques as one integer programme over all live blocks and columns."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    live = live_blocks.live_blocks(weights)
    assert live is not None
    blocks, columns = np.nonzero(live.values)
    n, m = weights.shape
    used = np.unique(blocks)
    # Variables: a block is chosen; a column goes to a block.
    gain = np.r_[np.zeros(len(used)), live.values[blocks, columns]]
    rows_once = np.hstack([live.bits[used].T, np.zeros((n, len(blocks)))])
    columns_once = np.hstack([np.zeros((m, len(used))), (columns == np.arange(m)[:, None]).astype(float)])
    chosen_only = np.hstack([-(blocks[:, None] == used).astype(float), np.eye(len(blocks))])
    result = milp(
        -gain,
        integrality=np.ones(len(gain), dtype=np.int64),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(rows_once, ub=1),
            LinearConstraint(columns_once, ub=1),
            LinearConstraint(chosen_only, ub=0),
        ],
        options={"mip_rel_gap": 0},
    )
    assert result.success
    return round(-result.fun)


@pytest.mark.parametrize("noise", [0.3, 0.6, 1.0])
def test_search_and_an_integer_programme_agree(noise: float) -> None:
    for seed in range(2):
        weights = planted(9, 9, 40, noise, seed)
        solution = best_matching(weights, "d2_biclique")
        assert solution.exact
        assert solution.weight == by_integer_programme(weights)


def test_parts_without_an_edge_are_no_obstacle_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_blocks, "MOST_BLOCKS", 8)
    monkeypatch.setattr(bounded, "MOST_PART_EFFORT", 1)
    weights = planted(10, 10, 80, 0.6, 1)
    weights[4] = 0
    found = bounded.priced(weights)
    assert found.value <= found.upper


@pytest.mark.parametrize("noise", [0.1, 0.5, 1.0])
def test_fifteen_concepts_are_solved_exactly_in_every_reading(noise: float) -> None:
    weights = planted(15, 15, 300, noise, 7)
    solutions = [best_matching(weights, key) for key in ("d1", "d2_star", "d2_biclique")]
    assert all(solution.exact for solution in solutions)
    values = [solution.weight for solution in solutions]
    assert values == sorted(values)
    judge = Judge(weights)
    for key, solution in zip(("d1", "d2_star", "d2_biclique"), solutions, strict=True):
        families = [(list(block.rows), list(block.columns)) for block in solution.blocks]
        assert judge.weight_if_allowed(key, families) == solution.weight


@pytest.mark.parametrize("most_effort", [0, 500, 5_000])
def test_a_search_that_is_cut_short_bounds_the_optimum_from_both_sides(
    most_effort: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    graphs = [planted(11, 11, 130, 1.0, seed) for seed in range(3)]
    best = [solve_biclique(weights).weight for weights in graphs]
    monkeypatch.setattr(branch_and_price, "MOST_EFFORT", most_effort)
    solutions = [solve_biclique(weights) for weights in graphs]
    for optimum, solution in zip(best, solutions, strict=True):
        assert solution.weight <= optimum <= solution.upper
    if most_effort < 5_000:
        assert not all(solution.exact for solution in solutions)


def test_a_search_for_stars_that_is_cut_short_bounds_the_optimum(monkeypatch: pytest.MonkeyPatch) -> None:
    weights = planted(18, 18, 300, 1.0, 1)
    best = best_matching(weights, "d2_star")
    assert best.exact
    monkeypatch.setattr(star, "MOST_NODES", 1)
    bounds = best_matching(weights, "d2_star")
    assert bounds.weight <= best.weight <= bounds.upper < weights.sum()


@pytest.mark.parametrize("most_blocks", [64, 256])
def test_too_many_blocks_give_bounds_that_hold_the_optimum(
    most_blocks: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    graphs = [planted(10, 12, 150, noise, seed) for noise in (0.5, 1.0) for seed in range(3)]
    best = [solve_biclique(weights).weight for weights in graphs]
    monkeypatch.setattr(live_blocks, "MOST_BLOCKS", most_blocks)
    monkeypatch.setattr(bounded, "MOST_PART_EFFORT", most_blocks)
    for optimum, weights in zip(best, graphs, strict=True):
        solution = solve_biclique(weights)
        assert solution.weight <= optimum <= solution.upper


def test_thirty_dense_concepts_are_bounded_and_d1_and_stars_are_exact() -> None:
    weights = planted(30, 30, 3000, 1.0, 0)
    assert best_matching(weights, "d1").exact
    assert best_matching(weights, "d2_star").exact
    bounds = best_matching(weights, "d2_biclique")
    assert bounds.weight < bounds.upper < weights.sum()


def test_more_rows_than_a_mask_has_bits_are_bounded_or_solved() -> None:
    rng = np.random.default_rng(0)
    weights = rng.integers(1, 4, (70, 70)) * (rng.random((70, 70)) < 0.1)
    solution = best_matching(weights, "d2_biclique")
    assert best_matching(weights, "d2_star").weight <= solution.weight <= solution.upper <= weights.sum()


def test_the_cut_bound_holds_the_optimum_and_is_the_total_for_small_diameters() -> None:
    rng = np.random.default_rng(5)
    for _ in range(60):
        weights = random_graph(rng, largest=4)
        weights[:, 0] += 1
        weights[0, :] += 1
        judge = Judge(weights)
        for d in (2, 3, 4):
            bound = cut_bound(weights, d)
            assert judge.best(f"d{d}" if d > 2 else "d2_biclique") <= bound <= weights.sum()
            if distances(adjacency(weights)).max() <= d:
                assert bound == weights.sum()


def test_the_cut_bound_takes_off_the_largest_minimum_cut_of_vertices_too_far_apart() -> None:
    # A path r0 -5- c0 -4- r1 -6- c1: only r0 and c1 are three apart, and their minimum cut is 4.
    assert cut_bound(np.array([[5, 0], [4, 6]]), 2) == 11
    assert cut_bound(np.array([[5, 0], [4, 6]]), 3) == 15


def test_local_search_never_makes_a_partition_worse_and_keeps_its_accounts() -> None:
    rng = np.random.default_rng(6)
    for _ in range(100):
        weights = random_graph(rng, largest=4)
        start = rng.integers(0, len(weights), len(weights))
        better = improved(weights, start)
        assert value(weights, better) >= value(weights, start)
        assert value(weights, better) <= Judge(weights).best("d2_biclique")
        assert value(weights, kicked(weights, better, 3)) >= value(weights, better)
