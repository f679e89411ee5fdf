"""Who named maps of a run, and which."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from glossator.boards.tables import Board, BoardItem, Concept
from glossator.maps.tables import Run
from glossator.people import accounts, projects
from glossator.rounds.tables import NamingRound


@dataclass(frozen=True)
class Namer:
    """A person with boards in a run; `annotator` is the pseudonym in the project."""

    annotator: str
    account_id: UUID
    name: str


def namers(session: Session, run: Run) -> list[Namer]:
    """Everybody who has a board in the run, by pseudonym."""
    having = (
        select(Board.account_id)
        .join(NamingRound, NamingRound.id == Board.naming_round_id)
        .where(NamingRound.run_id == run.id)
    )
    names = accounts.names_of(session, session.scalars(having.distinct()).all())
    pseudonyms = projects.pseudonyms(session, run.project_id)
    return [Namer(called, each, names[each]) for each, called in pseudonyms.items() if each in names]


def named_maps(run_id: UUID, account_id: UUID) -> Select[UUID]:
    """Ids of the run's maps that this person put into a concept with a name."""
    return (
        select(BoardItem.map_id)
        .join(Board, Board.id == BoardItem.board_id)
        .join(NamingRound, NamingRound.id == Board.naming_round_id)
        .join(Concept, (Concept.board_id == Board.id) & (Concept.id == BoardItem.concept_id))
        .where(NamingRound.run_id == run_id, Board.account_id == account_id, Concept.name.is_not(None))
    )
