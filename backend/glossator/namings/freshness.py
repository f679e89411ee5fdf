"""What stored figures were computed from, so that only what changed is computed again."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from glossator import __version__
from glossator.agreement.names import Judgements, Relation, normalised
from glossator.boards.tables import Board
from glossator.namings.basis import Basis
from glossator.namings.reading import ReadClass, counted


class BoardState(NamedTuple):
    """What figures depend on of a board; `blind` changes without a new version."""

    board_id: UUID
    version: int
    blind: bool


@dataclass(frozen=True)
class Source:
    """What figures of a class were computed from.

    Attributes:
        boards: hash of the boards that count, with their states, the settings and the code.
        names: normalised names of concepts; judgements of others change nothing.
        judgements: hash of the judgements of these names.
    """

    boards: str
    names: tuple[str, ...]
    judgements: str


def source_of(read: ReadClass, basis: Basis, judgements: Judgements) -> Source:
    """The source of figures that are computed now."""
    names = {
        normalised(concept.name)
        for naming in read.namings.namings
        for concept in naming.concepts
        if concept.name is not None
    }
    boards = (BoardState(board.board_id, board.version, board.blind) for board in read.boards)
    return Source(boards_sign(boards, basis), tuple(sorted(names)), JudgementSigns(judgements).sign(names))


def boards_sign(boards: Iterable[BoardState], basis: Basis) -> str:
    """Equal as long as no board that counts changes."""
    states = (f"{board.board_id} {board.version} {board.blind}" for board in sorted(boards))
    return _hash((__version__, repr(basis.settings), *states))


class JudgementSigns:
    """Signs of the judgements among some names, for many classes: each looks at its own names only."""

    def __init__(self, judgements: Judgements) -> None:
        self._by_first: defaultdict[str, list[tuple[str, Relation]]] = defaultdict(list)
        for (first, second), relation in judgements.relations.items():
            self._by_first[first].append((second, relation))

    def sign(self, names: Collection[str]) -> str:
        """Equal as long as no judgement of two of these names changes."""
        known = frozenset(names)
        return _hash(
            f"{first}\n{second}\n{relation}"
            for first in sorted(known)
            for second, relation in sorted(self._by_first.get(first, ()))
            if second in known
        )


def board_states(session: Session, round_id: UUID, basis: Basis) -> dict[int, list[BoardState]]:
    """By class, the boards that count, as they are now."""
    rows = session.execute(
        select(Board.class_position, Board.id, Board.version, Board.blind).where(
            *counted(round_id, basis.selection)
        )
    )
    found: defaultdict[int, list[BoardState]] = defaultdict(list)
    for position, board_id, version, blind in rows:
        found[position].append(BoardState(board_id, version, blind))
    return dict(found)


def _hash(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
