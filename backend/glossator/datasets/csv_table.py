"""Reads a CSV table by the rules of contracts.md section 0; every complaint names file and line."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from glossator.refusal import Refusal

LONGEST_CELL = 500
_PROTECTED = re.compile(r"'+[=+\-@\t\r]")


@dataclass(frozen=True)
class Record:
    """One row; `line` is the physical line on which it starts, the header being line 1."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class CsvTable:
    """The header as it stands, and the rows in file order."""

    name: str
    columns: tuple[str, ...]
    records: tuple[Record, ...]

    def wrong(self, line: int, what: str) -> Refusal:
        return wrong_line(self.name, line, what)


def wrong_line(name: str, line: int, what: str) -> Refusal:
    return Refusal(f"{name}: line {line}: {what}", code="wrong_table")


def read_csv(content: bytes, name: str, *, required: Sequence[str], known: Sequence[str]) -> CsvTable:
    """The table in `content`; raises Refusal for the first problem in file order.

    Cells of columns outside `known` are dropped, so only known columns are checked.
    """
    text = _decoded(content, name)
    if not text:
        raise wrong_line(name, 1, "the file is empty, a header line is expected.")
    rows = _rows(text, name)
    line, header = next(rows, (1, []))
    _check_header(name, header, required)
    records = tuple(_record(name, line, header, row, known) for line, row in rows)
    if not records:
        raise wrong_line(name, line, "there are no rows below the header.")
    return CsvTable(name, tuple(header), records)


def _decoded(content: bytes, name: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise wrong_line(name, line, "this is not UTF-8 text; save the table as UTF-8.") from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise wrong_line(name, line, "there is a NUL character; save the table as plain text.")
    return text


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it starts on; empty lines are skipped."""
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        start = lines.line_num + 1
        try:
            row = next(lines)
        except StopIteration:
            return
        except csv.Error:
            raise wrong_line(
                name,
                start,
                "a quote is not closed, or text follows a closing quote; cells with quotes are "
                'written "like ""this""".',
            ) from None
        if row:
            yield start, row


def _check_header(name: str, header: list[str], required: Sequence[str]) -> None:
    for position, column in enumerate(header):
        if column and column in header[:position]:
            raise wrong_line(name, 1, f"the column '{column}' stands there twice.")
    for column in required:
        if column not in header:
            raise wrong_line(
                name, 1, f"the column '{column}' is missing; the header has: {', '.join(header)[:200]}."
            )


def _record(name: str, line: int, header: list[str], row: list[str], known: Sequence[str]) -> Record:
    if len(row) != len(header):
        raise wrong_line(name, line, f"the row has {len(row)} fields, the header has {len(header)}.")
    cells = {column: _cell(text) for column, text in zip(header, row, strict=True) if column in known}
    for column, text in cells.items():
        if len(text) > LONGEST_CELL:
            raise wrong_line(
                name,
                line,
                f"the cell of '{column}' has {len(text)} characters, at most {LONGEST_CELL} are expected.",
            )
    return Record(line, cells)


def _cell(text: str) -> str:
    if _PROTECTED.match(text):
        text = text[1:]
    return unicodedata.normalize("NFC", text.strip())
