"""All classes together: every annotator's averages, and the global averages over pairs."""

from __future__ import annotations

from collections.abc import Sequence

from glossator.agreement.coverages import NO_ACTIVATION
from glossator.agreement.purities import NOTHING_NAMED
from glossator.agreement.results import (
    AnnotatorFigures,
    ClassAgreement,
    Overall,
    OverallAnnotator,
    OverallMatching,
    OverallPairs,
)
from glossator.agreement.summary import average, mean


def overall(classes: Sequence[ClassAgreement]) -> Overall:
    """Averages over classes that were measured with the same matchings.

    An annotator's are over the classes they worked on; those of pairs are plain means of the class means.
    """
    by_annotator: dict[str, list[AnnotatorFigures]] = {}
    for each in classes:
        for figures in each.annotators:
            by_annotator.setdefault(figures.annotator, []).append(figures)
    return Overall(
        annotators=tuple(_annotator(name, by_annotator[name]) for name in sorted(by_annotator)),
        pairs=_pairs(classes),
    )


def _annotator(name: str, figures: Sequence[AnnotatorFigures]) -> OverallAnnotator:
    return OverallAnnotator(
        annotator=name,
        n_classes=len(figures),
        activation_coverage=average([each.coverage.activation for each in figures], NO_ACTIVATION),
        partial_coverage=average([each.coverage.partial for each in figures], NO_ACTIVATION),
        complete_coverage=average([each.coverage.complete for each in figures], NO_ACTIVATION),
        cx_purity=average([each.cx_purity for each in figures], NOTHING_NAMED),
        xc_purity=average([each.xc_purity for each in figures], NOTHING_NAMED),
    )


def _pairs(classes: Sequence[ClassAgreement]) -> OverallPairs:
    summaries = [each.pair_summary for each in classes]
    readings = zip(*(each.matchings for each in summaries), strict=True)
    return OverallPairs(
        jaccard=mean(each.jaccard.mean for each in summaries),
        adjusted_rand=mean(each.adjusted_rand.mean for each in summaries),
        adjusted_mutual_information=mean(each.adjusted_mutual_information.mean for each in summaries),
        v_measure=mean(each.v_measure.mean for each in summaries),
        matchings=tuple(
            OverallMatching(
                key=reading[0].key,
                agreement=mean(each.agreement.mean for each in reading),
                exact=mean(each.exact.mean for each in reading),
                subset=mean(each.subset.mean for each in reading),
                n_bounds=sum(each.n_bounds for each in reading),
            )
            for reading in readings
        ),
    )
