"""Making boards: for each class and person one, in an order of its own."""

import random
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from uuid import UUID

from sqlalchemy import ARRAY, Integer, Uuid, bindparam, func, insert, select, text
from sqlalchemy.orm import Session

from glossator.boards.tables import Board, BoardItem
from glossator.database import new_id
from glossator.maps import queries as maps
from glossator.maps.tables import Run, RunClass
from glossator.people import projects
from glossator.refusal import Refusal
from glossator.rounds.service import first_round, new_round
from glossator.rounds.tables import NamingRound

Place = tuple[UUID, int]
"""Account and position of the class: of a board in its round."""

UUIDS: ARRAY[UUID] = ARRAY(Uuid)
INTEGERS: ARRAY[int] = ARRAY(Integer)


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
    on_boards = maps.maps_on_boards(session, run.id, _positions(session, run, classes))
    if classes is not None:
        for position, on_board in on_boards.items():
            if not on_board:
                raise Refusal(f"The class at position {position} has no map to name.", code="no_maps")
    people = list(dict.fromkeys(account_ids))
    projects.give_pseudonyms(session, run.project_id, people)
    there = _boards(session, naming_round.id)
    new: dict[Place, Board] = {}
    for account_id in people:
        for position, on_board in on_boards.items():
            if on_board and (account_id, position) not in there:
                new[account_id, position] = Board(
                    naming_round_id=naming_round.id,
                    class_position=position,
                    account_id=account_id,
                    seed=secrets.randbits(62) if seed is None else seed,
                    total=len(on_board),
                )
    lay_out(session, [(board, on_boards[position]) for (_, position), board in new.items()])
    there |= new
    wanted = ((account_id, position) for account_id in people for position in on_boards)
    return MadeBoards(naming_round, tuple(there[each] for each in wanted if each in there))


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


def _boards(session: Session, naming_round_id: UUID) -> dict[Place, Board]:
    rows = session.scalars(select(Board).where(Board.naming_round_id == naming_round_id))
    return {(board.account_id, board.class_position): board for board in rows}


def lay_out(session: Session, boards: Sequence[tuple[Board, Sequence[maps.BoardMap]]]) -> None:
    """Store new boards with their maps, each in the order of its seed; ids rise in the order given."""
    if not boards:
        return
    ids = sorted(new_id() for _ in boards)  # those of one millisecond come in no order
    for (board, _), id_ in zip(boards, ids, strict=True):
        board.id = id_
    session.add_all(board for board, _ in boards)
    session.flush()
    board_ids: list[UUID] = []
    places: list[int] = []
    map_ids: list[UUID] = []
    numbers: list[int] = []
    for id_, (board, on_board) in zip(ids, boards, strict=True):
        shuffled, images = _mixed(board.seed, on_board)
        board_ids += repeat(id_, len(shuffled))
        places += range(len(shuffled))
        map_ids += (each.id for each in shuffled)
        numbers += images
    items = (
        func.unnest(
            bindparam(None, board_ids, UUIDS),
            bindparam(None, places, INTEGERS),
            bindparam(None, map_ids, UUIDS),
            bindparam(None, numbers, INTEGERS),
        )
        .table_valued("board_id", "position", "map_id", "image_number")
        .render_derived()
    )
    # Each row's board is looked up by a plan that is kept; made while there are few, it would read them all.
    session.execute(text("set local enable_seqscan = off"))
    session.execute(insert(BoardItem).from_select(list(items.c.keys()), select(items)))
    session.execute(text("reset enable_seqscan"))


def _mixed(seed: int, on_board: Sequence[maps.BoardMap]) -> tuple[list[maps.BoardMap], list[int]]:
    """The maps in the order of a seed, and the number of each one's image."""
    order = random.Random(seed)  # noqa: S311 - an order, not a secret
    shuffled = order.sample(on_board, len(on_board))
    images = list(dict.fromkeys(each.image_id for each in shuffled))
    numbers = dict(zip(images, order.sample(range(2**31 - 1), len(images)), strict=True))
    return shuffled, [numbers[each.image_id] for each in shuffled]
