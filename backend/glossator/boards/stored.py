"""A board between its tables and its value: read whole, written only where it changed."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ARRAY, Integer, Text, any_, cast, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from glossator.boards.state import DISCARDED, UNLABELED, Change, Concept, Entry, State
from glossator.boards.tables import Board, BoardCommand, BoardItem
from glossator.boards.tables import Concept as ConceptRow


def load(session: Session, board: Board) -> State:
    """The board without its history."""
    rows = session.execute(
        select(
            cast(BoardItem.map_id, Text),
            cast(BoardItem.concept_id, Text),
            BoardItem.discarded,
            BoardItem.not_sure,
        )
        .where(BoardItem.board_id == board.id)
        .order_by(BoardItem.position)
    ).all()
    concepts = session.scalars(
        select(ConceptRow).where(ConceptRow.board_id == board.id).order_by(ConceptRow.position)
    )
    return State(
        maps=tuple(row[0] for row in rows),
        places=tuple(row[1] or (DISCARDED if row[2] else UNLABELED) for row in rows),
        not_sure=frozenset(index for index, row in enumerate(rows) if row[3]),
        concepts=tuple(Concept(str(row.id), row.name, row.note) for row in concepts),
        complete=board.complete,
        version=board.version,
    )


def history_of(session: Session, board_id: UUID, command_ids: Iterable[str]) -> dict[str, Entry]:
    """The entries of these commands, and of the gestures that the undos and redos among them are about."""
    wanted = {UUID(each) for each in command_ids}
    if not wanted:
        return {}
    rows = _commands(session, board_id, wanted)
    about = {row.concerns for row in rows if row.concerns is not None} - {row.command_id for row in rows}
    return entries(session, board_id, rows + _commands(session, board_id, about))


def _commands(session: Session, board_id: UUID, ids: set[UUID]) -> list[BoardCommand]:
    statement = select(BoardCommand).where(
        BoardCommand.board_id == board_id, BoardCommand.command_id.in_(ids)
    )
    return list(session.scalars(statement)) if ids else []


def entries(session: Session, board_id: UUID, rows: Iterable[BoardCommand]) -> dict[str, Entry]:
    """Entries with what each gesture changed last, which stands with the command at its `since`."""
    rows = list(rows)
    later = {row.since for row in rows if row.since != row.version}
    changes = dict(
        session.execute(
            select(BoardCommand.version, BoardCommand.change).where(
                BoardCommand.board_id == board_id, BoardCommand.version.in_(later)
            )
        ).all()
        if later
        else ()
    )
    return {
        str(row.command_id): Entry(
            kind=str(row.body["kind"]),
            version=row.version,
            concerns=str(row.concerns) if row.concerns else None,
            done=row.done,
            since=row.since,
            offered=row.offered,
            change=Change.from_json(changes.get(row.since, row.change)),
        )
        for row in rows
    }


def store(session: Session, board: Board, before: State, after: State) -> None:
    """Write what differs; the log is written by the service."""
    _store_places(session, board.id, before, after)
    _store_flags(session, board.id, before, after)
    _store_concepts(session, board.id, before, after)
    board.version = after.version
    board.complete = after.complete
    board.discarded = after.places.count(DISCARDED)
    board.named = len(after.places) - after.places.count(UNLABELED) - board.discarded


def _store_places(session: Session, board_id: UUID, before: State, after: State) -> None:
    moved: defaultdict[str, list[int]] = defaultdict(list)
    for index, (was, place) in enumerate(zip(before.places, after.places, strict=True)):
        if was != place:
            moved[place].append(index)
    for place, indices in moved.items():
        concept = None if place in {UNLABELED, DISCARDED} else UUID(place)
        _update_items(session, board_id, indices, concept_id=concept, discarded=place == DISCARDED)


def _store_flags(session: Session, board_id: UUID, before: State, after: State) -> None:
    _update_items(session, board_id, after.not_sure - before.not_sure, not_sure=True)
    _update_items(session, board_id, before.not_sure - after.not_sure, not_sure=False)


def _update_items(session: Session, board_id: UUID, indices: Iterable[int], **values: object) -> None:
    positions = sorted(indices)
    if positions:
        session.execute(
            update(BoardItem)
            .where(
                BoardItem.board_id == board_id,
                BoardItem.position == any_(cast(positions, ARRAY(Integer))),
            )
            .values(**values)
            .execution_options(synchronize_session=False)
        )


def _store_concepts(session: Session, board_id: UUID, before: State, after: State) -> None:
    old = {concept.id: (index, concept) for index, concept in enumerate(before.concepts)}
    new = {concept.id: (index, concept) for index, concept in enumerate(after.concepts)}
    gone = [UUID(name) for name in old.keys() - new.keys()]
    if gone:
        session.execute(
            delete(ConceptRow)
            .where(ConceptRow.board_id == board_id, ConceptRow.id.in_(gone))
            .execution_options(synchronize_session=False)
        )
    changed = [
        {"board_id": board_id, "id": UUID(name), "name": each.name, "note": each.note, "position": index}
        for name, (index, each) in new.items()
        if old.get(name) != (index, each)
    ]
    if changed:
        statement = insert(ConceptRow).values(changed)
        session.execute(
            statement.on_conflict_do_update(
                index_elements=[ConceptRow.board_id, ConceptRow.id],
                set_={key: statement.excluded[key] for key in ("name", "note", "position")},
            )
        )
