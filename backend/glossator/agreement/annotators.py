"""The figures of one annotator in one class."""

from __future__ import annotations

from glossator.agreement.cleaning import CleanNaming
from glossator.agreement.coverages import coverages
from glossator.agreement.explanations import explanations, label
from glossator.agreement.namings import ClassNamings
from glossator.agreement.permutation import baseline, generator, permuted_purities
from glossator.agreement.purities import concept_figures, crossed, purities, x_feature_figures
from glossator.agreement.results import AnnotatorFigures, Permutation
from glossator.agreement.settings import Settings


def annotator_figures(namings: ClassNamings, naming: CleanNaming, settings: Settings) -> AnnotatorFigures:
    """Coverage, purity, concepts and explanations of a cleaned naming of the class."""
    table = crossed(
        naming.concept_of, namings.x_feature_of, (len(naming.concepts), len(namings.x_feature_ids))
    )
    cx_purity, xc_purity = purities(table)
    cx_chance, xc_chance = _chance(namings, naming, settings)
    return AnnotatorFigures(
        annotator=naming.annotator,
        n_concepts_before_cleaning=len(naming.concepts) + naming.n_concepts_removed,
        n_concepts_removed=naming.n_concepts_removed,
        n_activations_removed=naming.n_activations_removed,
        n_concepts=len(naming.concepts),
        n_named=naming.n_named,
        coverage=coverages(naming.named, namings.image_of, len(namings.image_ids)),
        cx_purity=cx_purity,
        xc_purity=xc_purity,
        cx_purity_permutation=cx_chance,
        xc_purity_permutation=xc_chance,
        concepts=concept_figures(naming, table, namings.x_feature_ids),
        x_features=x_feature_figures(naming, table, namings.x_feature_ids),
        explanations=explanations(namings, naming.concept_of, [label(c) for c in naming.concepts]),
    )


def _chance(
    namings: ClassNamings, naming: CleanNaming, settings: Settings
) -> tuple[Permutation | None, Permutation | None]:
    """Baselines of both purities, where permutations are asked for and something is named."""
    named = naming.named
    if not settings.permutations or not named.any():
        return None, None
    cx, xc = permuted_purities(
        naming.concept_of[named],
        namings.x_feature_of[named],
        (len(naming.concepts), len(namings.x_feature_ids)),
        settings.permutations,
        generator(settings.seed, namings.name, naming.annotator),
    )
    return baseline(cx), baseline(xc)
