"""The long table against a slow walk through the worked documents."""

import csv
import io
from typing import Any

import pytest
from tests.unit.agreement.files.worked import WorkedCase, worked_cases
from tests.unit.agreement.made_namings import from_labels

from glossator.agreement.files.document import document
from glossator.agreement.files.figures_csv import HEADER, figures_csv
from glossator.agreement.files.namings_csv import Source
from glossator.agreement.measure import measure
from glossator.agreement.settings import Settings

NOT_THERE = (
    "concepts",
    "x_features",
    "explanations",
    "intersection",
    "families",
    "unmatched_a",
    "unmatched_b",
)


def table(document: dict[str, Any]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(figures_csv(document), newline="")))


def places(document: dict[str, Any]) -> list[tuple[tuple[str, str, str, str], dict[str, Any]]]:
    """Level, class, annotator and annotator_b of every object that is a level of its own."""
    found = []
    for class_ in document["classes"]:
        name = class_["class"]
        found.append((("class", name, "", ""), class_))
        found += [(("annotator", name, each["annotator"], ""), each) for each in class_["annotators"]]
        found += [(("pair", name, each["a"], each["b"]), each) for each in class_["pairs"]]
        found.append((("pair_summary", name, "", ""), class_["pair_summary"]))
    overall = document["overall"]
    found += [(("overall", "", each["annotator"], ""), each) for each in overall["annotators"]]
    return [*found, (("overall", "", "", ""), {"pairs": overall["pairs"]})]


def numbers(path: str, value: object) -> dict[str, float | None]:
    """Every number and null inside, by path; a ratio or value by its own."""
    if isinstance(value, dict):
        found: dict[str, float | None] = {}
        for name, each in value.items():
            inside = path if name == "value" else f"{path}.{name}"
            if name not in NOT_THERE and not ("value" in value and name in ("k", "n", "low", "high")):
                found |= numbers(inside, each)
        return found
    if value is None or isinstance(value, int | float):
        return {path: value}
    return {}


@pytest.mark.parametrize("case", worked_cases(), ids=lambda case: case.name.split()[0])
def test_every_number_of_the_document_is_there_and_nothing_else(case: WorkedCase) -> None:
    held = {}
    for row in table(case.expected):
        key = (row["level"], row["class"], row["annotator"], row["annotator_b"], row["figure"])
        assert key not in held
        held[key] = row["value"]

    expected: dict[tuple[str, ...], str] = {}
    for place, figures in places(case.expected):
        for name, each in figures.items():
            if name in NOT_THERE or (place[0] == "class" and name in ("annotators", "pairs", "pair_summary")):
                continue
            if name == "named_by_exactly":
                expected |= {(*place, f"{name}.{q['n_annotators']}"): repr(q["value"]) for q in each}
                continue
            for path, value in numbers(name, each).items():
                text = "" if value is None else repr(int(value)) if isinstance(value, bool) else repr(value)
                expected[(*place, path)] = text
    assert held == expected


def test_a_ratio_has_its_k_and_n_and_a_summary_its_number_of_values() -> None:
    rows = table(worked_cases()[2].expected)
    found = {(row["annotator"], row["annotator_b"], row["figure"]): row for row in rows}

    coverage = found["ann0", "", "activation_coverage"]
    assert [coverage[name] for name in ("k", "n", "value")] == ["9", "17", repr(9 / 17)]
    deviation = found["", "", "d1.agreement.sd"]
    assert [deviation[name] for name in ("level", "n", "value")] == [
        "pair_summary",
        "3",
        "0.27042420694287017",
    ]
    alpha = found["", "", "named_alpha"]
    assert (alpha["low"], alpha["high"]) == ("-0.04169324345898503", "0.957777320963736")


def test_what_is_undefined_is_empty_with_its_reason_beside_it() -> None:
    for case in worked_cases():
        for row in table(case.expected):
            assert (row["value"] == "") == (row["value_note"] != ""), row
    rows = table(worked_cases()[1].expected)
    notes = {(row["class"], row["annotator_b"], row["figure"]): row["value_note"] for row in rows}

    assert notes["k", "q", "matchings.d1.agreement"] == "no activation named by both"
    assert notes["k", "", "d1.agreement.sd"] == "fewer than two defined values"
    assert notes["k", "", "d1.agreement.mean"] == ""
    assert notes["m", "", "named_alpha"] == "fewer than two annotators"
    assert notes["", "", "pairs.d1.exact"] == "no defined value"


def test_named_by_exactly_says_why_it_is_undefined() -> None:
    agreement = measure([from_labels(["x", "?"], ["?", "x"])], Settings(min_images=1, bootstrap=0))
    rows = table(document(agreement, Source(rows=2, sha256="", ignored_columns=())))

    found = [row for row in rows if row["figure"].startswith("named_by_exactly.")]
    assert [(row["k"], row["n"], row["value"]) for row in found] == [("0", "0", "")] * 3
    assert {row["value_note"] for row in found} == {"no activation was seen by all annotators"}


def test_rows_follow_the_order_of_the_document() -> None:
    figures = [(row["level"], row["figure"]) for row in table(worked_cases()[0].expected)]

    order = [
        *[("class", "n_images"), ("annotator", "activation_coverage"), ("pair", "jaccard")],
        *[("pair", "matchings.d2_star.agreement"), ("class", "any_annotator.partial_coverage")],
        *[
            ("class", "named_by_exactly.2"),
            ("pair_summary", "d1.agreement.sd"),
            ("overall", "pairs.d1.exact"),
        ],
    ]
    assert sorted(order, key=figures.index) == order
    assert HEADER[0] == "level"
    assert HEADER[-1] == "value_note"
