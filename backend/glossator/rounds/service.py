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
    annotator_instructions: Mapping[UUID, str] | None = None,
) -> NamingRound:
    """Another naming round of a run, without boards; `class_notes` by position of the class,
    `annotator_instructions` by account, for that annotator's eyes only.
    """
    made = NamingRound(
        run_id=run_id,
        project_id=project_id,
        name=name,
        instructions=instructions,
        class_notes=_stored(class_notes or {}),
        annotator_instructions=_stored(annotator_instructions or {}),
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
    annotator_instructions: Mapping[UUID, str] | None = None,
) -> NamingRound:
    """Change what is given of a round's name and of what its annotators read before they begin."""
    if name is not None:
        naming_round.name = name
    if instructions is not None:
        naming_round.instructions = instructions
    if class_notes is not None:
        naming_round.class_notes = _stored(class_notes)
    if annotator_instructions is not None:
        naming_round.annotator_instructions = _stored(annotator_instructions)
    session.flush()
    return naming_round


def own_instructions(naming_round: NamingRound, account_id: UUID) -> str | None:
    """What this annotator alone reads, if anything."""
    found = naming_round.annotator_instructions.get(str(account_id))
    return str(found) if found else None


def _stored(texts: Mapping[int, str] | Mapping[UUID, str]) -> dict[str, object]:
    return {str(key): text for key, text in texts.items() if text.strip()}
