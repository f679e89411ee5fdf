"""Indices of two partitions against scikit-learn."""

import numpy as np
import pytest
from sklearn import metrics

from glossator.agreement.intersection import intersection
from glossator.agreement.partitions import partition_indices
from glossator.agreement.results import Value


def indices_of(left: list[int], right: list[int]) -> tuple[Value, Value, Value]:
    a, b = np.array(left, dtype=np.int32), np.array(right, dtype=np.int32)
    return partition_indices(intersection(a, b, (max(left, default=0) + 1, max(right, default=0) + 1)))


@pytest.mark.parametrize("seed", range(60))
def test_they_equal_scikit_learn(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n, groups = int(rng.integers(2, 150)), int(rng.integers(1, 9))
    left = rng.integers(0, groups, n)
    right = np.where(rng.random(n) < rng.random(), rng.integers(0, groups + 2, n), left)
    # Never trivial on both sides.
    left[:2], right[:2] = (0, 0), (0, 1)
    expected = (
        metrics.adjusted_rand_score(left, right),
        metrics.adjusted_mutual_info_score(left, right),
        metrics.v_measure_score(left, right),
    )
    found = indices_of(left.tolist(), right.tolist())
    assert [each.value for each in found] == pytest.approx(expected, abs=1e-10)


@pytest.mark.parametrize("groups", [2, 3, 7])
def test_equal_partitions_are_1_and_not_above(groups: int) -> None:
    labels = [n % groups for n in range(50)]
    assert [each.value for each in indices_of(labels, labels)] == pytest.approx([1, 1, 1], abs=1e-12)
    assert all((each.value or 2) <= 1 for each in indices_of(labels, labels))


def test_a_group_against_singletons_is_zero() -> None:
    assert [each.value for each in indices_of([0, 0, 0, 0], [0, 1, 2, 3])] == pytest.approx([0, 0, 0])


def test_thousands_of_activations_do_not_overflow() -> None:
    rng = np.random.default_rng(0)
    left, right = rng.integers(0, 3, 60_000), rng.integers(0, 3, 60_000)
    found = indices_of(left.tolist(), right.tolist())
    assert found[0].value == pytest.approx(metrics.adjusted_rand_score(left, right), abs=1e-9)
    assert found[1].value == pytest.approx(metrics.adjusted_mutual_info_score(left, right), abs=1e-9)


@pytest.mark.parametrize(
    ("left", "right", "reason"),
    [
        ([], [], "fewer than two activations named by both"),
        ([0], [0], "fewer than two activations named by both"),
        ([0, 0, 0], [0, 0, 0], "both namings are trivial"),
        ([0, 1, 2], [2, 0, 1], "both namings are trivial"),
    ],
)
def test_they_are_undefined_where_scikit_learn_says_1(left: list[int], right: list[int], reason: str) -> None:
    assert set(indices_of(left, right)) == {Value(None, reason)}
