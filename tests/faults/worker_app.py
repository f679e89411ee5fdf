"""The worker with one more kind of job, whose rows say how often each step's write happened."""

import threading
from collections.abc import Mapping, Sequence

from pydantic import JsonValue
from sqlalchemy import text
from sqlalchemy.orm import Session

from glossator_worker.celery_app import app
from glossator_worker.pipelines.pipeline import PlannedStep, StepContext, Write
from glossator_worker.pipelines.registry import PIPELINES

__all__ = ["KIND", "app", "rows_of"]

KIND = "rows"
CHUNKS, ROWS, BATCHES = 12, 40, 5
BATCH_SECONDS = 0.08


def rows_of(chunk: int) -> list[int]:
    """What one chunk computes."""
    return [pow(7, chunk * ROWS + row, 1_000_003) for row in range(ROWS)]


class Rows:
    """Twelve chunks of rows, then a sum over what they stored. Its inserts are no upserts, on purpose."""

    def plan(self, context: StepContext) -> Sequence[PlannedStep]:
        chunks = [PlannedStep("chunk", 1, chunk, {"chunk": chunk}) for chunk in range(CHUNKS)]
        return [*chunks, PlannedStep("sum", 2, 0)]

    def run(self, context: StepContext, name: str, parameters: Mapping[str, JsonValue]) -> Write:
        job = str(context.job_id)
        if name == "sum":
            with context.read() as session:
                query = text("select sum(value) from fault_row where job = :job")
                total = session.scalar(query, {"job": job})
            return lambda session: insert(session, job, "sum", [int(str(total))])
        chunk = int(str(parameters["chunk"]))
        pause = threading.Event()
        for batch in range(BATCHES):
            context.progress(batch, BATCHES, "counting")
            pause.wait(BATCH_SECONDS)  # stands for computing; a signal interrupts it like that
        return lambda session: insert(session, job, f"chunk {chunk}", rows_of(chunk))


def insert(session: Session, job: str, name: str, values: Sequence[int]) -> None:
    rows = [{"job": job, "name": name, "number": n, "value": value} for n, value in enumerate(values)]
    session.execute(text("insert into fault_row values (:job, :name, :number, :value)"), rows)


PIPELINES[KIND] = Rows()
