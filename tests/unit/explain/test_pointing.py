"""The pointing game against hand-computed cases and a brute-force count of pixels."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from glossator_worker.explain.pointing import centre_hits, hits, interval_by_group, maxima, random_hits
from glossator_worker.explain.refusal import Refusal


def mask_of(*pixels: tuple[int, int], size: tuple[int, int] = (8, 8)) -> torch.Tensor:
    mask = torch.zeros(size, dtype=torch.bool)
    for row, column in pixels:
        mask[row, column] = True
    return mask


def map_of(row: int, column: int, cells: int = 2) -> torch.Tensor:
    values = torch.zeros(1, cells, cells)
    values[0, row, column] = 1
    return values


def brute_force_share(mask: torch.Tensor, reach: tuple[float, float]) -> float:
    inside = mask.nonzero().tolist()
    near = 0
    for row in range(mask.shape[0]):
        for column in range(mask.shape[1]):
            near += any(abs(row - r) <= reach[0] and abs(column - c) <= reach[1] for r, c in inside)
    return near / mask.numel()


def test_the_maximum_is_the_first_in_row_order_of_the_enlarged_map():
    # Cell (1, 0) of 2 × 2 covers rows 4 to 7 and columns 0 to 3 of 8 × 8; bilinear weights are equal to 1
    # from its middle (5.5, 1.5) outwards, so that pixels (6, 0), (6, 1), (7, 0), (7, 1) tie.
    assert maxima(map_of(1, 0), (8, 8)).tolist() == [[6, 0]]


def test_equal_cells_go_to_the_upper_then_to_the_left():
    values = torch.tensor([[[0.0, 1, 0], [1, 0, 1], [0, 0, 0]]])

    assert maxima(values, (3, 3)).tolist() == [[0, 1]]


def test_a_map_points_at_the_pixel_of_its_maximum_only():
    values = map_of(1, 0)

    assert hits(values, mask_of((6, 0))).tolist() == [True]
    assert hits(values, mask_of((6, 1))).tolist() == [False]


@pytest.mark.parametrize(
    ("pixel", "tolerance", "expected"),
    [
        ((6, 2), 0.5, True),
        ((6, 3), 0.5, False),
        ((4, 2), 0.5, True),
        ((3, 0), 0.5, False),
        ((2, 4), 1.0, True),
    ],
)
def test_tolerance_is_a_distance_in_cells_along_each_axis(pixel, tolerance, expected):
    # A cell is 4 pixels, the maximum at (6, 0): half a cell reaches 2 pixels, one cell 4.
    assert hits(map_of(1, 0), mask_of(pixel), tolerance=tolerance).tolist() == [expected]


def test_cells_need_not_be_square():
    mask = mask_of((0, 6), size=(4, 16))

    assert hits(map_of(0, 0), mask, tolerance=0.75).tolist() == [True]
    assert hits(map_of(0, 0), mask_of((3, 0), size=(4, 16)), tolerance=0.75).tolist() == [False]


def test_a_lost_map_misses_even_where_the_mask_covers_everything():
    everything = torch.ones(8, 8, dtype=torch.bool)

    assert hits(torch.zeros(1, 2, 2), everything).tolist() == [False]


def test_maps_of_one_image_are_judged_one_by_one():
    both = torch.cat([map_of(1, 0), map_of(0, 1), torch.zeros(1, 2, 2)])

    assert hits(both, mask_of((0, 6), (6, 0))).tolist() == [True, True, False]


def test_no_maps_give_no_hits():
    assert hits(torch.zeros(0, 2, 2), mask_of((0, 0))).tolist() == []


@pytest.mark.parametrize("tolerance", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_random_pixel_is_counted_exactly(seed, tolerance):
    mask = torch.rand(20, 12, generator=torch.Generator().manual_seed(seed)) > 0.97
    mask[3, 4] = True

    share = random_hits(mask, (5, 4), tolerance=tolerance)

    assert share == brute_force_share(mask, (tolerance * 4, tolerance * 3))


def test_the_centre_is_the_pixel_at_half_height_and_width():
    assert centre_hits(mask_of((4, 4)), (2, 2))
    assert not centre_hits(mask_of((3, 4)), (2, 2))
    assert centre_hits(mask_of((3, 4)), (2, 2), tolerance=0.25)


@pytest.mark.parametrize(
    ("maps", "mask", "tolerance", "says"),
    [
        (torch.ones(1, 2, 2), torch.zeros(8, 8, dtype=torch.bool), 0.0, "empty"),
        (torch.ones(1, 2, 2), torch.ones(8, 8), 0.0, "bool"),
        (torch.ones(2, 2), torch.ones(8, 8, dtype=torch.bool), 0.0, "shape"),
        (torch.ones(1, 2, 2), torch.ones(8, 8, dtype=torch.bool), -0.5, "tolerance"),
    ],
)
def test_what_cannot_be_judged_is_refused(maps, mask, tolerance, says):
    with pytest.raises(Refusal, match=says):
        hits(maps, mask, tolerance=tolerance)


def test_the_interval_of_single_value_groups_is_the_binomial_one():
    values = np.r_[np.ones(70), np.zeros(30)]

    interval = interval_by_group(values, np.arange(100), resamples=20_000)

    # 0.7 ± 1.96 · √(0.21 / 100)
    assert interval.low == pytest.approx(0.61, abs=0.011)
    assert interval.high == pytest.approx(0.79, abs=0.011)


def test_groups_that_agree_within_count_once():
    values = np.repeat(np.r_[np.ones(7), np.zeros(3)], 10)

    by_group = interval_by_group(values, np.repeat(np.arange(10), 10))
    single = interval_by_group(np.r_[np.ones(7), np.zeros(3)], np.arange(10))

    assert by_group == single


def test_the_order_of_the_values_does_not_matter():
    rng = np.random.default_rng(5)
    values, groups = rng.integers(0, 2, 60), rng.integers(0, 12, 60)
    order = rng.permutation(60)

    assert interval_by_group(values, groups) == interval_by_group(values[order], groups[order])


def test_the_macro_interval_weighs_labels_alike():
    # 90 values of one label are all hits, 10 of the other all misses: every macro mean is 1/2, no pooled one
    # is.
    values, labels = np.r_[np.ones(90), np.zeros(10)], np.r_[np.zeros(90), np.ones(10)]
    groups = np.tile(np.arange(10), 10)

    macro = interval_by_group(values, groups, labels=labels)

    assert (macro.low, macro.high) == (0.5, 0.5)
    assert interval_by_group(values, groups).low > 0.5


def test_one_group_has_no_interval():
    interval = interval_by_group([1, 0, 1], ["a", "a", "a"])

    assert (interval.low, interval.high, interval.reason) == (None, None, "fewer than two groups")


def test_random_pixels_are_drawn_from_the_photograph_and_not_from_its_padding() -> None:
    mask = torch.zeros(8, 8, dtype=torch.bool)
    mask[3, 2] = True
    photograph = torch.zeros(8, 8, dtype=torch.bool)
    photograph[2:6] = True
    assert random_hits(mask, (4, 4), within=photograph) == 1 / 32
    # one cell is two pixels: rows 1 to 5, of which 2 to 5 are photograph, and columns 0 to 4
    assert random_hits(mask, (4, 4), tolerance=1.0, within=photograph) == 20 / 32
