"""Figures under other judgements of names than they were measured with; nothing is matched again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from glossator.agreement.names import Judgements, linguistic
from glossator.agreement.pairs import compatibility
from glossator.agreement.results import ClassAgreement, Matching, PairFigures, PairSummary

Names = Mapping[str, str | None]
"""Of one annotator's concepts, by id."""


def rejudged(figures: ClassAgreement, judgements: Judgements) -> ClassAgreement:
    """The figures as `measure_class` would give them with these judgements.

    Only the compatibility of names (Table 6) depends on them: matchings, intervals and levels of chance stay.

    Args:
        figures: of a class, whole.
        judgements: of names.
    """
    names = {
        each.annotator: {concept.concept_id: concept.concept for concept in each.concepts}
        for each in figures.annotators
    }
    pairs = tuple(_pair(pair, names[pair.a], names[pair.b], judgements) for pair in figures.pairs)
    return replace(figures, pairs=pairs, pair_summary=_summary(figures.pair_summary, pairs))


def _pair(pair: PairFigures, names_a: Names, names_b: Names, judgements: Judgements) -> PairFigures:
    matchings = tuple(_matching(each, pair, names_a, names_b, judgements) for each in pair.matchings)
    return replace(pair, matchings=matchings)


def _matching(
    matching: Matching, pair: PairFigures, names_a: Names, names_b: Names, judgements: Judgements
) -> Matching:
    shared = pair.intersection
    row_of = {concept: row for row, concept in enumerate(shared.a)}
    column_of = {concept: column for column, concept in enumerate(shared.b)}
    edges = ((row_of[a], column_of[b]) for family in matching.families for a in family.a for b in family.b)
    found = linguistic(
        edges,
        np.array(shared.weights, dtype=np.int64),
        [names_a[each] for each in shared.a],
        [names_b[each] for each in shared.b],
        judgements,
    )
    return replace(matching, linguistic=found)


def _summary(before: PairSummary, pairs: tuple[PairFigures, ...]) -> PairSummary:
    matchings = []
    for index, each in enumerate(before.matchings):
        exact, subset = compatibility([pair.matchings[index] for pair in pairs])
        matchings.append(replace(each, exact=exact, subset=subset))
    return replace(before, matchings=tuple(matchings))
