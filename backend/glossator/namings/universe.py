"""The activations of a class as an export calls them: `IMAGE:X_FEATURE`, their images and X-features."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from glossator.agreement.namings import ClassNamings, Codes
from glossator.datasets.tables import Image
from glossator.maps.tables import ActivationMap, ExplainedImage
from glossator.namings.frame import Frame

_UNKNOWN = -1


@dataclass(frozen=True)
class Universe:
    """The activations of a class, before anybody's naming of them.

    Attributes:
        unnamed: the class without namings.
        place_of: by map, its index among the activations.
    """

    unnamed: ClassNamings
    place_of: Mapping[UUID, int]


def universe(session: Session, frame: Frame, position: int, map_ids: Collection[UUID]) -> Universe:
    """What these maps of one class are activations of, in one statement."""
    rows = session.execute(
        select(
            ActivationMap.id,
            func.left(Image.sha256, frame.digits),
            ActivationMap.x_feature,
            ExplainedImage.predicted == ExplainedImage.class_position,
        )
        .join(Image, Image.id == ActivationMap.image_id)
        .outerjoin(
            ExplainedImage,
            (ExplainedImage.run_id == ActivationMap.run_id)
            & (ExplainedImage.image_id == ActivationMap.image_id),
        )
        .where(ActivationMap.run_id == frame.run_id, ActivationMap.class_position == position)
    )
    named = sorted(
        (f"{image}:{number}", image, str(number), is_right, map_id)
        for map_id, image, number, is_right in rows
        if map_id in map_ids
    )
    activations, images, numbers, right, maps = zip(*named, strict=True)
    image_ids, image_of = _coded(images)
    x_feature_ids, x_feature_of = _coded(numbers)
    right_of = dict(zip(images, right, strict=True))
    correct = [_UNKNOWN if right_of[each] is None else int(right_of[each]) for each in image_ids]
    unnamed = ClassNamings(
        name=frame.classes[position],
        activation_ids=activations,
        image_ids=image_ids,
        image_of=image_of,
        x_feature_ids=x_feature_ids,
        x_feature_of=x_feature_of,
        correct=np.array(correct, dtype=np.int8),
        namings=(),
    )
    return Universe(unnamed, {map_id: place for place, map_id in enumerate(maps)})


def _coded(values: Sequence[str]) -> tuple[tuple[str, ...], Codes]:
    """The distinct values in code-point order, and for each value its index among them."""
    distinct = tuple(sorted(set(values)))
    code_of = {value: code for code, value in enumerate(distinct)}
    return distinct, np.array([code_of[value] for value in values], dtype=np.int32)
