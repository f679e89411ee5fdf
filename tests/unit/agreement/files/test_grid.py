"""Plain text tables: aligned for the eye, harmless for the terminal."""

import pytest

from glossator.agreement.files.grid import decimals, grid


def test_names_begin_at_the_left_and_numbers_end_at_the_right() -> None:
    assert grid("Title", ("class", "n", "p"), [("k", "8", "0.75"), ("a longer one", "10", "–")]) == (
        "Title\n  class          n     p\n  k              8  0.75\n  a longer one  10     –\n"
    )


def test_wide_and_combining_characters_keep_the_columns() -> None:
    lines = grid("", ("name", "n"), [("翼翼", "1"), ("n\u0303a", "2")]).splitlines()

    assert lines[2:] == ["  翼翼  1", "  n\u0303a    2"]


def test_what_would_move_the_cursor_is_spelled_out() -> None:
    text = grid("", ("name",), [("two\nlines\x1b[31m",)])

    assert text.splitlines()[2:] == [r"  two\nlines\x1b[31m"]


@pytest.mark.parametrize(
    ("value", "is_bound", "text"),
    [
        (None, False, "–"),
        (0.0, False, "0.00"),
        (2 / 3, True, "≥0.67"),
        (-0.25, False, "−0.25"),
        (-0.001, False, "0.00"),
        (1.0, False, "1.00"),
    ],
)
def test_two_decimals_a_bound_as_such_and_a_dash_for_nothing(
    value: float | None, is_bound: bool, text: str
) -> None:
    assert decimals(value, is_bound=is_bound) == text
