"""Signing in and out, one-time links, who I am."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response
from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from glossator.http.deps import (
    Asker,
    MaybeAsker,
    ServicesDep,
    SessionDep,
    SettingsDep,
    TokenDep,
    cookie_name,
)
from glossator.http.schemas import Body, Schema
from glossator.people import accounts, projects
from glossator.people.roles import Role
from glossator.people.tables import Account, Membership
from glossator.refusal import Refusal
from glossator.settings import Settings

router = APIRouter(prefix="/api", tags=["sign-in"])

Token = Annotated[str, Path(min_length=10, max_length=100)]


class Credentials(Body):
    email: str = Field(max_length=320)
    password: str = Field(max_length=200)


class FirstSignIn(Body):
    """Needed only where the link's account has no password yet."""

    name: str | None = Field(default=None, max_length=100)
    email: str | None = Field(default=None, max_length=320)
    password: str | None = Field(default=None, max_length=200)


class AccountOut(Schema):
    id: UUID
    email: str
    name: str


class MyProject(Schema):
    id: UUID
    name: str
    is_demo: bool
    roles: list[Role]


class Me(Schema):
    account: AccountOut
    may_create_projects: bool
    projects: list[MyProject]


class LinkOut(Schema):
    usable: bool
    needs_account: bool
    email: str | None


class InvitationOut(Schema):
    usable: bool
    project: str | None
    role: Role | None
    invited_by: str | None
    signed_in_as: str | None


def describe(session: Session, account_id: UUID) -> Me:
    account = session.get_one(Account, account_id)
    found = session.scalars(projects.visible(account_id)).all()
    roles: dict[UUID, list[Role]] = {}
    for row in session.scalars(select(Membership).where(Membership.account_id == account_id)):
        roles.setdefault(row.project_id, []).append(Role(row.role))
    order = list(Role)
    return Me(
        account=AccountOut.model_validate(account),
        may_create_projects=projects.may_create(session, account_id),
        projects=[
            MyProject(
                id=each.id,
                name=each.name,
                is_demo=each.is_demo,
                roles=sorted(roles[each.id], key=order.index),
            )
            for each in sorted(found, key=lambda each: each.id)
        ],
    )


def _signed_in(
    session: Session, account: Account, response: Response, settings: Settings, old_token: str | None
) -> Me:
    token = accounts.start_session(session, account, instead_of=old_token)
    response.set_cookie(
        cookie_name(settings),
        token,
        max_age=int(settings.session_absolute_days * 86_400),
        path="/",
        httponly=True,
        samesite="lax",
        secure=settings.public_url.startswith("https:"),
    )
    session.flush()
    return describe(session, account.id)


@router.get("/me")
def me(session: SessionDep, person: Asker) -> Me:
    return describe(session, person.account_id)


@router.post("/sign-in")
def sign_in(
    body: Credentials,
    request: Request,
    response: Response,
    session: SessionDep,
    services: ServicesDep,
    token: TokenDep,
) -> Me:
    keys = (body.email.strip().lower(), request.client.host if request.client else "")
    services.rate_limit.check(*keys)
    try:
        account = accounts.checked_password(session, body.email, body.password)
    except Refusal:
        services.rate_limit.failed(*keys)
        raise
    services.rate_limit.succeeded(*keys)
    return _signed_in(session, account, response, services.settings, token)


@router.post("/sign-out", status_code=204)
def sign_out(response: Response, session: SessionDep, settings: SettingsDep, token: TokenDep) -> None:
    if token:
        accounts.end_session(session, token)
    response.delete_cookie(cookie_name(settings), path="/")


@router.get("/sign-in-links/{token}")
def look_at_link(token: Token, session: SessionDep) -> LinkOut:
    return LinkOut.model_validate(accounts.look_at_link(session, token))


@router.post("/sign-in-links/{token}")
def use_link(
    token: Token,
    body: FirstSignIn,
    response: Response,
    session: SessionDep,
    settings: SettingsDep,
    old_token: TokenDep,
) -> Me:
    account = accounts.use_link(session, token, name=body.name, email=body.email, password=body.password)
    return _signed_in(session, account, response, settings, old_token)


@router.get("/invitations/{token}")
def look_at_invitation(token: Token, session: SessionDep, person: MaybeAsker) -> InvitationOut:
    view = projects.look_at_invitation(session, token)
    return InvitationOut(
        usable=view.usable,
        project=view.project,
        role=view.role,
        invited_by=view.invited_by,
        signed_in_as=person.email if person else None,
    )


@router.post("/invitations/{token}")
def accept_invitation(
    token: Token,
    body: FirstSignIn,
    response: Response,
    session: SessionDep,
    settings: SettingsDep,
    old_token: TokenDep,
    person: MaybeAsker,
) -> Me:
    """Joins as the signed-in person, or with a new account made from name, e-mail and password."""
    if person is not None:
        projects.accept(session, token, person.account_id)
        return describe(session, person.account_id)
    if not (body.name and body.email and body.password):
        raise Refusal("A new account needs a name, an e-mail address and a password.", code="account_needed")
    if not projects.look_at_invitation(session, token).usable:
        projects.accept(session, token, accounts.ensure_owner(session).id)  # refuses with the reason
    account = accounts.new_account(session, name=body.name, email=body.email, password=body.password)
    projects.accept(session, token, account.id)
    return _signed_in(session, account, response, settings, old_token)
