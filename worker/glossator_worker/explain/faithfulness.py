"""How faithful xNNs are to their classifier, class by class and over all: Table 1 of the naming paper and
more.

Source: "Interactive Naming for Explaining Deep Neural Networks", section 3.5 and Table 1. A value that is
undefined (no images, no xNN, no deviation) is None, never 0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from glossator_worker.explain.refusal import Refusal
from glossator_worker.explain.xnn_networks import ClassState, XNNs

_SLICE_IMAGES = 2048


@dataclass(frozen=True)
class MapLikeness:
    """How alike the maps of one image are: the mean over images, and over how many images."""

    mean_cosine: float | None
    images: int


@dataclass(frozen=True)
class ClassRow:
    """One class on the test images labelled so, unless said otherwise. Errors are in logits.

    Attributes:
        class_index: index of the class among the classifier's scores.
        state: what became of the class in training.
        images: test images labelled so.
        significant: significant activations on them.
        significant_per_image: the same divided by the images, those without any included.
        accuracy_network: share of them that the classifier calls so.
        accuracy_xnn: the same with only this class's score replaced by the xNN's.
        rmse_positives: of the xNN's score on images labelled so.
        rmse_negatives: on all other test images.
        rmse_all: on all test images.
        relative_rmse_positives: divided by the standard deviation of the classifier's score over all test
        images.
        relative_rmse_negatives: likewise.
        relative_rmse_all: likewise.
        live: X-features significant on at least 2 % of the class's training images.
        dead: the others.
        negative: dead ones with a negative weight, active on at least 2 % of all training images.
        maps: likeness of the maps of one image; None if no maps were given.
    """

    class_index: int
    state: ClassState
    images: int
    significant: int
    significant_per_image: float | None
    accuracy_network: float | None
    accuracy_xnn: float | None
    rmse_positives: float | None
    rmse_negatives: float | None
    rmse_all: float | None
    relative_rmse_positives: float | None
    relative_rmse_negatives: float | None
    relative_rmse_all: float | None
    live: int
    dead: int
    negative: int
    maps: MapLikeness | None


@dataclass(frozen=True)
class Overall:
    """All classes together, on all test images.

    Attributes:
        images: test images.
        replaced: classes whose scores are replaced; those without an xNN keep the classifier's.
        accuracy_network: share of right predictions of the classifier.
        accuracy_xnn: the same with all these scores replaced at once.
        agreement: share of images for which both predict the same class.
        significant_per_image: mean over the classes with test images.
    """

    images: int
    replaced: int
    accuracy_network: float | None
    accuracy_xnn: float | None
    agreement: float | None
    significant_per_image: float | None


@dataclass(frozen=True)
class Faithfulness:
    """Table 1: a row per class, and all classes together."""

    rows: tuple[ClassRow, ...]
    overall: Overall


def faithfulness_table(
    xnns: XNNs,
    features: Tensor,
    scores: Tensor,
    labels: Tensor,
    *,
    share: float = 0.9,
    maps: Mapping[int, MapLikeness] | None = None,
) -> Faithfulness:
    """Compare xNNs with their classifier on test images.

    Args:
        xnns: of C classes.
        features: (B, N), hidden features of the test images.
        scores: (B, C), the classifier's scores before softmax.
        labels: (B,), int64 class indices.
        share: of the positive score that significant X-features hold.
        maps: per class, how alike the maps of one image are.

    Raises:
        Refusal: shapes that do not fit, or labels that are no class.
    """
    count = len(xnns.states)
    if scores.shape != (len(features), count) or labels.shape != (len(features),):
        raise Refusal(
            f"{len(features)} images and {count} classes need scores of shape ({len(features)}, {count}) "
            f"and as many labels, not {tuple(scores.shape)} and {tuple(labels.shape)}"
        )
    if len(labels) and not 0 <= int(labels.min()) <= int(labels.max()) < count:
        raise Refusal(f"labels must lie between 0 and {count - 1}, the classes of the scores")
    network = scores.to(torch.float64)
    rebuilt, significant_counts = _on_test_images(xnns, features, labels, share)
    has_xnn = torch.tensor([state.has_xnn for state in xnns.states], device=scores.device)
    rows = tuple(
        _row(
            xnns,
            index,
            network=network,
            rebuilt=rebuilt[:, index],
            labels=labels,
            significant=int(significant_counts[labels == index].sum()),
            maps=(maps or {}).get(index),
        )
        for index in range(count)
    )
    replaced = torch.where(has_xnn, rebuilt, network)
    return Faithfulness(rows, _overall(network, replaced, labels, int(has_xnn.sum()), rows))


def _on_test_images(xnns: XNNs, features: Tensor, labels: Tensor, share: float) -> tuple[Tensor, Tensor]:
    """Give rebuilt scores (B, C), float64, and (B,) how many of the own class's X-features count."""
    scores, counts = [], []
    for start in range(0, len(features), _SLICE_IMAGES):
        rows = slice(start, start + _SLICE_IMAGES)
        scores.append(xnns.scores(features[rows]).to(torch.float64))
        marks = xnns.significant(features[rows], share=share)
        counts.append(marks[torch.arange(len(marks), device=labels.device), labels[rows]].sum(1))
    if not scores:
        empty = features.new_zeros((0, len(xnns.states)), dtype=torch.float64)
        return empty, empty.new_zeros(0)
    return torch.cat(scores), torch.cat(counts)


def _row(
    xnns: XNNs,
    index: int,
    *,
    network: Tensor,
    rebuilt: Tensor,
    labels: Tensor,
    significant: int,
    maps: MapLikeness | None,
) -> ClassRow:
    own = labels == index
    images = int(own.sum())
    has_xnn = xnns.states[index].has_xnn
    error = rebuilt - network[:, index]
    deviation = _deviation(network[:, index])
    swapped = network[own]
    swapped[:, index] = rebuilt[own]
    positives, negatives, everything = (
        _rmse(error[rows]) if has_xnn else None for rows in (own, ~own, torch.ones_like(own))
    )
    live = int(xnns.live[index].sum())
    return ClassRow(
        class_index=index,
        state=xnns.states[index],
        images=images,
        significant=significant,
        significant_per_image=significant / images if images and has_xnn else None,
        accuracy_network=_share(first_argmax(network[own]) == index),
        accuracy_xnn=_share(first_argmax(swapped) == index) if has_xnn else None,
        rmse_positives=positives,
        rmse_negatives=negatives,
        rmse_all=everything,
        relative_rmse_positives=_ratio(positives, deviation),
        relative_rmse_negatives=_ratio(negatives, deviation),
        relative_rmse_all=_ratio(everything, deviation),
        live=live,
        dead=xnns.live.shape[1] - live,
        negative=int(xnns.negative[index].sum()),
        maps=maps,
    )


def _overall(
    network: Tensor, replaced: Tensor, labels: Tensor, classes: int, rows: tuple[ClassRow, ...]
) -> Overall:
    per_image = [row.significant_per_image for row in rows if row.significant_per_image is not None]
    ours, theirs = first_argmax(replaced), first_argmax(network)
    return Overall(
        images=len(labels),
        replaced=classes,
        accuracy_network=_share(theirs == labels),
        accuracy_xnn=_share(ours == labels) if classes else None,
        agreement=_share(ours == theirs) if classes else None,
        significant_per_image=sum(per_image) / len(per_image) if per_image else None,
    )


def first_argmax(scores: Tensor) -> Tensor:
    """Give the class of the highest score (B,), the lowest index among equals, of scores (B, C)."""
    places = torch.arange(scores.shape[1], device=scores.device)
    highest = scores == scores.amax(1, keepdim=True)
    return torch.where(highest, places, scores.shape[1]).amin(1)


def _share(hits: Tensor) -> float | None:
    return float(hits.to(torch.float64).mean()) if len(hits) else None


def _rmse(error: Tensor) -> float | None:
    return float(error.square().mean().sqrt()) if len(error) else None


def _deviation(values: Tensor) -> float | None:
    """Population standard deviation; None if there is none to divide by."""
    if not len(values) or bool((values == values[0]).all()):
        return None
    return float(values.std(correction=0))


def _ratio(value: float | None, divisor: float | None) -> float | None:
    return None if value is None or divisor is None else value / divisor


def map_likeness(maps: Tensor, images: Sequence[int] | Tensor) -> dict[int, float]:
    """Give the mean cosine between the maps of each image, over pairs of maps.

    Args:
        maps: (M, h, w), not negative.
        images: (M,), the image each map belongs to.

    Returns:
        Image to mean cosine, for images with at least two maps that are not zero everywhere.
    """
    owners = torch.as_tensor(images, device=maps.device)
    flat = maps.to(torch.float64).flatten(1)
    lengths = torch.linalg.vector_norm(flat, dim=1, keepdim=True)
    kept = lengths.squeeze(1) > 0
    unit, owners = flat[kept] / lengths[kept], owners[kept]
    found: dict[int, float] = {}
    for image in torch.unique(owners).tolist():
        own = unit[owners == image]
        if len(own) > 1:
            pairs = torch.triu_indices(len(own), len(own), offset=1, device=own.device)
            found[image] = float((own[pairs[0]] * own[pairs[1]]).sum(1).mean())
    return found


def mean_likeness(per_image: Mapping[int, float]) -> MapLikeness:
    """Average what :func:`map_likeness` found over the images."""
    return MapLikeness(sum(per_image.values()) / len(per_image) if per_image else None, len(per_image))
