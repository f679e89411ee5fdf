"""Tables about pairs of annotators as text, for people."""

from __future__ import annotations

from collections.abc import Iterator

from glossator.agreement.files.grid import decimals, grid
from glossator.agreement.results import Agreement, Matching, MatchingSummary, Mean, Summary

MEAN_OF_CLASSES = "mean of classes"
SUMMARY = ("pairs", "undefined", "min", "mean", "sd", "max")


def pair_tables(agreement: Agreement) -> Iterator[str]:
    """Tables 5 and 6 of the paper, and every pair."""
    yield _jaccard(agreement)
    for at, key in enumerate(agreement.settings.d):
        yield _matching(agreement, key, at)
    yield _partitions(agreement)
    yield _pairs(agreement)


def _jaccard(agreement: Agreement) -> str:
    rows = [(each.name, *_summary(each.pair_summary.jaccard)) for each in agreement.classes]
    rows.append((MEAN_OF_CLASSES, *_mean(agreement.overall.pairs.jaccard)))
    return grid("Jaccard index of named activations, over pairs (Table 5)", ("class", *SUMMARY), rows)


def _matching(agreement: Agreement, key: str, at: int) -> str:
    """The table of the matching at this place of the settings."""
    header = ("class", *SUMMARY, "bounds", "exact names (pairs)", "or subset (pairs)")
    rows = []
    for class_ in agreement.classes:
        figures = class_.pair_summary.matchings[at]
        rows.append(
            (class_.name, *_bounded_summary(figures), _over_pairs(figures.exact), _over_pairs(figures.subset))
        )
    overall = agreement.overall.pairs.matchings[at]
    is_bound = overall.n_bounds > 0
    means = (decimals(overall.exact.value), decimals(overall.subset.value))
    rows.append(
        (MEAN_OF_CLASSES, *_mean(overall.agreement, is_bound=is_bound), str(overall.n_bounds), *means)
    )
    return grid(f"Agreement, {_reading(key)}, over pairs (Table 6)", header, rows)


def _partitions(agreement: Agreement) -> str:
    header = ("class", "adjusted Rand (pairs)", "adjusted mutual information (pairs)", "V-measure (pairs)")
    rows = []
    for class_ in agreement.classes:
        of = class_.pair_summary
        summaries = (of.adjusted_rand, of.adjusted_mutual_information, of.v_measure)
        rows.append((class_.name, *map(_over_pairs, summaries)))
    pairs = agreement.overall.pairs
    means = (pairs.adjusted_rand, pairs.adjusted_mutual_information, pairs.v_measure)
    rows.append((MEAN_OF_CLASSES, *(decimals(each.value) for each in means)))
    return grid("Both namings as partitions of what both named, mean over pairs", header, rows)


def _pairs(agreement: Agreement) -> str:
    keys = agreement.settings.d
    with_chance = agreement.settings.permutations > 0
    header = ["class", "annotators", "", "n both", "Jaccard"]
    for key in keys:
        header += [_short(key), "by chance"] if with_chance else [_short(key)]
    rows = []
    for class_ in agreement.classes:
        for pair in class_.pairs:
            cells = [class_.name, pair.a, pair.b, str(pair.n_both), decimals(pair.jaccard.value)]
            for matching in pair.matchings:
                cells += _agreement(matching, with_chance=with_chance)
            rows.append(cells)
    return grid("Pairs: agreement of n activations that both named", header, rows, left=3)


def _reading(key: str) -> str:
    diameter, _, name = key.removeprefix("d").partition("_")
    return f"D = {diameter}" + (f", reading {name}" if name else "")


def _short(key: str) -> str:
    return key.replace("_", " ")


def _agreement(matching: Matching, *, with_chance: bool) -> list[str]:
    defined = matching.agreement.value is not None
    cells = [decimals(matching.agreement.value, is_bound=defined and not matching.exact)]
    if with_chance:
        cells.append(decimals(matching.permutation.mean if matching.permutation else None))
    return cells


def _summary(summary: Summary, *, is_bound: bool = False) -> tuple[str, ...]:
    low, mean, high = (decimals(each, is_bound=is_bound) for each in (summary.min, summary.mean, summary.max))
    return str(summary.n), str(summary.n_undefined), low, mean, decimals(summary.sd), high


def _bounded_summary(figures: MatchingSummary) -> tuple[str, ...]:
    return *_summary(figures.agreement, is_bound=figures.n_bounds > 0), str(figures.n_bounds)


def _over_pairs(summary: Summary) -> str:
    return f"{decimals(summary.mean)} ({summary.n})"


def _mean(mean: Mean, *, is_bound: bool = False) -> tuple[str, ...]:
    """Of class means: in the columns of a summary."""
    return "", "", "", decimals(mean.value, is_bound=is_bound), "", ""
