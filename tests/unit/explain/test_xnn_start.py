"""Starting values: own random numbers per class, a bounded readout, no silent X-features."""

import numpy as np
import torch
from scipy.optimize import lsq_linear
from tests.unit.explain.xnn_data import SHORT

from glossator_worker.explain.xnn_layers import Balance, encode
from glossator_worker.explain.xnn_start import (
    bounded_readout,
    class_generators,
    random_stack,
    renew_silent_rows,
)
from glossator_worker.explain.xnn_training import Schedule, TrainingData, attempt

CPU = torch.device("cpu")


def test_a_class_starts_the_same_whichever_classes_are_beside_it() -> None:
    widths = (9, 4, 3)
    among = random_stack(widths, class_generators(7, [2, 5, 6], 1), CPU)
    alone = random_stack(widths, class_generators(7, [5], 1), CPU)
    for ours, theirs in zip(among.tensors(), alone.tensors(), strict=True):
        assert torch.equal(ours[1:2], theirs)


def test_seed_class_and_attempt_each_give_another_start() -> None:
    starts = [
        random_stack((9, 3), class_generators(seed, [index], number), CPU).encoder[0][0]
        for seed, index, number in ((0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1))
    ]
    assert all(not torch.equal(starts[0], other) for other in starts[1:])


def test_starting_values_have_the_stated_scale() -> None:
    stack = random_stack((400, 50), class_generators(0, range(20), 0), CPU)
    (weight, bias), (down, down_bias) = stack.encoder[0], stack.decoder[0]
    assert abs(float(weight.std()) - 1 / 20) < 1e-3
    assert bool((bias == 0.1).all())
    assert bool((down >= 0).all()) and abs(float(down.mean()) - (2 / np.pi) ** 0.5 / 50) < 1e-3
    assert bool((down_bias == 0).all())


def test_the_readout_is_bounded_least_squares() -> None:
    generator = torch.Generator().manual_seed(0)
    x = torch.relu(torch.randn(3, 200, 5, generator=generator))
    x[1, :, 2] = 0.7 * x[1, :, 0] + 0.01 * x[1, :, 1]
    target = torch.randn(200, 3, generator=generator) + x[:, :, 0].T - 0.5 * x[:, :, 3].T
    weights, biases = bounded_readout([(x[:, :80], target[:80]), (x[:, 80:], target[80:])])
    for c in range(3):
        rows = np.c_[x[c].double().numpy(), np.ones(200)]
        floor = 0.05 / np.sqrt((rows[:, :5] ** 2).mean(0))
        best = lsq_linear(rows, target[:, c].numpy(), bounds=(np.r_[floor, -np.inf], np.inf), tol=1e-14)
        ours = np.r_[weights[c].numpy(), biases[c].numpy()]
        assert (ours[:5] >= floor * (1 - 1e-6)).all()
        assert np.square(rows @ ours - target[:, c].numpy()).sum() / 2 <= best.cost * (1 + 1e-3)


def test_a_silent_x_feature_gets_no_weight_and_disturbs_no_other() -> None:
    x = torch.rand(1, 50, 3)
    x[:, :, 1] = 0
    weights, biases = bounded_readout([(x, 2 * x[0, :, :1] + 3)])
    assert float(weights[0, 1]) == 0
    assert bool(weights.isfinite().all()) and bool(biases.isfinite().all())
    assert float(weights[0, 0]) > 1.5


def test_only_silent_rows_are_drawn_anew_and_the_last_draw_cannot_be_silent() -> None:
    generators = class_generators(0, [0, 1], 0)
    weight, bias = random_stack((30, 4), generators, CPU).encoder[0]
    before = weight.clone()
    silent = torch.tensor([[False, True, False, False], [False] * 4])
    renew_silent_rows((weight, bias), silent, generators, last=True)
    assert torch.equal(weight[~silent], before[~silent])
    assert not torch.equal(weight[silent], before[silent])
    assert bool((weight[silent] >= 0).all())


def test_every_x_feature_is_awake_at_the_start_although_the_layer_is_correlated() -> None:
    # Every feature is nearly the same positive number on every image, so that half of all random rows are
    # negative.
    generator = torch.Generator().manual_seed(0)
    features = 3 + 0.01 * torch.randn(100, 40, generator=generator)
    untrained = Schedule(epochs=0, minimum_steps=0, layer_epochs=0)
    start = attempt(
        TrainingData(features, 1.0, features[:, :6]),
        list(range(6)),
        widths=(40, 5),
        seed=0,
        number=0,
        schedule=untrained,
        balance=Balance(),
        epoch_done=lambda: None,
    )
    raw = random_stack((40, 5), class_generators(0, range(6), 0), CPU)
    assert not bool((encode(raw.encoder, features) > 0).any(1).all())
    assert bool((encode(start.stack.encoder, features) > 0).any(1).all())


def test_few_images_get_more_epochs_and_wide_layers_smaller_steps() -> None:
    schedule = Schedule()
    assert schedule.joint_epochs(8000) == 47
    assert schedule.joint_epochs(1000) == 375
    assert schedule.joint_epochs(1_000_000) == 40
    assert schedule.rate(10) == schedule.rate(64) == 1e-2
    assert schedule.rate(512) == 1e-2 * 64 / 512
    assert SHORT.joint_epochs(320) == 12
