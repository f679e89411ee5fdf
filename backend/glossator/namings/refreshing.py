"""Asking for figures that are not of now; computing them is a job."""

from uuid import UUID

from pydantic import JsonValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from glossator.jobs import service as jobs
from glossator.jobs.kinds import MEASURE_AGREEMENT
from glossator.jobs.tables import Job
from glossator.namings.basis import Basis
from glossator.namings.stored_results import standings
from glossator.rounds.tables import NamingRound


def refresh(session: Session, naming_round: NamingRound, basis: Basis, asked_by: UUID | None) -> Job | None:
    """The job that computes what is not fresh, one at a time for each choice; None if all is."""
    session.execute(
        select(NamingRound.id).where(NamingRound.id == naming_round.id).with_for_update(key_share=True)
    )
    known: dict[str, JsonValue] = {"naming_round_id": str(naming_round.id), "basis": basis.to_json()}
    running = running_job(session, naming_round, basis)
    if running is not None:
        return running
    classes = [each.position for each in standings(session, naming_round, basis) if each.state != "fresh"]
    if not classes:
        return None
    jobs.forget_ended(session, MEASURE_AGREEMENT, known)
    return jobs.ask(
        session,
        project_id=naming_round.project_id,
        kind=MEASURE_AGREEMENT,
        title=f"Agreement in {naming_round.name}",
        parameters=known | {"classes": list(classes)},
        asked_by=asked_by,
    )


def running_job(session: Session, naming_round: NamingRound, basis: Basis) -> Job | None:
    """The job that computes figures for this choice of what counts, if one waits or runs."""
    known = {"naming_round_id": str(naming_round.id), "basis": basis.to_json()}
    return session.scalar(
        select(Job)
        .where(
            Job.project_id == naming_round.project_id,
            Job.kind == MEASURE_AGREEMENT,
            Job.state.in_(("waiting", "running")),
            Job.parameters.contains(known),
        )
        .limit(1)
    )
