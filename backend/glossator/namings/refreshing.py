"""Asking for figures that are not of now; computing them is a job."""

from typing import Literal
from uuid import UUID

from pydantic import JsonValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from glossator.jobs import service as jobs
from glossator.jobs.kinds import MEASURE_AGREEMENT, Priority
from glossator.jobs.tables import Job
from glossator.namings.basis import Basis
from glossator.namings.stored_results import standings
from glossator.rounds.tables import NamingRound

Measured = Literal["figures", "chance"]
"""What a job computes."""

_TITLES: dict[Measured, str] = {"figures": "Agreement", "chance": "Levels of chance"}
_PRIORITIES: dict[Measured, Priority] = {"figures": Priority.AWAITED, "chance": Priority.BACKGROUND}


def refresh(session: Session, naming_round: NamingRound, basis: Basis, asked_by: UUID | None) -> Job | None:
    """The job that computes what is not fresh; None if all is.

    First figures, then their levels of chance, which take much longer; of each one job at a time for a choice
    of what counts, so that figures are computed again while levels of chance are.
    """
    session.execute(
        select(NamingRound.id).where(NamingRound.id == naming_round.id).with_for_update(key_share=True)
    )
    standing = standings(session, naming_round, basis)
    stale = [each.position for each in standing if each.state in ("missing", "stale")]
    running = _running(session, naming_round, basis, "figures")
    if running is not None or stale:
        return running or _ask(session, naming_round, basis, "figures", stale, asked_by)
    lacking = [each.position for each in standing if each.state == "without_chance"]
    running = _running(session, naming_round, basis, "chance")
    if running is not None or lacking:
        return running or _ask(session, naming_round, basis, "chance", lacking, asked_by)
    return None


def running_job(session: Session, naming_round: NamingRound, basis: Basis) -> Job | None:
    """The job that computes figures, else the one of levels of chance, if one waits or runs."""
    figures = _running(session, naming_round, basis, "figures")
    return figures or _running(session, naming_round, basis, "chance")


def _known(naming_round: NamingRound, basis: Basis, what: Measured) -> dict[str, JsonValue]:
    """What tells a job from others; texts, since an array contains every part of itself."""
    return {"naming_round_id": str(naming_round.id), "basis_sign": basis.sign, "measured": what}


def _running(session: Session, naming_round: NamingRound, basis: Basis, what: Measured) -> Job | None:
    return session.scalar(
        select(Job)
        .where(
            Job.project_id == naming_round.project_id,
            Job.kind == MEASURE_AGREEMENT,
            Job.state.in_(("waiting", "running")),
            Job.parameters.contains(_known(naming_round, basis, what)),
        )
        .limit(1)
    )


def _ask(
    session: Session,
    naming_round: NamingRound,
    basis: Basis,
    what: Measured,
    classes: list[int],
    asked_by: UUID | None,
) -> Job:
    known = _known(naming_round, basis, what)
    jobs.forget_ended(session, MEASURE_AGREEMENT, known)
    return jobs.ask(
        session,
        project_id=naming_round.project_id,
        kind=MEASURE_AGREEMENT,
        title=f"{_TITLES[what]} in {naming_round.name}",
        parameters=known | {"basis": basis.to_json(), "classes": [*classes]},
        asked_by=asked_by,
        priority=_PRIORITIES[what],
    )
