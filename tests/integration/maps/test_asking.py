"""Asking for runs, choosing their variant, cancelling and interrupting them."""

from collections import Counter

import pytest
from sqlalchemy import update
from tests.integration.maps.conftest import SECRET, Bench, Finished, Watched

from glossator.classifiers.tables import Classifier
from glossator.jobs import service as jobs
from glossator.maps import queries, service
from glossator.maps.parameters import Variant
from glossator.maps.tables import Run
from glossator.refusal import Refusal
from glossator.rounds.tables import NamingRound
from glossator_worker.pipelines.pipeline import StepContext


def test_the_same_run_asked_for_twice_is_one_run_and_other_parameters_make_another(bench: Bench) -> None:
    first = bench.ask()
    assert bench.ask(name="Another name for the same") == first
    assert bench.ask(seed=2) != first
    assert bench.ask(share=0.8) != first


def test_a_run_of_a_classifier_without_predictions_is_refused(bench: Bench) -> None:
    bench.write(lambda session: session.execute(update(Classifier).values(predicted_at=None)))
    with pytest.raises(Refusal, match=r"'Shapes by chance' has no predictions yet"):
        bench.ask()


def test_a_stop_that_is_none_fails_the_job_with_its_name_before_anything_is_computed(bench: Bench) -> None:
    run_id = bench.ask(stop="layer2.1.conv1")
    bench.compute()
    job = bench.job(run_id)
    assert job.state == "failed"
    assert "layer2.1.conv1" in str(job.error)
    assert all(rows == [] for rows in bench.everything(run_id).values())


def test_an_interrupted_run_ends_with_exactly_the_rows_of_an_undisturbed_one(
    bench: Bench, finished: Finished
) -> None:
    """Every kind of step breaks once after it was computed and once before it is written, and is done
    again.
    """
    broken: Counter[str] = Counter()

    def break_once(context: StepContext, name: str) -> None:
        broken[name] += 1
        if broken[name] == 1:
            raise ConnectionError(f"{name} was interrupted")

    run_id = bench.ask()
    bench.compute(Watched(after=break_once))
    assert bench.job(run_id).state == "finished", bench.job(run_id).error
    assert set(broken) == {"walk", "features", "train", "assess", "maps", "sheets", "compare", "figures"}
    assert bench.everything(run_id) == finished.bench.everything(finished.run_id)
    ours, theirs = bench.run(run_id), finished.bench.run(finished.run_id)
    for column in ("figures", "variant", "variant_reason", "weights", "start", "stop", "stops", "versions"):
        assert getattr(ours, column) == getattr(theirs, column), column


def test_a_cancelled_run_offers_nothing_and_the_same_can_be_asked_for_again(bench: Bench) -> None:
    def cancel(context: StepContext, name: str) -> None:
        if name == "train":
            with bench.database.transaction() as session:
                jobs.cancel(session, context.job_id)

    run_id = bench.ask()
    bench.compute(Watched(before=cancel))
    assert bench.job(run_id).state == "cancelled"
    run = bench.run(run_id)
    assert run.finished_at is None and run.variant is None
    assert all(rows == [] for rows in bench.everything(run_id).values())
    with pytest.raises(Refusal, match="is not finished"):
        bench.read(queries.maps_on_board, run_id, 0)
    assert bench.ask(secret=bytes(reversed(SECRET))) != run_id


def test_a_variant_is_chosen_on_a_finished_run_until_boards_are_made(finished: Finished) -> None:
    bench, run_id = finished.bench, finished.run_id
    with bench.database.sessions() as session:
        run = service.choose_variant(session, run_id, Variant.CONTRASTIVE, chosen_by="Ada")
        assert (run.variant, run.variant_reason) == ("contrastive", "Contrastive maps, chosen by Ada.")
        for each in queries.maps_on_board(session, run_id, 0):
            assert each.scale > 0
        session.add(NamingRound(project_id=run.project_id, run_id=run_id, name="First", class_notes={}))
        session.flush()
        service.choose_variant(session, run_id, Variant.CONTRASTIVE, chosen_by="Ada")
        with pytest.raises(Refusal, match="ask for a new run with plain maps"):
            service.choose_variant(session, run_id, Variant.PLAIN, chosen_by="Ada")
        session.rollback()


def test_a_run_that_is_not_finished_takes_no_variant(bench: Bench) -> None:
    run_id = bench.ask()
    with pytest.raises(Refusal, match="is not finished"), bench.database.transaction() as session:
        service.choose_variant(session, run_id, Variant.PLAIN, chosen_by="Ada")


def test_a_run_without_a_variant_has_no_boards_to_give(finished: Finished) -> None:
    with finished.bench.database.sessions() as session:
        session.get_one(Run, finished.run_id).variant = None
        session.flush()
        with pytest.raises(Refusal, match="choose plain or contrastive maps"):
            queries.maps_on_board(session, finished.run_id, 0)
        session.rollback()
