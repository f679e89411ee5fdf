"""Projects, who is in them, and invitations by link."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from glossator.database import now
from glossator.people import tokens
from glossator.people.accounts import normal_name
from glossator.people.roles import Role
from glossator.people.tables import Account, Invitation, Membership, Project, Pseudonym
from glossator.refusal import Refusal, conflict, not_found

INVITATION_DAYS = 14
RESTORE_DAYS = 30


@dataclass(frozen=True)
class InvitationView:
    """What an invitation offers; looking changes nothing."""

    usable: bool
    project: str | None
    role: Role | None
    invited_by: str | None


def roles_of(session: Session, account_id: UUID, project_id: UUID) -> frozenset[Role]:
    rows = session.scalars(
        select(Membership.role)
        .join(Project, Project.id == Membership.project_id)
        .where(
            Membership.account_id == account_id,
            Membership.project_id == project_id,
            Project.deleted_at.is_(None),
        )
    )
    return frozenset(Role(role) for role in rows)


def require_members(session: Session, project_id: UUID, account_ids: Collection[UUID]) -> None:
    """Refused unless each of these people has a role in the project."""
    members = select(Membership.account_id).where(Membership.project_id == project_id)
    if not set(account_ids).issubset(session.scalars(members)):
        raise Refusal(
            "One of these people is not in the project: invite them first, or choose others.",
            code="unknown_member",
        )


def require(session: Session, account_id: UUID, project_id: UUID, *roles: Role) -> frozenset[Role]:
    """The roles held; refused unless one of these is among them (owners have all; none named: any member)."""
    held = roles_of(session, account_id, project_id)
    if not held:
        raise not_found("project")
    if roles and Role.OWNER not in held and held.isdisjoint(roles):
        raise Refusal(
            f"This needs the role {' or '.join(roles)} in the project; its owner can give it.",
            code="forbidden",
            status=403,
        )
    return held


def visible(account_id: UUID, *, deleted: bool = False) -> Select[Project]:
    """Projects in which this person has a role; the deleted ones only for their owners."""
    mine = select(Membership.project_id).where(Membership.account_id == account_id)
    if deleted:
        mine = mine.where(Membership.role == Role.OWNER)
        since = now() - timedelta(days=RESTORE_DAYS)
        return select(Project).where(Project.id.in_(mine), Project.deleted_at > since)
    return select(Project).where(Project.id.in_(mine), Project.deleted_at.is_(None))


def may_create(session: Session, account_id: UUID) -> bool:
    """The installation's owner, and whoever owns or does research in some project."""
    account = session.get_one(Account, account_id)
    if account.is_installation_owner:
        return True
    held = session.scalars(select(Membership.role).where(Membership.account_id == account_id))
    return not {Role.OWNER, Role.RESEARCHER}.isdisjoint(Role(role) for role in held)


def create(session: Session, *, name: str, account_id: UUID, is_demo: bool = False) -> Project:
    """A project whose owner, and first annotator, is this person."""
    if not may_create(session, account_id):
        raise Refusal(
            "Projects are made by owners and researchers; ask one of them.", code="forbidden", status=403
        )
    project = Project(name=normal_name(name), is_demo=is_demo)
    session.add(project)
    session.flush()
    set_roles(session, project.id, account_id, {Role.OWNER, Role.ANNOTATOR})
    return project


def rename(session: Session, project_id: UUID, name: str) -> Project:
    project = session.get_one(Project, project_id)
    project.name = normal_name(name)
    return project


def delete_project(session: Session, project_id: UUID, *, typed_name: str) -> None:
    """Hides the project; it can be restored for 30 days."""
    project = session.get_one(Project, project_id)
    if typed_name.strip() != project.name:
        raise Refusal(f"To delete the project, type its name exactly: {project.name}", code="name_differs")
    project.deleted_at = now()


def restore(session: Session, project_id: UUID, account_id: UUID) -> Project:
    project = session.scalar(visible(account_id, deleted=True).where(Project.id == project_id))
    if project is None:
        raise not_found("deleted project")
    project.deleted_at = None
    return project


def set_roles(session: Session, project_id: UUID, account_id: UUID, roles: Collection[Role]) -> None:
    """Gives exactly these roles; a project keeps at least one owner."""
    session.execute(select(Project.id).where(Project.id == project_id).with_for_update())
    session.execute(
        delete(Membership).where(Membership.project_id == project_id, Membership.account_id == account_id)
    )
    session.add_all(
        Membership(project_id=project_id, account_id=account_id, role=role) for role in sorted(set(roles))
    )
    session.flush()
    owners = select(func.count()).where(Membership.project_id == project_id, Membership.role == Role.OWNER)
    if not session.scalar(owners):
        raise conflict("A project needs an owner; make someone else owner first.", code="last_owner")


def invite(
    session: Session, *, project_id: UUID, role: Role, note: str, invited_by: UUID
) -> tuple[Invitation, str]:
    """A link for one person; only its hash is kept."""
    token = tokens.new_token(tokens.LINK_BYTES)
    invitation = Invitation(
        token_hash=tokens.hash_of(token),
        project_id=project_id,
        role=role,
        note=note.strip()[:200],
        invited_by=invited_by,
        expires_at=now() + timedelta(days=INVITATION_DAYS),
    )
    session.add(invitation)
    session.flush()
    return invitation, token


def open_invitations(session: Session, project_id: UUID) -> list[Invitation]:
    return list(
        session.scalars(
            select(Invitation)
            .where(
                Invitation.project_id == project_id,
                Invitation.used_at.is_(None),
                Invitation.expires_at > now(),
            )
            .order_by(Invitation.id)
        )
    )


def _usable_invitation(
    session: Session, token: str, *, lock: bool = False
) -> tuple[Invitation, Project, Account] | None:
    statement = (
        select(Invitation, Project, Account)
        .join(Project, Project.id == Invitation.project_id)
        .join(Account, Account.id == Invitation.invited_by)
        .where(Invitation.token_hash == tokens.hash_of(token), Project.deleted_at.is_(None))
    )
    if lock:
        statement = statement.with_for_update(of=Invitation)
    row = session.execute(statement).one_or_none()
    if row is None or row[0].used_at is not None or row[0].expires_at <= now():
        return None
    return row[0], row[1], row[2]


def look_at_invitation(session: Session, token: str) -> InvitationView:
    found = _usable_invitation(session, token)
    if found is None:
        return InvitationView(usable=False, project=None, role=None, invited_by=None)
    invitation, project, inviter = found
    return InvitationView(
        usable=True, project=project.name, role=Role(invitation.role), invited_by=inviter.name
    )


def accept(session: Session, token: str, account_id: UUID) -> Project:
    """Uses the invitation up: this person gets its role beside those held already."""
    found = _usable_invitation(session, token, lock=True)
    if found is None:
        raise Refusal(
            "This invitation was used or has expired; ask the person who sent it for a new link.",
            code="invitation_used",
            status=410,
        )
    invitation, project, _ = found
    held = roles_of(session, account_id, project.id)
    set_roles(session, project.id, account_id, held | {Role(invitation.role)})
    invitation.used_at = now()
    invitation.used_by = account_id
    return project


def withdraw(session: Session, invitation_id: UUID) -> None:
    session.execute(delete(Invitation).where(Invitation.id == invitation_id, Invitation.used_at.is_(None)))


def give_pseudonyms(session: Session, project_id: UUID, account_ids: Iterable[UUID]) -> None:
    """`annotator-NN` for each who has none yet, numbered in this order and kept."""
    session.execute(select(Project.id).where(Project.id == project_id).with_for_update())
    of_project = select(Pseudonym.account_id, Pseudonym.number).where(Pseudonym.project_id == project_id)
    taken = dict(session.execute(of_project).all())
    first = max(taken.values(), default=0) + 1
    without = (each for each in dict.fromkeys(account_ids) if each not in taken)
    session.add_all(
        Pseudonym(project_id=project_id, account_id=each, number=number)
        for number, each in enumerate(without, first)
    )
    session.flush()


def pseudonyms(session: Session, project_id: UUID) -> dict[UUID, str]:
    """The pseudonyms given so far, by account, in their order."""
    rows = session.execute(
        select(Pseudonym.account_id, Pseudonym.number)
        .where(Pseudonym.project_id == project_id)
        .order_by(Pseudonym.number)
    )
    return {account_id: _pseudonym(number) for account_id, number in rows}


def _pseudonym(number: int) -> str:
    return f"annotator-{number:02d}"
