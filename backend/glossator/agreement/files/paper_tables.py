"""The tables and figures of the paper as text, for people; nobody should parse it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from glossator.agreement.files.grid import UNDEFINED, decimals, grid
from glossator.agreement.files.namings_csv import Source
from glossator.agreement.files.pair_tables import pair_tables
from glossator.agreement.results import (
    Agreement,
    AnnotatorFigures,
    Average,
    ClassAgreement,
    Coverages,
    NamedAlpha,
    OverallAnnotator,
    Ratio,
)

EXPLANATIONS_SHOWN = 5


def paper_tables(agreement: Agreement, source: Source) -> str:
    """Every table; those of the paper with their number there."""
    return "\n".join(_tables(agreement, source))


def _tables(agreement: Agreement, source: Source) -> Iterator[str]:
    yield _heading(agreement, source)
    yield _classes(agreement)
    yield _coverage(
        agreement,
        "Activation coverage: named activations, of n (Figure 3)",
        lambda coverages: coverages.activation,
        lambda overall: overall.activation_coverage,
    )
    yield _coverage(
        agreement,
        "Partial coverage: images with a named activation, of n (Figure 4)",
        lambda coverages: coverages.partial,
        lambda overall: overall.partial_coverage,
    )
    yield _coverage(
        agreement,
        "Complete coverage: images with all activations named, of n (Figure 5)",
        lambda coverages: coverages.complete,
        lambda overall: overall.complete_coverage,
    )
    yield _named_by_exactly(agreement)
    yield _concepts(agreement)
    yield _purity(
        agreement,
        "CX-purity: activations of a concept from one X-feature, of the named ones (Table 2)",
        lambda figures: figures.cx_purity,
        lambda class_: class_.cx_purity_average,
        lambda overall: overall.cx_purity,
    )
    yield _purity(
        agreement,
        "XC-purity: activations of an X-feature in one concept, of the named ones (Table 3)",
        lambda figures: figures.xc_purity,
        lambda class_: class_.xc_purity_average,
        lambda overall: overall.xc_purity,
    )
    yield _explanations(agreement)
    yield from pair_tables(agreement)


def _heading(agreement: Agreement, source: Source) -> str:
    settings = agreement.settings
    sentences = [
        f"Classes: {len(agreement.classes)}, annotators: {len(agreement.overall.annotators)}, "
        f"rows: {source.rows}."
    ]
    if settings.min_images > 1:
        sentences.append(f"Concepts of fewer than {settings.min_images} images were removed first.")
    if settings.missing == "unnamed":
        sentences.append("Absent rows count as not named.")
    sentences.append(f"{UNDEFINED} means undefined, ≥ a lower bound.")
    return " ".join(sentences) + "\n"


def _classes(agreement: Agreement) -> str:
    header = ("class", "images", "activations", "per image", "X-features", "annotators")
    rows = [
        (
            each.name,
            *map(str, (each.n_images, each.n_activations)),
            decimals(each.activations_per_image),
            *map(str, (each.n_x_features, len(each.annotators))),
        )
        for each in agreement.classes
    ]
    return grid("Classes (Table 1)", header, rows)


def _by_annotator(
    agreement: Agreement, class_: ClassAgreement, shown: Callable[[AnnotatorFigures], str]
) -> list[str]:
    """A cell for every annotator of the study, empty for those who did not work on the class."""
    found = {each.annotator: shown(each) for each in class_.annotators}
    return [found.get(each.annotator, "") for each in agreement.overall.annotators]


def _coverage(
    agreement: Agreement,
    title: str,
    chosen: Callable[[Coverages], Ratio],
    averaged: Callable[[OverallAnnotator], Average],
) -> str:
    annotators = agreement.overall.annotators
    header = ("class", "n", *(each.annotator for each in annotators), "any")
    rows: list[tuple[str, ...]] = []
    for class_ in agreement.classes:
        any_annotator = chosen(class_.any_annotator)
        cells = _by_annotator(agreement, class_, lambda figures: decimals(chosen(figures.coverage).value))
        rows.append((class_.name, str(any_annotator.n), *cells, decimals(any_annotator.value)))
    rows.append(("mean of classes", "", *(decimals(averaged(each).macro.value) for each in annotators), ""))
    return grid(title, header, rows)


def _named_by_exactly(agreement: Agreement) -> str:
    most = max((each.named_by_exactly[-1].n_annotators for each in agreement.classes), default=0)
    header = ("class", "n", *map(str, range(most + 1)), "alpha", "95 % interval")
    rows = []
    for class_ in agreement.classes:
        shares = [decimals(each.ratio.value) for each in class_.named_by_exactly]
        shares += [""] * (most + 1 - len(shares))
        n = class_.named_by_exactly[0].ratio.n
        rows.append((class_.name, str(n), *shares, *_alpha(class_.named_alpha)))
    title = "Activations named by exactly 0, 1, ... annotators, of n (Figure 6); alpha of named or not"
    return grid(title, header, rows)


def _alpha(alpha: NamedAlpha) -> tuple[str, str]:
    interval = alpha.interval
    if interval is None:
        return decimals(alpha.value), ""
    if interval.low is None or interval.high is None:
        return decimals(alpha.value), UNDEFINED
    return decimals(alpha.value), f"[{decimals(interval.low)}, {decimals(interval.high)}]"


def _concepts(agreement: Agreement) -> str:
    def counts(figures: AnnotatorFigures) -> str:
        removed = figures.n_concepts_removed
        return f"{figures.n_concepts} (+{removed})" if removed else str(figures.n_concepts)

    header = ("class", *(each.annotator for each in agreement.overall.annotators))
    rows = [(each.name, *_by_annotator(agreement, each, counts)) for each in agreement.classes]
    return grid("Concepts, and in brackets those removed", header, rows)


def _purity(
    agreement: Agreement,
    title: str,
    of_annotator: Callable[[AnnotatorFigures], Ratio],
    of_class: Callable[[ClassAgreement], Average],
    over_all: Callable[[OverallAnnotator], Average],
) -> str:
    def shown(ratio: Ratio) -> str:
        return f"{decimals(ratio.value)} ({ratio.n})"

    annotators = agreement.overall.annotators
    header = ("class", *(f"{each.annotator} (n)" for each in annotators), "mean", "pooled (n)")
    rows = []
    for class_ in agreement.classes:
        average = of_class(class_)
        cells = _by_annotator(agreement, class_, lambda figures: shown(of_annotator(figures)))
        rows.append((class_.name, *cells, decimals(average.macro.value), shown(average.pooled)))
    rows.append(("mean of classes", *(decimals(over_all(each).macro.value) for each in annotators), "", ""))
    rows.append(("pooled", *(shown(over_all(each).pooled) for each in annotators), "", ""))
    return grid(title, header, rows)


def _explanations(agreement: Agreement) -> str:
    header = ("class", "annotator", "names", "images", "share", "complete", "right", "wrong")
    rows: list[tuple[str, ...]] = []
    for class_ in agreement.classes:
        for annotator in class_.annotators:
            for each in annotator.explanations[:EXPLANATIONS_SHOWN]:
                names = ", ".join(each.concepts) or "(unlabeled)"
                counts = map(str, (each.n_complete, each.n_right, each.n_wrong))
                rows.append(
                    (
                        class_.name,
                        annotator.annotator,
                        names,
                        str(each.n_images),
                        decimals(each.share),
                        *counts,
                    )
                )
            others = annotator.explanations[EXPLANATIONS_SHOWN:]
            if others:
                images = str(sum(each.n_images for each in others))
                share = decimals(sum(each.share for each in others))
                names = f"({len(others)} other sets)" if len(others) > 1 else "(one other set)"
                rows.append((class_.name, annotator.annotator, names, images, share, "", "", ""))
    title = f"Explanations: the {EXPLANATIONS_SHOWN} most frequent sets of names on images (Table 4)"
    return grid(title, header, rows, left=3)
