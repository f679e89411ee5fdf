"""What an open board hides from its own annotator, whatever the role, outside the board.

To ask here means to tell: who names blindly nowhere in a run has seen what its boards hide (see `may_look`).
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from glossator.boards.service import may_look
from glossator.maps.tables import Run
from glossator.people.accounts import Person
from glossator.refusal import Refusal
from glossator.rounds.tables import NamingRound


def blinded_in(session: Session, person: Person, run_id: UUID) -> bool:
    """Whether X-features and fine labels of a run would unblind this person."""
    return not may_look(session, person.account_id, [run_id])


def blinded_on(session: Session, person: Person, data_set_id: UUID) -> bool:
    """Whether file names, groups and fine labels of a data set would unblind this person in a run on it."""
    runs = session.scalars(select(Run.id).where(Run.data_set_id == data_set_id)).all()
    return not may_look(session, person.account_id, runs)


def refuse_blinded(session: Session, person: Person, run_id: UUID, what: str) -> None:
    """Refuse `what` to an account with an open board in the run that did not ask to see anyway."""
    _refuse_in(session, person, [run_id], what)


def refuse_blinded_in(session: Session, person: Person, project_id: UUID, what: str) -> None:
    """The same for what tells of all runs of a project that are named."""
    runs = select(NamingRound.run_id).where(NamingRound.project_id == project_id).distinct()
    _refuse_in(session, person, session.scalars(runs).all(), what)


def _refuse_in(session: Session, person: Person, run_ids: Collection[UUID], what: str) -> None:
    if not may_look(session, person.account_id, run_ids):
        raise Refusal(
            f"You have an open board in this run, and {what} would tell what it hides: finish your boards of "
            "this run first, or choose 'Show anyway' on the board.",
            code="blinded",
            status=403,
        )
