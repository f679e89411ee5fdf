"""What a command calls by its name, found in the database or refused with the names there are."""

from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from glossator.classifiers.tables import Classifier
from glossator.datasets.tables import DataSet
from glossator.people.tables import Project
from glossator.refusal import Refusal
from glossator.rounds.tables import NamingRound

Row = TypeVar("Row", Classifier, NamingRound)


def find_project(session: Session, name: str | None) -> UUID:
    """The project of this name, or the only one there is."""
    rows = session.execute(select(Project.id, Project.name).where(Project.deleted_at.is_(None))).all()
    found = [each for each, its_name in rows if name in {None, its_name}]
    if len(found) == 1:
        return found[0]
    known = ", ".join(sorted(its_name for _, its_name in rows)) or "none"
    raise Refusal(f"Say with --project which project is meant; there are: {known}.", code="project")


def find_data_set(session: Session, project_id: UUID, name: str) -> UUID:
    there = select(DataSet.id).where(DataSet.project_id == project_id, DataSet.name == name)
    found = session.scalar(there)
    if found is None:
        raise Refusal(f"There is no data set '{name}' in this project; import it first.", code="not_found")
    return found


def find_classifier(session: Session, wanted: str, project: str | None) -> Classifier:
    """The one classifier of a name or id; refused where there is none, or several."""
    return _found(session, Classifier, "classifier", wanted, project, remedy="import one first")


def find_round(session: Session, wanted: str, project: str | None) -> NamingRound:
    """The one naming round of a name or id; refused where there is none, or several."""
    return _found(session, NamingRound, "naming round", wanted, project, remedy="make one first")


def _found(
    session: Session, table: type[Row], kind: str, wanted: str, project: str | None, *, remedy: str
) -> Row:
    there = select(table).join(Project, Project.id == table.project_id)
    there = there.where(Project.deleted_at.is_(None))
    if project is not None:
        there = there.where(Project.name == project)
    same = table.id == _as_id(wanted) if _as_id(wanted) else table.name == wanted
    found = session.scalars(there.where(same)).all()
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(sorted(str(each.id) for each in found))
        raise Refusal(
            f"There are {len(found)} {kind}s '{wanted}': say which with --project, or give "
            f"one of the ids: {ids}.",
            code=f"several_{kind.replace(' ', '_')}s",
        )
    names = session.scalars(there.with_only_columns(table.name).order_by(table.name).limit(10)).all()
    known = f"there are {', '.join(names)}" if names else remedy
    raise Refusal(f"There is no {kind} '{wanted}': {known}.", code="not_found", status=404)


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
