"""Accounts, one-time sign-in links and signed-in sessions."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from glossator.database import now
from glossator.people import passwords, tokens
from glossator.people.roles import Role
from glossator.people.tables import Account, Membership, Project, SignInLink, SignInSession
from glossator.refusal import Refusal, conflict
from glossator.settings import settings

UNSET_EMAIL = "owner@localhost"  # of the installation's owner until the first sign-in link is used
ACTIVITY_STEP = timedelta(minutes=1)


@dataclass(frozen=True)
class Person:
    """Who asks."""

    account_id: UUID
    email: str
    name: str


@dataclass(frozen=True)
class LinkView:
    """What a one-time link would do; looking changes nothing."""

    usable: bool
    needs_account: bool
    email: str | None


def normal_email(email: str) -> str:
    email = email.strip().lower()
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", email) or len(email) > 320:
        raise Refusal(
            f"'{email[:80]}' is not an e-mail address; it should look like name@example.org.", code="email"
        )
    return email


def normal_name(name: str) -> str:
    name = " ".join(name.split())
    if not 1 <= len(name) <= 100:
        raise Refusal("A name has 1 to 100 characters.", code="name")
    return name


def names_of(session: Session, account_ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of these accounts."""
    rows = session.execute(select(Account.id, Account.name).where(Account.id.in_(account_ids)))
    return dict(rows.all())


def account_of(session: Session, email: str) -> Account | None:
    return session.scalar(select(Account).where(Account.email == email.strip().lower()))


def ensure_owner(session: Session) -> Account:
    """The installation's owner, made without a password at the first start."""
    owner = session.scalar(select(Account).where(Account.is_installation_owner).order_by(Account.id).limit(1))
    if owner is None:
        owner = Account(email=UNSET_EMAIL, name="Owner", is_installation_owner=True)
        session.add(owner)
        session.flush()
    return owner


def new_link(session: Session, account: Account, *, at: datetime | None = None) -> str:
    """A one-time sign-in token for this account; older unused ones stop working."""
    at = at or now()
    session.execute(
        delete(SignInLink).where(SignInLink.account_id == account.id, SignInLink.used_at.is_(None))
    )
    token = tokens.new_token(tokens.LINK_BYTES)
    session.add(
        SignInLink(
            token_hash=tokens.hash_of(token),
            account_id=account.id,
            created_at=at,
            expires_at=at + timedelta(hours=settings().link_hours),
        )
    )
    return token


def fresh_owner_link(session: Session) -> str | None:
    """A new link for the installation's owner as long as no password is set, else none."""
    owner = ensure_owner(session)
    return None if owner.password_hash else new_link(session, owner)


def _usable_link(
    session: Session, token: str, at: datetime, *, lock: bool = False
) -> tuple[SignInLink, Account] | None:
    statement = select(SignInLink, Account).join(Account, SignInLink.account_id == Account.id)
    statement = statement.where(SignInLink.token_hash == tokens.hash_of(token))
    if lock:
        statement = statement.with_for_update(of=SignInLink)
    row = session.execute(statement).one_or_none()
    if row is None or row[0].used_at is not None or row[0].expires_at <= at:
        return None
    return row[0], row[1]


def look_at_link(session: Session, token: str) -> LinkView:
    found = _usable_link(session, token, now())
    if found is None:
        return LinkView(usable=False, needs_account=False, email=None)
    _, account = found
    return LinkView(
        usable=True,
        needs_account=account.password_hash is None,
        email=None if account.email == UNSET_EMAIL else account.email,
    )


def use_link(
    session: Session, token: str, *, name: str | None, email: str | None, password: str | None
) -> Account:
    """Spends the link; an account without a password gets name, e-mail and password with it."""
    at = now()
    found = _usable_link(session, token, at, lock=True)
    if found is None:
        raise Refusal(
            "This sign-in link was used or has expired; `glossator sign-in-link EMAIL` prints a new one.",
            code="link_used",
            status=410,
        )
    link, account = found
    if account.password_hash is None:
        if not (name and password and (email or account.email != UNSET_EMAIL)):
            raise Refusal(
                "The first sign-in needs a name, an e-mail address and a password.", code="account_needed"
            )
        if email:
            _set_email(session, account, email)
        account.name = normal_name(name)
        account.password_hash = passwords.hashed(password)
    link.used_at = at
    return account


def _set_email(session: Session, account: Account, email: str) -> None:
    email = normal_email(email)
    other = account_of(session, email)
    if other is not None and other.id != account.id:
        raise conflict(f"{email} has an account already; sign in with it.", code="email_taken")
    account.email = email


def new_account(session: Session, *, name: str, email: str, password: str) -> Account:
    email = normal_email(email)
    if account_of(session, email) is not None:
        raise conflict(f"{email} has an account already; sign in with it.", code="email_taken")
    account = Account(email=email, name=normal_name(name), password_hash=passwords.hashed(password))
    session.add(account)
    session.flush()
    return account


def add_user(
    session: Session, *, email: str, role: Role, password: str, project: str | None = None
) -> Account:
    """A person without the browser, with this role in the named project or in every one there is."""
    statement = select(Project).where(Project.deleted_at.is_(None))
    projects = list(session.scalars(statement.where(Project.name == project) if project else statement))
    if project and not projects:
        raise Refusal(
            f"There is no project named '{project}'; its page shows the exact name.", code="no_project"
        )
    if not projects:
        projects = [Project(name="My project")]
        session.add_all(projects)
        session.flush()
        session.add(
            Membership(project_id=projects[0].id, account_id=ensure_owner(session).id, role=Role.OWNER)
        )
    account = new_account(session, name=email.split("@", maxsplit=1)[0], email=email, password=password)
    session.add_all(Membership(project_id=each.id, account_id=account.id, role=role) for each in projects)
    return account


def checked_password(session: Session, email: str, password: str) -> Account:
    account = account_of(session, email)
    if not passwords.matches(password, account.password_hash if account else None) or account is None:
        raise Refusal(
            "E-mail address and password do not belong together; check both, or ask for a sign-in link.",
            code="wrong_password",
            status=401,
        )
    return account


def start_session(session: Session, account: Account, *, instead_of: str | None = None) -> str:
    """A new session token; a session the browser came with ends (rotation)."""
    if instead_of:
        end_session(session, instead_of)
    token = tokens.new_token(tokens.SESSION_BYTES)
    session.add(SignInSession(token_hash=tokens.hash_of(token), account_id=account.id))
    return token


def end_session(session: Session, token: str) -> None:
    session.execute(delete(SignInSession).where(SignInSession.token_hash == tokens.hash_of(token)))


def person_of(session: Session, token: str, *, active: bool, at: datetime | None = None) -> Person | None:
    """Whose session this is, if it has not ended; an active request keeps it from idling out."""
    at = at or now()
    row = session.execute(
        select(SignInSession, Account)
        .join(Account, SignInSession.account_id == Account.id)
        .where(SignInSession.token_hash == tokens.hash_of(token))
    ).one_or_none()
    if row is None:
        return None
    found, account = row
    idle = timedelta(hours=settings().session_idle_hours)
    absolute = timedelta(days=settings().session_absolute_days)
    if at - found.seen_at > idle or at - found.created_at > absolute:
        return None
    if active and at - found.seen_at > ACTIVITY_STEP:
        session.execute(
            update(SignInSession).where(SignInSession.token_hash == found.token_hash).values(seen_at=at)
        )
    return Person(account.id, account.email, account.name)
