"""Waiting for a job on the command line: a line on standard error whenever its progress changes."""

import sys
import time
from collections.abc import Callable
from uuid import UUID

from glossator.database import Database
from glossator.jobs import queries
from glossator.jobs.queries import JobView
from glossator.refusal import Refusal

PAUSE_SECONDS = 1.0


def follow(database: Database, job_id: UUID, *, pause: Callable[[float], None] = time.sleep) -> None:
    """Wait until a job is finished.

    Raises:
        Refusal: the job failed or was cancelled, in its own sentence.
    """
    shown = ""
    while True:
        with database.transaction() as session:
            job = queries.job_view(session, job_id)
        line = progress_line(job)
        if line != shown:
            print(line, file=sys.stderr, flush=True)
            shown = line
        if job.state == "finished":
            return
        if job.state in ("failed", "cancelled"):
            raise Refusal(job.error or f"The job '{job.title}' was cancelled.", code=f"job_{job.state}")
        pause(PAUSE_SECONDS)


def progress_line(job: JobView) -> str:
    """One line about a job: share done, what it is at, time left."""
    parts = [f"{job.done:4.0%}", job.title]
    if job.message:
        parts.append(job.message)
    if job.seconds_left:
        parts.append(f"about {max(1, round(job.seconds_left))} s left")
    return " · ".join(parts)
