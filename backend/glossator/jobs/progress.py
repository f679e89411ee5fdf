"""How far a job is and how long it will take: pure arithmetic over its steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

LAST = 12  # finished steps from which the pace is taken


@dataclass(frozen=True)
class StepProgress:
    """What the arithmetic needs of a step; `done` of `total` counts only while it runs."""

    stage: int
    state: str
    weight: float
    done: int = 0
    total: int = 0
    started_at: datetime | None = None
    finished_at: datetime | None = None

    def share(self) -> float:
        """Finished part of this step, 0 to 1."""
        if self.state == "finished":
            return 1.0
        if self.state == "running" and self.total > 0:
            return min(1.0, self.done / self.total)
        return 0.0


def share_done(steps: Sequence[StepProgress]) -> float:
    """Finished weight over all weight, 0 to 1; 0 while a job consists of its planning alone."""
    planned = [step for step in steps if step.stage > 0]
    total = sum(step.weight for step in planned)
    if total <= 0:
        return float(bool(steps) and all(step.state == "finished" for step in steps))
    return sum(step.weight * step.share() for step in planned) / total


def seconds_left(steps: Sequence[StepProgress]) -> float | None:
    """Remaining weight over the pace of the last finished steps; none before the first one.

    The pace is weight per second of wall time from the first start to the last end among them, so it counts
    the workers that share the job, and the pauses between.
    """
    finished = sorted(
        (step for step in steps if step.stage > 0 and step.state == "finished" and step.finished_at),
        key=lambda step: (step.finished_at, step.stage),
    )[-LAST:]
    starts = [step.started_at for step in finished if step.started_at]
    ends = [step.finished_at for step in finished if step.finished_at]
    if not starts or not ends:
        return None
    wall = (max(ends) - min(starts)).total_seconds()
    weight = sum(step.weight for step in finished)
    if wall <= 0 or weight <= 0:
        return None
    left = sum(step.weight * (1 - step.share()) for step in steps if step.stage > 0)
    return left * wall / weight
