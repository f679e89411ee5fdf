"""The mathematics for two lists of labels."""

import subprocess
import sys

import pytest

from glossator import agreement
from glossator.agreement.plain import LabelFamily
from glossator.agreement.results import Ratio

LEFT = ["eye", "eye", "wing", "wing", None, "wing"]
RIGHT = ["head", "head", "open", "closed", "open", None]


def test_two_lists_are_matched_in_the_reading_asked_for() -> None:
    found = agreement.match(LEFT, RIGHT, d=1)
    assert (found.weight, found.upper, found.exact, found.agreement) == (3, 3, True, Ratio(3, 4))
    stars = agreement.match(LEFT, RIGHT, d=2, reading="star")
    assert stars.families == (
        LabelFamily(("wing",), ("open", "closed"), 2),
        LabelFamily(("eye",), ("head",), 2),
    )
    crossed = ([1, 1, 2, 2], ["x", "y", "x", "y"])
    assert [agreement.match(*crossed, d=2, reading=reading).weight for reading in ("star", "biclique")] == [
        2,
        4,
    ]
    assert agreement.match(*crossed, d=3).weight == 4


def test_nothing_in_common_has_no_agreement() -> None:
    found = agreement.match(["a", None], [None, "b"])
    assert (found.families, found.agreement) == ((), Ratio(0, 0, "no activation named by both"))


def test_coverage_purity_and_jaccard_of_lists() -> None:
    found = agreement.coverage(LEFT, ["i", "i", "j", "j", "j", "k"])
    assert (found.activation, found.partial, found.complete) == (Ratio(5, 6), Ratio(3, 3), Ratio(2, 3))
    assert agreement.purity(LEFT, [0, 0, 0, 1, 1, 1]) == (Ratio(4, 5), Ratio(4, 5))
    assert agreement.jaccard(LEFT, RIGHT) == Ratio(4, 6)


@pytest.mark.parametrize(
    "function", [agreement.match, agreement.coverage, agreement.purity, agreement.jaccard]
)
def test_lists_of_different_lengths_are_refused(function: object) -> None:
    assert callable(function)
    with pytest.raises(ValueError, match="1 and 2 entries"):
        function(["a"], ["a", "b"])


def test_a_d_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no matching d10"):
        agreement.match(["a"], ["a"], d=10)


def test_the_package_loads_nothing_before_it_is_used() -> None:
    code = "import sys, glossator.agreement.settings; print('numpy' in sys.modules)"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "False"
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = agreement.nothing


def test_measuring_loads_neither_scikit_learn_nor_a_solver_that_is_not_needed() -> None:
    code = (
        "import sys; from glossator import agreement; agreement.match('aab', 'xyy', d=2);"
        "print([name for name in ('sklearn', 'highspy', 'scipy') if name in sys.modules])"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "[]"
