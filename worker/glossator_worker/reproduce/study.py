"""One classifier on one data set: predictions, xNNs, maps of all significant activations, Table 1."""

import time
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from glossator_worker.explain.excitation_backprop import ExcitationBackprop
from glossator_worker.explain.faithfulness import (
    Faithfulness,
    MapLikeness,
    faithfulness_table,
    map_likeness,
    mean_likeness,
)
from glossator_worker.explain.xnn import Schedule, XNNs, train_xnns
from glossator_worker.networks.architectures import Architecture
from glossator_worker.networks.hidden import check_head, features_and_scores, hidden_layer, walk_module
from glossator_worker.networks.preprocessing import Preprocessing
from glossator_worker.reproduce.data_sets import DataSet, Pictures

_BATCH = 50


@dataclass(frozen=True)
class Classifier:
    """A trained network and how it sees pictures."""

    model: nn.Module
    architecture: Architecture
    preprocessing: Preprocessing

    def inputs(self, pictures: Pictures, places: list[int]) -> Tensor:
        """Give the network's input (B, 3, h, w) of some of the pictures."""
        squares = [self.preprocessing.picture(pictures.images[place]) for place in places]
        return torch.stack([self.preprocessing.tensor(square) for square in squares])

    def predictions(self, pictures: Pictures) -> tuple[Tensor, Tensor]:
        """Give hidden features (M, N) and scores (M, C) of all pictures."""
        hidden = hidden_layer(self.model, self.architecture)
        parts = [
            features_and_scores(self.model, self.inputs(pictures, places), hidden)
            for places in _batches(range(len(pictures.images)))
        ]
        features, scores = torch.cat([part[0] for part in parts]), torch.cat([part[1] for part in parts])
        check_head(self.model, hidden, features, scores)
        return features, scores


@dataclass(frozen=True)
class ClassMaps:
    """The maps of one class's significant activations on test images labelled so.

    Attributes:
        images: (M,), place of each map's picture among the test pictures.
        plain: (M, h, w).
        contrastive: (M, h, w).
        lost: (M,), share of the plain map's mass that found no way down.
    """

    images: Tensor
    plain: Tensor
    contrastive: Tensor
    lost: Tensor


@dataclass(frozen=True)
class Study:
    """What a reproduction shows of one classifier; ``maps`` by class index, of classes with an xNN only."""

    title: str
    class_names: tuple[str, ...]
    training_images: int
    table: Faithfulness
    contrastive: dict[int, MapLikeness]
    pooled_plain: MapLikeness
    pooled_contrastive: MapLikeness
    maps: dict[int, ClassMaps]
    stop: str
    training_seconds: float


def run_study(
    title: str, classifier: Classifier, data: DataSet, *, seed: int = 0, schedule: Schedule | None = None
) -> Study:
    """Train xNNs on the training split and hold them against the test split."""
    features, scores = classifier.predictions(data.train)
    started = time.process_time()
    xnns = train_xnns(features, scores, data.train.labels, seed=seed, schedule=schedule)
    seconds = time.process_time() - started
    features, scores = classifier.predictions(data.test)
    hidden = hidden_layer(classifier.model, classifier.architecture)
    walk = ExcitationBackprop(walk_module(classifier.model, hidden), start=hidden.start)
    maps = {
        index: _class_maps(walk, classifier, xnns, data.test, features, index)
        for index, state in enumerate(xnns.states)
        if state.has_xnn
    }
    plain = {index: map_likeness(found.plain, found.images) for index, found in maps.items()}
    contrast = {index: map_likeness(found.contrastive, found.images) for index, found in maps.items()}
    table = faithfulness_table(
        xnns,
        features,
        scores,
        data.test.labels,
        maps={index: mean_likeness(found) for index, found in plain.items()},
    )
    stop = walk.default_stop((classifier.preprocessing.size,) * 2)
    return Study(
        title=title,
        class_names=data.class_names,
        training_images=len(data.train.labels),
        table=table,
        contrastive={index: mean_likeness(found) for index, found in contrast.items()},
        pooled_plain=_pooled(plain),
        pooled_contrastive=_pooled(contrast),
        maps=maps,
        stop=f"{stop.name}, {stop.size[0]} × {stop.size[1]}",
        training_seconds=seconds,
    )


def _class_maps(
    walk: ExcitationBackprop,
    classifier: Classifier,
    xnns: XNNs,
    pictures: Pictures,
    features: Tensor,
    index: int,
) -> ClassMaps:
    own = (pictures.labels == index).nonzero().flatten()
    images, plain, contrastive, lost = [], [], [], []
    for places in _batches(own.tolist()):
        marks = xnns.significant(features[places])[:, index]
        top = xnns.top(features[places], index, contrastive=True) * marks[:, :, None, None]
        both = walk.both(classifier.inputs(pictures, places), top)
        images.append(torch.tensor(places)[:, None].expand(marks.shape)[marks])
        plain.append(both[0].maps[marks])
        lost.append(both[0].lost[marks])
        contrastive.append(both[1].maps[marks])
    if not images:
        none = features.new_zeros((0, 1, 1))
        return ClassMaps(own, none, none, none[:, 0, 0])
    return ClassMaps(torch.cat(images), torch.cat(plain), torch.cat(contrastive), torch.cat(lost))


def _pooled(per_class: dict[int, dict[int, float]]) -> MapLikeness:
    return mean_likeness({image: value for found in per_class.values() for image, value in found.items()})


def _batches(places: list[int] | range) -> list[list[int]]:
    return [list(places[start : start + _BATCH]) for start in range(0, len(places), _BATCH)]
