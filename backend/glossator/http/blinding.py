"""What an open board hides from its own annotator, whatever the role, outside the board."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from glossator.boards.queries import is_blinded
from glossator.maps.tables import Run
from glossator.people.accounts import Person


def blinded_on(session: Session, person: Person, data_set_id: UUID) -> bool:
    """Whether file names, groups and fine labels of a data set would unblind this person in a run on it."""
    runs = session.scalars(select(Run.id).where(Run.data_set_id == data_set_id)).all()
    return any(is_blinded(session, person.account_id, run_id) for run_id in runs)
