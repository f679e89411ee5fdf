"""What the rules say about pairs of names (algorithms 4.3)."""

import pytest

from glossator.agreement.names import normalised
from glossator.namings.proposals import proposal
from glossator.namings.words import singular, words


@pytest.mark.parametrize(
    ("plural", "expected"),
    [
        ("wings", "wing"),
        ("eyes", "eye"),
        ("edges", "edge"),
        ("scratches", "scratch"),
        ("boxes", "box"),
        ("glasses", "glass"),
        ("berries", "berry"),
        ("toes", "toe"),
        ("feet", "foot"),
        ("leaves", "leaf"),
        ("lens", "lens"),
        ("iris", "iris"),
        ("bus", "bus"),
        ("grass", "grass"),
        ("wing", "wing"),
        ("as", "as"),
    ],
)
def test_words_in_the_singular(plural: str, expected: str) -> None:
    assert singular(plural) == expected


def test_punctuation_parts_words_and_a_possessive_is_none() -> None:
    assert words("bird's wing-tip, left") == ("bird", "wing", "tip", "left")


@pytest.mark.parametrize(
    ("name_a", "name_b", "relation", "reason"),
    [
        ("wing", "Wings", "exact", "the same words in the singular"),
        ("wing tip", "wing-tip", "exact", "the same words"),
        ("blow hole", "blowholes", "exact", "the same letters in the singular"),
        ("red wing", "wing, red", "exact", "the same words in another order"),
        ("eyes and wing", "wings and eye", "exact", "the same words in another order"),
        ("wing", "wing and eye", "subset", "every word of 'wing' is in 'wing and eye'"),
        ("white wings of the bird", "wing", "subset", "every word of 'wing' is in 'white wings of the bird'"),
        ("eye of the bird", "bird with eye", "subset", "the same words but for and, of, the, with"),
        ("red wing", "red beak", "none", "they share only 'red'"),
        ("wing", "beak", "none", "no word in common"),
        ("and", "wing and eye", "none", "no word in common"),
        ("?", "wing", "none", "a name without words"),
    ],
)
def test_the_first_rule_that_fits_is_proposed_with_its_reason(
    name_a: str, name_b: str, relation: str, reason: str
) -> None:
    found = proposal(normalised(name_a), normalised(name_b))

    assert (found.relation, found.reason) == (relation, reason)
    assert proposal(normalised(name_b), normalised(name_a)).relation == relation
