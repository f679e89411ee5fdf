"""Training of xNNs: independent classes, retries by rule, raw units, refusals with a reason."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import pytest
import torch
from tests.unit.explain.xnn_data import SHORT, Data, classified_features
from torch import Tensor

from glossator_worker.explain import xnn_task
from glossator_worker.explain.refusal import Refusal
from glossator_worker.explain.xnn import ATTEMPTS, Balance, ClassState, Schedule, XNNs, train_xnns
from glossator_worker.explain.xnn_task import Candidate, Task
from glossator_worker.explain.xnn_training import Attempt, TrainingData, attempt


@pytest.fixture(scope="module")
def data() -> Data:
    return classified_features()


@pytest.fixture(scope="module")
def together(data: Data) -> XNNs:
    return train_xnns(data.features, data.scores, data.labels, schedule=SHORT)


def test_the_xnns_rebuild_the_scores_in_raw_units(data: Data) -> None:
    long = Schedule(epochs=60, minimum_steps=300, batch=64)
    xnns = train_xnns(data.features, data.scores, data.labels, schedule=long)
    error = (xnns.scores(data.features) - data.scores).square().mean(0).sqrt()
    assert bool((error < 0.15 * data.scores.std(0)).all())
    assert torch.allclose(error, torch.tensor(xnns.rmse), atol=1e-5)
    assert bool((xnns.x_features(data.features) >= 0).all())


@pytest.mark.parametrize("hidden", [(), (12,)])
def test_a_class_trained_alone_equals_itself_in_the_batch(data: Data, hidden: tuple[int, ...]) -> None:
    whole = train_xnns(data.features, data.scores, data.labels, schedule=SHORT, hidden=hidden)
    for index in range(4):
        alone = train_xnns(
            data.features, data.scores, data.labels, schedule=SHORT, hidden=hidden, classes=[index]
        )
        assert alone.attempts[index] == whole.attempts[index]
        assert torch.allclose(
            alone.scores(data.features)[:, index], whole.scores(data.features)[:, index], atol=1e-3
        )


def test_classes_in_groups_under_a_memory_bound_equal_classes_together(data: Data, together: XNNs) -> None:
    grouped = train_xnns(data.features, data.scores, data.labels, schedule=SHORT, memory_bytes=1)
    assert grouped.attempts == together.attempts
    assert torch.allclose(grouped.scores(data.features), together.scores(data.features), atol=1e-3)


def test_the_memory_bound_counts_activations_and_parameters(data: Data) -> None:
    seen: list[int] = []
    original = Task.train

    def counting(
        self: Task, classes: Sequence[int], number: int, done: Callable[[], None]
    ) -> list[Candidate]:
        seen.append(len(classes))
        return original(self, classes, number, done)

    width, n, batch = 16, 5, 64
    per_class = 16 * batch * width + 32 * n * width
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Task, "train", counting)
        train_xnns(
            data.features, data.scores, data.labels, schedule=SHORT, memory_bytes=3 * per_class, seed=1
        )
    assert seen[:2] == [3, 1]


def test_the_same_seed_gives_the_same_and_another_seed_another(data: Data, together: XNNs) -> None:
    again = train_xnns(data.features, data.scores, data.labels, schedule=SHORT)
    other = train_xnns(data.features, data.scores, data.labels, schedule=SHORT, seed=1)
    assert torch.equal(again.weights, together.weights)
    assert not torch.allclose(other.weights, together.weights)


def test_live_and_negative_are_what_counting_over_the_training_images_gives(data: Data) -> None:
    xnns = train_xnns(data.features, data.scores, data.labels, schedule=SHORT, seed=3)
    marks, x = xnns.significant(data.features), xnns.x_features(data.features)
    for index in range(4):
        own = data.labels == index
        for i in range(5):
            significant_share = float(marks[own, index, i].double().mean())
            active_share = float((x[:, index, i] > 0).double().mean())
            assert bool(xnns.live[index, i]) == (significant_share >= 0.02)
            assert bool(xnns.negative[index, i]) == (
                float(xnns.weights[index, i]) < 0 and active_share >= 0.02
            )


def test_a_class_whose_loss_is_not_finite_leaves_the_others_as_they_are(data: Data) -> None:
    def run(targets: Tensor) -> Attempt:
        return attempt(
            TrainingData(data.features, 1.0, targets),
            [0, 1, 2, 3],
            widths=(16, 5),
            seed=0,
            number=0,
            schedule=SHORT,
            balance=Balance(),
            epoch_done=lambda: None,
        )

    healthy = run(data.scores)
    broken_targets = data.scores.clone()
    broken_targets[7, 1] = math.inf
    broken = run(broken_targets)
    assert broken.finite.tolist() == [True, False, True, True]
    for ours, theirs in zip(broken.stack.tensors(), healthy.stack.tensors(), strict=True):
        assert torch.equal(ours[[0, 2, 3]], theirs[[0, 2, 3]])
    assert not bool(broken.stack.weights[1].isfinite().all())


def test_a_class_that_fails_in_every_attempt_is_named_and_the_run_finishes(
    data: Data, together: XNNs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def poisoned(training: TrainingData, classes: Sequence[int], **settings: Any) -> Attempt:
        targets = training.targets.clone()
        if 2 in classes:
            targets[0, list(classes).index(2)] = math.nan
        return attempt(TrainingData(training.features, training.scale, targets), classes, **settings)

    monkeypatch.setattr(xnn_task, "attempt", poisoned)
    xnns = train_xnns(data.features, data.scores, data.labels, schedule=SHORT)
    assert xnns.states[2] is ClassState.FAILED
    assert xnns.attempts[2] == ATTEMPTS
    assert "crow" in xnns.states[2].sentence("crow")
    assert bool(xnns.scores(data.features)[:, 2].isnan().all())
    assert not bool(xnns.significant(data.features)[:, 2].any())
    others = [0, 1, 3]
    assert torch.allclose(xnns.weights[others], together.weights[others], atol=1e-4)


class Script:
    """Stands in for training: live counts and errors by class and attempt."""

    def __init__(self, outcomes: dict[int, list[tuple[int, float]]]) -> None:
        self.outcomes, self.asked = outcomes, []

    asked: list[list[int]]

    def train(
        self, task: Task, classes: Sequence[int], number: int, _: Callable[[], None]
    ) -> list[Candidate]:
        self.asked.append(list(classes))
        width, n = task.widths[0], task.widths[-1]
        return [
            Candidate(
                encoder=((torch.full((n, width), float(number)), torch.zeros(n)),),
                weights=torch.full((n,), float(number)),
                bias=torch.tensor(float(number)),
                live=torch.arange(n) < self.outcomes[index][number][0],
                negative=torch.zeros(n, dtype=torch.bool),
                rmse=self.outcomes[index][number][1],
            )
            for index in classes
        ]


def as_method(script: Script) -> Callable[..., list[Candidate]]:
    """A plain function, so that the class binds the task to it."""

    def train(task: Task, classes: Sequence[int], number: int, done: Callable[[], None]) -> list[Candidate]:
        return script.train(task, classes, number, done)

    return train


def scripted(
    data: Data, monkeypatch: pytest.MonkeyPatch, outcomes: dict[int, list[tuple[int, float]]]
) -> tuple[Script, XNNs]:
    script = Script(outcomes)
    monkeypatch.setattr(Task, "train", as_method(script))
    return script, train_xnns(data.features, data.scores, data.labels)


def test_only_classes_with_fewer_than_two_live_features_are_tried_again(
    data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    script, xnns = scripted(
        data,
        monkeypatch,
        {
            0: [(2, 9.0)],
            1: [(1, 0.1), (0, 0.1), (3, 5.0)],
            2: [(1, 0.5), (1, 0.3), (1, 0.4), (0, 0.1), (1, 0.9)],
            3: [(5, math.nan), (4, 1.0)],
        },
    )
    assert script.asked == [[0, 1, 2, 3], [1, 2, 3], [1, 2], [2], [2]]
    assert xnns.attempts == (1, 3, 5, 2)
    # Kept: enough live features before a small error, then among equals the smallest error.
    assert xnns.weights[:, 0].tolist() == [0.0, 2.0, 1.0, 1.0]
    assert xnns.states == (
        ClassState.TRAINED,
        ClassState.TRAINED,
        ClassState.FEWER_THAN_TWO,
        ClassState.TRAINED,
    )


def test_more_than_two_live_features_do_not_count_more_than_two() -> None:
    def candidate(live: int, rmse: float) -> Candidate:
        blank = torch.zeros(5)
        return Candidate((), blank, blank[0], torch.arange(5) < live, blank.bool(), rmse)

    assert candidate(2, 0.1).rank > candidate(5, 0.2).rank > candidate(1, 0.0).rank
    assert candidate(0, 9.0).rank > candidate(5, math.inf).rank
    assert not candidate(1, 0.1).enough


def test_classes_without_images_or_with_a_constant_score_are_skipped_by_name(data: Data) -> None:
    scores = torch.cat([data.scores, torch.zeros(len(data.scores), 1), data.scores[:, :1]], dim=1)
    labels = data.labels.clone()
    labels[0] = 4
    xnns = train_xnns(data.features, scores, labels, schedule=SHORT, classes=[0, 4, 5])
    assert xnns.states[4] is ClassState.CONSTANT_SCORE
    assert xnns.states[5] is ClassState.NO_IMAGES
    assert xnns.states[1] is ClassState.NOT_ASKED_FOR
    assert xnns.attempts[1:] == (0, 0, 0, 0, 0)
    assert "heron was skipped" in ClassState.NO_IMAGES.sentence("heron")
    assert bool(xnns.scores(data.features)[:, [1, 4, 5]].isnan().all())
    assert bool(xnns.scores(data.features)[:, 0].isfinite().all())


def test_one_x_feature_is_enough_where_only_one_was_asked_for(data: Data) -> None:
    xnns = train_xnns(data.features, data.scores, data.labels, schedule=SHORT, x_features=1)
    assert xnns.weights.shape == (4, 1)
    assert all(state is ClassState.TRAINED for state in xnns.states)


def test_progress_ends_at_its_total_and_may_stop_the_training(data: Data) -> None:
    seen: list[tuple[int, int]] = []
    train_xnns(
        data.features, data.scores, data.labels, schedule=SHORT, progress=lambda *now: seen.append(now)
    )
    assert seen[-1][0] == seen[-1][1]
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert all(done <= total for done, total in seen)

    class Cancelled(Exception):  # noqa: N818 - not an error
        pass

    def cancel(done: int, _: int) -> None:
        if done > 8:
            raise Cancelled

    with pytest.raises(Cancelled):
        train_xnns(data.features, data.scores, data.labels, schedule=SHORT, progress=cancel)


@pytest.mark.parametrize("mode", [torch.no_grad, torch.inference_mode])
def test_training_works_where_gradients_are_off(data: Data, together: XNNs, mode: Callable[[], Any]) -> None:
    with mode():
        features, scores = data.features * 1, data.scores * 1
        xnns = train_xnns(features, scores, data.labels.clone(), schedule=SHORT)
        assert not torch.is_grad_enabled()
    assert torch.equal(xnns.weights, together.weights)
    assert not any(tensor.requires_grad for tensor in xnns.state().values())


def test_what_is_given_stays_as_it_was(data: Data) -> None:
    before = (data.features.clone(), data.scores.clone(), torch.get_rng_state())
    features = data.features.clone().requires_grad_()
    train_xnns(features, data.scores, data.labels, schedule=SHORT)
    assert features.grad is None
    assert torch.equal(features.detach(), before[0])
    assert torch.equal(data.scores, before[1])
    assert torch.equal(torch.get_rng_state(), before[2])


def changed(data: Data, **changes: Any) -> dict[str, Any]:
    given = {"features": data.features, "scores": data.scores, "labels": data.labels}
    return given | changes


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda d: {"features": d.features - 0.5, "layer": "layer 'flatten'"},
            "layer 'flatten' has values below",
        ),
        (lambda d: {"features": d.features * 0}, "zero on every training image"),
        (lambda d: {"features": d.features / 0}, "the features hold values that are not finite"),
        (lambda d: {"scores": d.scores * math.nan}, "the scores hold values that are not finite"),
        (lambda d: {"features": d.features[:, :, None]}, "features must have the shape"),
        (lambda d: {"scores": d.scores[:, 0]}, "scores must have the shape"),
        (lambda d: {"scores": d.scores[1:]}, "scores must have the shape"),
        (lambda d: {"labels": d.labels[1:]}, "labels must be 320"),
        (lambda d: {"labels": d.labels.float()}, "labels must be 320"),
        (lambda d: {"labels": d.labels + 1}, "labels must lie between 0 and 3"),
        (lambda d: {"labels": d.labels - 1}, "labels must lie between 0 and 3"),
        (lambda _: {"x_features": 0}, "at least one X-feature"),
        (lambda _: {"hidden": (0,)}, "at least one X-feature"),
        (lambda _: {"seed": -1}, "seed"),
        (lambda _: {"classes": [4]}, "classes to train"),
    ],
)
def test_what_cannot_be_trained_on_is_refused_in_a_sentence(
    data: Data, change: Callable[[Data], dict[str, Any]], message: str
) -> None:
    given = changed(data, **change(data))
    features, scores, labels = given.pop("features"), given.pop("scores"), given.pop("labels")
    with pytest.raises(Refusal, match=message):
        train_xnns(features, scores, labels, **given)


def test_rounding_below_zero_is_no_reason_to_refuse(data: Data) -> None:
    features = data.features.clone()
    features[0, 0] = -1e-7 * float(features.max())
    train_xnns(features, data.scores, data.labels, schedule=SHORT, classes=[0])
