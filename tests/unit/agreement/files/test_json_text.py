"""JSON out: what other readers read is what went in, and nothing that JSON does not know."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glossator.agreement.files.document import Json
from glossator.agreement.files.json_text import to_json

PLAIN = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
)
NESTED = st.recursive(
    PLAIN, lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside), max_leaves=10
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.text(), NESTED))
def test_a_second_reader_reads_what_was_written(document: dict[str, Json]) -> None:
    assert json.loads(to_json(document)) == document


def test_plain_lists_and_objects_take_one_line() -> None:
    text = to_json(
        {"ratio": {"k": 1, "n": 2, "value": 0.5}, "weights": [[1, 0], [0, 3]], "none": [], "é": {}}
    )

    assert text == (
        '{\n "ratio": {"k": 1, "n": 2, "value": 0.5},\n "weights": [\n  [1, 0],\n  [0, 3]\n ],\n'
        ' "none": [],\n "é": {}\n}\n'
    )


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_not_finite_is_never_written(value: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        to_json({"figures": [{"value": value}]})
