"""Kinds of jobs. The worker has one pipeline for each; the service knows only these strings."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID

IMPORT_DATA_SET = "import_data_set"
PREDICT = "predict"
RUN_MAPS = "run_maps"
MEASURE_AGREEMENT = "measure_agreement"


class Priority(IntEnum):
    """Which of the waiting jobs goes first; of equal ones the oldest does."""

    BACKGROUND = -1
    """Nobody misses it soon, and it may take long."""
    USUAL = 0
    AWAITED = 1
    """Somebody looks at a page that waits for it, and it is short."""


# What a job makes, and the parameter that holds its id.
_RESULTS = {
    IMPORT_DATA_SET: ("data_set", "data_set_id"),
    PREDICT: ("classifier", "classifier_id"),
    RUN_MAPS: ("run", "run_id"),
    MEASURE_AGREEMENT: ("agreement", "naming_round_id"),
}


@dataclass(frozen=True)
class Result:
    """Where a finished job leads."""

    kind: str
    id: UUID


def result_of(kind: str, parameters: Mapping[str, object]) -> Result | None:
    """What a job of this kind makes; none for a kind that makes no page."""
    name, key = _RESULTS.get(kind, ("", ""))
    value = parameters.get(key)
    return Result(name, UUID(str(value))) if value is not None else None
