"""What changes boards: commands, in one transaction with the board's row locked; and "show anyway"."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from glossator.boards import queries, stored
from glossator.boards.commands import Command, Envelope, Redo, Reopen, Undo
from glossator.boards.reducer import Step, reduce
from glossator.boards.schemas import CommandResult, CommandsAnswer
from glossator.boards.state import Entry, State
from glossator.boards.tables import Board, BoardCommand
from glossator.database import now
from glossator.database_events import notify
from glossator.refusal import Refusal
from glossator.rounds.tables import NamingRound

LOG_LIMIT = 500  # commands that a 409 carries; beyond, the whole state

log = structlog.get_logger()


class BoardRefusal(Refusal):
    """A refusal with fields beside the error's own, for the browser to go on from."""

    def __init__(self, sentence: str, *, code: str, status: int, extra: dict[str, Any]) -> None:
        super().__init__(sentence, code=code, status=status)
        self.extra = extra


def apply_commands(
    session: Session, board_id: UUID, account_id: UUID, envelope: Envelope, *, at: datetime | None = None
) -> CommandsAnswer:
    """Apply a list of commands, all or none; known ones answer as before, whatever the base.

    Raises `Refusal`: 404 for others' boards, 409 `sequence_gap`, `board_changed`, `board_complete`, 422 for
    what the board can't allow.
    """
    board = queries.board_of(session, board_id, account_id, lock=True)
    known = _known(session, board.id, envelope.commands)
    fresh = [command for command in envelope.commands if command.command_id not in known]
    results = known
    if fresh:
        _check_sequence(session, board.id, envelope.client_id, fresh)
        _check_base(session, board, envelope.base_version, [answer.version for answer in known.values()])
        moment = at or now()
        results = known | _apply(session, board, account_id, envelope.client_id, fresh, moment)
        board.changed_at = moment
        if board.shown_at is not None and any(isinstance(command, Reopen) for command in fresh):
            board.blind = False
        session.flush()
        notify(session, f"board:{board.id}")
    return CommandsAnswer(
        version=board.version,
        results=tuple(results[command.command_id] for command in envelope.commands),
        images=queries.images_of(session, board.id),
    )


def _known(session: Session, board_id: UUID, commands: Sequence[Command]) -> dict[str, CommandResult]:
    rows = session.execute(
        select(BoardCommand.command_id, BoardCommand.version, BoardCommand.result).where(
            BoardCommand.board_id == board_id,
            BoardCommand.command_id.in_([UUID(command.command_id) for command in commands]),
        )
    )
    return {
        str(name): CommandResult.model_validate(
            {**result, "command_id": str(name), "version": version, "repeated": True}
        )
        for name, version, result in rows
    }


def _check_sequence(session: Session, board_id: UUID, client_id: UUID, fresh: Sequence[Command]) -> None:
    """A client counts up by one; its first number is 0 or 1."""
    last = session.scalar(
        select(func.max(BoardCommand.sequence)).where(
            BoardCommand.board_id == board_id, BoardCommand.client_id == client_id
        )
    )
    expected = last + 1 if last is not None else min(fresh[0].sequence, 1)
    for command in fresh:
        if command.sequence != expected:
            raise BoardRefusal(
                f"Command number {command.sequence} came where {expected} was expected; send those between.",
                code="sequence_gap",
                status=409,
                extra={"expected": expected},
            )
        expected += 1


def _check_base(session: Session, board: Board, base: int, known: Sequence[int]) -> None:
    """The base is current when nothing but commands of this very list came after it."""
    behind = board.version - base
    if behind == sum(version > base for version in known):
        return
    extra: dict[str, Any] = {"version": board.version}
    if 0 < behind <= LOG_LIMIT:
        extra["commands"] = queries.log_after(session, board.id, base, LOG_LIMIT)
    else:
        extra["state"] = queries.board_content(session, board).model_dump(mode="json")
    raise BoardRefusal(
        "The board was changed elsewhere meanwhile; your changes go on top of that.",
        code="board_changed",
        status=409,
        extra=extra,
    )


def _apply(
    session: Session,
    board: Board,
    account_id: UUID,
    client_id: UUID,
    commands: Sequence[Command],
    at: datetime,
) -> dict[str, CommandResult]:
    before = stored.load(session, board)
    referred = {command.of for command in commands if isinstance(command, Undo | Redo)}
    state = before.with_history(stored.history_of(session, board.id, referred))
    rows: list[dict[str, Any]] = []
    older: dict[str, Entry] = {}
    results: dict[str, CommandResult] = {}
    for number, command in enumerate(commands):
        step = _reduced(state, command, number)
        state = step.state
        results[command.command_id] = _result(command, step)
        rows.append(_row(board.id, account_id, client_id, command, step, at))
        older |= step.touched
    _store_log(session, board.id, rows, older)
    stored.store(session, board, before, state)
    return results


def _reduced(state: State, command: Command, number: int) -> Step:
    try:
        return reduce(state, command)
    except Refusal as refusal:
        field = {"path": f"commands.{number}", "message": str(refusal)}
        raise BoardRefusal(
            str(refusal), code=refusal.code, status=refusal.status, extra={"fields": [field]}
        ) from refusal


def _result(command: Command, step: Step) -> CommandResult:
    return CommandResult(
        command_id=command.command_id,
        version=step.state.version,
        applied=step.applied,
        repeated=False,
        left_alone=step.left_alone,
    )


def _row(
    board_id: UUID, account_id: UUID, client_id: UUID, command: Command, step: Step, at: datetime
) -> dict[str, Any]:
    return {
        "board_id": board_id,
        "version": step.state.version,
        "command_id": UUID(command.command_id),
        "client_id": client_id,
        "sequence": command.sequence,
        "author_id": account_id,
        "body": command.body(),
        "change": step.change.to_json(),
        "result": {"applied": step.applied, "left_alone": list(step.left_alone)},
        "at": command.at,
        "received_at": at,
    }


def _store_log(
    session: Session, board_id: UUID, rows: Sequence[dict[str, Any]], touched: Mapping[str, Entry]
) -> None:
    """Append the commands, and keep where older gestures stand that they undid or redid."""
    new = {str(row["command_id"]) for row in rows}
    for row in rows:
        row.update(_standing(touched[str(row["command_id"])]))
    session.execute(insert(BoardCommand), list(rows))
    for name, entry in touched.items():
        if name not in new:
            session.execute(
                update(BoardCommand)
                .where(BoardCommand.board_id == board_id, BoardCommand.command_id == UUID(name))
                .values(**_standing(entry))
                .execution_options(synchronize_session=False)
            )


def _standing(entry: Entry) -> dict[str, Any]:
    concerns = UUID(entry.concerns) if entry.concerns else None
    return {"concerns": concerns, "done": entry.done, "since": entry.since, "offered": entry.offered}


def show_anyway(session: Session, board_id: UUID, account_id: UUID, *, at: datetime | None = None) -> Board:
    """Let this person see what the board hides; the board is marked as not blind for good."""
    board = queries.board_of(session, board_id, account_id, lock=True)
    if board.blind:
        board.blind = False
        board.shown_at = at or now()
        session.flush()
        log.info("board shown", board=str(board.id), account=str(account_id))
        notify(session, f"board:{board.id}")
    return board


def may_look(
    session: Session, account_id: UUID, run_ids: Collection[UUID], *, at: datetime | None = None
) -> bool:
    """Whether what boards of these runs hide may be told to this account: not while it names blindly in one.

    If it may, it is told: its finished boards keep since when, and are not blind once they are reopened.
    """
    blind = session.execute(
        select(Board.id, Board.complete, Board.shown_at)
        .join(NamingRound, NamingRound.id == Board.naming_round_id)
        .where(Board.account_id == account_id, Board.blind, NamingRound.run_id.in_(run_ids))
    ).all()
    if not all(board.complete for board in blind):
        return False
    untold = [board.id for board in blind if board.shown_at is None]
    if untold:
        first = update(Board).where(Board.id.in_(untold), Board.complete, Board.shown_at.is_(None))
        session.execute(first.values(shown_at=at or now()))
    return True
