"""Trained xNNs: their file, and the probabilities from which excitation backprop starts."""

import pytest
import torch
from tests.unit.explain.xnn_data import SHORT, Data, classified_features
from torch import Tensor

from glossator_worker.explain.refusal import Refusal
from glossator_worker.explain.xnn import ClassState, XNNs, train_xnns


@pytest.fixture(scope="module")
def data() -> Data:
    return classified_features()


@pytest.fixture(scope="module")
def xnns(data: Data) -> XNNs:
    return train_xnns(data.features, data.scores, data.labels, schedule=SHORT)


def by_hand(
    layers: list[tuple[Tensor, Tensor]], weights: Tensor | None = None, state: ClassState = ClassState.TRAINED
) -> XNNs:
    """One class with the given encoder."""
    n = layers[-1][0].shape[0]
    blank = torch.zeros(1, n, dtype=torch.bool)
    return XNNs(
        encoder=tuple((weight[None], bias[None]) for weight, bias in layers),
        weights=torch.ones(1, n) if weights is None else weights[None],
        biases=torch.zeros(1),
        live=blank,
        negative=blank,
        states=(state,),
        attempts=(1,),
        rmse=(0.0,),
    )


def one_layer(rows: list[list[float]], bias: float = 0.0) -> XNNs:
    weight = torch.tensor(rows)
    return by_hand([(weight, torch.full((len(rows),), bias))])


def test_everything_survives_the_way_through_a_file(xnns: XNNs, data: Data) -> None:
    back = XNNs.from_state(xnns.state())
    assert back.states == xnns.states and back.attempts == xnns.attempts and back.rmse == xnns.rmse
    assert torch.equal(back.scores(data.features), xnns.scores(data.features))
    assert torch.equal(back.live, xnns.live) and torch.equal(back.negative, xnns.negative)
    assert all(tensor.is_contiguous() for tensor in xnns.state().values())


def test_a_file_of_something_else_is_refused(xnns: XNNs) -> None:
    state = xnns.state()
    del state["biases"]
    with pytest.raises(Refusal, match="biases is missing"):
        XNNs.from_state(state)
    with pytest.raises(Refusal, match="missing"):
        XNNs.from_state({"conv1.weight": torch.zeros(1)})


def test_parts_trained_apart_join_to_the_whole(xnns: XNNs, data: Data) -> None:
    parts = [
        train_xnns(data.features, data.scores, data.labels, schedule=SHORT, classes=classes)
        for classes in ([0, 2], [3], [1])
    ]
    whole = XNNs.joined(parts)
    assert whole.states == xnns.states
    assert torch.allclose(whole.scores(data.features), xnns.scores(data.features), atol=1e-3)


def test_parts_of_different_layers_are_not_joined(xnns: XNNs) -> None:
    with pytest.raises(Refusal, match="joined"):
        XNNs.joined([xnns, one_layer([[1.0]])])
    with pytest.raises(Refusal, match="no xNNs"):
        XNNs.joined([])


def test_the_top_distribution_of_the_worked_example() -> None:
    top = one_layer([[1.0, -1.0, 2.0], [0.5, 1.0, -1.0]], bias=9.0).top(torch.tensor([[1.0, 2.0, 3.0]]), 0)
    expected = torch.tensor([[[1 / 7, 0, 6 / 7], [0.2, 0.8, 0]]])
    assert torch.allclose(top, expected)


def test_the_contrastive_top_also_negates_the_row() -> None:
    top = one_layer([[1.0, -1.0, 2.0]]).top(torch.tensor([[1.0, 2.0, 3.0]]), 0, contrastive=True)
    assert torch.allclose(top, torch.tensor([[[[1 / 7, 0, 6 / 7], [0, 1, 0]]]]))


def test_a_row_without_negative_weights_has_no_contrast() -> None:
    top = one_layer([[1.0, 0.0, 2.0]]).top(torch.tensor([[1.0, 2.0, 3.0]]), 0, contrastive=True)
    assert top.sum(-1).tolist() == [[[1.0, 0.0]]]


def test_an_x_feature_that_only_its_bias_keeps_active_gets_no_distribution() -> None:
    top = one_layer([[1.0, 1.0]], bias=1.0).top(torch.zeros(1, 2), 0)
    assert top.tolist() == [[[0.0, 0.0]]]


def test_the_walk_through_hidden_layers_equals_loops() -> None:
    generator = torch.Generator().manual_seed(0)
    first = (torch.randn(4, 6, generator=generator), torch.randn(4, generator=generator))
    second = (torch.randn(3, 4, generator=generator), torch.randn(3, generator=generator))
    z = torch.rand(5, 6, generator=generator)
    top = by_hand([first, second]).top(z, 0, contrastive=True)
    for b in range(5):
        hidden = torch.relu(first[0] @ z[b] + first[1])
        for i in range(3):
            for sign, place in ((1.0, 0), (-1.0, 1)):
                mass = [0.0] * 4
                fed = sum(float(hidden[h]) * max(sign * float(second[0][i, h]), 0) for h in range(4))
                for h in range(4):
                    if fed > 0:
                        mass[h] = float(hidden[h]) * max(sign * float(second[0][i, h]), 0) / fed
                expected = [0.0] * 6
                for h in range(4):
                    below = sum(float(z[b, k]) * max(float(first[0][h, k]), 0) for k in range(6))
                    for k in range(6):
                        expected[k] += mass[h] * float(z[b, k]) * max(float(first[0][h, k]), 0) / below
                assert torch.allclose(top[b, i, place], torch.tensor(expected), atol=1e-6)


def test_what_reaches_a_hidden_unit_kept_active_by_its_bias_is_shared_out() -> None:
    first = (torch.tensor([[1.0, 3.0], [-1.0, -1.0]]), torch.tensor([0.0, 9.0]))
    second = (torch.tensor([[1.0, 1.0]]), torch.zeros(1))
    top = by_hand([first, second]).top(torch.tensor([[1.0, 1.0]]), 0)
    assert torch.allclose(top, torch.tensor([[[0.25, 0.75]]]))


def test_each_distribution_sums_to_one_or_to_zero(xnns: XNNs, data: Data) -> None:
    top = xnns.top(data.features, 2, contrastive=True)
    assert top.shape == (len(data.features), 5, 2, 16)
    total = top.sum(-1)
    assert bool((((total - 1).abs() < 1e-5) | (total == 0)).all())
    assert bool((top >= 0).all())
    assert torch.equal(xnns.top(data.features, 2), top[:, :, 0])


def test_what_has_no_distribution_is_refused(xnns: XNNs) -> None:
    with pytest.raises(Refusal, match="features of shape"):
        xnns.x_features(torch.zeros(2, 3))
    with pytest.raises(Refusal, match="there is no class 4"):
        xnns.top(torch.zeros(1, 16), 4)
    skipped = by_hand([(torch.ones(2, 3), torch.zeros(2))], state=ClassState.NO_IMAGES)
    with pytest.raises(Refusal, match="class 0 was skipped"):
        skipped.top(torch.ones(1, 3), 0)
