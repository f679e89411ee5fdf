"""A CSV file with a header: which columns it has, and its rows as cleaned cells."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import BinaryIO

from glossator.agreement.files.cells import LONGEST, Cleaned, cleaned, quoted
from glossator.agreement.files.records import physical_lines, problem, records, split
from glossator.refusal import Refusal

Row = tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """What a file may look like.

    Attributes:
        filled: columns that must be there, with a value in every row.
        required: columns that must be there.
        optional: columns that may be there; without one its cells read as empty.
        may_have_no_rows: a header alone is no mistake.
    """

    filled: tuple[str, ...]
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    may_have_no_rows: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        return self.filled + self.required + self.optional


class CsvTable:
    """One reading of a file, from its first byte to its last.

    Attributes:
        name: of the file, as messages call it.
        present: the known columns that the file has.
        ignored_columns: the others, in file order.
    """

    def __init__(self, name: str, file: BinaryIO, layout: Layout) -> None:
        """Read the header.

        Raises:
            Refusal: it can't be read, or the columns are not those of the layout.
        """
        self.name = name
        self._layout = layout
        self._hash = hashlib.sha256()
        self._records = records(physical_lines(file, self._hash.update))
        header = next(self._records, None)
        if header is None:
            raise self.wrong(1, "the file is empty, expected is a header and rows")
        self._first = next(self._records, None)
        self._header = self._read_header(*header)
        self._check_header()
        self.present = frozenset(layout.columns).intersection(self._header)
        self.ignored_columns = tuple(name for name in self._header if name not in layout.columns)

    @property
    def sha256(self) -> str:
        """Of the bytes read so far; of the file's bytes after the last row."""
        return self._hash.hexdigest()

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Line and cells of each row, in the order of the layout's columns.

        Raises:
            Refusal: a row can't be read, has too many or too few fields, lacks a value or has one too long.
        """
        name, width = self.name, len(self._header)
        positions = {column: at for at, column in enumerate(self._header)}
        # A column that is not there reads the empty cell put behind the others.
        chosen = itemgetter(*(positions.get(column, width) for column in self._layout.columns))
        clean = Cleaned().__getitem__
        filled = len(self._layout.filled)
        for line, record in self._all_records():
            fields = split(name, line, record)
            if len(fields) != width:
                sentence = f"it has {len(fields)} fields, expected are {width} as in the header"
                raise self.wrong(line, sentence)
            fields.append("")
            row = tuple(map(clean, chosen(fields)))
            if not all(row[:filled]) or len(record) > LONGEST:
                self._check_cells(line, row)
            yield line, row

    def wrong(self, line: int, sentence: str) -> Refusal:
        return problem(self.name, line, sentence)

    def _all_records(self) -> Iterator[tuple[int, bytes]]:
        if self._first is not None:
            yield self._first
        yield from self._records

    def _read_header(self, line: int, record: bytes) -> list[str]:
        without_rows = self._first is None and not self._layout.may_have_no_rows
        if without_rows and b"\n" not in record:
            raise self._no_rows()
        header = [cleaned(cell) for cell in split(self.name, line, record)]
        if without_rows:
            raise self._no_rows()
        return header

    def _no_rows(self) -> Refusal:
        return self.wrong(1, "there are no rows after the header, expected is at least one")

    def _check_header(self) -> None:
        required = self._layout.filled + self._layout.required
        missing = [column for column in required if column not in self._header]
        if missing:
            lacks = "the header lacks the column" + ("s" if len(missing) > 1 else "")
            sentence = f"{lacks} {', '.join(missing)}, expected are {', '.join(required)} with commas between"
            raise self.wrong(1, sentence)
        twice = _first_repeated(self._header)
        if twice is not None:
            raise self.wrong(1, f"the column {quoted(twice)} is there twice, expected is every name once")

    def _check_cells(self, line: int, row: Row) -> None:
        for column, cell in zip(self._layout.columns, row, strict=True):
            if not cell and column in self._layout.filled:
                raise self.wrong(line, f"{column} is empty, expected is a value")
        for column, cell in zip(self._layout.columns, row, strict=True):
            if len(cell) > LONGEST:
                sentence = f"{column} has {len(cell)} characters, expected are at most {LONGEST}"
                raise self.wrong(line, sentence)


def _first_repeated(names: Sequence[str]) -> str | None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None
