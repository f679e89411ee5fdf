"""Baselines by permutation, against loops and numbers worked out by hand."""

import statistics
from zlib import crc32

import numpy as np
import pytest
from sklearn.metrics import confusion_matrix
from tests.unit.agreement.made_namings import from_labels
from tests.unit.agreement.matchings.brute_force import Judge

from glossator.agreement import permutation
from glossator.agreement.matchings import branch_and_price
from glossator.agreement.measure import measure_class
from glossator.agreement.permutation import Draws, baseline, mean_draws, with_holm
from glossator.agreement.results import Permutation
from glossator.agreement.settings import Settings


def labels(seed: int, groups: str, n: int = 14) -> list[str | None]:
    rng = np.random.default_rng(seed)
    return [(*groups, None)[index] for index in rng.integers(0, len(groups) + 1, n)]


def test_a_baseline_equals_a_loop_over_exhaustive_searches() -> None:
    a, b = labels(1, "uvw"), labels(2, "xy")
    settings = Settings(
        min_images=1, d=("d2_star", "d1", "d2_biclique"), permutations=25, bootstrap=0, seed=9
    )
    (pair,) = measure_class(from_labels(a, b), settings).pairs

    both = [(left, right) for left, right in zip(a, b, strict=True) if left and right]
    # Canonical order: most activations of all that the annotator named, then id.
    order = [
        [word for _, word in sorted((-each.count(word), word) for word in set(each) if word)]
        for each in (a, b)
    ]
    left = np.array([order[0].index(one) for one, _ in both])
    right = np.array([order[1].index(other) for _, other in both])
    rng = np.random.default_rng([9, 4, crc32(b"k"), crc32(b"a"), crc32(b"b")])
    judges = [
        Judge(confusion_matrix(left, rng.permutation(right), labels=range(3))[:, :2]) for _ in range(25)
    ]
    for matching in pair.matchings:
        values = [judge.best(matching.key) / len(both) for judge in judges]
        observed = matching.agreement.value
        found = matching.permutation
        assert observed is not None
        assert found is not None
        assert found.n == 25
        assert found.mean == pytest.approx(statistics.fmean(values))
        assert found.sd == pytest.approx(statistics.stdev(values))
        assert found.q95 == pytest.approx(np.quantile(values, 0.95))
        assert found.p == pytest.approx((1 + sum(value >= observed for value in values)) / 26)
        if found.corrected is not None and found.mean is not None:
            assert found.corrected == pytest.approx((observed - found.mean) / (1 - found.mean))


def test_p_counts_permutations_that_reach_the_observed_value() -> None:
    permuted = np.array([0.5] * 3 + [0.25] * 196)
    assert baseline(Draws(0.5, permuted)).p == 0.02
    # A third is not always the same real number.
    assert baseline(Draws(1 - 2 / 3, np.array([1 / 3, 0.1, 0.1]))).p == 0.5


def test_a_baseline_of_1_leaves_nothing_to_correct() -> None:
    found = baseline(Draws(1.0, np.ones(5)))
    assert (found.mean, found.p, found.corrected, found.reason) == (1, 1, None, "chance level is 1")


def test_one_permutation_has_no_deviation() -> None:
    found = baseline(Draws(0.75, np.array([0.5])))
    assert (found.sd, found.corrected, found.reason) == (None, 0.5, "one permutation")


def test_a_baseline_with_a_bound_in_it_is_undefined() -> None:
    found = baseline(Draws(0.5, np.array([0.5, 0.5]), exact=False))
    assert (found.n, found.mean, found.p, found.corrected) == (2, None, None, None)
    assert found.reason == "a permutation is only bounded"


def test_a_search_that_is_cut_short_makes_the_baseline_undefined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(branch_and_price, "MOST_EFFORT", 0)
    rng = np.random.default_rng(0)
    left, right = rng.integers(0, 10, (2, 120)).astype(np.int32)
    found = permutation.permuted_matchings(left, right, (10, 10), ["d2_biclique", "d3"], 3, rng)
    assert list(found) == ["d2_biclique"]
    assert not found["d2_biclique"][1]


def test_each_permutation_of_each_pair_is_heard_of_and_may_end_it() -> None:
    namings = from_labels(labels(1, "uvw"), labels(2, "xy"), labels(3, "xyz"))
    settings = Settings(min_images=1, d=("d1",), permutations=4, bootstrap=0)
    heard: list[tuple[int, int]] = []
    loud = measure_class(namings, settings, on_draw=lambda done, of: heard.append((done, of)))
    assert heard == [(done, 12) for done in range(12)]
    assert loud == measure_class(namings, settings)

    class Enough(Exception):  # noqa: N818 - an outcome
        pass

    def stop(done: int, _: int) -> None:
        if done == 5:
            raise Enough

    with pytest.raises(Enough):
        measure_class(namings, settings, on_draw=stop)


def test_the_mean_of_several_is_taken_permutation_by_permutation() -> None:
    found = mean_draws([Draws(0.5, np.array([0.0, 1.0])), Draws(1.0, np.array([1.0, 1.0]))])
    assert (found.observed, found.permuted.tolist(), found.exact) == (0.75, [0.5, 1.0], True)
    assert not mean_draws([Draws(0.5, np.zeros(1), exact=False), Draws(0.5, np.zeros(1))]).exact


def test_holm_steps_down_and_passes_over_what_is_undefined() -> None:
    ps = [0.01, 0.04, None, 0.03, 0.005, 1.0]
    baselines = [None if p is None else Permutation(9, 0, 0, 0, p, None, 0) for p in ps]
    corrected = [
        each and each.p_holm for each in with_holm([*baselines, baseline(Draws(0, np.ones(2), False))])
    ]
    assert corrected == [pytest.approx(x) for x in (0.04, 0.09)] + [None] + [
        pytest.approx(x) for x in (0.09, 0.025, 1.0)
    ] + [None]


def test_purities_are_permuted_over_the_named_activations_only() -> None:
    names = ["u", "u", "v", "v", None, None]
    namings = from_labels(names, x_features=[0, 0, 1, 1, 2, 2])
    settings = Settings(min_images=1, d=("d1",), permutations=400, bootstrap=0, seed=1)
    (figures,) = measure_class(namings, settings).annotators
    chance = figures.cx_purity_permutation
    assert chance is not None
    # Of the six ways to give two of four u, two leave both concepts pure and four halve them.
    assert chance.mean == pytest.approx((2 * 1 + 4 * 0.5) / 6, abs=0.04)
    assert chance.p == pytest.approx(1 / 3, abs=0.08)
    assert figures.xc_purity_permutation == chance


def test_there_is_no_baseline_where_nothing_is_shared_or_asked_for() -> None:
    namings = from_labels(["u", None], [None, "v"])
    asked = measure_class(namings, Settings(min_images=1, permutations=5, bootstrap=0, d=("d1",)))
    assert asked.pairs[0].matchings[0].permutation is None
    assert asked.pair_summary.matchings[0].permutation is None
    namings = from_labels(["u", "w"], ["u", "v"])
    silent = measure_class(namings, Settings(min_images=1, permutations=0, bootstrap=0, d=("d1",)))
    assert silent.pairs[0].matchings[0].permutation is None
    assert silent.annotators[0].cx_purity_permutation is None
    of_d3 = measure_class(namings, Settings(min_images=1, permutations=5, bootstrap=0, d=("d3",)))
    assert of_d3.pairs[0].matchings[0].permutation is None
