"""Table 1 on numbers worked out by hand."""

import math

import pytest
import torch

from glossator_worker.explain.faithfulness import (
    MapLikeness,
    faithfulness_table,
    first_argmax,
    map_likeness,
    mean_likeness,
)
from glossator_worker.explain.refusal import Refusal
from glossator_worker.explain.xnn import ClassState, XNNs

# Two X-features per class that copy features 0 and 1; class 0 reads 2·x0 + x1, class 1 reads −x0 + 3·x1 + 1.
# Class 2 has no xNN.
XNNS = XNNs(
    encoder=((torch.tensor([[[1.0, 0.0], [0.0, 1.0]]] * 2 + [[[0.0, 0.0], [0.0, 0.0]]]), torch.zeros(3, 2)),),
    weights=torch.tensor([[2.0, 1.0], [-1.0, 3.0], [0.0, 0.0]]),
    biases=torch.tensor([0.0, 1.0, math.nan]),
    live=torch.tensor([[True, True], [False, True], [False, False]]),
    negative=torch.tensor([[False, False], [True, False], [False, False]]),
    states=(ClassState.TRAINED, ClassState.FEWER_THAN_TWO, ClassState.NO_IMAGES),
    attempts=(1, 5, 0),
    rmse=(0.0, 0.0, math.nan),
)
FEATURES = torch.tensor([[2.0, 0.0], [1.0, 1.0], [0.0, 2.0], [0.0, 0.0]])
# Rebuilt: class 0 → 4, 3, 2, 0; class 1 → −1, 3, 7, 1.
SCORES = torch.tensor([[4.0, 0.0, 1.0], [2.0, 3.0, 2.5], [2.0, 7.0, 0.0], [1.0, 1.0, 0.5]])
LABELS = torch.tensor([0, 0, 1, 1])


def test_each_column_of_a_class() -> None:
    row = faithfulness_table(XNNS, FEATURES, SCORES, LABELS).rows[0]
    assert (row.class_index, row.state, row.images) == (0, ClassState.TRAINED, 2)
    # Image 0: terms 4, 0 → one; image 1: terms 2, 1 → both (2 of 3 is below 0.9).
    assert (row.significant, row.significant_per_image) == (3, 1.5)
    # The classifier is right on image 0; with 3 for 2 in image 1, classes 0 and 1 tie and the lower index
    # wins.
    assert (row.accuracy_network, row.accuracy_xnn) == (0.5, 1.0)
    errors = [0.0, 1.0, 0.0, -1.0]
    assert row.rmse_positives == pytest.approx(math.sqrt(1 / 2))
    assert row.rmse_negatives == pytest.approx(math.sqrt(1 / 2))
    assert row.rmse_all == pytest.approx(math.sqrt(sum(e * e for e in errors) / 4))
    deviation = math.sqrt(sum((s - 2.25) ** 2 for s in (4, 2, 2, 1)) / 4)
    assert row.relative_rmse_all == pytest.approx(math.sqrt(0.5) / deviation)
    assert (row.live, row.dead, row.negative, row.maps) == (2, 0, 0, None)


def test_negative_x_features_are_dead_and_counted_apart() -> None:
    row = faithfulness_table(XNNS, FEATURES, SCORES, LABELS).rows[1]
    assert (row.live, row.dead, row.negative) == (1, 1, 1)
    # Image 2: terms 0 and 6 → one; image 3: no positive term, and it stays in the denominator.
    assert (row.significant, row.significant_per_image) == (1, 0.5)


def test_only_the_own_score_is_replaced_per_class_and_all_of_them_overall() -> None:
    table = faithfulness_table(XNNS, FEATURES, SCORES, LABELS)
    # All replaced: [4, −1, 1], [3, 3, 2.5], [2, 7, 0], [0, 1, 0.5] → 0, 0, 1, 1; the classifier says 0, 1,
    # 1, 0.
    assert table.overall.accuracy_xnn == 1.0
    assert table.overall.accuracy_network == 0.5
    assert table.overall.agreement == 0.5
    assert table.overall.significant_per_image == 1.0
    assert (table.overall.images, table.overall.replaced) == (4, 2)
    # Class 1 alone: image 3 ties at 1, so the classifier's class 0 stays.
    assert table.rows[1].accuracy_xnn == 0.5


def test_a_class_without_images_or_xnn_has_undefined_values_and_not_zero() -> None:
    row = faithfulness_table(XNNS, FEATURES, SCORES, LABELS).rows[2]
    assert row.images == 0
    assert row.significant_per_image is None
    assert row.accuracy_network is None and row.accuracy_xnn is None
    assert row.rmse_positives is None and row.rmse_negatives is None and row.rmse_all is None
    assert row.relative_rmse_all is None


def test_a_score_without_deviation_has_no_relative_error() -> None:
    scores = SCORES.clone()
    scores[:, 0] = 0.1
    row = faithfulness_table(XNNS, FEATURES, scores, LABELS).rows[0]
    assert row.rmse_all is not None and row.relative_rmse_all is None


def test_no_test_images_at_all_leave_everything_undefined() -> None:
    table = faithfulness_table(XNNS, FEATURES[:0], SCORES[:0], LABELS[:0])
    assert table.overall.accuracy_network is None and table.overall.agreement is None
    assert all(row.rmse_all is None and row.significant == 0 for row in table.rows)


def test_slices_of_images_give_what_one_slice_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = faithfulness_table(XNNS, FEATURES, SCORES, LABELS)
    monkeypatch.setattr("glossator_worker.explain.faithfulness._SLICE_IMAGES", 3)
    assert faithfulness_table(XNNS, FEATURES, SCORES, LABELS) == whole


def test_shapes_and_labels_that_do_not_fit_are_refused() -> None:
    with pytest.raises(Refusal, match="need scores of shape"):
        faithfulness_table(XNNS, FEATURES, SCORES[:, :2], LABELS)
    with pytest.raises(Refusal, match="between 0 and 2"):
        faithfulness_table(XNNS, FEATURES, SCORES, LABELS + 2)


def test_equal_scores_go_to_the_lowest_class() -> None:
    assert first_argmax(torch.tensor([[1.0, 1.0], [0.0, 2.0], [0.0, 0.0]])).tolist() == [0, 1, 0]
    assert first_argmax(torch.zeros(3, 1000)).tolist() == [0, 0, 0]


def test_likeness_is_the_mean_over_pairs_of_an_image_and_then_over_images() -> None:
    maps = torch.tensor(
        [[[1.0, 0.0]], [[1.0, 1.0]], [[0.0, 2.0]], [[1.0, 0.0]], [[3.0, 0.0]], [[1.0, 0.0]], [[0.0, 0.0]]]
    )
    # Image 0: three pairs (√½, 0, √½); image 1: one pair (1); image 2: one map and one lost map.
    found = map_likeness(maps, [0, 0, 0, 1, 1, 2, 2])
    assert found == pytest.approx({0: 2 * math.sqrt(0.5) / 3, 1: 1.0})
    assert mean_likeness(found) == MapLikeness(pytest.approx((2 * math.sqrt(0.5) / 3 + 1) / 2), 2)  # type: ignore[arg-type]  # approx
    assert mean_likeness({}) == MapLikeness(None, 0)


def test_likeness_is_shown_in_the_row_of_its_class() -> None:
    likeness = MapLikeness(0.5, 7)
    table = faithfulness_table(XNNS, FEATURES, SCORES, LABELS, maps={1: likeness})
    assert [row.maps for row in table.rows] == [None, likeness, None]
