"""Shares of right predictions with their intervals, against numbers computed elsewhere."""

import numpy as np
import pytest

from glossator.classifiers.accuracy import Interval, Tally, accuracy, by_group, per_name, wilson


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (154, 200, 0.706917, 0.822907),
        (0, 10, 0.0, 0.277533),
        (10, 10, 0.722467, 1.0),
        (1, 2, 0.094531, 0.905469),
    ],
)
def test_wilsons_interval_has_its_published_values(k: int, n: int, low: float, high: float) -> None:
    found = wilson(k, n)

    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-6)


def test_wilsons_interval_ends_where_the_score_test_rejects() -> None:
    """Its definition: |k/n - p| = z · sqrt(p (1 - p) / n) at both ends."""
    for k, n in [(3, 17), (55, 60), (1, 400)]:
        for p in (wilson(k, n).low, wilson(k, n).high):
            assert abs(k / n - p) == pytest.approx(1.959964 * (p * (1 - p) / n) ** 0.5, rel=1e-6)


def test_groups_and_not_images_are_drawn() -> None:
    """Two groups, all right and all wrong: of the four equally likely draws one has 0, two 1/2, one 1."""
    assert by_group([(5, 5), (0, 5)]) == Interval(0.0, 1.0)
    assert by_group([(5, 5)]) is None
    assert by_group([]) is None


def test_the_bootstrap_agrees_with_a_loop_over_drawn_groups() -> None:
    rng = np.random.default_rng(5)
    counts = [(int(rng.integers(0, n + 1)), int(n)) for n in rng.integers(1, 7, 60)]
    shares = []
    for _ in range(4000):
        drawn = [counts[place] for place in rng.integers(0, 60, 60)]
        shares.append(sum(k for k, _ in drawn) / sum(n for _, n in drawn))

    found = by_group(counts)

    assert found is not None
    assert (found.low, found.high) == pytest.approx(np.percentile(shares, [2.5, 97.5]), abs=0.02)
    assert by_group(counts) == found


def test_tallies_are_summed_and_nothing_is_undefined_in_disguise() -> None:
    tallies = [Tally("A", "x", "g1", 3, 2), Tally("A", "y", "g2", 1, 1), Tally("A", None, None, 2, 0)]

    found = accuracy("A", tallies)

    assert (found.n, found.k, found.value, found.groups) == (6, 3, 0.5, 4)
    assert found.by_group is not None

    empty = accuracy("B", [])
    assert (empty.n, empty.k, empty.value, empty.wilson, empty.groups, empty.by_group) == (
        0,
        0,
        None,
        None,
        0,
        None,
    )


def test_without_groups_there_is_no_interval_by_groups() -> None:
    assert accuracy("A", [Tally("A", None, None, 10, 9)]).by_group is None


def test_a_class_without_images_stands_there_with_n_0() -> None:
    rows = per_name(["B", "A"], {"A": [Tally("A", None, None, 4, 4)]})

    assert [(row.name, row.n) for row in rows] == [("B", 0), ("A", 4)]
