"""How far concepts and X-features correspond (Tables 2 and 3)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from glossator.agreement.cleaning import CleanNaming
from glossator.agreement.namings import Codes
from glossator.agreement.results import ConceptFigures, Ratio, XFeatureFigures

NOTHING_NAMED = "no activation named"

Table = NDArray[np.int64]
"""(C, X) named activations by concept (canonical order) and X-feature."""


def crossed(concept_of: Codes, x_feature_of: Codes, shape: tuple[int, int]) -> Table:
    """Count the named activations by concept and X-feature; `shape` is (concepts, X-features)."""
    named = concept_of >= 0
    cells = concept_of[named].astype(np.int64) * shape[1] + x_feature_of[named]
    return np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape)


def majorities(table: Table) -> tuple[int, int]:
    """Sums of the largest count of each concept, and of each X-feature."""
    return int(table.max(axis=1, initial=0).sum()), int(table.max(axis=0, initial=0).sum())


def purities(table: Table) -> tuple[Ratio, Ratio]:
    """CX-purity and XC-purity: rises by splitting concepts, and by merging them."""
    n = int(table.sum())
    cx, xc = majorities(table)
    return Ratio.of(cx, n, NOTHING_NAMED), Ratio.of(xc, n, NOTHING_NAMED)


def concept_figures(
    naming: CleanNaming, table: Table, x_features: Sequence[str]
) -> tuple[ConceptFigures, ...]:
    """Every concept with its majority X-feature, in canonical order; `x_features` are in code-point order."""
    return tuple(
        ConceptFigures(
            concept=concept.name,
            concept_id=concept.id,
            n_activations=int(naming.sizes[c]),
            n_images=int(naming.n_images[c]),
            majority_x_feature=x_features[int(row.argmax())],
            majority_n=int(row.max()),
            majority_tied=bool((row == row.max()).sum() > 1),
        )
        for c, (concept, row) in enumerate(zip(naming.concepts, table, strict=True))
    )


def x_feature_figures(
    naming: CleanNaming, table: Table, x_features: Sequence[str]
) -> tuple[XFeatureFigures, ...]:
    """Every X-feature with a named activation and its majority concept, in code-point order."""
    figures = []
    for x_feature, column in zip(x_features, table.T, strict=True):
        if not column.any():
            continue
        most = np.flatnonzero(column == column.max())
        figures.append(
            XFeatureFigures(
                x_feature=x_feature,
                n_activations=int(column.sum()),
                majority_concept_id=min(naming.concepts[c].id for c in most),
                majority_n=int(column.max()),
                majority_tied=len(most) > 1,
            )
        )
    return tuple(figures)
