"""Keeping computed figures, reading them back, and telling whether they are of now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Literal, TypeVar
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import InstrumentedAttribute, Session, defer

from glossator.database import now
from glossator.namings.basis import Basis
from glossator.namings.class_results import ClassDetails, ClassOverview, ClassPlaces, ClassResult
from glossator.namings.freshness import JudgementSigns, Source, board_states, boards_sign
from glossator.namings.judgements import judgements_of
from glossator.namings.tables import AgreementResult
from glossator.refusal import Refusal, conflict
from glossator.rounds.tables import NamingRound

KEPT = 24
"""Choices of what counts whose figures are kept for a class, the newest ones."""

DOCUMENTS = (AgreementResult.overview, AgreementResult.details, AgreementResult.places)

_OVERVIEW = TypeAdapter(ClassOverview)
_DETAILS = TypeAdapter(ClassDetails)
_PLACES = TypeAdapter(ClassPlaces)

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


def keep(
    session: Session,
    *,
    round_id: UUID,
    position: int,
    basis: Basis,
    source: Source,
    result: ClassResult,
) -> None:
    """Replace the figures of a class, without levels of chance, for one choice of what counts.

    Of other choices the newest stay.
    """
    natural = {"naming_round_id": round_id, "class_position": position, "basis": basis.sign}
    values = {
        "boards": source.boards,
        "names": list(source.names),
        "judgements": source.judgements,
        "computed_at": now(),
        "with_chance": False,
        "places": _PLACES.dump_python(result.places, mode="json"),
        **_figures(result),
    }
    session.execute(
        insert(AgreementResult)
        .values(natural | values)
        .on_conflict_do_update(index_elements=list(natural), set_=values)
    )
    of_class = (AgreementResult.naming_round_id == round_id, AgreementResult.class_position == position)
    newest = (
        select(AgreementResult.basis)
        .where(*of_class)
        .order_by(AgreementResult.computed_at.desc())
        .limit(KEPT)
    )
    session.execute(delete(AgreementResult).where(*of_class, AgreementResult.basis.not_in(newest)))


def _figures(result: ClassResult) -> dict[str, object]:
    return {
        "overview": _OVERVIEW.dump_python(result.overview, mode="json"),
        "details": _DETAILS.dump_python(result.details, mode="json"),
    }


def add_chance(
    session: Session, *, round_id: UUID, position: int, basis: Basis, source: Source, result: ClassResult
) -> None:
    """The same figures with their levels of chance; nothing happens if others were stored meanwhile."""
    session.execute(
        update(AgreementResult)
        .where(*_of(round_id, position, basis), *_from(source))
        .values(with_chance=True, **_figures(result))
    )


def is_of(session: Session, round_id: UUID, position: int, basis: Basis, source: Source) -> bool:
    """Whether the stored figures were computed from this source."""
    found = select(AgreementResult.basis).where(*_of(round_id, position, basis), *_from(source))
    return session.scalar(found) is not None


def _of(round_id: UUID, position: int, basis: Basis) -> list[ColumnElement[bool]]:
    return [
        AgreementResult.naming_round_id == round_id,
        AgreementResult.class_position == position,
        AgreementResult.basis == basis.sign,
    ]


def _from(source: Source) -> list[ColumnElement[bool]]:
    return [AgreementResult.boards == source.boards, AgreementResult.judgements == source.judgements]


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
    return {position: _OVERVIEW.validate_python(value) for position, value in rows}


def details(session: Session, round_id: UUID, position: int, basis: Basis) -> Stored[ClassDetails]:
    """The stored details of a class; refused where nothing was computed yet."""
    return _stored(session, round_id, position, basis, AgreementResult.details, _DETAILS)


def places(session: Session, round_id: UUID, position: int, basis: Basis) -> Stored[ClassPlaces]:
    """Which maps the stored figures of a class are about; refused where nothing was computed yet."""
    return _stored(session, round_id, position, basis, AgreementResult.places, _PLACES)


def whole(session: Session, round_id: UUID, position: int, basis: Basis) -> StoredClass:
    """Both of one moment, though figures are stored meanwhile; refused where nothing was computed yet."""
    row = session.execute(
        select(AgreementResult.details, AgreementResult.places, AgreementResult.computed_at).where(
            *_of(round_id, position, basis)
        )
    ).one_or_none()
    if row is None:
        raise _not_computed()
    return StoredClass(_DETAILS.validate_python(row[0]), _PLACES.validate_python(row[1]), row[2])


def _stored(
    session: Session,
    round_id: UUID,
    position: int,
    basis: Basis,
    column: InstrumentedAttribute[dict[str, object]],
    adapter: TypeAdapter[Part],
) -> Stored[Part]:
    row = session.execute(
        select(column, AgreementResult.computed_at).where(*_of(round_id, position, basis))
    ).one_or_none()
    if row is None:
        raise _not_computed()
    return Stored(adapter.validate_python(row[0]), row[1])


def _not_computed() -> Refusal:
    return conflict(
        "The figures of this class are not computed yet: wait for the job, or ask for them.",
        code="not_computed",
    )
