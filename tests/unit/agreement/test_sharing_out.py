"""Work shared out among processes: in order, and never waiting for what can't come."""

import operator
import os
from multiprocessing import active_children

import pytest

from glossator.agreement.processes import shared_out


def test_results_come_in_the_order_of_the_items() -> None:
    assert list(shared_out(operator.neg, range(20), 2)) == [-each for each in range(20)]
    assert active_children() == []


def test_an_error_of_the_work_is_raised_here() -> None:
    with pytest.raises(ValueError, match="'x'"):
        list(shared_out(int, ["1", "x", "2"], 2))
    assert active_children() == []


def test_a_process_that_is_ended_from_outside_is_an_error_and_no_endless_wait() -> None:
    with pytest.raises(RuntimeError, match="use fewer"):
        list(shared_out(os._exit, [9], 1))
    assert active_children() == []


def test_results_that_nobody_takes_end_the_processes_too() -> None:
    results = shared_out(operator.neg, [1, 2, 3], 2)

    assert next(results) == -1
    results.close()

    assert active_children() == []
