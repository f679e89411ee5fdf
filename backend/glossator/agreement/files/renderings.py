"""The forms in which figures are handed out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from glossator.agreement.files.detail_csvs import (
    concepts_csv,
    explanations_csv,
    families_csv,
    intersections_csv,
)
from glossator.agreement.files.document import document
from glossator.agreement.files.figures_csv import figures_csv
from glossator.agreement.files.json_text import to_json
from glossator.agreement.files.namings_csv import Source
from glossator.agreement.files.paper_tables import paper_tables
from glossator.agreement.results import Agreement

Rendering = Callable[[Agreement, Source], str]


def _json(agreement: Agreement, source: Source) -> str:
    return to_json(document(agreement, source))


def _figures(agreement: Agreement, source: Source) -> str:
    return figures_csv(document(agreement, source))


FORMATS: Mapping[str, Rendering] = MappingProxyType({"json": _json, "csv": _figures, "table": paper_tables})
"""One text for everything."""

FOLDER: Mapping[str, Rendering] = MappingProxyType(
    {
        "figures.csv": _figures,
        "concepts.csv": lambda agreement, _: concepts_csv(agreement),
        "explanations.csv": lambda agreement, _: explanations_csv(agreement),
        "families.csv": lambda agreement, _: families_csv(agreement),
        "intersections.csv": lambda agreement, _: intersections_csv(agreement),
        "agreement.json": _json,
    }
)
"""The files of a folder, by name."""
