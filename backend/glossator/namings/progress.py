"""How far the boards of naming rounds are."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from glossator.boards.tables import Board
from glossator.maps.tables import Run, RunClass
from glossator.people import accounts, projects
from glossator.refusal import not_found
from glossator.rounds.tables import NamingRound

Key = TypeVar("Key")


@dataclass(frozen=True)
class Progress:
    """Sums over boards: how many there are and are complete, and how many of their maps are placed."""

    boards: int
    complete: int
    named: int
    placed: int
    total: int


@dataclass(frozen=True)
class ClassProgress:
    position: int
    name: str
    progress: Progress


@dataclass(frozen=True)
class AnnotatorProgress:
    """`annotator` is the pseudonym in the project."""

    annotator: str
    account_id: UUID
    name: str
    progress: Progress


@dataclass(frozen=True)
class BoardProgress:
    """One board; `blind` is false once its annotator saw what it hides and could go on naming."""

    class_position: int
    annotator: str
    named: int
    placed: int
    total: int
    complete: bool
    blind: bool
    changed_at: datetime | None


@dataclass(frozen=True)
class RoundProgress:
    """A naming round with its boards, by class, annotator and one by one."""

    naming_round: NamingRound
    run_name: str
    progress: Progress
    classes: tuple[ClassProgress, ...]
    annotators: tuple[AnnotatorProgress, ...]
    boards: tuple[BoardProgress, ...]


def listed(project_id: UUID) -> Select[NamingRound]:
    """All naming rounds of a project."""
    return select(NamingRound).where(NamingRound.project_id == project_id)


def naming_round(session: Session, round_id: UUID) -> NamingRound:
    found = session.get(NamingRound, round_id)
    if found is None:
        raise not_found("naming round")
    return found


def progress_of(session: Session, rounds: Sequence[NamingRound]) -> list[RoundProgress]:
    """The progress of rounds of one project, in their order, in a few statements for all."""
    if not rounds:
        return []
    boards = session.scalars(
        select(Board)
        .where(Board.naming_round_id.in_([each.id for each in rounds]))
        .order_by(Board.class_position, Board.id)
    ).all()
    runs = {each.run_id for each in rounds}
    run_names = dict(session.execute(select(Run.id, Run.name).where(Run.id.in_(runs))).all())
    classes = session.execute(
        select(RunClass.run_id, RunClass.position, RunClass.name).where(RunClass.run_id.in_(runs))
    )
    class_names: defaultdict[UUID, dict[int, str]] = defaultdict(dict)
    for run_id, position, name in classes:
        class_names[run_id][position] = name
    pseudonyms = projects.pseudonyms(session, rounds[0].project_id)
    names = accounts.names_of(session, {board.account_id for board in boards})
    of_round = _grouped(boards, lambda board: board.naming_round_id)
    return [
        _round(
            each,
            run_names[each.run_id],
            of_round.get(each.id, []),
            class_names[each.run_id],
            pseudonyms,
            names,
        )
        for each in rounds
    ]


def _round(
    made: NamingRound,
    run_name: str,
    boards: Sequence[Board],
    class_names: dict[int, str],
    pseudonyms: dict[UUID, str],
    names: dict[UUID, str],
) -> RoundProgress:
    of_class = _grouped(boards, lambda board: board.class_position)
    of_person = _grouped(boards, lambda board: board.account_id)
    return RoundProgress(
        naming_round=made,
        run_name=run_name,
        progress=_sum(boards),
        classes=tuple(
            ClassProgress(each, class_names[each], _sum(of_class[each])) for each in sorted(of_class)
        ),
        annotators=tuple(
            AnnotatorProgress(pseudonyms[each], each, names[each], _sum(of_person[each]))
            for each in sorted(of_person, key=pseudonyms.__getitem__)
        ),
        boards=tuple(
            BoardProgress(
                class_position=board.class_position,
                annotator=pseudonyms[board.account_id],
                named=board.named,
                placed=board.named + board.discarded,
                total=board.total,
                complete=board.complete,
                blind=board.blind,
                changed_at=board.changed_at,
            )
            for board in boards
        ),
    )


def _grouped(boards: Iterable[Board], key: Callable[[Board], Key]) -> dict[Key, list[Board]]:
    found: defaultdict[Key, list[Board]] = defaultdict(list)
    for board in boards:
        found[key(board)].append(board)
    return dict(found)


def _sum(boards: Sequence[Board]) -> Progress:
    named = sum(board.named for board in boards)
    return Progress(
        boards=len(boards),
        complete=sum(board.complete for board in boards),
        named=named,
        placed=named + sum(board.discarded for board in boards),
        total=sum(board.total for board in boards),
    )
