"""What makes stored figures old."""

from itertools import combinations

from glossator.agreement.names import Judgements, Relation
from glossator.namings.freshness import JudgementSigns

SAID: list[tuple[str, str, Relation]] = [
    ("beak", "bill", "exact"),
    ("beak", "head", "subset"),
    ("head", "wing", "none"),
]


def sign(names: set[str], said: list[tuple[str, str, Relation]]) -> str:
    return JudgementSigns(Judgements.of(said)).sign(names)


def test_a_sign_changes_with_the_judgements_of_two_of_its_names_and_with_no_other() -> None:
    all_names = sorted({name for one, other, _ in SAID for name in (one, other)})
    for names in (set(chosen) for n in range(5) for chosen in combinations(all_names, n)):
        for index, (one, other, _) in enumerate(SAID):
            without = [each for each in SAID if each != SAID[index]]
            changed: list[tuple[str, str, Relation]] = [*without, (one, other, "none")]
            if SAID[index][2] != "none":
                assert (sign(names, changed) != sign(names, SAID)) == ({one, other} <= names)
            assert (sign(names, without) != sign(names, SAID)) == ({one, other} <= names)


def test_a_sign_does_not_depend_on_the_order_of_names_and_judgements() -> None:
    names = ["wing", "bill", "head", "beak"]
    assert JudgementSigns(Judgements.of(SAID)).sign(names) == sign({*names}, SAID[::-1])
