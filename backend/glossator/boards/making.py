"""Making boards: for each class and person one, in an order of its own."""

import random
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from glossator.boards.tables import Board, BoardItem
from glossator.maps import queries as maps
from glossator.maps.tables import Run, RunClass
from glossator.people import projects
from glossator.refusal import Refusal
from glossator.rounds.service import first_round, new_round
from glossator.rounds.tables import NamingRound


@dataclass(frozen=True)
class MadeBoards:
    """The naming round of a run and the boards asked for, whether they were there before or not."""

    naming_round: NamingRound
    boards: tuple[Board, ...]


def make_boards(
    session: Session,
    *,
    run_id: UUID,
    account_ids: Iterable[UUID],
    classes: Sequence[int] | None = None,
    name: str | None = None,
    instructions: str = "",
    class_notes: Mapping[int, str] | None = None,
    seed: int | None = None,
) -> MadeBoards:
    """Give each person a board in the run's first naming round; without one it is made.

    As `make_boards_in`, which says what is refused.
    """
    run = _locked_run(session, run_id)
    found = first_round(session, run_id)
    if found is not None:
        return make_boards_in(session, found, account_ids=account_ids, classes=classes, seed=seed)
    return make_round(
        session,
        run_id=run_id,
        account_ids=account_ids,
        name=name or run.name,
        classes=classes,
        instructions=instructions,
        class_notes=class_notes,
        seed=seed,
    )


def make_round(
    session: Session,
    *,
    run_id: UUID,
    account_ids: Iterable[UUID],
    name: str,
    classes: Sequence[int] | None = None,
    instructions: str = "",
    class_notes: Mapping[int, str] | None = None,
    annotator_instructions: Mapping[UUID, str] | None = None,
    seed: int | None = None,
) -> MadeBoards:
    """A further naming round of a run, with a board for each person and class; see `make_boards_in`."""
    run = _locked_run(session, run_id)
    naming_round = new_round(
        session,
        run_id=run_id,
        project_id=run.project_id,
        name=name,
        instructions=instructions,
        class_notes=class_notes,
        annotator_instructions=annotator_instructions,
    )
    return make_boards_in(session, naming_round, account_ids=account_ids, classes=classes, seed=seed)


def make_boards_in(
    session: Session,
    naming_round: NamingRound,
    *,
    account_ids: Iterable[UUID],
    classes: Sequence[int] | None = None,
    seed: int | None = None,
) -> MadeBoards:
    """Give each person a board for each class, or without `classes` for each that has maps.

    People name their boards in the order of `classes`. Asked again, nothing is doubled. `seed` fixes the
    orders for tests. Refused while the run is not finished or has no variant, and for a class that the run
    does not have or that has no map.
    """
    run = _locked_run(session, naming_round.run_id)
    maps_of = {each: maps.maps_on_board(session, run.id, each) for each in _positions(session, run, classes)}
    boards = []
    for account_id in dict.fromkeys(account_ids):
        projects.pseudonym(session, run.project_id, account_id)
        for position, on_board in maps_of.items():
            if not on_board and classes is not None:
                raise Refusal(f"The class at position {position} has no map to name.", code="no_maps")
            if on_board:
                boards.append(_board(session, naming_round.id, position, account_id, on_board, seed))
    return MadeBoards(naming_round, tuple(boards))


def _locked_run(session: Session, run_id: UUID) -> Run:
    """The finished run, locked so that boards are made by one at a time and of one variant."""
    session.scalar(select(Run.id).where(Run.id == run_id).with_for_update())
    return maps.finished_run(session, run_id)


def _positions(session: Session, run: Run, classes: Sequence[int] | None) -> list[int]:
    there = list(
        session.scalars(
            select(RunClass.position).where(RunClass.run_id == run.id).order_by(RunClass.position)
        )
    )
    if classes is None:
        return there
    unknown = sorted(set(classes).difference(there))
    if unknown:
        raise Refusal(
            f"The run '{run.name}' has no class at position {unknown[0]}: its positions are "
            f"{', '.join(map(str, there))}.",
            code="unknown_class",
        )
    return list(dict.fromkeys(classes))


def _board(
    session: Session,
    naming_round_id: UUID,
    position: int,
    account_id: UUID,
    on_board: list[maps.BoardMap],
    seed: int | None,
) -> Board:
    found = session.scalar(
        select(Board).where(
            Board.naming_round_id == naming_round_id,
            Board.class_position == position,
            Board.account_id == account_id,
        )
    )
    if found is not None:
        return found
    return laid_out(
        session,
        Board(
            naming_round_id=naming_round_id,
            class_position=position,
            account_id=account_id,
            seed=secrets.randbits(62) if seed is None else seed,
            total=len(on_board),
        ),
        on_board,
    )


def laid_out(session: Session, board: Board, on_board: Sequence[maps.BoardMap]) -> Board:
    """Store a new board with these maps, in the order of its seed."""
    session.add(board)
    session.flush()
    order = random.Random(board.seed)  # noqa: S311 - an order, not a secret
    shuffled = order.sample(on_board, len(on_board))
    images = list(dict.fromkeys(each.image_id for each in shuffled))
    numbers = dict(zip(images, order.sample(range(2**31 - 1), len(images)), strict=True))
    session.execute(
        insert(BoardItem),
        [
            {
                "board_id": board.id,
                "position": place,
                "map_id": each.id,
                "image_number": numbers[each.image_id],
            }
            for place, each in enumerate(shuffled)
        ],
    )
    return board
