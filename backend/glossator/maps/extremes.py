"""The strongest and the weakest maps of a board, by X-feature."""

from dataclasses import dataclass
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from glossator.maps.queries import BoardMap, chosen_variant, on_board, scale_of
from glossator.maps.tables import ActivationMap, Run


@dataclass(frozen=True)
class SharedMap:
    """A map of a board with its X-feature and its share of the score of its image."""

    map: BoardMap
    x_feature: int
    share: float


def extremes_on_board(session: Session, run: Run, class_position: int, count: int) -> list[SharedMap]:
    """Of each X-feature of a class so many maps with the largest share, and as many with the smallest.

    Equal shares are in the order of ids, from either end.
    """
    variant = chosen_variant(run)
    place_among = partial(func.row_number().over, partition_by=ActivationMap.x_feature)
    ranked = (
        select(
            *(
                ActivationMap.id,
                ActivationMap.place,
                ActivationMap.image_id,
                scale_of(variant).label("scale"),
            ),
            *(ActivationMap.x_feature, ActivationMap.share),
            place_among(order_by=(ActivationMap.share.desc(), ActivationMap.id)).label("from_largest"),
            place_among(order_by=(ActivationMap.share, ActivationMap.id.desc())).label("from_smallest"),
        )
        .where(
            ActivationMap.run_id == run.id,
            ActivationMap.class_position == class_position,
            *on_board(variant),
        )
        .subquery()
    )
    rows = session.execute(
        select(*list(ranked.c)[:6]).where(
            (ranked.c.from_largest <= count) | (ranked.c.from_smallest <= count)
        )
    )
    return [
        SharedMap(BoardMap(each, place, image, scale), x_feature, share)
        for each, place, image, scale, x_feature, share in rows
    ]
