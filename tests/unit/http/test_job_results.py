"""What a finished job leads to."""

from uuid import uuid4

import pytest

from glossator.http.jobs import ResultOut
from glossator.jobs.kinds import IMPORT_DATA_SET, MEASURE_AGREEMENT, PREDICT, RUN_MAPS, result_of


@pytest.mark.parametrize(
    ("kind", "parameter"),
    [
        (IMPORT_DATA_SET, "data_set_id"),
        (PREDICT, "classifier_id"),
        (RUN_MAPS, "run_id"),
        (MEASURE_AGREEMENT, "naming_round_id"),
    ],
)
def test_every_kind_of_job_can_be_shown_with_what_it_made(kind: str, parameter: str) -> None:
    made = uuid4()

    result = result_of(kind, {parameter: str(made)})

    assert ResultOut.model_validate(result).id == made
