"""Accounts, projects, memberships, sessions, one-time links, invitations."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from glossator.database import Base, CreatedAt, Id, Time
from glossator.people.roles import Role

ROLE_CHECK = f"role in ({', '.join(repr(role.value) for role in Role)})"


class Account(Base):
    __tablename__ = "account"
    id: Mapped[Id]
    email: Mapped[str] = mapped_column(unique=True)  # lower case
    name: Mapped[str]
    password_hash: Mapped[str | None]
    is_installation_owner: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[CreatedAt]


class Project(Base):
    __tablename__ = "project"
    id: Mapped[Id]
    name: Mapped[str]
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[CreatedAt]
    deleted_at: Mapped[Time | None]


class Membership(Base):
    """One role of one person in one project; a person may hold several."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("project_id", "account_id", "role"),
        CheckConstraint(ROLE_CHECK, name="role"),
    )
    id: Mapped[Id]
    project_id: Mapped[UUID] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    role: Mapped[str]
    created_at: Mapped[CreatedAt]


class Pseudonym(Base):
    """`annotator-NN` of a person in a project, given at the first board."""

    __tablename__ = "pseudonym"
    __table_args__ = (UniqueConstraint("project_id", "number"),)
    project_id: Mapped[UUID] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    number: Mapped[int]


class SignInSession(Base):
    __tablename__ = "session"
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)  # SHA-256 of the cookie's token
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[CreatedAt]
    seen_at: Mapped[CreatedAt]


class SignInLink(Base):
    """A one-time link; without an account it sets up the installation's owner."""

    __tablename__ = "sign_in_link"
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[CreatedAt]
    expires_at: Mapped[Time]
    used_at: Mapped[Time | None]


class Invitation(Base):
    __tablename__ = "invitation"
    __table_args__ = (CheckConstraint(ROLE_CHECK, name="role"),)
    id: Mapped[Id]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    project_id: Mapped[UUID] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"), index=True)
    role: Mapped[str]
    note: Mapped[str] = mapped_column(default="")  # for whom, as the inviting person wrote it
    invited_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[CreatedAt]
    expires_at: Mapped[Time]
    used_at: Mapped[Time | None]
    used_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)


class IdempotencyKey(Base):
    """The stored answer of an unsafe request, kept for 24 hours."""

    __tablename__ = "idempotency_key"
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[UUID] = mapped_column(primary_key=True)
    request_hash: Mapped[bytes] = mapped_column(LargeBinary)
    answer: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(index=True)
