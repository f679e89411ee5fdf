"""Reading boards: the whole state, the log after a version, lists, and what others ask about namings."""

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, cast, distinct, exists, func, select
from sqlalchemy import Text as SqlText
from sqlalchemy.orm import Session

from glossator.boards import practice, schemas, stored
from glossator.boards.state import DISCARDED, NOT_GESTURES, Entry, State, redo_stack, undo_stack
from glossator.boards.tables import Board, BoardCommand, BoardItem
from glossator.boards.tables import Concept as ConceptRow
from glossator.maps import queries as maps
from glossator.maps.tables import ActivationMap, Run, RunClass, Sheet
from glossator.people.tables import Project
from glossator.refusal import not_found
from glossator.rounds.service import own_instructions
from glossator.rounds.tables import NamingRound


def board_of(session: Session, board_id: UUID, account_id: UUID, *, lock: bool = False) -> Board:
    """The board, if it is this person's own; for all others it does not exist."""
    statement = select(Board).where(Board.id == board_id, Board.account_id == account_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise not_found("board")
    return found


def round_of(session: Session, board: Board) -> NamingRound:
    """The naming round that the board belongs to or is practice for."""
    return session.get_one(NamingRound, board.round_id)


def board_state(session: Session, board: Board) -> schemas.BoardState:
    """Everything that opening the board needs; nothing in it tells an X-feature, a label or a file."""
    naming_round = round_of(session, board)
    run_class = session.get_one(RunClass, (naming_round.run_id, board.class_position))
    note = naming_round.class_notes.get(str(board.class_position))
    content, state = _content(session, board)
    found = session.execute(
        select(cast(BoardItem.map_id, SqlText), ActivationMap.place)
        .join(ActivationMap, ActivationMap.id == BoardItem.map_id)
        .where(BoardItem.board_id == board.id)
    )
    places = {each: place for each, place in found if place is not None}
    return schemas.BoardState(
        **dict(content),
        id=board.id,
        class_name=run_class.name,
        class_note=str(note) if note else None,
        project_id=naming_round.project_id,
        project_name=session.get_one(Project, naming_round.project_id).name,
        round_name=naming_round.name,
        round_id=naming_round.id,
        instructions=naming_round.instructions,
        own_instructions=own_instructions(naming_round, board.account_id),
        practice=board.practice_of is not None,
        blind=board.blind,
        total=board.total,
        tile=_tiles(session, board, session.get_one(Run, naming_round.run_id)),
        maps=tuple((each, places[each]) for each in state.maps),
    )


def board_content(session: Session, board: Board) -> schemas.BoardContent:
    return _content(session, board)[0]


def _content(session: Session, board: Board) -> tuple[schemas.BoardContent, State]:
    state = stored.load(session, board)
    history = _offered_history(session, board.id)
    images = images_of(session, board.id)
    return schemas.BoardContent(
        version=state.version,
        complete=state.complete,
        concepts=tuple(
            schemas.ConceptOut(
                id=concept.id,
                name=concept.name,
                note=concept.note,
                maps=_at(state, concept.id),
                images=images.get(concept.id, 0),
            )
            for concept in state.concepts
        ),
        discarded=_at(state, DISCARDED),
        not_sure=tuple(state.maps[index] for index in sorted(state.not_sure)),
        undo=undo_stack(history),
        redo=redo_stack(history),
        history=tuple(_history_entry(name, entry) for name, entry in history.items()),
    ), state


def _at(state: State, place: str) -> tuple[str, ...]:
    return tuple(name for name, where in zip(state.maps, state.places, strict=True) if where == place)


def _offered_history(session: Session, board_id: UUID) -> dict[str, Entry]:
    """The gestures that can be undone or redone, and the newest gesture of all."""
    gestures = select(BoardCommand).where(
        BoardCommand.board_id == board_id, BoardCommand.body["kind"].astext.not_in(NOT_GESTURES)
    )
    newest = gestures.order_by(BoardCommand.version.desc()).limit(1)
    rows = [*session.scalars(gestures.where(BoardCommand.offered).order_by(BoardCommand.version))]
    known = {row.version for row in rows}
    rows += [row for row in session.scalars(newest) if row.version not in known]
    return stored.entries(session, board_id, rows)


def _history_entry(name: str, entry: Entry) -> schemas.HistoryEntry:
    return schemas.HistoryEntry(
        command_id=name,
        kind=entry.kind,
        version=entry.version,
        done=entry.done,
        since=entry.since,
        offered=entry.offered,
        change=entry.change.to_json(),
    )


def images_of(session: Session, board_id: UUID) -> dict[str, int]:
    """Number of different images in each concept of a board."""
    rows = session.execute(
        select(cast(BoardItem.concept_id, SqlText), func.count(distinct(BoardItem.image_number)))
        .where(BoardItem.board_id == board_id, BoardItem.concept_id.is_not(None))
        .group_by(BoardItem.concept_id)
    )
    return dict(rows.all())


def _tiles(session: Session, board: Board, run: Run) -> schemas.Tiles:
    height, width = maps.map_size(run)
    return schemas.Tiles(
        photographs=_sheets(board, maps.sheets(session, run.id, board.class_position, "photographs")),
        maps=_sheets(board, maps.sheets(session, run.id, board.class_position, run.variant or "plain")),
        map_height=height,
        map_width=width,
    )


def _sheets(board: Board, rows: Sequence[Sheet]) -> schemas.Sheets:
    first = rows[0]
    return schemas.Sheets(
        size=first.tile,
        columns=first.columns,
        capacity=first.capacity,
        urls=tuple(f"/api/boards/{board.id}/sheets/{row.blob}" for row in rows),
    )


def sheet_of(session: Session, board: Board, sha256: str) -> Sheet:
    """The sheet with this content, if it is one of this board's."""
    run = session.get_one(Run, round_of(session, board).run_id)
    found = session.scalar(
        select(Sheet).where(
            Sheet.run_id == run.id,
            Sheet.class_position == board.class_position,
            Sheet.kind.in_(["photographs", run.variant or "plain"]),
            Sheet.blob == sha256,
        )
    )
    if found is None:
        raise not_found("sheet")
    return found


def large_map(session: Session, board: Board, map_id: UUID) -> maps.LargeMap:
    """One map of this board with the blob of its picture."""
    mine = exists().where(BoardItem.board_id == board.id, BoardItem.map_id == map_id)
    if not session.scalar(select(mine)):
        raise not_found("map")
    return maps.large(session, map_id)


def log_after(session: Session, board_id: UUID, version: int, limit: int) -> list[dict[str, Any]]:
    """Commands after a version, oldest first, as they were sent, with author, client and version."""
    rows = session.scalars(
        select(BoardCommand)
        .where(BoardCommand.board_id == board_id, BoardCommand.version > version)
        .order_by(BoardCommand.version)
        .limit(limit)
    )
    return [
        {
            **row.body,
            "command_id": str(row.command_id),
            "sequence": row.sequence,
            "at": schemas.rfc3339(row.at),
            "author": str(row.author_id),
            "client_id": str(row.client_id),
            "version": row.version,
        }
        for row in rows
    ]


def boards_of(account_id: UUID, project_id: UUID | None) -> Select[Board]:
    """A person's boards in projects that are not deleted, without practice boards."""
    statement = (
        select(Board)
        .join(NamingRound, NamingRound.id == Board.naming_round_id)
        .join(Project, Project.id == NamingRound.project_id)
        .where(Board.account_id == account_id, Project.deleted_at.is_(None))
    )
    return statement if project_id is None else statement.where(NamingRound.project_id == project_id)


def summaries(session: Session, boards: Iterable[Board]) -> list[schemas.BoardSummary]:
    """One line per board, in the order given."""
    boards = list(boards)
    rows = session.execute(
        select(Board.id, NamingRound, RunClass.name, Project.name)
        .join(NamingRound, NamingRound.id == func.coalesce(Board.naming_round_id, Board.practice_of))
        .join(Project, Project.id == NamingRound.project_id)
        .join(
            RunClass,
            (RunClass.run_id == NamingRound.run_id) & (RunClass.position == Board.class_position),
        )
        .where(Board.id.in_([board.id for board in boards]))
    )
    found = {board_id: (naming_round, name, project) for board_id, naming_round, name, project in rows}
    return [
        schemas.BoardSummary(
            id=board.id,
            run_id=naming_round.run_id,
            class_name=class_name,
            project_name=project_name,
            round_id=naming_round.id,
            round_name=naming_round.name,
            own_instructions=own_instructions(naming_round, board.account_id),
            named=board.named,
            placed=board.named + board.discarded,
            total=board.total,
            complete=board.complete,
            changed_at=board.changed_at,
            url=f"/boards/{board.id}",
        )
        for board in boards
        for naming_round, class_name, project_name in [found[board.id]]
    ]


def practice_offers(
    session: Session, rounds: Sequence[NamingRound], account_id: UUID
) -> list[schemas.PracticeOffer]:
    """The practice boards of these rounds, begun by this person or not; a run is counted once, if at all."""
    ids = [each.id for each in rounds]
    begun = practice.boards_in(session, ids, account_id)
    boards = {each.round_id: each for each in summaries(session, begun.values())}
    named = practice.classes_of(session, ids)

    @cache
    def sizes(run_id: UUID) -> dict[int, int]:
        return maps.board_sizes(session, maps.finished_run(session, run_id))

    held = {
        each.id: practice.Offer(begun[each.id].class_position, begun[each.id].total)
        if each.id in begun
        else practice.offer(sizes(each.run_id), named[each.id])
        for each in rounds
    }
    names = {run_id: maps.class_names(session, run_id) for run_id in {each.run_id for each in rounds}}
    return [
        schemas.PracticeOffer(
            round_id=each.id,
            round_name=each.name,
            class_name=names[each.run_id][held[each.id].class_position],
            total=held[each.id].total,
            repeats=held[each.id].class_position in named[each.id],
            board=boards.get(each.id),
        )
        for each in rounds
    ]


def names_of_maps(session: Session, map_ids: Collection[UUID], account_id: UUID) -> dict[UUID, str | None]:
    """The name that a person gave each of these maps, none where they gave none.

    Maps that are on none of the person's boards are left out; on boards of several rounds, the newest counts,
    and what was practised does not.
    """
    rows = session.execute(
        select(BoardItem.map_id, ConceptRow.name)
        .join(Board, Board.id == BoardItem.board_id)
        .outerjoin(ConceptRow, (ConceptRow.board_id == Board.id) & (ConceptRow.id == BoardItem.concept_id))
        .where(
            Board.account_id == account_id,
            Board.naming_round_id.is_not(None),
            BoardItem.map_id.in_(map_ids),
        )
        .order_by(Board.naming_round_id)
    )
    return dict(rows.all())
