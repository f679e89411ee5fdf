"""Splits are stratified, seeded, and the same for any order of the images; groups stay together."""

import csv
import io
import itertools
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossator.datasets.splits import Member, SplitRule, group_split, random_split
from glossator.refusal import Refusal

DEMO = Path(__file__).parents[3] / "demo" / "magnetic_tiles.zip"


def members(*, labels: str, groups: str | None = None) -> list[Member]:
    return [
        Member(f"k{number}", label, groups[number] if groups else None) for number, label in enumerate(labels)
    ]


def test_each_label_gives_its_share() -> None:
    given = members(labels="a" * 50 + "b" * 10 + "c" * 2 + "d")

    sides = random_split(given, test_share=0.2, seed=0)

    tests = Counter(member.label for member in given if sides[member.key] == "test")
    assert tests == {"a": 10, "b": 2, "c": 1}  # round(0.4) would leave c without a test image


@pytest.mark.parametrize("divide", [random_split, group_split])
def test_the_order_of_images_changes_nothing_and_the_seed_does(divide: object) -> None:
    given = members(labels="ab" * 50, groups="".join(chr(65 + n // 4) for n in range(100)))

    first = divide(given, test_share=0.3, seed=1)  # type: ignore[operator]  # one of two functions alike

    assert divide(given[::-1], test_share=0.3, seed=1) == first  # type: ignore[operator]  # as above
    assert divide(given, test_share=0.3, seed=2) != first  # type: ignore[operator]  # as above


def test_a_split_is_fixed_for_good() -> None:
    given = members(labels="aabbaabb", groups="xxyyzzww")

    chosen = [key for key, side in random_split(given, test_share=0.25, seed=0).items() if side == "test"]
    groups = [key for key, side in group_split(given, test_share=0.25, seed=0).items() if side == "test"]

    assert (sorted(chosen), sorted(groups)) == (["k1", "k6"], ["k4", "k5"])


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("uvwxyz")), min_size=2, max_size=40),
    st.floats(0.05, 0.95),
    st.integers(0, 5),
)
def test_no_group_is_ever_on_both_sides_and_no_side_is_empty(
    drawn: list[tuple[str, str]], share: float, seed: int
) -> None:
    given_members = [Member(f"k{n}", label, group) for n, (label, group) in enumerate(drawn)]
    if len({group for _, group in drawn}) < 2:
        with pytest.raises(Refusal, match="one group"):
            group_split(given_members, test_share=share, seed=seed)
        return

    sides = group_split(given_members, test_share=share, seed=seed)

    by_group = {
        member.group: {sides[other.key] for other in given_members if other.group == member.group}
        for member in given_members
    }
    assert all(len(found) == 1 for found in by_group.values())
    assert set(sides.values()) == {"train", "test"}


def deviation(given: list[Member], test: set[str], share: float) -> float:
    totals = Counter(member.label for member in given)
    inside = Counter(member.label for member in given if member.group in test)
    return sum((inside[label] / n - share) ** 2 for label, n in totals.items())


@pytest.mark.parametrize("seed", range(5))
def test_a_split_by_group_is_close_to_the_best_of_all(seed: int) -> None:
    """Against brute force over all subsets of nine groups of uneven size."""
    groups = "".join(
        letter * size for letter, size in zip("ABCDEFGHI", (9, 7, 6, 5, 4, 3, 2, 2, 1), strict=True)
    )
    given = members(labels="".join("pq"[(n * 7 + seed) % 5 == 0] for n in range(len(groups))), groups=groups)
    names = sorted(set(groups))
    best = min(
        deviation(given, set(subset), 0.25)
        for size in range(1, len(names))
        for subset in itertools.combinations(names, size)
    )

    sides = group_split(given, test_share=0.25, seed=seed)

    found = deviation(given, {m.group or "" for m in given if sides[m.key] == "test"}, 0.25)
    assert found <= best + 0.01


def test_the_tiles_are_divided_by_group_almost_at_their_share() -> None:
    with zipfile.ZipFile(DEMO) as archive, archive.open("index.csv") as stream:
        rows = list(csv.DictReader(io.TextIOWrapper(stream, "utf-8")))
    given = [Member(row["file"], row["label"], row["group"]) for row in rows]

    sides = group_split(given, test_share=0.2, seed=0)

    totals = Counter(member.label for member in given)
    tests = Counter(member.label for member in given if sides[member.key] == "test")
    assert all(abs(tests[label] / n - 0.2) < 0.005 for label, n in totals.items())


def test_images_without_a_group_are_groups_of_one() -> None:
    sides = group_split(members(labels="a" * 10), test_share=0.3, seed=0)

    assert Counter(sides.values()) == {"train": 7, "test": 3}


@pytest.mark.parametrize("share", [0.0, 1.0, -1, float("nan")])
def test_a_share_that_leaves_a_side_empty_is_refused(share: float) -> None:
    with pytest.raises(Refusal, match="share of test images"):
        SplitRule("random", test_share=share)
