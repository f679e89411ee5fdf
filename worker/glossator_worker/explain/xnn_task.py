"""One group of classes, one attempt: data in, folded and assessed xNNs out."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor

from glossator_worker.explain.significance import significant
from glossator_worker.explain.xnn_layers import Balance, Layer, encode, read_out
from glossator_worker.explain.xnn_networks import ClassState
from glossator_worker.explain.xnn_training import Schedule, TrainingData, attempt

LIVE_SHARE = 0.02
"""An X-feature is live, or negative evidence, if it shows on this share of the images in question."""

_WANTED_LIVE = 2
_SLICE_IMAGES = 1024


@dataclass(frozen=True)
class Candidate:
    """One class's result of one attempt, folded: it takes raw features and gives raw scores."""

    encoder: tuple[Layer, ...]
    weights: Tensor
    bias: Tensor
    live: Tensor
    negative: Tensor
    rmse: float

    @property
    def finite(self) -> bool:
        """Whether the class's loss stayed a number all the way."""
        return math.isfinite(self.rmse)

    @property
    def enough(self) -> bool:
        """Whether the class needs no further attempt."""
        return self.finite and int(self.live.sum()) >= min(_WANTED_LIVE, len(self.live))

    @property
    def rank(self) -> tuple[int, float]:
        """Greater is better: first live X-features up to two, then the error."""
        return (min(int(self.live.sum()), _WANTED_LIVE), -self.rmse) if self.finite else (-1, 0.0)


@dataclass(frozen=True)
class Task:
    """What all classes and attempts share: data, its scale ρ, widths (N, hidden, n) and settings."""

    features: Tensor
    scores: Tensor
    labels: Tensor
    scale: float
    widths: tuple[int, ...]
    seed: int
    schedule: Schedule
    balance: Balance

    def states(self, asked: set[int]) -> list[ClassState]:
        """Say of every class whether it can be trained (TRAINED) or why not."""
        count = self.scores.shape[1]
        labelled = torch.bincount(self.labels, minlength=count).tolist()
        constant = (self.scores.amax(0) == self.scores.amin(0)).tolist()
        states = []
        for index in range(count):
            if index not in asked:
                states.append(ClassState.NOT_ASKED_FOR)
            elif not labelled[index]:
                states.append(ClassState.NO_IMAGES)
            elif constant[index]:
                states.append(ClassState.CONSTANT_SCORE)
            else:
                states.append(ClassState.TRAINED)
        return states

    def classes_at_once(self, memory_bytes: int) -> int:
        """How many classes fit: activations and gradients of a batch, parameters and Adam's moments."""
        batch = min(self.schedule.batch, len(self.features))
        parameters = 2 * sum(below * above for below, above in pairwise(self.widths))
        return max(1, memory_bytes // (16 * batch * sum(self.widths[:-1]) + 16 * parameters))

    def train(self, classes: Sequence[int], number: int, epoch_done: Callable[[], None]) -> list[Candidate]:
        """One attempt of the classes together, assessed."""
        columns = self.scores[:, list(classes)].to(torch.float64)
        mean, deviation = columns.mean(0), columns.std(0, correction=0)
        data = TrainingData(self.features, self.scale, ((columns - mean) / deviation).to(torch.float32))
        result = attempt(
            data,
            classes,
            widths=self.widths,
            seed=self.seed,
            number=number,
            schedule=self.schedule,
            balance=self.balance,
            epoch_done=epoch_done,
        )
        first, *rest = result.stack.encoder
        encoder = ((first[0] / self.scale, first[1]), *rest)
        weights = (result.stack.weights * deviation[:, None]).to(torch.float32)
        biases = (result.stack.biases * deviation + mean).to(torch.float32)
        live, negative, rmse = self._assessed(classes, encoder, weights, biases)
        return [
            Candidate(
                tuple((weight[place], bias[place]) for weight, bias in encoder),
                weights[place],
                biases[place],
                live[place],
                negative[place],
                rmse[place] if bool(result.finite[place]) else math.nan,
            )
            for place in range(len(classes))
        ]

    def _assessed(
        self, classes: Sequence[int], encoder: tuple[Layer, ...], weights: Tensor, biases: Tensor
    ) -> tuple[Tensor, Tensor, list[float]]:
        """Give live (C, n), negative (C, n) and the RMSE of each class over the training images."""
        device = self.features.device
        place = torch.full((self.scores.shape[1],), -1, device=device)
        place[list(classes)] = torch.arange(len(classes), device=device)
        significant_on = torch.zeros(weights.shape, dtype=torch.int64, device=device)
        active_on, squares = torch.zeros_like(significant_on), torch.zeros_like(biases, dtype=torch.float64)
        for z, target, owners in self._slices(classes, place):
            x = encode(encoder, z)
            squares += (read_out(weights, biases, x) - target).to(torch.float64).square().sum(0)
            active_on += (x > 0).sum(1)
            own = (owners >= 0).nonzero().flatten()
            terms = x[owners[own], own].to(torch.float64) * weights[owners[own]].to(torch.float64)
            significant_on.index_add_(0, owners[own], significant(terms).to(torch.int64))
        images = torch.bincount(self.labels, minlength=len(place))[list(classes)]
        live = significant_on >= LIVE_SHARE * images[:, None]
        negative = (weights < 0) & (active_on >= LIVE_SHARE * len(self.features))
        return live, negative, (squares / len(self.features)).sqrt().tolist()

    def _slices(self, classes: Sequence[int], place: Tensor) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
        """Yield features, scores of the classes, and where among them each image's class stands (-1: not)."""
        chosen = list(classes)
        for start in range(0, len(self.features), _SLICE_IMAGES):
            rows = slice(start, start + _SLICE_IMAGES)
            yield self.features[rows], self.scores[rows][:, chosen], place[self.labels[rows]]
