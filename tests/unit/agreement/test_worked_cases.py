"""The worked cases: matrices solved by exhaustive search, and three namings with every figure."""

import csv
import io
from typing import Any

import numpy as np
import pytest
from tests.unit.agreement import contract
from tests.unit.agreement.made_namings import CASES, from_csv
from tests.unit.agreement.matchings.brute_force import Judge

from glossator.agreement.matchings.readings import best_matching
from glossator.agreement.measure import measure
from glossator.agreement.names import Judgements, Relation
from glossator.agreement.settings import Settings, matching_keys

MATRICES = [case for case in CASES if case["kind"] == "matching"]
NAMINGS = [case for case in CASES if case["kind"] == "namings"]
ONLY_BOUNDED = {("E11 path of five edges", "d3")}


def names_of(cases: list[dict[str, Any]]) -> list[str]:
    return [case["name"] for case in cases]


def test_there_are_fifteen_cases() -> None:
    assert len(MATRICES) == 12
    assert len(NAMINGS) == 3


@pytest.mark.parametrize("case", MATRICES, ids=names_of(MATRICES))
def test_a_matrix_has_the_matchings_of_exhaustive_search(case: dict[str, Any]) -> None:
    weights = np.array(case["weights"])
    judge = Judge(weights)
    for key, expected in case["expected"].items():
        solution = best_matching(weights, key)
        families = [[list(block.rows), list(block.columns)] for block in solution.blocks]
        assert solution.weight == expected["weight"] <= solution.upper
        assert solution.exact or (case["name"], key) in ONLY_BOUNDED
        assert (
            judge.weight_if_allowed(key, [(rows, columns) for rows, columns in families]) == solution.weight
        )
        if expected["unique"]:
            assert sorted(families) == sorted(expected["families"])


def judgements_of(case: dict[str, Any]) -> Judgements | None:
    if "judgements" not in case:
        return None
    relations: dict[str, Relation] = {"exact": "exact", "subset": "subset", "none": "none"}
    rows = csv.DictReader(io.StringIO(case["judgements"]))
    return Judgements.of((row["name_a"], row["name_b"], relations[row["relation"]]) for row in rows)


@pytest.mark.parametrize("case", NAMINGS, ids=names_of(NAMINGS))
def test_a_naming_has_every_figure_as_expected(case: dict[str, Any]) -> None:
    settings = Settings(**{**case["settings"], "d": matching_keys(case["settings"]["d"])})
    measured = measure(from_csv(case["csv"]), settings, judgements_of(case))
    expected = case["expected"]
    assert list(settings.d) == expected["settings"]["d"]
    assert measured.judged == expected["settings"]["judgements"]
    got = [contract.class_agreement(each) for each in measured.classes]
    assert contract.differences(got, expected["classes"]) == []
    assert contract.differences(contract.overall(measured.overall), expected["overall"]) == []
