"""Whole studies: the same whatever the order, the number of processes, or the class beside it."""

import dataclasses

import numpy as np
import pytest
from tests.unit.agreement.made_namings import CASES, from_csv, from_labels

from glossator.agreement.matchings import branch_and_price
from glossator.agreement.measure import measure, measure_class
from glossator.agreement.names import Judgements
from glossator.agreement.namings import ClassNamings
from glossator.agreement.overall import overall
from glossator.agreement.results import Mean
from glossator.agreement.settings import Settings

SETTINGS = Settings(
    min_images=2, d=("d1", "d2_star", "d2_biclique", "d3"), permutations=7, bootstrap=30, seed=3
)


def study(count: int = 3) -> list[ClassNamings]:
    """Classes of three annotators, one of whom lacks the last."""
    classes = []
    for index in range(count):
        rng = np.random.default_rng(index)
        truth = rng.integers(0, 4, 40)
        lists = [
            [
                (*"stuv", None)[int(word)]
                for word in np.where(rng.random(40) < 0.3, rng.integers(0, 5, 40), truth)
            ]
            for _ in range(3 if index + 1 < count else 2)
        ]
        images = sorted(range(40), key=lambda n: n % 13)
        made = from_labels(*lists, images=[n % 13 for n in sorted(images)], x_features=(truth % 3).tolist())
        classes.append(dataclasses.replace(made, name=f"class {index}"))
    return classes


def test_processes_and_the_order_of_classes_change_nothing() -> None:
    classes = study()
    alone = measure(classes, SETTINGS, Judgements.of([("s", "t", "subset")]))
    assert measure(classes[::-1], SETTINGS, Judgements.of([("t", "s", "subset")]), processes=2) == alone
    assert [each.name for each in alone.classes] == ["class 0", "class 1", "class 2"]


def test_the_order_of_annotators_and_concepts_changes_nothing() -> None:
    for made in study():
        turned = dataclasses.replace(
            made,
            namings=tuple(
                dataclasses.replace(
                    naming,
                    concepts=naming.concepts[::-1],
                    concept_of=np.where(
                        naming.concept_of >= 0,
                        len(naming.concepts) - 1 - naming.concept_of,
                        naming.concept_of,
                    ).astype(np.int32),
                )
                for naming in made.namings[::-1]
            ),
        )
        assert measure_class(turned, SETTINGS) == measure_class(made, SETTINGS)


def test_a_class_is_the_same_alone_and_among_others() -> None:
    classes = study()
    among = measure(classes, SETTINGS).classes
    assert [measure_class(each, SETTINGS) for each in classes] == list(among)
    assert overall(among) == measure(classes, SETTINGS).overall


def test_progress_hears_of_every_class() -> None:
    heard: list[tuple[int, int]] = []
    measure(study(2), Settings(bootstrap=0), progress=lambda done, total: heard.append((done, total)))
    assert heard == [(1, 2), (2, 2)]


def test_no_class_at_all_is_measured_as_nothing() -> None:
    measured = measure([], Settings())
    assert measured.classes == ()
    assert measured.overall.annotators == ()
    assert measured.overall.pairs.jaccard == Mean(None, 0, 0)


def test_a_bound_is_counted_in_the_summary_and_over_all_classes(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(0)
    words = [f"w{n}" for n in range(10)]
    made = from_labels(*([words[n] for n in rng.integers(0, 10, 150)] for _ in range(2)))
    monkeypatch.setattr(branch_and_price, "MOST_EFFORT", 0)
    measured = measure([made], Settings(min_images=1, d=("d1", "d2_biclique"), bootstrap=0))
    (pair,) = measured.classes[0].pairs
    assert not pair.matchings[1].exact
    assert [each.n_bounds for each in measured.classes[0].pair_summary.matchings] == [0, 1]
    assert [each.n_bounds for each in measured.overall.pairs.matchings] == [0, 1]


def test_an_annotator_who_lacks_activations_counts_them_as_unnamed_but_not_in_alpha() -> None:
    namings = from_labels(["u", "u", "u", None], ["u", "u", "?", "?"])
    measured = measure_class(namings, Settings(min_images=1, bootstrap=0))
    b = measured.annotators[1]
    assert (b.coverage.activation.k, b.coverage.activation.n) == (2, 4)
    assert measured.pairs[0].jaccard.value == pytest.approx(2 / 3)
    assert measured.named_alpha.reason == "one value only"
    assert [each.ratio.n for each in measured.named_by_exactly] == [2, 2, 2]


def test_rows_of_a_file_in_any_order_give_the_same_figures() -> None:
    case = next(case for case in CASES if case["name"].startswith("E15"))
    header, *rows = case["csv"].strip().splitlines()
    one = measure(from_csv(case["csv"]), SETTINGS)
    other = measure(from_csv("\n".join([header, *sorted(rows)])), SETTINGS)
    assert one == other
