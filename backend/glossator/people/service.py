"""What other parts ask of people: accounts and sign-in links, projects and roles."""

from glossator.people.accounts import (
    Person,
    account_of,
    add_user,
    ensure_owner,
    fresh_owner_link,
    new_link,
    person_of,
)
from glossator.people.projects import create, require, roles_of
from glossator.people.roles import Role

__all__ = [
    "Person",
    "Role",
    "account_of",
    "add_user",
    "create",
    "ensure_owner",
    "fresh_owner_link",
    "new_link",
    "person_of",
    "require",
    "roles_of",
]
