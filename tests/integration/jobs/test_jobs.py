"""A job from asking to its end, in one process with real transactions."""

import threading
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from tests.integration.jobs.conftest import KIND, Bench, Squares

from glossator.jobs import leases, service
from glossator.jobs.kinds import Priority
from glossator.jobs.queries import job_view
from glossator.jobs.tables import Job, Outbox, Step
from glossator.people.tables import Project
from glossator.refusal import Refusal
from glossator_worker import loop
from glossator_worker.explain.refusal import Refusal as ExplainRefusal
from glossator_worker.pipelines.pipeline import StepContext

ALL = ["square 0", "square 1", "square 2", "sum -1"]


def test_a_job_plans_its_steps_and_runs_them_stage_by_stage(bench: Bench) -> None:
    pipeline = Squares()
    job_id = bench.ask()
    assert bench.worker(pipeline).drain("cpu") == 5
    assert pipeline.runs == ["plan", "square 0", "square 1", "square 2", "sum -1"]
    assert bench.written() == ALL
    job = bench.job(job_id)
    assert job.state == "finished"
    assert job.started_at
    assert job.finished_at
    assert all(step.lease_token is None and step.state == "finished" for step in bench.steps(job_id))


def test_the_same_job_asked_twice_is_the_first_and_has_one_plan(bench: Bench) -> None:
    first = bench.ask(n=1, m="a")
    assert bench.ask(m="a", n=1) == first
    assert bench.ask(n=2, m="a") != first
    assert len(bench.steps(first)) == 1
    bench.worker(Squares()).drain("cpu")
    assert bench.ask(n=1, m="a") == first, "a finished job is not computed again"


def test_one_connection_may_ask_for_many_jobs(bench: Bench) -> None:
    # A statement that is run often is prepared, and its parameters match no partial index.
    with bench.database.sessions() as session:
        for number in range(20):
            service.ask(
                session,
                project_id=bench.project_id,
                kind=KIND,
                title="Squares",
                parameters={"number": number},
                asked_by=None,
            )
            session.commit()


def test_two_people_asking_for_the_same_at_once_get_one_job(bench: Bench) -> None:
    barrier = threading.Barrier(6)
    found: list[UUID] = []

    def ask() -> None:
        barrier.wait()
        found.append(bench.ask(n=1))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6
    assert len(set(found)) == 1
    assert len(bench.steps(found[0])) == 1


def test_a_new_code_version_or_project_is_another_job(project_id: UUID) -> None:
    base = service.fingerprint(project_id, KIND, {"n": 1}, "1.0")
    assert service.fingerprint(project_id, KIND, {"n": 1}, "1.0") == base
    assert service.fingerprint(project_id, KIND, {"n": 1}, "1.1") != base
    assert service.fingerprint(UUID(int=1), KIND, {"n": 1}, "1.0") != base


def test_asking_that_is_rolled_back_leaves_no_job_and_no_wakeup(bench: Bench) -> None:
    with bench.database.sessions() as session:
        service.ask(session, project_id=bench.project_id, kind=KIND, title="", parameters={}, asked_by=None)
        session.rollback()
    with bench.database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Job)) == 0
        assert session.scalar(select(func.count()).select_from(Outbox)) == 0


def test_two_workers_never_run_one_step(bench: Bench) -> None:
    pipeline = Squares(count=40)
    job_id = bench.ask()
    bench.worker(pipeline).drain("none")
    workers = [threading.Thread(target=bench.worker(pipeline).drain, args=("cpu",)) for _ in range(5)]
    # the plan first, so that all five find the open stage at once
    first = bench.worker(pipeline)
    step = first._claim("cpu")
    assert step
    first._run(step)
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join()
    while bench.job(job_id).state != "finished":
        assert bench.worker(pipeline).drain("cpu"), "an unfinished job has something to claim"
    assert len(pipeline.runs) == len(set(pipeline.runs)) == 42
    assert len(bench.written()) == 41


def test_a_lost_lease_writes_nothing_and_stops_at_the_next_batch(bench: Bench) -> None:
    """The step goes to another worker in mid-run; the first finishes computing and must not write."""
    other: list[str] = []

    def lose(context: StepContext, number: int) -> None:
        if number == 1 and not other:
            other.append("taken")
            bench.do(lambda s: s.execute(_expire(context.step.id)))
            bench.worker(Squares(), settings=bench.settings).drain("cpu")

    pipeline = Squares(interfere=lose)
    job_id = bench.ask()
    bench.worker(pipeline).drain("cpu")
    assert bench.job(job_id).state == "finished"
    assert bench.written() == ALL, "each write happened once"
    assert [step.lost_leases for step in bench.steps(job_id)] == [0, 0, 1, 0, 0]


@pytest.mark.parametrize("taken_again", [False, True])
def test_results_of_a_lost_lease_are_rolled_back(bench: Bench, taken_again: bool) -> None:
    """Whether the step waits again or another worker is at it."""
    job_id = bench.ask()
    step = _claim(bench)
    bench.do(partial(_lapse, step.id))
    bench.do(leases.reap)
    other = _claim(bench) if taken_again else None
    with pytest.raises(leases.LeaseLost), bench.database.transaction() as session:
        leases.finish(session, step, lambda s: s.add(Project(name="late")))
    with bench.database.transaction() as session:
        assert leases.renew(session, step, lease_seconds=30) is leases.Verdict.LOST
    assert bench.written() == []
    assert bench.steps(job_id)[0].lease_token == (other.token if other else None)
    for late in (leases.give_back, leases.cancelled):
        with pytest.raises(leases.LeaseLost), bench.database.transaction() as session:
            late(session, step)


def _claim(bench: Bench) -> leases.ClaimedStep:
    with bench.database.transaction() as session:
        step = leases.claim(session, worker_id=UUID(int=1), queues=["cpu"], lease_seconds=30)
    assert step
    return step


def test_three_lost_leases_fail_the_job_with_a_sentence_about_memory(bench: Bench) -> None:
    job_id = bench.ask()
    for _ in range(3):
        step = _claim(bench)
        bench.do(partial(_lapse, step.id))
        bench.do(leases.reap)
    job = bench.job(job_id)
    assert job.state == "failed"
    assert job.error
    assert "died three times" in job.error
    assert "memory" in job.error


def test_a_live_lease_is_not_reaped(bench: Bench) -> None:
    bench.ask()
    with bench.database.transaction() as session:
        assert leases.claim(session, worker_id=UUID(int=1), queues=["cpu"], lease_seconds=30)
        assert leases.reap(session) == 0
        assert leases.claim(session, worker_id=UUID(int=2), queues=["cpu"], lease_seconds=30) is None


@pytest.mark.parametrize("refusal", [Refusal, ExplainRefusal])
def test_a_refusal_fails_at_once_with_its_sentence(bench: Bench, refusal: type[Exception]) -> None:
    def refuse(context: StepContext, number: int) -> None:
        if number == 1:
            raise refusal("The layer 'relu7' can't be treated: choose another stop.")

    pipeline = Squares(interfere=refuse)
    job_id = bench.ask()
    bench.worker(pipeline).drain("cpu")
    job = bench.job(job_id)
    assert (job.state, job.error) == ("failed", "The layer 'relu7' can't be treated: choose another stop.")
    assert pipeline.runs.count("square 1") == 1
    assert "sum -1" not in pipeline.runs


def test_another_error_is_tried_twice_more_and_keeps_its_traceback(bench: Bench) -> None:
    def stumble(context: StepContext, number: int) -> None:
        if number == 1:
            raise RuntimeError("cells went missing")

    pipeline = Squares(interfere=stumble)
    job_id = bench.ask()
    bench.worker(pipeline).drain("cpu")
    job = bench.job(job_id)
    assert pipeline.runs.count("square 1") == 3
    assert job.state == "failed"
    assert job.error
    assert "cells went missing" in job.error
    assert job.error_details
    assert "in stumble" in job.error_details


def test_an_error_that_passes_does_not_fail_the_job(bench: Bench) -> None:
    seen: list[int] = []

    def stumble_once(context: StepContext, number: int) -> None:
        seen.append(number)
        if number == 1 and seen.count(1) < 3:
            raise RuntimeError("flicker")

    job_id = bench.ask()
    bench.worker(Squares(interfere=stumble_once)).drain("cpu")
    assert bench.job(job_id).state == "finished"
    with bench.database.transaction() as session:
        assert job_view(session, job_id).error_details is None


def test_retry_runs_failed_steps_only(bench: Bench) -> None:
    broken = [True]

    def refuse(context: StepContext, number: int) -> None:
        if number == 1 and broken[0]:
            raise Refusal("No.")

    pipeline = Squares(interfere=refuse)
    job_id = bench.ask()
    bench.worker(pipeline).drain("cpu")
    assert bench.job(job_id).state == "failed"
    broken[0] = False
    bench.do(lambda s: service.retry(s, job_id))
    assert bench.job(job_id).error is None
    bench.worker(pipeline).drain("cpu")
    assert bench.job(job_id).state == "finished"
    assert pipeline.runs.count("plan") == pipeline.runs.count("square 0") == 1
    assert pipeline.runs.count("square 1") == 2
    assert bench.written() == ALL


def test_only_a_failed_or_cancelled_job_can_be_retried(bench: Bench) -> None:
    job_id = bench.ask()
    with pytest.raises(Refusal, match="Only a failed or cancelled"), bench.database.transaction() as session:
        service.retry(session, job_id)


def test_a_retry_is_refused_while_the_same_job_was_asked_for_again(bench: Bench) -> None:
    first = bench.ask()
    bench.do(lambda s: service.cancel(s, first))
    second = bench.ask()
    assert second != first
    with pytest.raises(Refusal, match="asked for again"), bench.database.transaction() as session:
        service.retry(session, first)


def test_cancelling_a_waiting_job_ends_it_at_once(bench: Bench) -> None:
    pipeline = Squares()
    job_id = bench.ask()
    bench.do(lambda s: service.cancel(s, job_id))
    assert bench.job(job_id).state == "cancelled"
    assert bench.worker(pipeline).drain("cpu") == 0


def test_cancelling_a_running_job_stops_it_at_the_next_batch(bench: Bench) -> None:
    reached = threading.Event()

    def go_on(context: StepContext, number: int) -> None:
        reached.set()
        pause = threading.Event()
        for batch in range(10_000):
            context.progress(batch, 10_000, "batches")
            pause.wait(0.01)

    job_id = bench.ask()
    worker = threading.Thread(target=bench.worker(Squares(interfere=go_on)).drain, args=("cpu",))
    worker.start()
    assert reached.wait(20)
    bench.do(lambda s: service.cancel(s, job_id))
    worker.join(20)
    assert not worker.is_alive()
    job = bench.job(job_id)
    assert (job.state, job.cancel_requested) == ("cancelled", True)
    assert bench.written() == []
    assert {step.state for step in bench.steps(job_id)} == {"finished", "cancelled"}


def test_a_cancelled_job_can_be_retried(bench: Bench) -> None:
    job_id = bench.ask()
    bench.do(lambda s: service.cancel(s, job_id))
    bench.do(lambda s: service.retry(s, job_id))
    bench.worker(Squares()).drain("cpu")
    assert bench.job(job_id).state == "finished"


def test_the_next_step_is_of_what_somebody_waits_for_then_of_the_oldest_job(bench: Bench) -> None:
    order: list[UUID] = []
    pipeline = Squares(count=2, interfere=lambda context, number: order.append(context.job_id))
    background = bench.ask(Priority.BACKGROUND, n=1)
    older, newer = bench.ask(n=2), bench.ask(n=3)
    awaited = bench.ask(Priority.AWAITED, n=4)

    bench.worker(pipeline).drain("cpu")

    assert order == [job for job in (awaited, older, newer, background) for _ in ("square", "square", "sum")]


def test_a_step_that_gives_way_goes_on_after_what_somebody_waits_for(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "GIVE_WAY_SECONDS", 0)
    states: list[str] = []

    def give_way(context: StepContext, number: int) -> None:
        if context.job_id == background and number == 1:
            awaited, usual = bench.ask(Priority.AWAITED, n=2), bench.ask(n=3)
            context.give_way()
            states.extend(bench.job(job_id).state for job_id in (awaited, usual, background))

    background = bench.ask(Priority.BACKGROUND, n=1)
    bench.worker(Squares(interfere=give_way)).drain("cpu")

    assert states == ["finished", "waiting", "running"]
    assert bench.job(background).state == "finished"
    assert bench.written() == sorted(3 * ALL), "each of the three jobs wrote all of its results once"


def test_a_worker_that_stops_gives_its_step_back_uncounted(bench: Bench) -> None:
    stop = [False]

    def ask_to_stop(context: StepContext, number: int) -> None:
        stop[0] = True

    job_id = bench.ask()
    bench.worker(Squares(interfere=ask_to_stop), stopping=lambda: stop[0]).drain("cpu")
    assert bench.written() == []
    assert [step.state for step in bench.steps(job_id)] == [
        "finished",
        "waiting",
        "waiting",
        "waiting",
        "waiting",
    ]
    assert all(step.errors == step.lost_leases == 0 for step in bench.steps(job_id))
    bench.worker(Squares()).drain("cpu")
    assert bench.written() == ALL


def test_a_kind_without_pipeline_fails_with_a_sentence(bench: Bench) -> None:
    worker = bench.worker(Squares())
    worker.pipelines = {}
    job_id = bench.ask()
    worker.drain("cpu")
    assert "knows no jobs of the kind 'squares'" in str(bench.job(job_id).error)


def test_steps_may_be_added_while_writing(bench: Bench) -> None:
    class Growing(Squares):
        def run(self, context, name, parameters):  # type: ignore[no-untyped-def]  # as in Squares
            write = super().run(context, name, parameters)
            if name != "sum":
                return write

            def write_and_grow(session):  # type: ignore[no-untyped-def]  # a Write
                write(session)
                from glossator_worker.pipelines.pipeline import PlannedStep

                context.add_steps(session, [PlannedStep("more", 3, 0, {"number": 9})])

            return write_and_grow

    job_id = bench.ask()
    bench.worker(Growing()).drain("cpu")
    assert bench.job(job_id).state == "finished"
    assert bench.written() == sorted([*ALL, "more 9"])


def _lapse(step_id: UUID, session: Session) -> None:
    session.execute(_expire(step_id))


def _expire(step_id: UUID):  # type: ignore[no-untyped-def]  # an Update
    past = func.clock_timestamp() - func.make_interval(0, 0, 0, 0, 0, 0, 1)
    return update(Step).where(Step.id == step_id).values(lease_until=past)
