"""Concepts, explanations, families and intersections as tables: the worked cases, back from CSV."""

import csv
import io

import pytest
from tests.unit.agreement.files.measured import measured

from glossator.agreement.files.detail_csvs import (
    concepts_csv,
    explanations_csv,
    families_csv,
    intersections_csv,
    joined,
)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_concepts_have_their_majority_and_no_formula() -> None:
    found = rows(concepts_csv(measured("E15")[0]))

    assert found[0] == {
        **{"class": "class 0", "annotator": "ann0", "concept_id": "Open Wing", "concept": "Open Wing"},
        **{"n_activations": "5", "n_images": "5"},
        **{"majority_x_feature": "x0", "majority_n": "2", "majority_tied": "1"},
    }
    assert [row["concept"] for row in found if row["annotator"] == "ann2"] == ["'=sum"]


def test_explanations_join_names_and_leave_the_unlabeled_empty() -> None:
    found = rows(explanations_csv(measured("E13")[0]))

    assert [(row["concepts"], row["n_concepts"], row["share"]) for row in found[:3]] == [
        ("eye|wing", "2", "0.6"),
        ("", "0", "0.2"),
        ("eye", "1", "0.2"),
    ]
    assert list(found[0].values())[4:] == ["3", "0.6", "3", "0", "0"]


@pytest.mark.parametrize(
    ("names", "text"), [((), ""), (("a", "b"), "a|b"), (("a|b", "c"), r"a\|b|c"), (("a\\", "b"), r"a\\|b")]
)
def test_joined_names_can_be_told_apart(names: tuple[str, ...], text: str) -> None:
    assert joined(names) == text


def test_every_concept_of_an_intersection_is_in_one_family_or_in_none() -> None:
    for case in ("E13", "E14", "E15"):
        agreement, _ = measured(case)
        found = rows(families_csv(agreement))
        for class_ in agreement.classes:
            for pair in class_.pairs:
                for key in agreement.settings.d:
                    place = [class_.name, pair.a, pair.b, key]
                    mine = [row for row in found if list(row.values())[:4] == place]
                    sides = {(row["side"], row["concept_id"].removeprefix("'")) for row in mine}
                    shared = pair.intersection
                    assert sides == {*(("a", id_) for id_ in shared.a), *(("b", id_) for id_ in shared.b)}
                    assert len(sides) == len(mine)


def test_families_are_numbered_and_weigh_what_the_matching_weighs() -> None:
    found = rows(families_csv(measured("E14")[0]))
    star = [row for row in found if row["annotator_b"] == "r" and row["matching"] == "d2_star"]

    assert [(row["family"], row["weight"], row["side"], row["concept_id"]) for row in star[:3]] == [
        ("1", "6", "a", "u"),
        ("1", "6", "b", "v"),
        ("1", "6", "b", "w"),
    ]
    unmatched = [row for row in found if row["matching"] == "d1" and not row["family"]]
    assert ("b", "w", "") in [(row["side"], row["concept_id"], row["weight"]) for row in unmatched]


def test_intersections_have_every_cell() -> None:
    found = rows(intersections_csv(measured("E13")[0]))

    assert [(row["concept_id"], row["concept_id_b"], row["weight"]) for row in found] == [
        ("eye", "head", "3"),
        ("eye", "wing", "0"),
        ("wing", "head", "0"),
        ("wing", "wing", "3"),
    ]
