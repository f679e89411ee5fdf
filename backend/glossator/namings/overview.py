"""The stored figures of all classes of a naming round, and what they give together."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from glossator.agreement.overall import overall
from glossator.agreement.results import ClassAgreement, Overall
from glossator.boards.tables import Board
from glossator.maps.tables import RunClass
from glossator.namings.basis import Basis
from glossator.namings.class_results import ClassBoards, MatchedWeight
from glossator.namings.frame import Frame
from glossator.namings.reading import counted
from glossator.namings.stored_results import State, overviews, standings
from glossator.rounds.tables import NamingRound


@dataclass(frozen=True)
class OverviewClass:
    """A class that has a board which counts; without figures, `boards` and `figures` are None.

    `n_unexplained`: images of the class that no figure counts, having no significant activation;
    `n_lost`: significant activations that no board shows, their map having lost its whole mass;
    `n_both`: for each pair of annotators in order, maps that both named; `matched`: for each reading.
    """

    position: int
    name: str
    n_unexplained: int
    n_lost: int
    state: State
    computed_at: datetime | None
    boards: ClassBoards | None
    figures: ClassAgreement | None
    n_both: tuple[int, ...]
    matched: tuple[MatchedWeight, ...]


@dataclass(frozen=True)
class Overview:
    """Classes by name; `overall` is over those that have figures, None if none has."""

    classes: tuple[OverviewClass, ...]
    overall: Overall | None


@dataclass(frozen=True)
class BoardCount:
    """Boards, and how many of them their annotators finished."""

    boards: int
    complete: int


class _Apart(NamedTuple):
    """Images and activations of a class that are on no board."""

    unexplained: int
    lost: int


def board_count(session: Session, round_id: UUID, basis: Basis, positions: Collection[int]) -> BoardCount:
    """The boards of these classes (no positions: all) and of the chosen annotators, finished or not."""
    there = replace(basis.selection, classes=frozenset(positions) if positions else None, complete_only=False)
    complete = func.count().filter(Board.complete.is_(True))
    boards, finished = session.execute(
        select(func.count(), complete).select_from(Board).where(*counted(round_id, there))
    ).one()
    return BoardCount(boards, finished)


def overview(
    session: Session, naming_round: NamingRound, frame: Frame, basis: Basis, positions: Collection[int]
) -> Overview:
    """What is stored of these classes; no positions: of all."""
    standing = [
        each
        for each in standings(session, naming_round, basis)
        if not positions or each.position in positions
    ]
    found = overviews(session, naming_round.id, basis, [each.position for each in standing])
    apart = _counted_apart(session, naming_round.run_id)
    classes = [
        OverviewClass(
            position=each.position,
            name=frame.classes[each.position],
            n_unexplained=apart[each.position].unexplained,
            n_lost=apart[each.position].lost,
            state=each.state,
            computed_at=each.computed_at,
            boards=part.boards if part else None,
            figures=part.figures if part else None,
            n_both=part.n_both if part else (),
            matched=part.matched if part else (),
        )
        for each in standing
        for part in [found.get(each.position)]
    ]
    ordered = sorted(classes, key=lambda each: each.name)
    figures = [each.figures for each in ordered if each.figures is not None]
    return Overview(tuple(ordered), overall(figures) if figures else None)


def _counted_apart(session: Session, run_id: UUID) -> dict[int, _Apart]:
    """By class, what Table 1 of the run says of them."""
    rows = session.execute(
        select(
            RunClass.position,
            RunClass.figures["unexplained"].as_integer(),
            RunClass.figures["lost"].as_integer(),
        ).where(RunClass.run_id == run_id)
    )
    return {position: _Apart(unexplained, lost) for position, unexplained, lost in rows}
