"""The JSON document: what is undefined says why, and nothing else has a reason."""

from collections.abc import Iterator

import pytest
from tests.unit.agreement.files.measured import measured

from glossator.agreement.files.document import Json, JsonObject, document


def objects(value: Json) -> Iterator[JsonObject]:
    if isinstance(value, dict):
        yield value
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from objects(each)


@pytest.mark.parametrize("case", ["E13", "E14", "E15"])
def test_every_null_has_its_reason_beside_it_and_no_other_figure_has_one(case: str) -> None:
    found = document(*measured(case))

    overall = found["overall"]
    assert isinstance(overall, dict)
    for each in [*objects(found["classes"]), *objects(overall["annotators"])]:
        has_null = any(value is None for name, value in each.items() if name != "concept")
        assert has_null == ("reason" in each or "interval_reason" in each), each
