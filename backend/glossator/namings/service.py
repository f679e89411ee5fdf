"""Naming rounds: making them."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from glossator.namings.tables import NamingRound


def round_of_run(
    session: Session,
    *,
    run_id: UUID,
    project_id: UUID,
    name: str,
    instructions: str = "",
    class_notes: Mapping[int, str] | None = None,
) -> NamingRound:
    """The first naming round of a run; made if there is none. The caller holds a lock on the run."""
    found = session.scalar(
        select(NamingRound).where(NamingRound.run_id == run_id).order_by(NamingRound.id).limit(1)
    )
    if found is not None:
        return found
    made = NamingRound(
        run_id=run_id,
        project_id=project_id,
        name=name,
        instructions=instructions,
        class_notes={str(position): note for position, note in (class_notes or {}).items()},
    )
    session.add(made)
    session.flush()
    return made
