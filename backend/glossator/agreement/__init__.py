"""What namings cover, how pure they are, and how far annotators agree: pure mathematics, no database.

`measure.measure` takes the namings of classes and gives every figure; `consensus.consensus` merges the
concepts of a class. `match`, `coverage`, `purity` and `jaccard` are for two lists of labels.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from glossator.agreement.plain import coverage, jaccard, match, purity

__all__ = ["coverage", "jaccard", "match", "purity"]


def __getattr__(name: str) -> Any:
    """Load on first use: numpy takes longer than the help of a command may."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("glossator.agreement.plain"), name)
