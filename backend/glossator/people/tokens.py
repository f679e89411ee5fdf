"""Random tokens that are shown once and stored hashed."""

import hashlib
import secrets

SESSION_BYTES = 32
LINK_BYTES = 16


def new_token(size: int) -> str:
    return secrets.token_urlsafe(size)


def hash_of(token: str) -> bytes:
    """SHA-256: enough for tokens of 128 random bits and more, and searchable."""
    return hashlib.sha256(token.encode()).digest()
