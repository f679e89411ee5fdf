"""The text of one cell: how it is read, how it is written, how it is quoted in a message."""

from __future__ import annotations

import re
from unicodedata import normalize

LONGEST = 500
"""Characters that a cell may have."""

_ESCAPED = re.compile(r"'+[=+\-@\t\r]")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def cleaned(cell: str) -> str:
    """The text that a cell stands for: without the apostrophe that guards a formula, stripped, in NFC."""
    if cell.startswith("'") and _ESCAPED.match(cell):
        cell = cell[1:]
    return tidied(cell)


def tidied(text: str) -> str:
    """Stripped and in NFC, as texts from anywhere are compared."""
    text = text.strip()
    return text if text.isascii() else normalize("NFC", text)


def escaped(text: str) -> str:
    """The cell that `cleaned` reads as this text and no spreadsheet takes for a formula."""
    return "'" + text if _FORMULA.match(text) else text


class Cleaned(dict[str, str]):
    """`cleaned` by look-up; equal cells share one string. For columns whose values are kept anyway."""

    def __missing__(self, cell: str) -> str:
        self[cell] = text = cleaned(cell)
        return text


def quoted(value: str) -> str:
    """The value as a message shows it: on one line."""
    shown = (c if c.isprintable() else c.encode("unicode_escape").decode() for c in value)
    return f"'{''.join(shown)}'"
