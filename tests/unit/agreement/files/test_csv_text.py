"""CSV out: every text survives the way out and back in, and none becomes a formula."""

import csv
import io
import re
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from glossator.agreement.files.cells import cleaned
from glossator.agreement.files.csv_text import to_csv, written

TEXT = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("'=+-@\t\r\n,\""))


def back(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXT.map(lambda text: normalize("NFC", text.strip())))
@example("'=x")
@example("''=x")
@example("'x")
@example('a "b", c\r\nd')
def test_every_text_comes_back_and_none_is_a_formula(text: str) -> None:
    [[cell, _], _] = back(to_csv([text, "end"], [["", ""]]))

    assert cleaned(cell) == text
    assert not re.match(r"[=+\-@\t\r]", cell)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (-3, "-3"),
        (-0.25, "-0.25"),
        (1.0, "1.0"),
        (0.1 + 0.2, "0.30000000000000004"),
        (True, "1"),
        ("-3", "'-3"),
        ("a,b", '"a,b"'),
        ("two words", "two words"),
    ],
)
def test_numbers_are_shortest_and_quotes_only_where_needed(cell: str | float | None, text: str) -> None:
    assert written(cell) == text


def test_lines_end_with_a_line_feed_and_the_header_is_always_there() -> None:
    assert to_csv(["a", "b"], []) == "a,b\n"
    assert to_csv(["a", "b"], [[1, None], ["x\ry", 2.5]]) == 'a,b\n1,\n"x\ry",2.5\n'


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_what_is_not_finite_is_never_written(value: float) -> None:
    with pytest.raises(ValueError, match="no figure"):
        to_csv(["a"], [[value]])
