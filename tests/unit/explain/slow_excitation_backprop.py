"""Excitation backprop written a second time: slow, in float64, with dense matrices and loops over parents.

Small networks are lists of `Step`s. Each step says what it computes and, as a matrix of one number per parent
and child, how strongly a child excites a parent. The matrices of linear steps come from basis vectors sent
through the forward operation, so that strides, groups, dilation and padding are not written down again here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F


@dataclass(frozen=True)
class Step:
    """A value computed from earlier ones: `inputs` are the indices of earlier steps, -1 the image."""

    kind: str
    inputs: tuple[int, ...]
    run: Callable[..., Tensor]
    scale: Tensor | None = None


def forward(steps: list[Step], image: Tensor) -> dict[int, Tensor]:
    """All values for one image (C, h, w); the key -1 is the image."""
    values = {-1: image}
    for index, step in enumerate(steps):
        values[index] = step.run(*(values[source].unsqueeze(0) for source in step.inputs)).squeeze(0)
    return values


def dense_matrix(run: Callable[[Tensor], Tensor], shape: torch.Size) -> Tensor:
    """The matrix (parents, children) of a linear function of one value, its constant part removed."""
    constant = run(torch.zeros(1, *shape, dtype=torch.float64)).flatten()
    basis = torch.eye(shape.numel(), dtype=torch.float64).view(-1, *shape)
    return (run(basis).flatten(1) - constant).T


def windows(run: Callable[[Tensor], Tensor], shape: torch.Size) -> Tensor:
    """Which children (parents, children) can raise a parent's maximum."""
    basis = torch.full((shape.numel(), shape.numel()), -1e9, dtype=torch.float64).fill_diagonal_(0)
    return (run(basis.view(-1, *shape)).flatten(1) > -1e8).T


def walk(
    steps: list[Step], image: Tensor, start: int, stop: int, top: Tensor
) -> tuple[Tensor, dict[str, float]]:
    """The mass at `stop`, in its shape, and what was lost by cause."""
    values = forward(steps, image)
    mass = {index: torch.zeros(value.numel(), dtype=torch.float64) for index, value in values.items()}
    mass[start] = top.flatten().double()
    lost = {"zero denominator": 0.0, "negative sum": 0.0, "negative batch-norm scale": 0.0}
    for index in range(start, stop, -1):
        step = steps[index]
        shape = values[step.inputs[0]].shape
        matrix = {"linear": dense_matrix, "max": windows}.get(step.kind, lambda run, shape: None)(
            step.run, shape
        )
        children = [values[source].flatten() for source in step.inputs]
        for parent, amount in enumerate(mass[index].tolist()):
            if amount != 0:
                _hand_on(step, children, matrix, shape, parent, amount, mass, lost)
    return mass[stop].view(values[stop].shape), lost


def _hand_on(step, children, matrix, shape, parent, amount, mass, lost) -> None:  # noqa: PLR0912 - a table
    source = step.inputs[0]
    if step.kind == "linear":
        row = matrix[parent].clamp(min=0) * children[0].clamp(min=0)
        if row.sum() == 0:
            lost["zero denominator"] += amount
        else:
            mass[source] += amount * row / row.sum()
    elif step.kind == "max":
        members = matrix[parent].nonzero().flatten().tolist()
        mass[source][max(members, key=lambda child: (float(children[0][child]), -child))] += amount
    elif step.kind == "sum":
        parts = [child[parent].clamp(min=0) for child in children]
        if sum(parts) == 0:
            lost["negative sum"] += amount
        else:
            for where, part in zip(step.inputs, parts, strict=True):
                mass[where][parent] += amount * part / sum(parts)
    elif step.kind == "concatenation":
        offset = 0
        for where, child in zip(step.inputs, children, strict=True):
            if offset <= parent < offset + len(child):
                mass[where][parent - offset] += amount
            offset += len(child)
    elif step.kind == "scale":
        if step.scale[parent // shape[1:].numel()] > 0:
            mass[source][parent] += amount
        else:
            lost["negative batch-norm scale"] += amount
    else:
        mass[source][parent] += amount


def norm(gamma: Tensor, beta: Tensor, mean: Tensor, variance: Tensor) -> Callable[[Tensor], Tensor]:
    """Batch norm with running statistics."""
    return lambda value: F.batch_norm(value, mean, variance, gamma, beta, eps=1e-5)
