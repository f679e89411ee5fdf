"""UUIDv7 in a given order: many ids of one moment that sort as they were made."""

import secrets
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

_COUNTER_BITS, _RANDOM_BITS = 30, 44


def ids_in_order(count: int, at: datetime) -> Iterator[UUID]:
    """RFC 9562, 6.2 method 1: a 30-bit counter behind the milliseconds, then 44 random bits."""
    if count >= 2**_COUNTER_BITS:
        raise ValueError(f"{count} ids do not fit into a counter of {_COUNTER_BITS} bits")
    milliseconds = int(at.timestamp() * 1000)
    for number in range(count):
        tail = number << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
        high, low = tail >> 62, tail & (2**62 - 1)
        yield UUID(int=milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)
