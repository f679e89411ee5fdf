"""Progress and time left against hand-computed numbers."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossator.jobs.progress import LAST, StepProgress, seconds_left, share_done

START = datetime(2026, 1, 1, tzinfo=UTC)
PLAN = StepProgress(0, "finished", 1.0)


def finished(begin: float, end: float, weight: float = 1.0, stage: int = 1) -> StepProgress:
    return StepProgress(
        stage,
        "finished",
        weight,
        started_at=START + timedelta(seconds=begin),
        finished_at=START + timedelta(seconds=end),
    )


def test_the_share_is_weighted_and_counts_running_steps_in_part() -> None:
    steps = [
        PLAN,
        finished(0, 1, weight=3),
        StepProgress(1, "running", 4.0, done=1, total=4),
        StepProgress(2, "waiting", 3.0),
    ]
    assert share_done(steps) == pytest.approx((3 + 1 + 0) / 10)


def test_a_job_that_only_plans_has_done_nothing() -> None:
    assert share_done([StepProgress(0, "running", 1.0, done=1, total=2)]) == 0
    assert share_done([]) == 0


def test_a_job_whose_plan_was_empty_is_done() -> None:
    assert share_done([PLAN]) == 1


def test_a_running_step_without_a_total_counts_nothing_and_none_counts_over_one() -> None:
    assert share_done([StepProgress(1, "running", 1.0)]) == 0
    assert share_done([StepProgress(1, "running", 1.0, done=7, total=5)]) == 1


def test_the_time_left_follows_from_the_pace_of_wall_time() -> None:
    """Two workers: four steps of weight 1 in 20 s of wall time, six left and half of one running."""
    steps = [
        PLAN,
        finished(0, 10),
        finished(0, 10),
        finished(10, 20),
        finished(10, 20),
        StepProgress(1, "running", 1.0, done=1, total=2),
        *[StepProgress(2, "waiting", 1.0) for _ in range(6)],
    ]
    assert seconds_left(steps) == pytest.approx(6.5 * 20 / 4)


def test_only_the_last_finished_steps_set_the_pace() -> None:
    slow = [finished(100 * n, 100 * n + 100) for n in range(5)]
    quick = [finished(500 + n, 501 + n) for n in range(LAST)]
    assert seconds_left([*slow, *quick, StepProgress(1, "waiting", 1.0)]) == pytest.approx(1.0)


def test_there_is_no_time_left_before_the_first_step_is_finished() -> None:
    assert seconds_left([PLAN, StepProgress(1, "running", 1.0, 1, 2)]) is None


def test_planning_sets_no_pace() -> None:
    plan = finished(0, 5, stage=0)
    assert seconds_left([plan, StepProgress(1, "waiting", 1.0)]) is None


states = st.sampled_from(["waiting", "running", "finished", "failed", "cancelled"])
many = st.lists(
    st.builds(
        StepProgress,
        stage=st.integers(0, 3),
        state=states,
        weight=st.floats(0.01, 100),
        done=st.integers(0, 20),
        total=st.integers(0, 10),
    )
)


@given(many)
def test_the_share_is_between_0_and_1_and_1_when_all_are_finished(steps: list[StepProgress]) -> None:
    share = share_done(steps)
    assert 0 <= share <= 1 + 1e-12
    if steps and all(step.state == "finished" for step in steps):
        assert share == pytest.approx(1)
