"""Starting values of xNNs: own random numbers per class, and a readout that begins with positive weights.

A class draws from a generator of its own, so its start does not depend on the classes that are trained
beside it. An ordinary least-squares readout makes most weights negative, and one positive X-feature then
carries the class; the bounded one starts every X-feature as positive evidence.
"""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor

from glossator_worker.explain.xnn_layers import Layer, Stack

_FIRST_BIAS = 0.1
_SWEEPS = 200
_SMALLEST_TERM = 0.05
_BATCH_ORDER, _START_VALUES = 0, 1


def batch_order_generator(seed: int, attempt: int) -> torch.Generator:
    """Generator of the order of images, the same for every class of an attempt."""
    return _generator(seed, _BATCH_ORDER, attempt)


def class_generators(seed: int, classes: Sequence[int], attempt: int) -> list[torch.Generator]:
    """One generator per class, from the run's seed, the class's index and the attempt."""
    return [_generator(seed, _START_VALUES, index, attempt) for index in classes]


def _generator(*key: int) -> torch.Generator:
    state = np.random.SeedSequence(key).generate_state(1, np.uint64)[0]
    return torch.Generator().manual_seed(int(state >> np.uint64(1)))


def random_stack(widths: Sequence[int], generators: Sequence[torch.Generator], device: torch.device) -> Stack:
    """Draw a stack for one class per generator.

    Args:
        widths: N, hidden widths, n.
        generators: one per class, moved on by what is drawn.
        device: where the tensors go; they are drawn on the CPU.

    Returns:
        Encoder rows N(0, 1/in) with bias 0.1, decoder |N(0, 1)|/in with bias 0, and a readout of zeros, to be
        replaced by :func:`bounded_readout` once the encoder is trained.
    """
    steps = list(pairwise(widths))
    up = [_drawn_rows(above, below, generators).to(device) for below, above in steps]
    down = [
        _per_class((below, above), generators).abs().div(above).to(device) for below, above in reversed(steps)
    ]
    weights = torch.zeros(len(generators), widths[-1], device=device)
    return Stack(
        tuple(_with_bias(weight, _FIRST_BIAS) for weight in up),
        tuple(_with_bias(weight, 0.0) for weight in down),
        weights,
        weights[:, 0].clone(),
    )


def renew_silent_rows(
    layer: Layer, silent: Tensor, generators: Sequence[torch.Generator], *, last: bool
) -> None:
    """Draw the rows of an encoder layer anew, in place, that are zero on every training image.

    Args:
        layer: the encoder's last layer.
        silent: bool (C, out), the rows to replace.
        generators: one per class; only those with a silent row are used.
        last: give the rows no negative weight, so that they cannot be silent again on non-negative input.
    """
    weight, bias = layer
    for index in silent.any(1).nonzero().flatten().tolist():
        rows = _drawn_rows(weight.shape[1], weight.shape[2], [generators[index]])[0].to(weight.device)
        weight[index, silent[index]] = (rows.abs() if last else rows)[silent[index]]
        bias[index, silent[index]] = _FIRST_BIAS


def _drawn_rows(above: int, below: int, generators: Sequence[torch.Generator]) -> Tensor:
    return _per_class((above, below), generators) / math.sqrt(below)


def _per_class(shape: tuple[int, int], generators: Sequence[torch.Generator]) -> Tensor:
    return torch.stack([torch.randn(shape, generator=generator) for generator in generators])


def _with_bias(weight: Tensor, value: float) -> Layer:
    return weight, torch.full(weight.shape[:2], value, device=weight.device)


def bounded_readout(batches: Iterable[tuple[Tensor, Tensor]]) -> tuple[Tensor, Tensor]:
    """Least squares of T on (x, 1) with each weight at least 0.05/rms(x_i) and the bias free.

    200 sweeps of coordinate descent on the normal equations, all classes at once.

    Args:
        batches: pairs of X-features (C, B, n) and targets (B, C) that together are all training images.

    Returns:
        weights (C, n) and biases (C,). An X-feature that is zero on all images gets weight 0.
    """
    gram, moment, count = None, None, 0
    for x, target in batches:
        rows = torch.cat([x, torch.ones_like(x[..., :1])], dim=2).to(torch.float64)
        goal = target.T[:, :, None].to(torch.float64)
        here, there = rows.transpose(1, 2) @ rows, (rows.transpose(1, 2) @ goal).squeeze(2)
        gram, moment = (here, there) if gram is None or moment is None else (gram + here, moment + there)
        count += x.shape[1]
    if gram is None or moment is None:
        raise AssertionError("a readout needs at least one batch")
    energy = gram.diagonal(dim1=1, dim2=2)
    silent = energy == 0
    floor = torch.where(silent, 0.0, _SMALLEST_TERM / (energy / count).sqrt())
    floor[:, -1] = -math.inf
    divisor = torch.where(silent, 1.0, energy)
    solution = torch.where(floor.isfinite(), floor, 0.0)
    for _ in range(_SWEEPS):
        for index in range(solution.shape[1]):
            slope = moment[:, index] - (gram[:, index] * solution).sum(1)
            solution[:, index] = torch.maximum(
                solution[:, index] + slope / divisor[:, index], floor[:, index]
            )
    return solution[:, :-1].to(torch.float32), solution[:, -1].to(torch.float32)
