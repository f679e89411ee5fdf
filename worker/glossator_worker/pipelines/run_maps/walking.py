"""Maps of test images: one forward pass an image, both variants of all its significant X-features."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import numpy as np
import torch
from PIL import Image as Picture
from sqlalchemy.orm import Session
from torch import Tensor

from glossator.maps import results
from glossator.maps.cells import stored
from glossator.maps.pointing import TOLERANCES, Baselines, Chances, Hits, MapHits
from glossator.maps.results import ImageRow, MapRow, VariantMap
from glossator.maps.secrets import map_id
from glossator.maps.sheets import picture_file
from glossator_worker.explain import pointing
from glossator_worker.explain.excitation_backprop import ExcitationBackprop, Maps
from glossator_worker.explain.faithfulness import first_argmax, map_likeness
from glossator_worker.explain.significance import positive_shares, significant
from glossator_worker.explain.xnn_networks import XNNs
from glossator_worker.networks.hidden import walk_module
from glossator_worker.networks.preprocessing import Preprocessing
from glossator_worker.pipelines.pipeline import StepContext, Write
from glossator_worker.pipelines.run_maps import features
from glossator_worker.pipelines.run_maps.comparing import Content
from glossator_worker.pipelines.run_maps.features import Features
from glossator_worker.pipelines.run_maps.inputs import (
    ImageList,
    RunInputs,
    batches,
    image_rows,
    load_network,
    open_picture,
)
from glossator_worker.pipelines.run_maps.training import read_xnns

NOTHING = 1e-6
"""Mass up to this is what rounding leaves of none."""

NO_CONTRAST = "no contrast"


@dataclass(frozen=True)
class Terms:
    """What the xNN of one class says of B images of it; of a single one without the first dimension.

    Attributes:
        contributions: w x, float64 (B, n); zeros for a class without an xNN.
        shares: of the positive score, float64 (B, n).
        significant: bool (B, n).
        rebuilt: the xNN's score (B,), None for a class without one.
    """

    contributions: Tensor
    shares: Tensor
    significant: Tensor
    rebuilt: Tensor | None

    def of(self, index: int) -> "Terms":
        """Take the terms of one image."""
        rebuilt = None if self.rebuilt is None else self.rebuilt[index]
        return Terms(self.contributions[index], self.shares[index], self.significant[index], rebuilt)


@dataclass(frozen=True)
class Sight:
    """An image as the network saw it.

    Attributes:
        picture: the square.
        photograph: bool (H, W), the part of it that is no padding.
        mask: bool (H, W), or None without a mask or with an empty one.
    """

    picture: Picture.Image
    photograph: Tensor
    mask: Tensor | None


def terms_of(xnns: XNNs, read: Features, position: int, *, share: float) -> Terms:
    """Compute the terms of a class for images of it."""
    contributions = xnns.contributions(read.features)[:, position]
    has_xnn = xnns.states[position].has_xnn
    return Terms(
        contributions,
        positive_shares(contributions),
        significant(contributions, share=share),
        xnns.scores(read.features)[:, position] if has_xnn else None,
    )


def compute(
    context: StepContext,
    inputs: RunInputs,
    images: ImageList,
    *,
    position: int,
    first: int,
    last: int,
    stop: str,
    watch: str,
    chunk: int,
    chunk_size: int,
) -> Write:
    """Explain test images first … last - 1 among those of a class, and keep what the network sees at layer
    `watch` where their maps point.
    """
    rows = images.test_rows(position)[first:last]
    xnns = read_xnns(context, inputs)
    network = load_network(context, inputs)
    walk = ExcitationBackprop(
        walk_module(network.model, network.hidden), start=network.hidden.start, stop=stop, watch=watch
    )
    read = features.read(context, inputs, rows, chunk_size=chunk_size)
    terms = terms_of(xnns, read, position, share=inputs.parameters.share)
    top = _top(xnns, read, terms, position)
    explained: list[ImageRow] = []
    contents: list[Content] = []
    for batch in batches(range(len(rows)), network.batch):
        context.progress(batch[0], len(rows), f"maps of {inputs.class_names[position]}")
        sights = see(context, network.preprocessing, images, [rows[each] for each in batch])
        seen = network.tensors([sight.picture for sight in sights])
        plain, contrastive = _without_rounding(*walk.both(seen, top[batch[0] : batch[-1] + 1]))
        ids: list[UUID] = []
        for place, each in enumerate(batch):
            own = OwnMaps.of(plain, contrastive, place, terms.significant[each])
            found = Explained(read.scores[each], terms.of(each), sights[place], own)
            picture = context.storage.put(picture_file(found.sight.picture))
            explained.append(_image_row(inputs, images, rows[each], found, picture))
            ids += [row.id for row in explained[-1].maps]
        contents.append(Content.of(ids, plain, contrastive, terms.significant[batch[0] : batch[-1] + 1]))
    blob = context.storage.put(Content.joined(contents).to_bytes())

    def write(session: Session) -> None:
        results.store_images(session, inputs.run_id, explained)
        results.store_array(session, inputs.run_id, results.CONTENT, chunk, blob)

    return write


def _top(xnns: XNNs, read: Features, terms: Terms, position: int) -> Tensor:
    """Where the walks begin (B, n, 2, N): zero, and so not walked, for what is not significant."""
    if terms.rebuilt is None:
        return torch.zeros(*terms.significant.shape, 2, read.features.shape[1])
    top = xnns.top(read.features, position, contrastive=True)
    return top * terms.significant[:, :, None, None]


def see(
    context: StepContext, preprocessing: Preprocessing, images: ImageList, rows: Sequence[int]
) -> list[Sight]:
    """Read images and their masks as the network sees them."""
    with context.read() as session:
        found = image_rows(session, [images.ids[each] for each in rows])
    return [
        _sight(
            preprocessing,
            open_picture(context.storage, row.picture),
            open_picture(context.storage, row.mask) if row.mask else None,
        )
        for row in found
    ]


def _sight(preprocessing: Preprocessing, photograph: Picture.Image, mask: Picture.Image | None) -> Sight:
    def marked(image: Picture.Image) -> Tensor:
        return torch.from_numpy(np.asarray(preprocessing.mask(image)) > 0)

    shown = marked(mask) if mask is not None else None
    return Sight(
        preprocessing.picture(photograph),
        marked(Picture.new("L", photograph.size, 255)),
        shown if shown is not None and bool(shown.any()) else None,
    )


@dataclass(frozen=True)
class OwnMaps:
    """The M maps of one image, on the CPU.

    Attributes:
        numbers: their X-features, from 0.
        plain, contrastive: (M, h, w).
        lost: per map of the plain walk cause -> mass, and "total".
        negative_lost: the same of the negated row's walk.
    """

    numbers: tuple[int, ...]
    plain: Tensor
    contrastive: Tensor
    lost: tuple[Mapping[str, float], ...]
    negative_lost: tuple[Mapping[str, float], ...]

    @classmethod
    def of(cls, plain: Maps, contrastive: Maps, index: int, marks: Tensor) -> "OwnMaps":
        """Take the marked maps (n,) of one image."""
        if contrastive.negative is None or contrastive.no_contrast is None:
            raise AssertionError("contrastive maps come with the negated row's losses")
        numbers = marks.nonzero().flatten().tolist()
        negative = contrastive.negative
        return cls(
            tuple(numbers),
            plain.maps[index, numbers].cpu(),
            contrastive.maps[index, numbers].cpu(),
            tuple(_lost(plain.lost_by, plain.lost, index, number) for number in numbers),
            tuple(
                {NO_CONTRAST: 1.0, "total": 0.0}
                if contrastive.no_contrast[index, number]
                else _lost(negative.lost_by, negative.lost, index, number)
                for number in numbers
            ),
        )


def _without_rounding(plain: Maps, contrastive: Maps) -> tuple[Maps, Maps]:
    """Empty the maps on which rounding alone left something, and the contrast of an empty one."""
    seen, against = plain.maps, contrastive.maps
    there = seen.sum((2, 3), keepdim=True) > NOTHING
    contrast = there & (against.sum((2, 3), keepdim=True) > NOTHING)
    return replace(plain, maps=seen * there), replace(contrastive, maps=against * contrast)


def _lost(by_cause: Mapping[str, Tensor], total: Tensor, index: int, number: int) -> dict[str, float]:
    causes = {cause: float(lost[index, number]) for cause, lost in by_cause.items()}
    return {
        **{cause: lost for cause, lost in causes.items() if lost > 0},
        "total": float(total[index, number]),
    }


@dataclass(frozen=True)
class Explained:
    """All that was found out about one image: scores (C,), its terms, how it was seen, its maps."""

    scores: Tensor
    terms: Terms
    sight: Sight
    maps: OwnMaps


def _image_row(inputs: RunInputs, images: ImageList, row: int, found: Explained, picture: str) -> ImageRow:
    position, own = images.labels[row], found.maps
    predicted = int(first_argmax(found.scores[None])[0])
    hits = map_hits(own, found.sight.mask)
    maps = [
        MapRow(
            id=map_id(inputs.secret, class_position=position, image_id=images.ids[row], x_feature=number + 1),
            x_feature=number + 1,
            contribution=float(found.terms.contributions[number]),
            share=float(found.terms.shares[number]),
            plain=_variant(own.plain[place], own.lost[place]),
            contrastive=_variant(own.contrastive[place], own.negative_lost[place]),
            pointing=hits[place] if hits else None,
        )
        for place, number in enumerate(own.numbers)
    ]
    owners = [0] * len(maps)
    return ImageRow(
        image_id=images.ids[row],
        class_position=position,
        picture=picture,
        predicted=predicted,
        probability=float(found.scores.to(torch.float64).softmax(0)[predicted]),
        score=float(found.scores[position]),
        rebuilt_score=None if found.terms.rebuilt is None else float(found.terms.rebuilt),
        contributions=tuple(found.terms.contributions.tolist()),
        plain_cosine=map_likeness(own.plain, owners).get(0),
        contrastive_cosine=map_likeness(own.contrastive, owners).get(0),
        baselines=baselines(found.sight, (own.plain.shape[1], own.plain.shape[2])),
        maps=tuple(maps),
    )


def _variant(values: Tensor, lost: Mapping[str, float]) -> VariantMap:
    return VariantMap(stored(values.numpy()), float(values.to(torch.float64).sum()), lost)


def map_hits(own: OwnMaps, mask: Tensor | None) -> list[MapHits] | None:
    """Play the pointing game with both variants of an image's maps; None without a mask."""
    if mask is None:
        return None
    plain, contrastive = (
        {name: pointing.hits(maps, mask, tolerance=reach) for name, reach in TOLERANCES.items()}
        for maps in (own.plain, own.contrastive)
    )
    return [
        MapHits(
            Hits(**{name: bool(hits[place]) for name, hits in plain.items()}),
            Hits(**{name: bool(hits[place]) for name, hits in contrastive.items()}),
        )
        for place in range(len(own.numbers))
    ]


def baselines(sight: Sight, cells: tuple[int, int]) -> Baselines | None:
    """Point at an image's mask without looking; None without a mask."""
    mask = sight.mask
    if mask is None:
        return None
    return Baselines(
        centre=Hits(
            **{name: pointing.centre_hits(mask, cells, tolerance=reach) for name, reach in TOLERANCES.items()}
        ),
        uniform=Chances(
            **{
                name: pointing.random_hits(mask, cells, tolerance=reach, within=sight.photograph)
                for name, reach in TOLERANCES.items()
            }
        ),
    )
