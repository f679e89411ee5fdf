"""NAMINGS.csv: one row per annotator and activation, checked and brought into arrays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from glossator.agreement.files.cells import quoted
from glossator.agreement.files.class_rows import CORRECT, ClassRows, FirstMissing, NamingRow
from glossator.agreement.files.csv_table import CsvTable, Layout
from glossator.agreement.namings import ClassNamings
from glossator.agreement.settings import MissingRule

LAYOUT = Layout(
    filled=("annotator", "class", "activation", "image", "x_feature"),
    required=("concept",),
    optional=("concept_id", "status", "correct"),
)
NAMED = "named"
STATUSES = frozenset(("", NAMED, "unlabeled", "discarded"))


@dataclass(frozen=True)
class Source:
    """Where namings came from.

    Attributes:
        rows: their number, without the header.
        sha256: of the file's bytes, in hexadecimal digits.
        ignored_columns: names that mean nothing here, in file order.
    """

    rows: int
    sha256: str
    ignored_columns: tuple[str, ...]


@dataclass(frozen=True)
class NamingsFile:
    """What the file holds; classes in code-point order."""

    source: Source
    classes: tuple[ClassNamings, ...]


def read_namings(name: str, file: BinaryIO, *, missing: MissingRule = "error") -> NamingsFile:
    """Read NAMINGS.csv; `name` is what messages call it.

    Raises:
        Refusal: the first problem in file order. That an annotator lacks an activation shows only when every
            row is known and right, so it comes last.
    """
    table = CsvTable(name, file, LAYOUT)
    has_ids = "concept_id" in table.present
    classes: dict[str, ClassRows] = {}
    count = 0
    for line, cells in table.rows():
        row = NamingRow._make(cells)
        wrong = _wrong_alone(row, has_ids=has_ids)
        if wrong is None:
            rows = classes.get(row.class_)
            if rows is None:
                rows = classes[row.class_] = ClassRows(row.class_)
            wrong = rows.add(line, row)
        if wrong is not None:
            raise table.wrong(line, wrong)
        count += 1
    if missing == "error":
        _refuse_missing(table, classes.values())
    in_order = (classes.pop(class_) for class_ in sorted(classes))
    arrays = tuple(rows.arrays() for rows in in_order)
    return NamingsFile(Source(count, table.sha256, table.ignored_columns), arrays)


def _wrong_alone(row: NamingRow, *, has_ids: bool) -> str | None:
    """What is wrong with a row whatever the others hold."""
    if row.correct not in CORRECT:
        return f"correct is {quoted(row.correct)}, expected is 1, 0 or nothing"
    status = row.status
    if status not in STATUSES:
        return f"status is {quoted(status)}, expected is named, unlabeled, discarded or nothing"
    has_concept = bool(row.concept or row.concept_id)
    if status and (status == NAMED) != has_concept:
        there = "there is a concept" if has_concept else "there is no concept"
        expected = "is no concept" if has_concept else "is a concept"
        return f"status is {quoted(status)} but {there}, expected {expected} for this status"
    if has_ids and row.concept and not row.concept_id:
        return f"the concept {quoted(row.concept)} has no concept_id, expected is one for every concept"
    return None


def _refuse_missing(table: CsvTable, classes: Iterable[ClassRows]) -> None:
    found: list[tuple[FirstMissing, str]] = []
    for rows in classes:
        missing = rows.first_missing()
        if missing is not None:
            found.append((missing, rows.name))
    if not found:
        return
    first, class_ = min(found)
    raise table.wrong(
        first.line,
        f"annotator {quoted(first.annotator)} has no row for the activation {quoted(first.activation)} of "
        f"class {quoted(class_)} and lacks {first.lacking} in all, expected is a row for every activation "
        "(--missing unnamed takes absent rows as not named)",
    )
