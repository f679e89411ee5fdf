"""Addresses of Redis in Celery's spelling, and what a job leads to."""

from uuid import UUID

import pytest

from glossator.jobs.broker import broker_url
from glossator.jobs.kinds import IMPORT_DATA_SET, PREDICT, RUN_MAPS, Result, result_of


@pytest.mark.parametrize(
    ("redis", "celery"),
    [
        ("redis://:word@host:6379/3", "redis://:word@host:6379/3"),
        ("rediss://host/0", "rediss://host/0"),
        ("unix:///run/redis.sock?db=2", "redis+socket:///run/redis.sock?virtual_host=2"),
        ("unix:///run/redis.sock", "redis+socket:///run/redis.sock?virtual_host=0"),
        ("unix://:word@/run/redis.sock?db=0", "redis+socket://:word@/run/redis.sock?virtual_host=0"),
    ],
)
def test_a_socket_has_another_spelling_in_celery(redis: str, celery: str) -> None:
    assert broker_url(redis) == celery


def test_a_job_leads_to_what_it_makes() -> None:
    number = UUID(int=7)
    assert result_of(IMPORT_DATA_SET, {"data_set_id": str(number)}) == Result("data_set", number)
    assert result_of(PREDICT, {"classifier_id": str(number)}) == Result("classifier", number)
    assert result_of(RUN_MAPS, {"run_id": str(number)}) == Result("run", number)
    assert result_of("something else", {"run_id": str(number)}) is None
