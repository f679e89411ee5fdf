"""Waiting for a job on the terminal: a line whenever its progress changes."""

import sys
import time
from collections.abc import Callable
from uuid import UUID

from glossator.database import Database
from glossator.jobs import queries
from glossator.jobs.queries import JobView
from glossator.refusal import Refusal

PAUSE_SECONDS = 1.0


def to_standard_error(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def follow(
    database: Database,
    job_id: UUID,
    *,
    say: Callable[[str], None] = to_standard_error,
    pause: Callable[[float], None] = time.sleep,
    every: float = PAUSE_SECONDS,
) -> None:
    """Wait until a job is finished; says what changed, but not more often than `every` seconds.

    Raises:
        Refusal: the job failed or was cancelled, in its own sentence.
    """
    shown = ""
    waited = every
    while True:
        with database.transaction() as session:
            job = queries.job_view(session, job_id)
        over = job.state not in ("waiting", "running")
        line = progress_line(job)
        if line != shown and (over or waited >= every):
            say(line)
            shown, waited = line, 0.0
        if job.state == "finished":
            return
        if over:
            raise Refusal(job.error or f"The job '{job.title}' was cancelled.", code=f"job_{job.state}")
        pause(PAUSE_SECONDS)
        waited += PAUSE_SECONDS


def progress_line(job: JobView) -> str:
    """One line about a job: share done, what it is at, time left."""
    parts = [f"{job.done:4.0%}", job.title]
    if job.message:
        parts.append(job.message)
    if job.seconds_left:
        parts.append(f"about {max(1, round(job.seconds_left))} s left")
    return " · ".join(parts)
