"""Results in the shape of the worked cases, written independently of what the service writes."""

from typing import Any

from glossator.agreement import results as r


def ratio(value: r.Ratio) -> dict[str, Any]:
    return {"k": value.k, "n": value.n, "value": value.value, **reason(value.reason)}


def reason(text: str | None) -> dict[str, str]:
    return {} if text is None else {"reason": text}


def value(figure: r.Value) -> dict[str, Any]:
    return {"value": figure.value, **reason(figure.reason)}


def summary(figure: r.Summary) -> dict[str, Any]:
    names = ("n", "n_undefined", "min", "mean", "max", "sd")
    return {name: getattr(figure, name) for name in names} | reason(figure.reason)


def average(figure: r.Average) -> dict[str, Any]:
    return {"macro": figure.macro.value, "pooled": ratio(figure.pooled)}


def coverages(figure: r.Coverages) -> dict[str, Any]:
    return {
        f"{name}_coverage": ratio(getattr(figure, name)) for name in ("activation", "partial", "complete")
    }


def annotator(figures: r.AnnotatorFigures) -> dict[str, Any]:
    plain = ("annotator", "n_concepts_before_cleaning", "n_concepts_removed", "n_activations_removed")
    return {
        **{name: getattr(figures, name) for name in (*plain, "n_concepts", "n_named")},
        **coverages(figures.coverage),
        "cx_purity": ratio(figures.cx_purity),
        "xc_purity": ratio(figures.xc_purity),
        "concepts": [vars(concept) for concept in figures.concepts],
        "x_features": [vars(x_feature) for x_feature in figures.x_features],
        "explanations": [
            {
                "concepts": list(row.concepts),
                **{
                    name: getattr(row, name)
                    for name in ("n_images", "share", "n_complete", "n_right", "n_wrong")
                },
            }
            for row in figures.explanations
        ],
    }


def alpha(figure: r.NamedAlpha) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "value": figure.value,
        "n_units": figure.n_units,
        "n_annotators": figure.n_annotators,
        **reason(figure.reason),
    }
    if figure.interval:
        names = ("n_images", "resamples", "redrawn", "low", "high")
        shown |= {name: getattr(figure.interval, name) for name in names}
    return shown


def matching(found: r.Matching) -> dict[str, Any]:
    shown: dict[str, Any] = {
        **{name: getattr(found, name) for name in ("weight", "upper", "exact")},
        "agreement": ratio(found.agreement),
        "families": [{"a": list(f.a), "b": list(f.b), "weight": f.weight} for f in found.families],
        "unmatched_a": list(found.unmatched_a),
        "unmatched_b": list(found.unmatched_b),
        "linguistic": {
            "exact": ratio(found.linguistic.exact),
            "subset": ratio(found.linguistic.subset),
            "unjudged_weight": found.linguistic.unjudged_weight,
        },
    }
    if found.permutation:
        names = ("n", "mean", "sd", "q95", "p", "corrected")
        shown["permutation"] = {
            **{name: getattr(found.permutation, name) for name in names},
            **reason(found.permutation.reason),
        }
    return shown


INDICES = ("adjusted_rand", "adjusted_mutual_information", "v_measure")


def pair(figures: r.PairFigures) -> dict[str, Any]:
    return {
        **{name: getattr(figures, name) for name in ("a", "b", "n_a", "n_b", "n_both", "n_either")},
        "jaccard": ratio(figures.jaccard),
        "intersection": {
            "a": list(figures.intersection.a),
            "b": list(figures.intersection.b),
            "weights": [list(row) for row in figures.intersection.weights],
        },
        "matchings": {found.key: matching(found) for found in figures.matchings},
        **{name: value(getattr(figures, name)) for name in INDICES},
    }


def pair_summary(figures: r.PairSummary) -> dict[str, Any]:
    return {
        **{name: summary(getattr(figures, name)) for name in ("jaccard", *INDICES)},
        **{
            each.key: {
                "agreement": {**summary(each.agreement), "n_bounds": each.n_bounds},
                "exact": summary(each.exact),
                "subset": summary(each.subset),
            }
            for each in figures.matchings
        },
    }


def class_agreement(figures: r.ClassAgreement) -> dict[str, Any]:
    return {
        "class": figures.name,
        **{name: getattr(figures, name) for name in ("n_images", "n_activations", "n_x_features")},
        "activations_per_image": figures.activations_per_image,
        "annotators": [annotator(each) for each in figures.annotators],
        "any_annotator": coverages(figures.any_annotator),
        "named_by_exactly": [
            {"n_annotators": each.n_annotators, **ratio(each.ratio)} for each in figures.named_by_exactly
        ],
        "named_alpha": alpha(figures.named_alpha),
        "pairs": [pair(each) for each in figures.pairs],
        "pair_summary": pair_summary(figures.pair_summary),
        "purity_average": {
            "cx_purity": average(figures.cx_purity_average),
            "xc_purity": average(figures.xc_purity_average),
        },
    }


def overall(figures: r.Overall) -> dict[str, Any]:
    averages = ("activation_coverage", "partial_coverage", "complete_coverage", "cx_purity", "xc_purity")
    return {
        "annotators": [
            {
                "annotator": each.annotator,
                "n_classes": each.n_classes,
                **{name: average(getattr(each, name)) for name in averages},
            }
            for each in figures.annotators
        ],
        "pairs": {
            **{name: getattr(figures.pairs, name).value for name in ("jaccard", *INDICES)},
            **{
                each.key: {name: getattr(each, name).value for name in ("agreement", "exact", "subset")}
                for each in figures.pairs.matchings
            },
        },
    }


def differences(got: Any, expected: Any, path: str = "") -> list[str]:
    """Where the two differ: reals by more than 1e-9, everything else at all."""
    if isinstance(expected, dict) and isinstance(got, dict):
        lacking = [f"{path}.{key}: only on one side" for key in expected.keys() ^ got.keys()]
        both = expected.keys() & got.keys()
        return lacking + [d for key in both for d in differences(got[key], expected[key], f"{path}.{key}")]
    if isinstance(expected, list) and isinstance(got, list) and len(expected) == len(got):
        pairs = enumerate(zip(got, expected, strict=True))
        return [d for index, (g, e) in pairs for d in differences(g, e, f"{path}[{index}]")]
    if isinstance(expected, float) and isinstance(got, float):
        return [] if abs(got - expected) <= 1e-9 else [f"{path}: {got} instead of {expected}"]
    equal = got == expected and isinstance(got, bool) == isinstance(expected, bool)
    return [] if equal else [f"{path}: {got} instead of {expected}"]
