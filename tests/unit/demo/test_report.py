"""The figures of the report against counts by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from demo.report import accuracy, area_under_curve, bootstrap
from demo.results import Alikeness, FoldResult, MapResults, Pointing, Scheme

DEFECTIVE = np.array([True, True, False, False])


def test_a_tile_counts_as_found_when_its_defective_score_is_the_higher() -> None:
    assert accuracy(DEFECTIVE, np.array([0.1, -0.1, -2.0, 3.0])) == 0.5


def test_the_area_under_the_curve_is_the_share_of_pairs_in_order() -> None:
    # Of the four pairs of a defective and a free tile, three are in order.
    assert area_under_curve(DEFECTIVE, np.array([2.0, 0.5, 1.0, 0.0])) == 0.75


def test_the_interval_draws_whole_groups() -> None:
    defective = np.array([True, False] * 50)
    margins = np.where(np.arange(100) < 50, 1.0, -1.0)
    one_group_each = bootstrap(accuracy, defective, margins, np.arange(100).astype(str))
    # Two groups that are each half right: whichever is drawn, half is right.
    two_groups = bootstrap(accuracy, defective, margins, np.repeat(["a", "b"], 50))
    assert two_groups == (0.5, 0.5)
    assert one_group_each[0] < 0.45
    assert one_group_each[1] > 0.55


def test_a_result_is_read_as_it_was_kept(tmp_path: Path) -> None:
    maps = MapResults(
        agrees=[True, False],
        live=[2, 3],
        pointing=[Pointing(4, "plain", [True], [False], [False], [0.1], lost=False)],
        alikeness=[Alikeness(4, "plain", 0.5)],
    )
    for result in (
        FoldResult(Scheme.BY_GROUP, 1, 2.0, [4, 5], [0.3, -0.1], maps),
        FoldResult(Scheme.AT_RANDOM, 1, 2.0, [4, 5], [0.3, -0.1], None),
    ):
        result.save(tmp_path / "fold.json")
        assert FoldResult.load(tmp_path / "fold.json") == result
