"""Figures under other judgements of names, against the same figures measured from scratch."""

import dataclasses
from itertools import combinations

import numpy as np
import pytest
from tests.unit.agreement.made_namings import from_labels
from tests.unit.agreement.test_measure import SETTINGS, study

from glossator.agreement import pairs
from glossator.agreement.measure import measure_class
from glossator.agreement.names import Judgements, Relation
from glossator.agreement.namings import ClassNamings, Concept
from glossator.agreement.rejudging import rejudged

NAMES = "stuv"
RELATIONS: tuple[Relation | None, ...] = ("exact", "subset", "none", None)

NAMELESS = dataclasses.replace(
    from_labels([*"ssttuu"], [*"ssuutt"]),
    namings=tuple(
        dataclasses.replace(naming, concepts=(Concept(naming.concepts[0].id, None), *naming.concepts[1:]))
        for naming in from_labels([*"ssttuu"], [*"ssuutt"]).namings
    ),
)
NOTHING_SHARED = from_labels([*"ss", None, None], [None, None, *"tt"])


def judged(seed: int) -> Judgements:
    """About every two names something at random, or nothing."""
    rng = np.random.default_rng(seed)
    said = [(one, other, RELATIONS[rng.integers(4)]) for one, other in combinations(NAMES, 2)]
    return Judgements.of((one, other, relation) for one, other, relation in said if relation)


@pytest.mark.parametrize("made", [*study(), NAMELESS, NOTHING_SHARED])
def test_they_equal_those_measured_from_scratch(made: ClassNamings) -> None:
    settings = dataclasses.replace(SETTINGS, min_images=1)
    for seed in range(5):
        before, after = (measure_class(made, settings, judged(each)) for each in (seed, seed + 100))
        assert rejudged(before, judged(seed + 100)) == after


def test_nothing_is_matched_or_permuted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    before = measure_class(study()[0], SETTINGS)
    for name in ("best_matchings", "permuted_matchings", "partition_indices"):
        monkeypatch.delattr(pairs, name)

    after = rejudged(before, Judgements.of([("s", "t", "exact"), ("u", "v", "subset")]))

    assert after.pairs != before.pairs
    assert after.pair_summary.matchings[0].permutation == before.pair_summary.matchings[0].permutation
