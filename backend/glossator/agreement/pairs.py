"""The figures of two annotators of a class, and their summary over all pairs (Tables 5 and 6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from glossator.agreement.cleaning import CleanNaming
from glossator.agreement.coverages import jaccard
from glossator.agreement.intersection import Weights, intersection
from glossator.agreement.matchings.graph import Solution
from glossator.agreement.matchings.readings import best_matchings
from glossator.agreement.names import Judgements, linguistic
from glossator.agreement.partitions import partition_indices
from glossator.agreement.permutation import (
    Draws,
    OnDraw,
    baseline,
    generator,
    mean_draws,
    of_part,
    permuted_matchings,
    with_holm,
)
from glossator.agreement.results import (
    Family,
    Intersection,
    Matching,
    MatchingSummary,
    PairFigures,
    PairSummary,
    Ratio,
    Summary,
)
from glossator.agreement.settings import Settings
from glossator.agreement.summary import summary

NOTHING_SHARED = "no activation named by both"


@dataclass(frozen=True)
class Pair:
    """Two cleaned namings, a < b, and what they share.

    Attributes:
        weights: (concepts of a, concepts of b) shared activations.
    """

    a: CleanNaming
    b: CleanNaming
    weights: Weights

    @classmethod
    def of(cls, a: CleanNaming, b: CleanNaming) -> Pair:
        both = a.named & b.named
        shape = (len(a.concepts), len(b.concepts))
        return cls(a, b, intersection(a.concept_of[both], b.concept_of[both], shape))


def all_pairs(namings: Sequence[CleanNaming]) -> list[Pair]:
    """Every two annotators, sorted by (a, b)."""
    ordered = sorted(namings, key=lambda naming: naming.annotator)
    return [Pair.of(a, b) for a, b in combinations(ordered, 2)]


def pairs_and_summary(
    class_name: str,
    namings: Sequence[CleanNaming],
    settings: Settings,
    judgements: Judgements,
    on_draw: OnDraw,
) -> tuple[tuple[PairFigures, ...], PairSummary]:
    """All pairs of a class, and what they are together; `on_draw` hears of the permutations of all pairs."""
    pairs = all_pairs(namings)
    solved = [best_matchings(pair.weights, settings.d, settings.seed) for pair in pairs]
    draws = [
        _draws(
            class_name,
            pair,
            solutions,
            settings,
            of_part(on_draw, index, len(pairs)),
        )
        for index, (pair, solutions) in enumerate(zip(pairs, solved, strict=True))
    ]
    chance = {
        key: with_holm([baseline(of_pair[key]) if key in of_pair else None for of_pair in draws])
        for key in settings.d
    }
    figures = [
        _figures(
            pair,
            [
                replace(_matching(pair, key, solution, judgements), permutation=chance[key][index])
                for key, solution in zip(settings.d, solutions, strict=True)
            ],
        )
        for index, (pair, solutions) in enumerate(zip(pairs, solved, strict=True))
    ]
    return tuple(figures), _summary(figures, draws, settings)


def _draws(
    class_name: str, pair: Pair, solutions: Sequence[Solution], settings: Settings, on_draw: OnDraw
) -> dict[str, Draws]:
    """What permuting b's labels gives, by reading; nothing where nothing is shared or asked for."""
    both = pair.a.named & pair.b.named
    shared = int(both.sum())
    if not settings.permutations or not shared:
        return {}
    permuted = permuted_matchings(
        pair.a.concept_of[both],
        pair.b.concept_of[both],
        pair.weights.shape,
        settings.d,
        settings.permutations,
        generator(settings.seed, class_name, pair.a.annotator, pair.b.annotator),
        on_draw,
    )
    return {
        key: Draws(solution.weight / shared, permuted[key][0], permuted[key][1] and solution.exact)
        for key, solution in zip(settings.d, solutions, strict=True)
        if key in permuted
    }


def _matching(pair: Pair, key: str, solution: Solution, judgements: Judgements) -> Matching:
    ids_a, ids_b = _ids(pair.a), _ids(pair.b)
    in_family_a = {row for block in solution.blocks for row in block.rows}
    in_family_b = {column for block in solution.blocks for column in block.columns}
    edges = (edge for block in solution.blocks for edge in block.edges_among)
    return Matching(
        key=key,
        weight=solution.weight,
        upper=solution.upper,
        agreement=Ratio.of(solution.weight, int(pair.weights.sum()), NOTHING_SHARED),
        families=tuple(
            Family(
                tuple(ids_a[row] for row in block.rows),
                tuple(ids_b[column] for column in block.columns),
                block.weight,
            )
            for block in solution.blocks
        ),
        unmatched_a=tuple(id_ for row, id_ in enumerate(ids_a) if row not in in_family_a),
        unmatched_b=tuple(id_ for column, id_ in enumerate(ids_b) if column not in in_family_b),
        linguistic=linguistic(edges, pair.weights, pair.a.names, pair.b.names, judgements),
        permutation=None,
    )


def _ids(naming: CleanNaming) -> tuple[str, ...]:
    return tuple(concept.id for concept in naming.concepts)


def _figures(pair: Pair, matchings: Sequence[Matching]) -> PairFigures:
    shared = jaccard(pair.a.named, pair.b.named)
    adjusted_rand, adjusted_mutual_information, v_measure = partition_indices(pair.weights)
    return PairFigures(
        a=pair.a.annotator,
        b=pair.b.annotator,
        n_a=pair.a.n_named,
        n_b=pair.b.n_named,
        n_both=shared.k,
        n_either=shared.n,
        jaccard=shared,
        intersection=Intersection(
            _ids(pair.a), _ids(pair.b), tuple(tuple(row) for row in pair.weights.tolist())
        ),
        matchings=tuple(matchings),
        adjusted_rand=adjusted_rand,
        adjusted_mutual_information=adjusted_mutual_information,
        v_measure=v_measure,
    )


def _summary(
    pairs: Sequence[PairFigures], draws: Sequence[dict[str, Draws]], settings: Settings
) -> PairSummary:
    return PairSummary(
        jaccard=summary(pair.jaccard.value for pair in pairs),
        adjusted_rand=summary(pair.adjusted_rand.value for pair in pairs),
        adjusted_mutual_information=summary(pair.adjusted_mutual_information.value for pair in pairs),
        v_measure=summary(pair.v_measure.value for pair in pairs),
        matchings=tuple(
            _matching_summary(
                key,
                [pair.matchings[index] for pair in pairs],
                [of_pair[key] for of_pair in draws if key in of_pair],
            )
            for index, key in enumerate(settings.d)
        ),
    )


def compatibility(matchings: Sequence[Matching]) -> tuple[Summary, Summary]:
    """Over the pairs of a class, exact and subset compatibility of names in one reading."""
    return (
        summary(matching.linguistic.exact.value for matching in matchings),
        summary(matching.linguistic.subset.value for matching in matchings),
    )


def _matching_summary(key: str, matchings: Sequence[Matching], draws: Sequence[Draws]) -> MatchingSummary:
    exact, subset = compatibility(matchings)
    return MatchingSummary(
        key=key,
        agreement=summary(matching.agreement.value for matching in matchings),
        n_bounds=sum(not matching.exact for matching in matchings),
        exact=exact,
        subset=subset,
        permutation=baseline(mean_draws(draws)) if draws else None,
    )
