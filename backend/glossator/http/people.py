"""Who is in a project, their roles, and invitations."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from glossator.http.deps import Asker, SessionDep, SettingsDep, require
from glossator.http.schemas import Body, Moment, Schema
from glossator.people import projects
from glossator.people.roles import Role
from glossator.people.tables import Account, Invitation, Membership
from glossator.refusal import not_found

router = APIRouter(prefix="/api", tags=["people"])


class Member(Schema):
    account_id: UUID
    name: str
    email: str
    roles: list[Role]
    joined_at: Moment


class MemberName(Schema):
    account_id: UUID
    name: str
    roles: list[Role]


class OpenInvitation(Schema):
    id: UUID
    role: Role
    note: str
    created_at: Moment
    expires_at: Moment


class People(Schema):
    members: list[Member]
    invitations: list[OpenInvitation]


class Roles(Body):
    roles: list[Role] = Field(max_length=4)


class NewInvitation(Body):
    role: Role
    note: str = Field(default="", max_length=200)


class InvitationLink(Schema):
    id: UUID
    link: str


def _members(session: Session, project_id: UUID) -> list[Member]:
    rows = session.execute(
        select(Account, Membership)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.project_id == project_id)
        .order_by(Account.name, Account.id)
    )
    found: dict[UUID, Member] = {}
    for account, membership in rows:
        known = found.get(account.id)
        roles = {Role(membership.role), *(known.roles if known else ())}
        joined = min(membership.created_at, known.joined_at) if known else membership.created_at
        found[account.id] = Member(
            account_id=account.id,
            name=account.name,
            email=account.email,
            roles=[role for role in Role if role in roles],
            joined_at=joined,
        )
    return list(found.values())


@router.get("/projects/{project_id}/people")
def people(project_id: UUID, session: SessionDep, person: Asker) -> People:
    require(session, person, project_id, Role.OWNER)
    return People(
        members=_members(session, project_id),
        invitations=[
            OpenInvitation.model_validate(row) for row in projects.open_invitations(session, project_id)
        ],
    )


@router.get("/projects/{project_id}/members")
def members(project_id: UUID, session: SessionDep, person: Asker) -> list[MemberName]:
    """Who can be given boards."""
    require(session, person, project_id, Role.RESEARCHER)
    return [MemberName.model_validate(each) for each in _members(session, project_id)]


@router.put("/projects/{project_id}/people/{account_id}/roles")
def set_roles(
    project_id: UUID, account_id: UUID, body: Roles, session: SessionDep, person: Asker
) -> list[Member]:
    """An empty list takes the person out of the project; what the person made stays."""
    require(session, person, project_id, Role.OWNER)
    if account_id not in {member.account_id for member in _members(session, project_id)}:
        raise not_found("member")
    projects.set_roles(session, project_id, account_id, body.roles)
    return _members(session, project_id)


@router.post("/projects/{project_id}/invitations", status_code=201)
def invite(
    project_id: UUID,
    body: NewInvitation,
    session: SessionDep,
    settings: SettingsDep,
    person: Asker,
) -> InvitationLink:
    """The link is shown once and its answer never stored, so a repeated request makes another invitation."""
    require(session, person, project_id, Role.OWNER)
    invitation, token = projects.invite(
        session, project_id=project_id, role=body.role, note=body.note, invited_by=person.account_id
    )
    return InvitationLink(id=invitation.id, link=f"{settings.public_url}/invitations/{token}")


@router.delete("/invitations/{invitation_id}", status_code=204)
def withdraw_invitation(invitation_id: UUID, session: SessionDep, person: Asker) -> None:
    invitation = session.get(Invitation, invitation_id)
    if invitation is None:
        raise not_found("invitation")
    require(session, person, invitation.project_id, Role.OWNER)
    projects.withdraw(session, invitation_id)
