"""Cleaning, coverage, purity and explanations of one naming, by hand."""

import tracemalloc

import numpy as np
import pytest
from tests.unit.agreement.made_namings import cleaned, from_labels, from_rows

from glossator.agreement.cleaning import clean
from glossator.agreement.coverages import coverages, jaccard, named_by_exactly
from glossator.agreement.explanations import explanations, label
from glossator.agreement.namings import MISSING, UNNAMED, Concept, Naming
from glossator.agreement.purities import concept_figures, crossed, purities, x_feature_figures
from glossator.agreement.results import ConceptFigures, Ratio, XFeatureFigures


def test_cleaning_counts_images_and_not_activations() -> None:
    # Six activations of two images go, three of three images stay.
    labels = ["many"] * 6 + ["few"] * 3
    namings = from_labels(labels, images=[0, 0, 0, 1, 1, 1, 2, 3, 4])
    (naming,) = cleaned(namings, 3)
    assert [concept.id for concept in naming.concepts] == ["few"]
    assert (naming.n_concepts_removed, naming.n_activations_removed) == (1, 6)
    assert naming.concept_of.tolist() == [UNNAMED] * 6 + [0, 0, 0]
    assert (naming.sizes.tolist(), naming.n_images.tolist()) == ([3], [3])


def test_a_threshold_of_one_removes_nothing_and_missing_stays_missing() -> None:
    (naming, _) = cleaned(from_labels(["x", "?", None], ["x", "x", "x"]), 1)
    assert naming.concept_of.tolist() == [0, MISSING, UNNAMED]
    assert naming.n_concepts_removed == 0
    assert naming.seen.tolist() == [True, False, True]


def test_concepts_are_ordered_by_activations_after_cleaning_and_then_by_id() -> None:
    namings = from_labels(["b", "b", "a", "a", "Z", "Z", "c", "c", "c"])
    (naming,) = cleaned(namings, 1)
    assert [concept.id for concept in naming.concepts] == ["c", "Z", "a", "b"]
    assert naming.concept_of.tolist() == [3, 3, 2, 2, 1, 1, 0, 0, 0]


def test_a_concept_without_an_activation_is_not_one() -> None:
    namings = from_labels(["x", "x"])
    naming = namings.namings[0]
    padded = type(naming)("a", (Concept("none", None), *naming.concepts), naming.concept_of + 1)
    found = clean(padded, namings.image_of, 2, 1)
    assert [concept.id for concept in found.concepts] == ["x"]
    assert found.n_concepts_removed == 0


@pytest.mark.parametrize("seed", range(10))
def test_images_of_concepts_equal_sets_collected_one_by_one(seed: int) -> None:
    rng = np.random.default_rng(seed)
    codes = rng.integers(-1, 6, 60).astype(np.int32)
    image_of = rng.integers(0, 9, 60).astype(np.int32)
    concepts = tuple(Concept(str(code), None) for code in range(6))
    found = clean(Naming("a", concepts, codes), image_of, 9, 1)
    seen = [{int(image_of[at]) for at in range(60) if codes[at] == int(each.id)} for each in found.concepts]
    assert found.n_images.tolist() == [len(images) for images in seen]


def test_cleaning_takes_memory_by_activations_and_not_by_concepts_times_images() -> None:
    count = 20_000  # each of them a concept and an image of its own
    concepts = tuple(Concept(str(code), None) for code in range(count))
    each = np.arange(count, dtype=np.int32)
    tracemalloc.start()
    found = clean(Naming("a", concepts, each), each, count, 1)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.n_images.sum() == count
    assert most < 1000 * count


def test_coverage_counts_activations_and_images_in_part_and_whole() -> None:
    image_of = np.array([0, 0, 1, 1, 2, 3], dtype=np.int32)
    found = coverages(np.array([True, False, True, True, False, True]), image_of, 4)
    assert (found.activation, found.partial, found.complete) == (Ratio(4, 6), Ratio(3, 4), Ratio(2, 4))


def test_nothing_named_is_a_real_zero_of_coverage() -> None:
    found = coverages(np.array([False, False]), np.array([0, 1], dtype=np.int32), 2)
    assert (found.activation.value, found.partial.value, found.complete.value) == (0, 0, 0)


def test_named_by_exactly_leaves_out_what_was_missing_from_a_board() -> None:
    found = named_by_exactly(cleaned(from_labels(["x", "x", None, "x"], ["x", None, None, "?"])))
    assert [(each.n_annotators, each.ratio.k, each.ratio.n) for each in found] == [
        (0, 1, 3),
        (1, 1, 3),
        (2, 1, 3),
    ]
    lone = named_by_exactly(cleaned(from_labels(["x", "?"], ["?", "x"])))
    assert {each.ratio.reason for each in lone} == {"no activation was seen by all annotators"}


def test_jaccard_of_two_who_named_nothing_is_undefined() -> None:
    nobody = np.array([False, False])
    assert jaccard(nobody, nobody) == Ratio(0, 0, "neither annotator named an activation")
    assert jaccard(nobody, ~nobody) == Ratio(0, 2)


def test_purities_by_hand_with_the_smallest_id_of_tied_majorities() -> None:
    namings = from_labels(
        ["u", "u", "u", "u", "v", "v", None], x_features=[0, 0, 1, 1, 1, 1, 2], images=[0, 1, 2, 3, 4, 5, 6]
    )
    (naming,) = cleaned(namings)
    table = crossed(naming.concept_of, namings.x_feature_of, (2, 3))
    assert table.tolist() == [[2, 2, 0], [0, 2, 0]]
    assert purities(table) == (Ratio(4, 6), Ratio(4, 6))
    assert concept_figures(naming, table, namings.x_feature_ids) == (
        ConceptFigures("u", "u", 4, 4, "0", 2, majority_tied=True),
        ConceptFigures("v", "v", 2, 2, "1", 2, majority_tied=False),
    )
    # X-feature 1 is tied between u and v; 2 has no named activation.
    assert x_feature_figures(naming, table, namings.x_feature_ids) == (
        XFeatureFigures("0", 2, "u", 2, majority_tied=False),
        XFeatureFigures("1", 4, "u", 2, majority_tied=True),
    )


def test_the_tied_majority_concept_is_the_smallest_id_and_not_the_largest_concept() -> None:
    namings = from_labels(["z", "z", "z", "a", "a"], x_features=[0, 0, 1, 0, 0])
    (naming,) = cleaned(namings)
    table = crossed(naming.concept_of, namings.x_feature_of, (2, 2))
    assert x_feature_figures(naming, table, namings.x_feature_ids)[0].majority_concept_id == "a"


def test_purity_of_nothing_is_undefined() -> None:
    assert purities(np.zeros((0, 4), dtype=np.int64)) == (Ratio(0, 0, "no activation named"),) * 2


@pytest.mark.parametrize("seed", range(20))
def test_explanations_equal_sets_collected_one_by_one(seed: int) -> None:
    rng = np.random.default_rng(seed)
    words = [*(f"w{n}" for n in range(int(rng.integers(1, 12)))), None]
    images = sorted([*range(8), *rng.integers(0, 8, 20).tolist()])
    namings = from_labels([words[n] for n in rng.integers(0, len(words), 28)], images=images)
    namings.correct[:] = rng.integers(-1, 2, 8)
    (naming,) = cleaned(namings)
    rows = explanations(namings, naming.concept_of, [label(concept) for concept in naming.concepts])

    collected: dict[tuple[str, ...], list[int]] = {}
    for image in range(8):
        inside = [naming.concept_of[n] for n in range(28) if namings.image_of[n] == image]
        names = {naming.concepts[concept].id for concept in inside if concept >= 0}
        collected.setdefault(tuple(sorted(names)), []).append(image)
    assert {row.concepts: row.images for row in rows} == {
        names: tuple(f"{image:04}" for image in found) for names, found in collected.items()
    }
    assert sum(row.share for row in rows) == pytest.approx(1)
    assert [(-row.n_images, row.concepts) for row in rows] == sorted(
        (-row.n_images, row.concepts) for row in rows
    )
    for row in rows:
        found = collected[row.concepts]
        assert row.n_right == sum(namings.correct[image] == 1 for image in found)
        assert row.n_wrong == sum(namings.correct[image] == 0 for image in found)
        unnamed = {image for n, image in enumerate(images) if naming.concept_of[n] < 0}
        assert row.n_complete == len(set(found) - unnamed)
    unlabeled = sum(row.n_images for row in rows if not row.concepts)
    assert unlabeled / 8 == 1 - (coverages(naming.named, namings.image_of, 8).partial.value or 0)


def test_two_concepts_of_one_name_are_one_word_and_a_nameless_one_is_its_id() -> None:
    concepts = [("g1", "eye"), ("g2", "eye"), ("g3", "")]
    rows = [
        {
            "annotator": "a",
            "activation": f"{n}",
            "image": "i",
            "x_feature": "x",
            "concept": name,
            "concept_id": id_,
        }
        for n, (id_, name) in enumerate(concepts)
    ]
    namings = from_rows("k", rows)
    (naming,) = cleaned(namings)
    (row,) = explanations(namings, naming.concept_of, [label(concept) for concept in naming.concepts])
    assert row.concepts == ("#g3", "eye")
