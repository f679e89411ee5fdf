"""Projects: list, create, rename, delete, restore."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from glossator.http.deps import Asker, OnceDep, SessionDep, require
from glossator.http.paging import WindowDep, page
from glossator.http.schemas import Body, Moment, Page, Schema
from glossator.people import projects
from glossator.people.roles import Role
from glossator.people.tables import Project

router = APIRouter(prefix="/api/projects", tags=["projects"])


class ProjectName(Body):
    name: str = Field(min_length=1, max_length=100)


class ProjectOut(Schema):
    id: UUID
    name: str
    is_demo: bool
    created_at: Moment
    deleted_at: Moment | None


@router.get("")
def list_projects(
    session: SessionDep, person: Asker, window: WindowDep, deleted: bool = False
) -> Page[ProjectOut]:
    rows, following = page(session, projects.visible(person.account_id, deleted=deleted), Project.id, window)
    return Page(items=[ProjectOut.model_validate(row) for row in rows], next=following)


@router.post("", status_code=201)
def create_project(body: ProjectName, session: SessionDep, person: Asker, once: OnceDep) -> ProjectOut:
    def make() -> ProjectOut:
        return ProjectOut.model_validate(
            projects.create(session, name=body.name, account_id=person.account_id)
        )

    return once.answer(body, ProjectOut, make)


@router.patch("/{project_id}")
def rename_project(project_id: UUID, body: ProjectName, session: SessionDep, person: Asker) -> ProjectOut:
    require(session, person, project_id, Role.OWNER)
    return ProjectOut.model_validate(projects.rename(session, project_id, body.name))


@router.delete("/{project_id}", status_code=204)
def delete_project(project_id: UUID, body: ProjectName, session: SessionDep, person: Asker) -> None:
    require(session, person, project_id, Role.OWNER)
    projects.delete_project(session, project_id, typed_name=body.name)


@router.post("/{project_id}/restore")
def restore_project(project_id: UUID, session: SessionDep, person: Asker) -> ProjectOut:
    return ProjectOut.model_validate(projects.restore(session, project_id, person.account_id))
