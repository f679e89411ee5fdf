"""The maps behind a pair of names: those that one annotator gave the one name and another the other."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from glossator.agreement.names import normalised
from glossator.boards.tables import Board, BoardItem, Concept
from glossator.maps.tables import ActivationMap
from glossator.rounds.tables import NamingRound

SHOWN = 12


@dataclass(frozen=True)
class PairMap:
    """A map with the place of its picture in the sheets of its run and class."""

    map_id: UUID
    run_id: UUID
    class_position: int
    place: int
    image_id: UUID


@dataclass(frozen=True)
class PairMaps:
    """Some maps of a pair of names, by run and class; `n_maps`: how many different ones there are."""

    n_maps: int
    shown: tuple[PairMap, ...]


def pair_maps(
    session: Session,
    project_id: UUID,
    *,
    name_a: str,
    name_b: str,
    round_id: UUID | None = None,
    limit: int = SHOWN,
) -> PairMaps:
    """The first `limit` maps that one annotator of a round named so and another so, always the same ones.

    Names count in any case and spacing. With `round_id` of that naming round alone.
    """
    spellings = _spellings(session, project_id)
    left, right = aliased(Board), aliased(Board)
    left_item, right_item = aliased(BoardItem), aliased(BoardItem)
    left_concept, right_concept = aliased(Concept), aliased(Concept)
    named = (
        select(left_item.map_id)
        .select_from(NamingRound)
        .join(left, left.naming_round_id == NamingRound.id)
        .join(left_concept, left_concept.board_id == left.id)
        .join(
            left_item,
            (left_item.board_id == left_concept.board_id) & (left_item.concept_id == left_concept.id),
        )
        .join(right, (right.naming_round_id == NamingRound.id) & (right.account_id != left.account_id))
        .join(right_concept, right_concept.board_id == right.id)
        .join(
            right_item,
            (right_item.board_id == right_concept.board_id)
            & (right_item.concept_id == right_concept.id)
            & (right_item.map_id == left_item.map_id),
        )
        .where(
            NamingRound.project_id == project_id,
            right.class_position == left.class_position,
            left_concept.name.in_(spellings.get(normalised(name_a), ())),
            right_concept.name.in_(spellings.get(normalised(name_b), ())),
        )
        .distinct()
    )
    if round_id is not None:
        named = named.where(NamingRound.id == round_id)
    of = named.subquery()
    rows = session.execute(
        select(
            func.count().over(),
            ActivationMap.id,
            ActivationMap.run_id,
            ActivationMap.class_position,
            ActivationMap.place,
            ActivationMap.image_id,
        )
        .join(of, of.c.map_id == ActivationMap.id)
        .order_by(ActivationMap.id)  # random, so that no class or image comes first
        .limit(limit)
    ).all()
    shown = sorted(
        (
            PairMap(map_id, run_id, position, place, image_id)
            for _, map_id, run_id, position, place, image_id in rows
            if place is not None
        ),
        key=lambda each: (each.run_id, each.class_position, each.place),
    )
    return PairMaps(rows[0][0] if rows else 0, tuple(shown))


def _spellings(session: Session, project_id: UUID) -> dict[str, set[str]]:
    """The names of a project's concepts as they were typed, by the form in which names are compared."""
    typed = session.scalars(
        select(Concept.name)
        .join(Board, Board.id == Concept.board_id)
        .join(NamingRound, NamingRound.id == Board.naming_round_id)
        .where(NamingRound.project_id == project_id, Concept.name.is_not(None))
        .distinct()
    )
    found: dict[str, set[str]] = {}
    for name in typed:
        if name is not None:
            found.setdefault(normalised(name), set()).add(name)
    return found
