"""Every reading against exhaustive search over all set partitions."""

import numpy as np
import pytest
from tests.unit.agreement.made_namings import planted, random_graph
from tests.unit.agreement.matchings.brute_force import Judge, Weights

from glossator.agreement.matchings import biclique, star
from glossator.agreement.matchings.graph import Solution
from glossator.agreement.matchings.readings import best_matching

EXACT = ("d1", "d2_star", "d2_biclique")
BOUNDS = ("d3", "d4")


def families(solution: Solution) -> list[tuple[list[int], list[int]]]:
    return [(list(block.rows), list(block.columns)) for block in solution.blocks]


def check_exact(weights: Weights, key: str, judge: Judge) -> None:
    solution = best_matching(weights, key)
    assert solution.exact
    assert solution.weight == judge.best(key)
    assert judge.weight_if_allowed(key, families(solution)) == solution.weight


@pytest.mark.parametrize("seed", range(20))
def test_d1_star_and_biclique_are_the_best_of_all_partitions(seed: int) -> None:
    rng = np.random.default_rng([1, seed])
    for _ in range(105):
        weights = random_graph(rng, largest=4)
        judge = Judge(weights)
        for key in EXACT:
            check_exact(weights, key, judge)


@pytest.mark.parametrize("seed", range(20))
def test_d3_and_d4_are_allowed_and_on_the_right_side_of_the_best_of_all_partitions(seed: int) -> None:
    rng = np.random.default_rng([2, seed])
    reached = 0
    for _ in range(105):
        weights = random_graph(rng, largest=4)
        judge = Judge(weights)
        for key in BOUNDS:
            solution, best = best_matching(weights, key), judge.best(key)
            assert solution.weight <= best <= solution.upper
            assert judge.weight_if_allowed(key, families(solution)) == solution.weight
            reached += solution.weight == best
    assert reached > 0.97 * 2 * 105


@pytest.mark.parametrize("seed", range(6))
def test_five_by_five_concepts_are_the_best_of_all_partitions(seed: int) -> None:
    weights = planted(5, 5, 60, (0.2, 0.5, 1.0)[seed % 3], seed)
    judge = Judge(weights)
    for key in EXACT:
        check_exact(weights, key, judge)
    for key in BOUNDS:
        solution = best_matching(weights, key)
        assert solution.weight <= judge.best(key) <= solution.upper


@pytest.mark.parametrize("seed", range(20))
def test_the_ways_of_large_components_find_the_best_of_all_partitions(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(star, "LARGEST_ENUMERATED", 0)
    monkeypatch.setattr(biclique, "LARGEST_ENUMERATED", 0)
    rng = np.random.default_rng([3, seed])
    for _ in range(20):
        weights = random_graph(rng, largest=4)
        judge = Judge(weights)
        check_exact(weights, "d2_star", judge)
        check_exact(weights, "d2_biclique", judge)


@pytest.mark.parametrize("noise", [0.3, 0.6, 1.0])
def test_enumeration_and_search_of_seven_and_eight_concepts_agree(
    noise: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    graphs = [planted(n, m, 90, noise, seed) for n, m in ((7, 8), (8, 8), (8, 10)) for seed in range(4)]
    enumerated = [[best_matching(weights, key).weight for key in EXACT] for weights in graphs]
    monkeypatch.setattr(star, "LARGEST_ENUMERATED", 0)
    monkeypatch.setattr(biclique, "LARGEST_ENUMERATED", 0)
    assert enumerated == [[best_matching(weights, key).weight for key in EXACT] for weights in graphs]
