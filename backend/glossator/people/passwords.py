"""Argon2id hashes of passwords."""

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from glossator.refusal import Refusal

SHORTEST = 8
LONGEST = 200


@lru_cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@lru_cache
def _nobody() -> str:
    """A hash that is verified when there is no such account, so that the answer takes as long."""
    return _hasher().hash("nobody has this password")


def hashed(password: str) -> str:
    if not SHORTEST <= len(password) <= LONGEST:
        raise Refusal(
            f"A password has {SHORTEST} to {LONGEST} characters; this one has {len(password)}.",
            code="password",
        )
    return _hasher().hash(password)


def matches(password: str, stored: str | None) -> bool:
    try:
        return _hasher().verify(stored or _nobody(), password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False
