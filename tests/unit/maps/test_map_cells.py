"""Maps as bytes: nothing is lost beyond half a step of 255."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from glossator.maps.cells import grey, restored, stored

VALUES = arrays(np.float64, (3, 4), elements=st.floats(0, 1, allow_subnormal=False))


def test_the_largest_value_is_255_and_the_others_are_rounded() -> None:
    found = stored(np.array([[0.0, 0.1], [0.25, 0.5]]))
    assert found.scale == 0.5
    assert list(found.cells) == [0, 51, 128, 255], "0.25 is 127.5, which rounds to the even 128"


def test_an_empty_map_has_scale_0() -> None:
    found = stored(np.zeros((2, 3)))
    assert (found.cells, found.scale) == (bytes(6), 0.0)


@given(VALUES)
def test_a_restored_map_is_within_half_a_step_of_the_map(values: np.ndarray) -> None:
    found = stored(values)
    again = restored(found.cells, found.scale, height=3, width=4)
    assert np.abs(again - values).max() <= found.scale / 510 * (1 + 1e-9)


@given(VALUES)
def test_storing_what_was_restored_changes_no_byte(values: np.ndarray) -> None:
    found = stored(values)
    again = stored(restored(found.cells, found.scale, height=3, width=4))
    assert again.cells == found.cells


def test_rows_stay_rows() -> None:
    assert grey(bytes([1, 2, 3, 4, 5, 6]), height=2, width=3).tolist() == [[1, 2, 3], [4, 5, 6]]


@pytest.mark.parametrize("value", [np.nan, np.inf, -0.1])
def test_values_that_no_walk_gives_are_an_error(value: float) -> None:
    with pytest.raises(AssertionError, match="finite"):
        stored(np.array([[0.5, value]]))
