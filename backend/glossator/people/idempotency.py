"""The same request asked twice gets the stored answer (contracts: `Idempotency-Key`)."""

import hashlib
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from glossator.database import now
from glossator.people.tables import IdempotencyKey
from glossator.refusal import Refusal

KEPT = timedelta(hours=24)


def reserve(session: Session, *, account_id: UUID, key: UUID, request: bytes) -> bytes | None:
    """The stored answer, or none for the first such request; a second waits for the first to commit."""
    session.execute(
        delete(IdempotencyKey).where(
            IdempotencyKey.account_id == account_id, IdempotencyKey.created_at < now() - KEPT
        )
    )
    digest = hashlib.sha256(request).digest()
    fresh = session.execute(
        insert(IdempotencyKey)
        .values(account_id=account_id, key=key, request_hash=digest, answer=b"", created_at=now())
        .on_conflict_do_nothing()
        .returning(IdempotencyKey.key)
    ).one_or_none()
    if fresh is not None:
        return None
    stored = session.scalars(
        select(IdempotencyKey).where(IdempotencyKey.account_id == account_id, IdempotencyKey.key == key)
    ).one()
    if stored.request_hash != digest:
        raise Refusal(
            "This Idempotency-Key was used for another request; a new request needs a new key.",
            code="idempotency_key_reused",
        )
    return stored.answer


def store(session: Session, *, account_id: UUID, key: UUID, answer: bytes) -> None:
    row = session.get_one(IdempotencyKey, (account_id, key))
    row.answer = answer
