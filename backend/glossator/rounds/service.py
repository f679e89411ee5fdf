"""Naming rounds: making and describing them."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from glossator.rounds.tables import NamingRound


def first_round(session: Session, run_id: UUID) -> NamingRound | None:
    """The oldest naming round of a run, if it has one."""
    return session.scalar(
        select(NamingRound).where(NamingRound.run_id == run_id).order_by(NamingRound.id).limit(1)
    )


def new_round(
    session: Session,
    *,
    run_id: UUID,
    project_id: UUID,
    name: str,
    instructions: str = "",
    class_notes: Mapping[int, str] | None = None,
) -> NamingRound:
    """Another naming round of a run, without boards; `class_notes` by position of the class."""
    made = NamingRound(
        run_id=run_id,
        project_id=project_id,
        name=name,
        instructions=instructions,
        class_notes=_stored(class_notes or {}),
    )
    session.add(made)
    session.flush()
    return made


def describe(
    session: Session,
    naming_round: NamingRound,
    *,
    name: str | None = None,
    instructions: str | None = None,
    class_notes: Mapping[int, str] | None = None,
) -> NamingRound:
    """Change what is given of a round's name and of what its annotators read before they begin."""
    if name is not None:
        naming_round.name = name
    if instructions is not None:
        naming_round.instructions = instructions
    if class_notes is not None:
        naming_round.class_notes = _stored(class_notes)
    session.flush()
    return naming_round


def _stored(class_notes: Mapping[int, str]) -> dict[str, object]:
    return {str(position): note for position, note in class_notes.items()}
