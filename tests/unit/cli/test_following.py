"""A job on the terminal: a line when something changed, and how it ended."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast
from uuid import uuid4

import pytest

from glossator.cli import following
from glossator.jobs.queries import JobView, StepCounts
from glossator.refusal import Refusal

AT = datetime(2026, 1, 1, tzinfo=UTC)
JOB = JobView(
    id=uuid4(),
    project_id=uuid4(),
    kind="run_maps",
    title="Maps of tiles",
    state="running",
    done=0.0,
    total=1,
    message="",
    seconds_left=None,
    error=None,
    error_details=None,
    created_at=AT,
    started_at=AT,
    finished_at=None,
    cancel_requested=False,
    steps=StepCounts(waiting=1, running=1, finished=0, failed=0),
    result=None,
)


class NoDatabase:
    @contextmanager
    def transaction(self) -> Iterator[None]:
        yield


def followed(monkeypatch: pytest.MonkeyPatch, *states: JobView, every: float = 1.0) -> list[str]:
    """The lines said while a job goes through these states, one a second."""
    views = iter(states)
    monkeypatch.setattr(following.queries, "job_view", lambda session, job_id: next(views))
    said: list[str] = []
    following.follow(
        cast(Any, NoDatabase()), JOB.id, say=said.append, pause=lambda seconds: None, every=every
    )
    return said


def test_a_line_says_the_share_what_it_is_at_and_the_time_left() -> None:
    at_work = replace(JOB, done=0.254, message="maps of 2 classes", seconds_left=42.4)
    assert following.progress_line(at_work) == " 25% · Maps of tiles · maps of 2 classes · about 42 s left"
    assert following.progress_line(JOB) == "  0% · Maps of tiles"


def test_what_did_not_change_is_not_said_again(monkeypatch: pytest.MonkeyPatch) -> None:
    half, whole = replace(JOB, done=0.5), replace(JOB, done=1.0, state="finished")
    assert followed(monkeypatch, JOB, JOB, half, half, whole) == [
        "  0% · Maps of tiles",
        " 50% · Maps of tiles",
        "100% · Maps of tiles",
    ]


def test_lines_come_no_more_often_than_asked_but_the_end_always(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = [replace(JOB, done=number / 10) for number in range(7)]
    whole = replace(JOB, done=1.0, state="finished")
    assert followed(monkeypatch, *steps, whole, every=3.0) == [
        "  0% · Maps of tiles",
        " 30% · Maps of tiles",
        " 60% · Maps of tiles",
        "100% · Maps of tiles",
    ]


@pytest.mark.parametrize(
    ("state", "error", "sentence"),
    [
        ("failed", "The weights do not fit.", "The weights do not fit."),
        ("cancelled", None, "The job 'Maps of tiles' was cancelled."),
    ],
)
def test_a_job_that_ends_badly_is_refused_in_its_own_sentence(
    monkeypatch: pytest.MonkeyPatch, state: str, error: str | None, sentence: str
) -> None:
    with pytest.raises(Refusal) as refused:
        followed(monkeypatch, replace(JOB, state=state, error=error))
    assert str(refused.value) == sentence
