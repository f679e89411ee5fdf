"""Explaining test images: the X-features of an image's own class, their shares of the score, their maps."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from glossator.datasets.tables import Image
from glossator.maps.parameters import Variant
from glossator.maps.queries import Cells, cells_of, class_names, map_size
from glossator.maps.tables import ActivationMap, ExplainedImage, Run, XFeature
from glossator.refusal import not_found

MOSTLY_LOST = 0.5
"""A map that lost more than this of its mass is marked."""


@dataclass(frozen=True)
class ExplainedFeature:
    """A significant X-feature of an image, with its map in both variants."""

    map_id: UUID
    number: int
    status: str
    weight: float
    contribution: float
    share: float
    lost: float
    plain: Cells
    contrastive: Cells

    @property
    def mostly_lost(self) -> bool:
        return self.lost > MOSTLY_LOST


@dataclass(frozen=True)
class OtherTerm:
    """A term of the score that is not significant: a small one, or (below 0) evidence against the class."""

    number: int
    contribution: float


@dataclass(frozen=True)
class Explanation:
    """One test image.

    Attributes:
        features: significant X-features whose map is not lost, largest share first.
        others: the other terms that are not 0, largest first.
        lost: significant X-features whose map lost its whole mass; they are shown nowhere.
        score: the network's for the image's label, before softmax; rebuilt_score: the xNN's.
    """

    image_id: UUID
    file_name: str
    label: str
    fine_label: str | None
    class_position: int
    predicted: str
    probability: float
    right: bool
    score: float
    rebuilt_score: float | None
    picture: str
    height: int
    width: int
    features: tuple[ExplainedFeature, ...]
    others: tuple[OtherTerm, ...]
    lost: int


@dataclass(frozen=True)
class ListedImage:
    """A test image in a list: `maps` are the ids of its maps that are not lost, largest share first."""

    image_id: UUID
    label: str
    class_position: int
    predicted: str
    right: bool
    significant: int
    maps: tuple[UUID, ...]


def explanation(session: Session, run: Run, image_id: UUID) -> Explanation:
    """Explain one test image of a finished run."""
    explained = session.get(ExplainedImage, (run.id, image_id))
    if explained is None:
        raise not_found("image of the run")
    image = session.get_one(Image, image_id)
    names = class_names(session, run.id)
    rows = session.scalars(
        select(ActivationMap)
        .where(ActivationMap.run_id == run.id, ActivationMap.image_id == image_id)
        .order_by(ActivationMap.share.desc(), ActivationMap.id)
    ).all()
    known = {
        row.number: row
        for row in session.scalars(
            select(XFeature).where(
                XFeature.run_id == run.id, XFeature.class_position == explained.class_position
            )
        )
    }
    height, width = map_size(run)
    return Explanation(
        image_id=image_id,
        file_name=image.file_name,
        label=image.label,
        fine_label=image.fine_label,
        class_position=explained.class_position,
        predicted=names[explained.predicted],
        probability=explained.probability,
        right=explained.predicted == explained.class_position,
        score=explained.score,
        rebuilt_score=explained.rebuilt_score,
        picture=explained.picture,
        height=height,
        width=width,
        features=tuple(_feature(row, known[row.x_feature]) for row in rows if row.place is not None),
        others=_others(explained, {row.x_feature for row in rows}),
        lost=sum(row.place is None for row in rows),
    )


def _feature(row: ActivationMap, x_feature: XFeature) -> ExplainedFeature:
    return ExplainedFeature(
        map_id=row.id,
        number=row.x_feature,
        status=x_feature.status,
        weight=x_feature.weight,
        contribution=row.contribution,
        share=row.share,
        lost=float(str(row.plain_lost["total"])),
        plain=cells_of(row, Variant.PLAIN),
        contrastive=cells_of(row, Variant.CONTRASTIVE),
    )


def _others(explained: ExplainedImage, significant: set[int]) -> tuple[OtherTerm, ...]:
    terms = [
        OtherTerm(number, contribution)
        for number, contribution in enumerate(explained.contributions, 1)
        if contribution != 0 and number not in significant
    ]
    return tuple(sorted(terms, key=lambda term: -term.contribution))


def images(
    run: Run,
    *,
    class_position: int | None = None,
    right: bool | None = None,
    unnamed_but: Select[UUID] | None = None,
) -> Select[ExplainedImage]:
    """Test images of a run, to be paged by `ExplainedImage.image_id`.

    Args:
        class_position: only images with this label.
        right: only images that the network predicts rightly, or only the others.
        unnamed_but: ids of named maps; only images that have maps and none of these.
    """
    chosen = select(ExplainedImage).where(ExplainedImage.run_id == run.id)
    if class_position is not None:
        chosen = chosen.where(ExplainedImage.class_position == class_position)
    if right is not None:
        hit = ExplainedImage.predicted == ExplainedImage.class_position
        chosen = chosen.where(hit if right else ~hit)
    if unnamed_but is not None:
        its_maps = (
            ActivationMap.run_id == run.id,
            ActivationMap.image_id == ExplainedImage.image_id,
            ActivationMap.place.is_not(None),
        )
        chosen = chosen.where(
            exists().where(*its_maps), ~exists().where(*its_maps, ActivationMap.id.in_(unnamed_but))
        )
    return chosen


def listed(session: Session, run: Run, rows: Sequence[ExplainedImage]) -> list[ListedImage]:
    """Put labels, predictions and maps beside a page of images, in its order."""
    ids = [row.image_id for row in rows]
    names = class_names(session, run.id)
    maps: dict[UUID, list[UUID]] = {}
    for image_id, map_id in session.execute(
        select(ActivationMap.image_id, ActivationMap.id)
        .where(
            ActivationMap.run_id == run.id,
            ActivationMap.image_id.in_(ids),
            ActivationMap.place.is_not(None),
        )
        .order_by(ActivationMap.share.desc(), ActivationMap.id)
    ):
        maps.setdefault(image_id, []).append(map_id)
    return [
        ListedImage(
            image_id=row.image_id,
            label=names[row.class_position],
            class_position=row.class_position,
            predicted=names[row.predicted],
            right=row.predicted == row.class_position,
            significant=row.significant,
            maps=tuple(maps.get(row.image_id, ())),
        )
        for row in rows
    ]


def picture(session: Session, run: Run, image_id: UUID) -> str:
    """The blob of a test image as the network saw it."""
    explained = session.get(ExplainedImage, (run.id, image_id))
    if explained is None:
        raise not_found("image of the run")
    return explained.picture
