"""Columns of plain text for a terminal: aligned, not wrapped, not coloured."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import combining, east_asian_width

UNDEFINED = "–"


def grid(title: str, header: Sequence[str], rows: Sequence[Sequence[str]], *, left: int = 1) -> str:
    """A table with its title; the first `left` columns begin at the left, the others end at the right."""
    cells = [[_one_line(cell) for cell in row] for row in [header, *rows]]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    lines = [title]
    for row in cells:
        padded = []
        for at, (cell, width) in enumerate(zip(row, widths, strict=True)):
            space = " " * (width - _width(cell))
            padded.append(cell + space if at < left else space + cell)
        lines.append(("  " + "  ".join(padded)).rstrip())
    return "\n".join(lines) + "\n"


def decimals(value: float | None, *, is_bound: bool = False) -> str:
    """Two decimals, a lower bound as such, nothing defined as a dash."""
    if value is None:
        return UNDEFINED
    text = f"{value:.2f}".replace("-", "−")
    return ("≥" if is_bound else "") + ("0.00" if text == "−0.00" else text)


def _one_line(cell: str) -> str:
    """Without what moves the cursor of a terminal."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in cell)


def _width(text: str) -> int:
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)
