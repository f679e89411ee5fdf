"""xNNs: one small network per class that rebuilds the class's score from a few X-features.

Source: Z. Qi, S. Khorram, F. Li, "Embedding Deep Networks into Visual Explanations", 2017, as used in
"Interactive Naming for Explaining Deep Neural Networks", section 3.2. Every class has an encoder from the
classifier's hidden layer to n X-features x >= 0 and a linear readout w·x + β of its score.
"""

import math
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

import torch
from torch import Tensor

from glossator_worker.explain.refusal import Refusal
from glossator_worker.explain.significance import significant
from glossator_worker.explain.xnn_layers import Balance
from glossator_worker.explain.xnn_networks import ClassState, XNNs
from glossator_worker.explain.xnn_task import Candidate, Task
from glossator_worker.explain.xnn_training import Schedule

__all__ = ["Balance", "ClassState", "Schedule", "XNNs", "significant", "train_xnns"]

ATTEMPTS = 5
_NEGATIVE_TOLERANCE = 1e-6


def train_xnns(
    features: Tensor,
    scores: Tensor,
    labels: Tensor,
    *,
    x_features: int = 5,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
    classes: Sequence[int] | None = None,
    hidden: Sequence[int] = (),
    schedule: Schedule | None = None,
    balance: Balance | None = None,
    memory_bytes: int = 1 << 30,
    layer: str = "the hidden layer",
) -> XNNs:
    """Train the xNNs of all classes together.

    A class of which fewer than two X-features are live is trained again with another start, up to five
    times in all, and the best attempt is kept. A class is the same, up to rounding, whichever others are
    trained with it.

    Args:
        features: (M, N), non-negative activations of the classifier's hidden layer on the training images.
        scores: (M, C), the classifier's scores before softmax.
        labels: (M,) int64, the images' classes, for the count of live X-features only.
        x_features: X-features per class.
        seed: not negative; the same seed gives the same xNNs.
        progress: called with (done, total) after each epoch, in classes times epochs; ``total`` grows when
            classes are tried again. It may raise to stop the training.
        classes: indices of the classes to train; None for all.
        hidden: widths of further encoder layers, from the features upwards.
        schedule: epochs, batch, learning rate.
        balance: weights of the loss terms.
        memory_bytes: bound on a group of classes that trains together.
        layer: the hidden layer's name, for messages.

    Raises:
        Refusal: shapes that do not fit, features below zero or not finite, labels that are no class.
    """
    schedule, balance = schedule or Schedule(), balance or Balance()
    # A caller may stand inside no_grad or inference mode; what inference mode made cannot enter a backward
    # pass.
    with torch.inference_mode(False), torch.enable_grad():
        features, scores, labels = _ordinary(features), _ordinary(scores), _ordinary(labels)
        asked = _checked_classes(
            features,
            scores,
            labels,
            x_features=x_features,
            seed=seed,
            classes=classes,
            hidden=hidden,
            layer=layer,
        )
        energy = float(torch.linalg.vector_norm(features, dtype=torch.float64))
        task = Task(
            features=features,
            scores=scores,
            labels=labels,
            scale=energy / math.sqrt(features.numel()),
            widths=(features.shape[1], *hidden, x_features),
            seed=seed,
            schedule=schedule,
            balance=balance,
        )
        states = task.states(asked)
        trainable = [index for index, state in enumerate(states) if state is ClassState.TRAINED]
        ledger = _Progress(progress, schedule.joint_epochs(len(features)))
        best, made = _best_attempts(task, trainable, task.classes_at_once(memory_bytes), ledger)
        return _assembled(task, states, best, made)


class _Progress:
    """Counts classes times epochs for the caller's progress."""

    def __init__(self, report: Callable[[int, int], None] | None, epochs: int) -> None:
        self._report, self._epochs = report, epochs
        self._done, self._total = 0, 0

    def expect(self, classes: int) -> None:
        self._total += classes * self._epochs

    def advance(self, classes: int) -> None:
        self._done += classes
        if self._report is not None:
            self._report(self._done, self._total)


def _best_attempts(
    task: Task, classes: list[int], at_once: int, ledger: _Progress
) -> tuple[dict[int, Candidate], dict[int, int]]:
    """Train until every class has enough live X-features or its attempts are spent.

    Returns:
        The best attempt of each class, and how many it had.
    """
    best: dict[int, Candidate] = {}
    made: dict[int, int] = {}
    pending = classes
    for number in range(ATTEMPTS):
        ledger.expect(len(pending))
        for start in range(0, len(pending), at_once):
            group = pending[start : start + at_once]
            candidates = task.train(group, number, partial(ledger.advance, len(group)))
            for index, candidate in zip(group, candidates, strict=True):
                made[index] = number + 1
                if index not in best or candidate.rank > best[index].rank:
                    best[index] = candidate
        pending = [index for index in pending if not best[index].enough]
        if not pending:
            break
    return best, made


def _assembled(
    task: Task, states: list[ClassState], best: dict[int, Candidate], made: dict[int, int]
) -> XNNs:
    """Put the classes' best attempts at their places; the rest stays zero with an undefined bias."""
    count, n = len(states), task.widths[-1]
    blank = task.features.new_zeros
    encoder = tuple(
        (blank(count, above, below), blank(count, above)) for below, above in pairwise(task.widths)
    )
    weights, biases = blank(count, n), torch.full_like(blank(count), math.nan)
    live, negative = torch.zeros_like(weights, dtype=torch.bool), torch.zeros_like(weights, dtype=torch.bool)
    rmse = [math.nan] * count
    for index, candidate in best.items():
        if not candidate.finite:
            states[index] = ClassState.FAILED
            continue
        if not candidate.enough:
            states[index] = ClassState.FEWER_THAN_TWO
        for layer, own in zip(encoder, candidate.encoder, strict=True):
            layer[0][index], layer[1][index] = own
        weights[index], biases[index] = candidate.weights, candidate.bias
        live[index], negative[index], rmse[index] = candidate.live, candidate.negative, candidate.rmse
    attempts = tuple(made.get(index, 0) for index in range(count))
    return XNNs(encoder, weights, biases, live, negative, tuple(states), attempts, tuple(rmse))


def _ordinary(tensor: Tensor) -> Tensor:
    """Detach a tensor, as float32 if it has fractions; a copy of what inference mode made."""
    plain = tensor.clone() if tensor.is_inference() else tensor.detach()
    return plain.to(torch.float32) if plain.is_floating_point() else plain


def _checked_classes(
    features: Tensor,
    scores: Tensor,
    labels: Tensor,
    *,
    x_features: int,
    seed: int,
    classes: Sequence[int] | None,
    hidden: Sequence[int],
    layer: str,
) -> set[int]:
    """Refuse what cannot be trained on; give the indices of the classes asked for."""
    if features.dim() != 2 or not features.numel():
        raise Refusal(f"features must have the shape (images, width), not {tuple(features.shape)}")
    if scores.dim() != 2 or not scores.numel() or len(scores) != len(features):
        raise Refusal(f"scores must have the shape ({len(features)}, classes), not {tuple(scores.shape)}")
    if labels.dtype != torch.int64 or labels.shape != features.shape[:1]:
        raise Refusal(
            f"labels must be {len(features)} int64 class indices, "
            f"not {labels.dtype} of shape {tuple(labels.shape)}"
        )
    count = scores.shape[1]
    if int(labels.min()) < 0 or int(labels.max()) >= count:
        raise Refusal(f"labels must lie between 0 and {count - 1}, the classes of the scores")
    if x_features < 1 or any(width < 1 for width in hidden):
        raise Refusal("an xNN needs at least one X-feature, and hidden layers at least one unit")
    if seed < 0:
        raise Refusal(f"the seed must not be negative, and {seed} is")
    asked = set(range(count)) if classes is None else set(classes)
    if not asked <= set(range(count)):
        raise Refusal(f"the classes to train must lie between 0 and {count - 1}")
    for name, tensor in (("features", features), ("scores", scores)):
        if not bool(tensor.isfinite().all()):
            raise Refusal(f"the {name} hold values that are not finite; predict again before training xNNs")
    lowest, highest = float(features.min()), float(features.max())
    if highest <= 0:
        raise Refusal(f"{layer} is zero on every training image, so nothing can be read from it")
    if lowest < -_NEGATIVE_TOLERANCE * highest:
        raise Refusal(
            f"{layer} has values below zero (down to {lowest:.3g}); xNNs need a layer behind a ReLU"
        )
    return asked
