"""The figures as a JSON document, format `glossator-agreement/1`."""

from __future__ import annotations

from typing import TypeAlias

from glossator.agreement.files.namings_csv import Source
from glossator.agreement.results import (
    Agreement,
    AnnotatorFigures,
    Average,
    ClassAgreement,
    Coverages,
    Matching,
    MatchingSummary,
    NamedAlpha,
    Overall,
    OverallAnnotator,
    PairFigures,
    PairSummary,
    Permutation,
    Ratio,
    Summary,
    Value,
)
from glossator.agreement.summary import NO_VALUE

FORMAT = "glossator-agreement/1"

Json: TypeAlias = "bool | int | float | str | list[Json] | JsonObject | None"
JsonObject: TypeAlias = "dict[str, Json]"


def document(agreement: Agreement, source: Source) -> JsonObject:
    """All figures, with the names and the order of the format."""
    settings = agreement.settings
    return {
        "format": FORMAT,
        "input": {
            "rows": source.rows,
            "sha256": source.sha256,
            "ignored_columns": list(source.ignored_columns),
            "classes": [each.name for each in agreement.classes],
            "annotators": [each.annotator for each in agreement.overall.annotators],
        },
        "settings": {
            "min_images": settings.min_images,
            "d": list(settings.d),
            "missing": settings.missing,
            "permutations": settings.permutations,
            "bootstrap": settings.bootstrap,
            "seed": settings.seed,
            "judgements": agreement.judged,
        },
        "classes": [_class(each) for each in agreement.classes],
        "overall": _overall(agreement.overall),
    }


def _class(figures: ClassAgreement) -> JsonObject:
    return {
        "class": figures.name,
        "n_images": figures.n_images,
        "n_activations": figures.n_activations,
        "n_x_features": figures.n_x_features,
        "activations_per_image": figures.activations_per_image,
        "annotators": [_annotator(each) for each in figures.annotators],
        "any_annotator": _coverages(figures.any_annotator),
        "named_by_exactly": [
            {"n_annotators": each.n_annotators, **_ratio(each.ratio)} for each in figures.named_by_exactly
        ],
        "named_alpha": _named_alpha(figures.named_alpha),
        "pairs": [_pair(each) for each in figures.pairs],
        "pair_summary": _pair_summary(figures.pair_summary),
        "purity_average": {
            "cx_purity": _average(figures.cx_purity_average),
            "xc_purity": _average(figures.xc_purity_average),
        },
    }


def _annotator(figures: AnnotatorFigures) -> JsonObject:
    permutations = {
        "cx_purity_permutation": figures.cx_purity_permutation,
        "xc_purity_permutation": figures.xc_purity_permutation,
    }
    return {
        "annotator": figures.annotator,
        "n_concepts_before_cleaning": figures.n_concepts_before_cleaning,
        "n_concepts_removed": figures.n_concepts_removed,
        "n_activations_removed": figures.n_activations_removed,
        "n_concepts": figures.n_concepts,
        "n_named": figures.n_named,
        **_coverages(figures.coverage),
        "cx_purity": _ratio(figures.cx_purity),
        "xc_purity": _ratio(figures.xc_purity),
        **{name: _permutation(each) for name, each in permutations.items() if each is not None},
        "concepts": [
            {
                "concept": each.concept,
                "concept_id": each.concept_id,
                "n_activations": each.n_activations,
                "n_images": each.n_images,
                "majority_x_feature": each.majority_x_feature,
                "majority_n": each.majority_n,
                "majority_tied": each.majority_tied,
            }
            for each in figures.concepts
        ],
        "x_features": [
            {
                "x_feature": each.x_feature,
                "n_activations": each.n_activations,
                "majority_concept_id": each.majority_concept_id,
                "majority_n": each.majority_n,
                "majority_tied": each.majority_tied,
            }
            for each in figures.x_features
        ],
        "explanations": [
            {
                "concepts": list(each.concepts),
                "n_images": each.n_images,
                "share": each.share,
                "n_complete": each.n_complete,
                "n_right": each.n_right,
                "n_wrong": each.n_wrong,
            }
            for each in figures.explanations
        ],
    }


def _named_alpha(alpha: NamedAlpha) -> JsonObject:
    found: JsonObject = {
        **_with_reason({"value": alpha.value}, alpha.reason),
        "n_units": alpha.n_units,
        "n_annotators": alpha.n_annotators,
        "equal_pairs": _ratio(alpha.equal_pairs),
        "named": _ratio(alpha.named),
    }
    interval = alpha.interval
    if interval is not None:
        found |= {
            "n_images": interval.n_images,
            "resamples": interval.resamples,
            "redrawn": interval.redrawn,
            "low": interval.low,
            "high": interval.high,
        }
        if interval.reason is not None:
            found["interval_reason"] = interval.reason
    return found


def _pair(figures: PairFigures) -> JsonObject:
    return {
        "a": figures.a,
        "b": figures.b,
        "n_a": figures.n_a,
        "n_b": figures.n_b,
        "n_both": figures.n_both,
        "n_either": figures.n_either,
        "jaccard": _ratio(figures.jaccard),
        "intersection": {
            "a": list(figures.intersection.a),
            "b": list(figures.intersection.b),
            "weights": [list(row) for row in figures.intersection.weights],
        },
        "matchings": {each.key: _matching(each) for each in figures.matchings},
        "adjusted_rand": _value(figures.adjusted_rand),
        "adjusted_mutual_information": _value(figures.adjusted_mutual_information),
        "v_measure": _value(figures.v_measure),
    }


def _matching(matching: Matching) -> JsonObject:
    found: JsonObject = {
        "weight": matching.weight,
        "upper": matching.upper,
        "exact": matching.exact,
        "agreement": _ratio(matching.agreement),
        "families": [
            {"a": list(each.a), "b": list(each.b), "weight": each.weight} for each in matching.families
        ],
        "unmatched_a": list(matching.unmatched_a),
        "unmatched_b": list(matching.unmatched_b),
        "linguistic": {
            "exact": _ratio(matching.linguistic.exact),
            "subset": _ratio(matching.linguistic.subset),
            "unjudged_weight": matching.linguistic.unjudged_weight,
        },
    }
    if matching.permutation is not None:
        found["permutation"] = _permutation(matching.permutation)
    return found


def _pair_summary(summary: PairSummary) -> JsonObject:
    return {
        "jaccard": _summary(summary.jaccard),
        "adjusted_rand": _summary(summary.adjusted_rand),
        "adjusted_mutual_information": _summary(summary.adjusted_mutual_information),
        "v_measure": _summary(summary.v_measure),
        **{each.key: _matching_summary(each) for each in summary.matchings},
    }


def _matching_summary(summary: MatchingSummary) -> JsonObject:
    found: JsonObject = {
        "agreement": {**_summary(summary.agreement), "n_bounds": summary.n_bounds},
        "exact": _summary(summary.exact),
        "subset": _summary(summary.subset),
    }
    if summary.permutation is not None:
        found["permutation"] = _permutation(summary.permutation)
    return found


def _overall(overall: Overall) -> JsonObject:
    pairs = overall.pairs
    return {
        "annotators": [_overall_annotator(each) for each in overall.annotators],
        "pairs": {
            "jaccard": pairs.jaccard.value,
            "adjusted_rand": pairs.adjusted_rand.value,
            "adjusted_mutual_information": pairs.adjusted_mutual_information.value,
            "v_measure": pairs.v_measure.value,
            **{
                each.key: {
                    "agreement": each.agreement.value,
                    "exact": each.exact.value,
                    "subset": each.subset.value,
                    "n_bounds": each.n_bounds,
                }
                for each in pairs.matchings
            },
        },
    }


def _overall_annotator(figures: OverallAnnotator) -> JsonObject:
    return {
        "annotator": figures.annotator,
        "n_classes": figures.n_classes,
        "activation_coverage": _average(figures.activation_coverage),
        "partial_coverage": _average(figures.partial_coverage),
        "complete_coverage": _average(figures.complete_coverage),
        "cx_purity": _average(figures.cx_purity),
        "xc_purity": _average(figures.xc_purity),
    }


def _coverages(coverages: Coverages) -> JsonObject:
    return {
        "activation_coverage": _ratio(coverages.activation),
        "partial_coverage": _ratio(coverages.partial),
        "complete_coverage": _ratio(coverages.complete),
    }


def _ratio(ratio: Ratio) -> JsonObject:
    return _with_reason({"k": ratio.k, "n": ratio.n, "value": ratio.value}, ratio.reason)


def _value(value: Value) -> JsonObject:
    return _with_reason({"value": value.value}, value.reason)


def _summary(summary: Summary) -> JsonObject:
    found: JsonObject = {
        "n": summary.n,
        "n_undefined": summary.n_undefined,
        "min": summary.min,
        "mean": summary.mean,
        "max": summary.max,
        "sd": summary.sd,
    }
    return _with_reason(found, summary.reason)


def _average(average: Average) -> JsonObject:
    found: JsonObject = {
        "macro": average.macro.value,
        "pooled": _ratio(average.pooled),
        "n": average.macro.n,
        "n_undefined": average.macro.n_undefined,
    }
    return _with_reason(found, None if average.macro.n else NO_VALUE)


def _permutation(permutation: Permutation) -> JsonObject:
    found: JsonObject = {
        "n": permutation.n,
        "mean": permutation.mean,
        "sd": permutation.sd,
        "q95": permutation.q95,
        "p": permutation.p,
        "corrected": permutation.corrected,
    }
    if permutation.p_holm is not None:
        found["p_holm"] = permutation.p_holm
    return _with_reason(found, permutation.reason)


def _with_reason(found: JsonObject, reason: str | None) -> JsonObject:
    return found if reason is None else {**found, "reason": reason}
