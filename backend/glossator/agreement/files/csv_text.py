"""CSV as it is written everywhere here: UTF-8, line feeds, quotes only where needed, no formulas."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from glossator.agreement.files.cells import escaped

Cell = str | int | float | None
"""Text, a number, or nothing."""

_NEEDS_QUOTES = re.compile('[,"\r\n]')


def to_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A header and rows.

    Raises:
        ValueError: a number is not finite.
    """
    return to_lines([header, *rows])


def to_lines(rows: Iterable[Sequence[Cell]]) -> str:
    """Rows as they follow a header; raises as `to_csv` does."""
    return "".join(",".join(map(written, row)) + "\n" for row in rows)


def written(cell: Cell) -> str:
    """The cell as it stands between commas: floats by `repr`, flags as 1 and 0, None as nothing."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        text = escaped(cell)
        return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text
    if isinstance(cell, float):
        if not math.isfinite(cell):
            raise ValueError(f"{cell} is no figure.")
        return repr(cell)
    return str(int(cell))
