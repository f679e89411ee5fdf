"""Guessing is slowed down, whether Redis answers or not."""

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from glossator.people.rate_limit import FAILURES, RateLimit, TooManyAttempts


@pytest.fixture
def away() -> RateLimit:
    """Redis is away: nothing listens on port 1."""
    at_once = Retry(NoBackoff(), 0)
    return RateLimit(Redis(host="127.0.0.1", port=1, socket_connect_timeout=0.2, retry=at_once), b"salt")


def test_the_eleventh_attempt_has_to_wait(away: RateLimit) -> None:
    for _ in range(FAILURES):
        away.check("a@example.org", "10.0.0.1")
        away.failed("a@example.org", "10.0.0.1")

    with pytest.raises(TooManyAttempts, match="try again in 15 minutes"):
        away.check("a@example.org", "10.0.0.1")


def test_others_do_not_wait(away: RateLimit) -> None:
    for _ in range(FAILURES):
        away.failed("a@example.org", "10.0.0.1")

    away.check("b@example.org", "10.0.0.1")
    away.check("a@example.org", "10.0.0.2")


def test_a_success_forgets_the_failures(away: RateLimit) -> None:
    for _ in range(FAILURES):
        away.failed("a@example.org", "10.0.0.1")
    away.succeeded("a@example.org", "10.0.0.1")

    away.check("a@example.org", "10.0.0.1")


def test_addresses_are_not_kept_as_they_are(away: RateLimit) -> None:
    away.failed("a@example.org", "10.0.0.1")

    assert "example" not in repr(away._local)
    assert "10.0.0.1" not in repr(away._local)
