"""Adding planned steps to a job."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from pydantic import JsonValue
from sqlalchemy.orm import Session

from glossator.jobs.tables import Step


@dataclass(frozen=True)
class PlannedStep:
    """One chunk of 1 to 60 seconds. Chunks of a stage are independent, stages run one after the other.

    `weight` is its share of the job's progress relative to the other steps; `queue` defaults to the job's.
    """

    name: str
    stage: int
    chunk: int
    parameters: Mapping[str, JsonValue] = field(default_factory=dict)
    weight: float = 1.0
    queue: str | None = None


def add_steps(
    session: Session, job_id: UUID, queue: str, steps: Iterable[PlannedStep], *, after_stage: int
) -> None:
    """Add steps to a job; they must come in stages after `after_stage`, which is still running."""
    for step in steps:
        if step.stage <= after_stage:
            raise ValueError(
                f"step '{step.name}' is planned for stage {step.stage}, but stage {after_stage} runs already"
            )
        session.add(
            Step(
                job_id=job_id,
                stage=step.stage,
                chunk=step.chunk,
                name=step.name,
                parameters=dict(step.parameters),
                queue=step.queue or queue,
                weight=step.weight,
            )
        )
    session.flush()
