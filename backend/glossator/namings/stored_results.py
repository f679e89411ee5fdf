"""Reading computed figures, and telling whether they are of now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Literal, TypeVar
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session, defer

from glossator.namings.basis import Basis
from glossator.namings.class_results import ClassDetails, ClassOverview, ClassPlaces
from glossator.namings.freshness import JudgementSigns, board_states, boards_sign
from glossator.namings.judgements import judgements_of
from glossator.namings.tables import AgreementResult
from glossator.refusal import Refusal, conflict
from glossator.rounds.tables import NamingRound

DOCUMENTS = (AgreementResult.overview, AgreementResult.details, AgreementResult.places)

OVERVIEW = TypeAdapter(ClassOverview)
DETAILS = TypeAdapter(ClassDetails)
PLACES = TypeAdapter(ClassPlaces)

State = Literal["fresh", "without_chance", "stale", "missing"]
"""`without_chance`: the figures are of now, their levels of chance are still to come."""
Part = TypeVar("Part", ClassOverview, ClassDetails, ClassPlaces)


@dataclass(frozen=True)
class Standing:
    """How the stored figures of a class stand to its boards; `computed_at` is None where there are none."""

    position: int
    state: State
    computed_at: datetime | None


@dataclass(frozen=True)
class Stored(Generic[Part]):
    """A part of the stored figures of a class and their time."""

    part: Part
    computed_at: datetime


@dataclass(frozen=True)
class StoredClass:
    """The stored details of a class and the maps they are about, of one moment."""

    details: ClassDetails
    places: ClassPlaces
    computed_at: datetime


def standings(session: Session, naming_round: NamingRound, basis: Basis) -> list[Standing]:
    """How every class that has a board which counts stands, by position."""
    signs = JudgementSigns(judgements_of(session, naming_round.project_id))
    rows = session.scalars(
        select(AgreementResult)
        .options(*(defer(each) for each in DOCUMENTS))
        .where(AgreementResult.naming_round_id == naming_round.id, AgreementResult.basis == basis.sign)
    )
    stored = {row.class_position: row for row in rows}
    return [
        Standing(position, _state(row, boards_sign(boards, basis), signs), row.computed_at if row else None)
        for position, boards in sorted(board_states(session, naming_round.id, basis).items())
        for row in [stored.get(position)]
    ]


def _state(row: AgreementResult | None, boards: str, signs: JudgementSigns) -> State:
    if row is None:
        return "missing"
    if row.boards != boards or row.judgements != signs.sign(row.names):
        return "stale"
    return "fresh" if row.with_chance else "without_chance"


def overviews(
    session: Session, round_id: UUID, basis: Basis, positions: Sequence[int]
) -> dict[int, ClassOverview]:
    """The stored overviews of these classes, by position; what was not computed yet is left out."""
    rows = session.execute(
        select(AgreementResult.class_position, AgreementResult.overview).where(
            AgreementResult.naming_round_id == round_id,
            AgreementResult.basis == basis.sign,
            AgreementResult.class_position.in_(positions),
        )
    )
    return {position: OVERVIEW.validate_python(value) for position, value in rows}


def details(session: Session, round_id: UUID, position: int, basis: Basis) -> Stored[ClassDetails]:
    """The stored details of a class; refused where nothing was computed yet."""
    return _stored(session, round_id, position, basis, AgreementResult.details, DETAILS)


def places(session: Session, round_id: UUID, position: int, basis: Basis) -> Stored[ClassPlaces]:
    """Which maps the stored figures of a class are about; refused where nothing was computed yet."""
    return _stored(session, round_id, position, basis, AgreementResult.places, PLACES)


def whole(session: Session, round_id: UUID, position: int, basis: Basis) -> StoredClass:
    """Both of one moment, though figures are stored meanwhile; refused where nothing was computed yet."""
    row = session.execute(
        select(AgreementResult.details, AgreementResult.places, AgreementResult.computed_at).where(
            *of_class(round_id, position, basis)
        )
    ).one_or_none()
    if row is None:
        raise _not_computed()
    return StoredClass(DETAILS.validate_python(row[0]), PLACES.validate_python(row[1]), row[2])


def of_class(round_id: UUID, position: int, basis: Basis) -> list[ColumnElement[bool]]:
    """The row of a class for one choice of what counts."""
    return [
        AgreementResult.naming_round_id == round_id,
        AgreementResult.class_position == position,
        AgreementResult.basis == basis.sign,
    ]


def _stored(
    session: Session,
    round_id: UUID,
    position: int,
    basis: Basis,
    column: InstrumentedAttribute[dict[str, object]],
    adapter: TypeAdapter[Part],
) -> Stored[Part]:
    row = session.execute(
        select(column, AgreementResult.computed_at).where(*of_class(round_id, position, basis))
    ).one_or_none()
    if row is None:
        raise _not_computed()
    return Stored(adapter.validate_python(row[0]), row[1])


def _not_computed() -> Refusal:
    return conflict(
        "The figures of this class are not computed yet: wait for the job, or ask for them.",
        code="not_computed",
    )
