"""From boards to namings: what agreement is measured on, as it stands now."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session

from glossator.agreement.files.cells import tidied
from glossator.agreement.namings import MISSING, UNNAMED, ClassNamings, Codes, Concept, Naming
from glossator.boards.tables import Board, BoardItem
from glossator.boards.tables import Concept as ConceptRow
from glossator.namings.frame import Frame
from glossator.namings.universe import Universe, universe

_DISCARDED = MISSING - 1


@dataclass(frozen=True)
class Selection:
    """Which boards of a round count.

    Attributes:
        classes: positions; None for all.
        annotators: accounts; None for all.
        complete_only: leave out boards that are still worked on.
    """

    classes: frozenset[int] | None = None
    annotators: frozenset[UUID] | None = None
    complete_only: bool = False


ALL_BOARDS = Selection()


@dataclass(frozen=True)
class ReadBoard:
    """What a naming does not say about its board.

    Attributes:
        board_id: of the board.
        version: of the board when it was read.
        complete: its annotator finished it.
        blind: "show anyway" was never used on it.
        discarded: (A,) the map lies on the discard pile.
    """

    board_id: UUID
    version: int
    complete: bool
    blind: bool
    discarded: NDArray[np.bool_]


@dataclass(frozen=True)
class ReadClass:
    """The namings of a class, and what they came from.

    Attributes:
        position: of the class in the run.
        namings: what the annotators did.
        boards: in the order of `namings.namings`.
        maps: ids, in the order of the activations.
    """

    position: int
    namings: ClassNamings
    boards: tuple[ReadBoard, ...]
    maps: tuple[UUID, ...]


@dataclass(frozen=True)
class _Row:
    """A board with its items, as one statement gives them: all of one moment."""

    board_id: UUID
    account_id: UUID
    version: int
    complete: bool
    blind: bool
    maps: Sequence[UUID]
    concepts: Sequence[UUID | None]
    names: Sequence[str | None]
    discarded: Sequence[bool]


def read_round(session: Session, frame: Frame, selection: Selection = ALL_BOARDS) -> Iterator[ReadClass]:
    """The selected classes of a round that have a selected board, in code-point order of their names."""
    for position in selected_classes(frame, selection):
        read = read_class(session, frame, position, selection)
        if read is not None:
            yield read


def selected_classes(frame: Frame, selection: Selection) -> list[int]:
    """Positions of the selected classes of a round, in code-point order of their names."""
    ordered = sorted(frame.classes, key=frame.classes.__getitem__)
    return [each for each in ordered if selection.classes is None or each in selection.classes]


def read_class(
    session: Session, frame: Frame, position: int, selection: Selection = ALL_BOARDS
) -> ReadClass | None:
    """The namings of one class in two statements; None if it has no selected board.

    Boards of people who had none in the round when the frame was read are left out. Annotators,
    activations, images and X-features are called as `glossator export namings` calls them.
    """
    rows = _boards(session, frame, position, selection)
    if not rows:
        return None
    there = universe(session, frame, position, {each for row in rows for each in row.maps})
    rows.sort(key=lambda row: frame.annotators[row.account_id])
    read = [_read(row, frame.annotators[row.account_id], there) for row in rows]
    namings = replace(there.unnamed, namings=tuple(naming for naming, _ in read))
    maps = tuple(sorted(there.place_of, key=there.place_of.__getitem__))
    return ReadClass(position, namings, tuple(board for _, board in read), maps)


def counted(round_id: UUID, selection: Selection) -> list[ColumnElement[bool]]:
    """The conditions under which a board of a round counts."""
    conditions: list[ColumnElement[bool]] = [Board.naming_round_id == round_id]
    if selection.classes is not None:
        conditions.append(Board.class_position.in_(selection.classes))
    if selection.annotators is not None:
        conditions.append(Board.account_id.in_(selection.annotators))
    if selection.complete_only:
        conditions.append(Board.complete.is_(True))
    return conditions


def _boards(session: Session, frame: Frame, position: int, selection: Selection) -> list[_Row]:
    ordered = BoardItem.position
    statement = (
        select(
            Board.id,
            Board.account_id,
            Board.version,
            Board.complete,
            Board.blind,
            func.array_agg(aggregate_order_by(BoardItem.map_id, ordered)),
            func.array_agg(aggregate_order_by(BoardItem.concept_id, ordered)),
            func.array_agg(aggregate_order_by(ConceptRow.name, ordered)),
            func.array_agg(aggregate_order_by(BoardItem.discarded, ordered)),
        )
        .join(BoardItem, BoardItem.board_id == Board.id)
        .outerjoin(ConceptRow, (ConceptRow.board_id == Board.id) & (ConceptRow.id == BoardItem.concept_id))
        .where(
            *counted(frame.round_id, selection),
            Board.class_position == position,
            Board.account_id.in_(frame.annotators),
        )
        .group_by(Board.id)
    )
    return [_Row(*row) for row in session.execute(statement)]


def _read(row: _Row, annotator: str, there: Universe) -> tuple[Naming, ReadBoard]:
    concepts = _concepts(row.concepts, row.names)
    code_of: dict[UUID | None, int] = {UUID(concept.id): code for code, concept in enumerate(concepts)}
    code_of[None] = UNNAMED
    places: Codes = np.full(len(there.unnamed.activation_ids), MISSING, dtype=np.int32)
    for map_id, concept_id, is_discarded in zip(row.maps, row.concepts, row.discarded, strict=True):
        places[there.place_of[map_id]] = _DISCARDED if is_discarded else code_of[concept_id]
    discarded = places == _DISCARDED
    places[discarded] = UNNAMED
    board = ReadBoard(row.board_id, row.version, row.complete, row.blind, discarded)
    return Naming(annotator, concepts, places), board


def _concepts(ids: Iterable[UUID | None], names: Iterable[str | None]) -> tuple[Concept, ...]:
    """Those that hold an activation, by id."""
    held = dict(zip(ids, names, strict=True))
    name_of = {str(id_): name for id_, name in held.items() if id_ is not None}
    return tuple(Concept(id_, tidied(name_of[id_] or "") or None) for id_ in sorted(name_of))
