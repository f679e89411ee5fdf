"""Names, judgements, summaries and settings."""

import math

import numpy as np
import pytest

from glossator.agreement.names import Judgements, linguistic, normalised, unordered
from glossator.agreement.results import Average, Linguistic, Mean, Ratio, Summary
from glossator.agreement.settings import Settings, diameter_of, matching_keys
from glossator.agreement.summary import average, mean, summary


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Open  Wing", " open wing"),
        ("STRASSE", "straße"),
        ("Flu\u0308gel", "flügel"),
        ("a\u00a0b\tc", "A B C"),
    ],
)
def test_names_are_equal_in_any_case_composition_and_spacing(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)
    assert Judgements().between(one, other) == "exact"


def test_a_judgement_holds_both_ways_and_for_every_spelling() -> None:
    judgements = Judgements.of([("Wing", "open wing", "subset"), ("eye", "tail", "none")])
    assert judgements.between("OPEN WING", "wing") == "subset"
    assert judgements.between("tail", "Eye ") == "none"
    assert judgements.between("tail", "wing") is None
    assert judgements.between(None, "wing") is None
    assert judgements.between(None, None) is None
    assert unordered("b", "A") == ("a", "b")


def test_compatibility_is_over_judged_weight_and_never_guesses() -> None:
    weights = np.array([[5, 3, 0], [2, 0, 7]])
    judgements = Judgements.of([("wing", "open wing", "subset"), ("eye", "tail", "none")])
    edges = [(0, 0), (0, 1), (1, 2)]
    found = linguistic(edges, weights, ["wing", "eye"], ["Wing", "open wing", "tail"], judgements)
    assert found == Linguistic(Ratio(5, 15), Ratio(8, 15), 0)
    found = linguistic(edges, weights, ["wing", None], ["Wing", "beak", "tail"], judgements)
    assert found == Linguistic(Ratio(5, 5), Ratio(5, 5), 10)
    undefined = Ratio(0, 0, "no matched weight is judged")
    assert linguistic([], weights, [], [], judgements) == Linguistic(undefined, undefined, 0)


def test_summaries_leave_out_and_count_what_is_undefined() -> None:
    assert summary([0.25, None, 0.5, 0.75]) == Summary(3, 1, 0.25, 0.5, 0.75, 0.25)
    assert summary([0.5, None]) == Summary(1, 1, 0.5, 0.5, 0.5, None, "fewer than two defined values")
    assert summary([None]) == Summary(0, 1, None, None, None, None, "no defined value")
    assert mean([None, 0.25, 0.75]) == Mean(0.5, 2, 1)
    assert mean([]) == Mean(None, 0, 0)


def test_an_average_is_the_mean_of_ratios_and_the_ratio_of_sums() -> None:
    ratios = [Ratio(1, 2), Ratio(9, 10), Ratio(0, 0, "none")]
    assert average(ratios, "none") == Average(Mean(0.7, 2, 1), Ratio(10, 12))
    assert average(ratios[2:], "none").pooled == Ratio(0, 0, "none")
    assert math.isclose(Ratio(10, 12).value or 0, 5 / 6)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("1,2", ("d1", "d2_star", "d2_biclique")),
        ("9, 2biclique,1,2", ("d9", "d2_biclique", "d1", "d2_star")),
        ("3,3", ("d3",)),
    ],
)
def test_keys_come_in_the_order_given_without_repeats(text: str, keys: tuple[str, ...]) -> None:
    assert matching_keys(text) == keys


@pytest.mark.parametrize("text", ["", "0", "10", "1,", "2 star", "d1", "1-3"])
def test_what_is_no_d_is_refused_by_name(text: str) -> None:
    with pytest.raises(ValueError, match="is no D"):
        matching_keys(text)


@pytest.mark.parametrize("key", ["d0", "d2", "d10", "d1_star", "d3_biclique", "2", "d2_stars", ""])
def test_a_key_that_does_not_exist_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="There is no matching"):
        diameter_of(key)
    with pytest.raises(ValueError, match="There is no matching"):
        Settings(d=(key,))


def test_every_key_has_its_diameter() -> None:
    keys = ("d1", "d2_star", "d2_biclique", *(f"d{d}" for d in range(3, 10)))
    assert [diameter_of(key) for key in keys] == [1, 2, 2, 3, 4, 5, 6, 7, 8, 9]


@pytest.mark.parametrize(
    "wrong", [{"min_images": 0}, {"permutations": -1}, {"bootstrap": -1}, {"seed": -1}, {"seed": 2**32}]
)
def test_a_setting_out_of_range_is_named(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Settings(**wrong)  # type: ignore[arg-type]  # all of them are whole numbers
