"""Slows down guessing: failures are counted in Redis, or in this process while Redis is away."""

import hashlib
import math
import time
from dataclasses import dataclass, field

from redis import Redis, RedisError

from glossator.refusal import Refusal

FAILURES = 10
WINDOW_SECONDS = 15 * 60


class TooManyAttempts(Refusal):
    def __init__(self, seconds: int) -> None:
        minutes = -(-seconds // 60)
        super().__init__(
            f"Too many failed attempts; try again in {minutes} minute{'' if minutes == 1 else 's'}.",
            code="too_many_attempts",
            status=429,
        )
        self.retry_after = seconds


@dataclass
class RateLimit:
    """At most 10 failures in 15 minutes for a key; keys are hashed with a salt, never stored as they are."""

    redis: Redis
    salt: bytes
    _local: dict[str, tuple[int, float]] = field(default_factory=dict)

    def check(self, *parts: str) -> None:
        count, seconds = self._read(self._key(parts))
        if count >= FAILURES:
            raise TooManyAttempts(max(seconds, 1))

    def failed(self, *parts: str) -> None:
        key = self._key(parts)
        try:
            with self.redis.pipeline() as pipe:
                pipe.incr(key)
                pipe.expire(key, WINDOW_SECONDS, nx=True)
                pipe.execute()
        except RedisError:
            count, until = self._local.get(key, (0, 0.0))
            fresh = until < time.monotonic()
            self._local[key] = (1, time.monotonic() + WINDOW_SECONDS) if fresh else (count + 1, until)

    def succeeded(self, *parts: str) -> None:
        key = self._key(parts)
        self._local.pop(key, None)
        try:
            self.redis.delete(key)
        except RedisError:
            return

    def _key(self, parts: tuple[str, ...]) -> str:
        return (
            "attempts:"
            + hashlib.blake2b("\0".join(parts).encode(), key=self.salt[:64], digest_size=16).hexdigest()
        )

    def _read(self, key: str) -> tuple[int, int]:
        try:
            with self.redis.pipeline() as pipe:
                pipe.get(key)
                pipe.ttl(key)
                count, seconds = pipe.execute()
            return int(count or 0), int(seconds)
        except RedisError:
            count, until = self._local.get(key, (0, 0.0))
            left = until - time.monotonic()
            return (count, math.ceil(left)) if left > 0 else (0, 0)
