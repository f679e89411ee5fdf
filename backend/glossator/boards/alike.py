"""Helps at a board that go by what the network sees: similar maps together, maps like some.

They tell orders alone, as indices of the maps in the board's own order, and know only the run's maps: what
this or any other person did on a board changes nothing.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from glossator.boards.queries import round_of
from glossator.boards.tables import Board, BoardItem
from glossator.maps import queries as maps
from glossator.maps.likeness import Likeness, ranked
from glossator.maps.tables import ActivationMap
from glossator.refusal import Refusal
from glossator.storage.blobs import Storage


def similar_together(session: Session, storage: Storage, board: Board) -> list[int]:
    """All maps of the board in a row in which neighbours are alike.

    Raises `Refusal`: 409 `maps_not_compared`, for runs that did not compare their maps.
    """
    likeness = _likeness(session, storage, board)
    index = {place: number for number, (_, place) in enumerate(_places(session, board.id))}
    return [index[place] for place in likeness.order.tolist() if place in index]


def most_like(session: Session, storage: Storage, board: Board, map_ids: Collection[str]) -> list[int]:
    """All maps of the board, these first, then the others by their mean likeness to these.

    Raises `Refusal`: 409 as above, 422 `unknown_map` for a map that is not on this board.
    """
    likeness = _likeness(session, storage, board)
    rows = _places(session, board.id)
    index = {str(map_id): number for number, (map_id, _) in enumerate(rows)}
    unknown = next((each for each in map_ids if each not in index), None)
    if unknown is not None:
        raise Refusal(f"The map {unknown} is not on this board.", code="unknown_map")
    vectors = likeness.vectors[[place for _, place in rows]]
    order: list[int] = ranked(vectors, sorted({index[each] for each in map_ids})).tolist()
    return order


def _likeness(session: Session, storage: Storage, board: Board) -> Likeness:
    return maps.likeness(session, storage, round_of(session, board).run_id, board.class_position)


def _places(session: Session, board_id: UUID) -> list[tuple[UUID, int]]:
    """Each map of the board with its row among the class's vectors, in the board's order."""
    rows = session.execute(
        select(BoardItem.map_id, ActivationMap.place)
        .join(ActivationMap, ActivationMap.id == BoardItem.map_id)
        .where(BoardItem.board_id == board_id)
        .order_by(BoardItem.position)
    )
    return [(map_id, place) for map_id, place in rows if place is not None]
