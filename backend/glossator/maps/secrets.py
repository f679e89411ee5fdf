"""Ids and places of a run's maps: random to whoever does not hold the run's secret, the same when a step is
redone.
"""

import hmac
import os
from collections.abc import Iterable
from uuid import UUID


def new_secret() -> bytes:
    """Give the secret of a new run, 32 random bytes."""
    return os.urandom(32)


def map_id(secret: bytes, *, class_position: int, image_id: UUID, x_feature: int) -> UUID:
    """Give a map's id, a UUIDv4 that tells nothing of what it stands for."""
    digest = _keyed(secret, b"map", class_position.to_bytes(4), image_id.bytes, x_feature.to_bytes(4))
    return UUID(bytes=digest[:16], version=4)


def places(secret: bytes, map_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Put the maps of one class into the run's random order: id -> 0 … (count - 1)."""
    ordered = sorted(map_ids, key=lambda each: _keyed(secret, b"place", each.bytes))
    return {each: place for place, each in enumerate(ordered)}


def drawing_order(secret: bytes, image_ids: Iterable[UUID]) -> list[UUID]:
    """Put images into a random order that stays, to show the first few as examples."""
    return sorted(image_ids, key=lambda each: _keyed(secret, b"example", each.bytes))


def _keyed(secret: bytes, *parts: bytes) -> bytes:
    return hmac.digest(secret, b"\0".join(parts), "sha256")
