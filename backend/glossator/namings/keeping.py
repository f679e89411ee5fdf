"""Keeping computed figures: each change of what they came from replaces no more than it must."""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, defer

from glossator.agreement.names import Judgements
from glossator.database import now
from glossator.namings.basis import Basis
from glossator.namings.class_results import ClassDetails, ClassOverview, ClassResult, rejudged
from glossator.namings.freshness import JudgementSigns, Source, board_states, boards_sign
from glossator.namings.judgements import judgements_of
from glossator.namings.stored_results import DETAILS, OVERVIEW, PLACES, of_class
from glossator.namings.tables import AgreementResult

KEPT = 24
"""Choices of what counts whose figures are kept for a class, the newest ones."""


@dataclass(frozen=True)
class Place:
    """Where the figures of a class are kept, for one choice of what counts."""

    project_id: UUID
    round_id: UUID
    position: int
    basis: Basis


@dataclass(frozen=True)
class Figures:
    """Stored figures, as far as judgements of names can change them, and what they were computed from."""

    source: Source
    with_chance: bool
    overview: ClassOverview
    details: ClassDetails

    def under(self, judgements: Judgements) -> "Figures":
        """The same with these judgements of names."""
        overview, details = rejudged(self.overview, self.details, judgements)
        sign = JudgementSigns(judgements).sign(self.source.names)
        return Figures(replace(self.source, judgements=sign), self.with_chance, overview, details)


def keep(session: Session, *, place: Place, source: Source, result: ClassResult) -> None:
    """Replace the figures, without levels of chance. Of other choices the newest stay."""
    natural = {
        "naming_round_id": place.round_id,
        "class_position": place.position,
        "basis": place.basis.sign,
    }
    values = {
        "boards": source.boards,
        "names": list(source.names),
        "judgements": source.judgements,
        "computed_at": now(),
        "with_chance": False,
        "places": PLACES.dump_python(result.places, mode="json"),
        **_documents(result.overview, result.details),
    }
    session.execute(
        insert(AgreementResult)
        .values(natural | values)
        .on_conflict_do_update(index_elements=list(natural), set_=values)
    )
    of_any_choice = (
        AgreementResult.naming_round_id == place.round_id,
        AgreementResult.class_position == place.position,
    )
    newest = (
        select(AgreementResult.basis)
        .where(*of_any_choice)
        .order_by(AgreementResult.computed_at.desc())
        .limit(KEPT)
    )
    session.execute(delete(AgreementResult).where(*of_any_choice, AgreementResult.basis.not_in(newest)))


def keep_judged(session: Session, *, place: Place, before: Figures, after: Figures) -> None:
    """Replace figures by the same under other judgements; nothing happens if others were stored meanwhile."""
    session.execute(
        update(AgreementResult)
        .where(
            *_of_boards(place, before.source.boards),
            AgreementResult.judgements == before.source.judgements,
            AgreementResult.with_chance.is_(before.with_chance),
        )
        .values(
            judgements=after.source.judgements,
            computed_at=now(),
            **_documents(after.overview, after.details),
        )
    )


def add_chance(session: Session, *, place: Place, source: Source, result: ClassResult) -> None:
    """The same figures with their levels of chance; nothing happens if boards changed meanwhile.

    Names that were judged meanwhile count, since levels of chance, which take long, don't depend on them.
    """
    figures = Figures(source, True, result.overview, result.details)
    judgements = judgements_of(session, place.project_id)
    if JudgementSigns(judgements).sign(source.names) != source.judgements:
        figures = figures.under(judgements)
    session.execute(
        update(AgreementResult)
        .where(*_of_boards(place, source.boards))
        .values(
            judgements=figures.source.judgements,
            with_chance=True,
            **_documents(figures.overview, figures.details),
        )
    )


def has_figures(session: Session, place: Place, source: Source) -> bool:
    """Whether figures of these boards are stored, whatever was judged."""
    found = select(AgreementResult.basis).where(*_of_boards(place, source.boards))
    return session.scalar(found) is not None


def figures_of_now(session: Session, place: Place) -> Figures | None:
    """The stored figures if no board changed since they were computed; names may have been judged."""
    states = board_states(session, place.round_id, place.basis)
    boards = boards_sign(states.get(place.position, ()), place.basis)
    row = session.scalars(
        select(AgreementResult).options(defer(AgreementResult.places)).where(*_of_boards(place, boards))
    ).one_or_none()
    if row is None:
        return None
    return Figures(
        Source(boards, tuple(row.names), row.judgements),
        row.with_chance,
        OVERVIEW.validate_python(row.overview),
        DETAILS.validate_python(row.details),
    )


def _of_boards(place: Place, boards: str) -> list[ColumnElement[bool]]:
    return [*of_class(place.round_id, place.position, place.basis), AgreementResult.boards == boards]


def _documents(overview: ClassOverview, details: ClassDetails) -> dict[str, object]:
    return {
        "overview": OVERVIEW.dump_python(overview, mode="json"),
        "details": DETAILS.dump_python(details, mode="json"),
    }
