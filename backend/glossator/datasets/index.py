"""The table of an import: index.csv inside it, or a CSV that came beside it."""

from dataclasses import dataclass
from typing import Literal, cast

from glossator.datasets.csv_table import CsvTable, read_csv
from glossator.datasets.splits import SplitRule

INDEX_NAME = "index.csv"
_COLUMNS = ("file", "label", "fine_label", "mask")


@dataclass(frozen=True)
class IndexRow:
    """One line of the table; what it leaves empty is None."""

    line: int
    file: str
    label: str | None
    fine_label: str | None
    group: str | None
    split: Literal["train", "test"] | None
    mask: str | None


@dataclass(frozen=True)
class Index:
    """The rows in file order, each file once."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[IndexRow, ...]
    ignored_columns: tuple[str, ...]


def read_index(content: bytes, name: str, rule: SplitRule) -> Index:
    """Reads the columns file, label, fine_label, mask and those that the rule names; `file` must be there.

    Raises Refusal `NAME: line N: …` for the first problem in file order.
    """
    required = ["file"]
    if rule.kind == "column":
        required.append(rule.column)
    if rule.kind == "group":
        required.append(rule.group_column)
    known = (*_COLUMNS, rule.column, rule.group_column)
    table = read_csv(content, name, required=required, known=known)
    lines: dict[str, int] = {}
    rows: list[IndexRow] = []
    for record in table.records:
        row = _row(table, record.line, record.cells, rule)
        if row.file in lines:
            raise table.wrong(row.line, f"'{row.file}' stands on line {lines[row.file]} already.")
        lines[row.file] = row.line
        rows.append(row)
    ignored = tuple(column for column in table.columns if column not in known)
    return Index(name, table.columns, tuple(rows), ignored)


def _row(table: CsvTable, line: int, cells: dict[str, str], rule: SplitRule) -> IndexRow:
    file = cells["file"].replace("\\", "/").removeprefix("./")
    if not file:
        raise table.wrong(line, "the cell of 'file' is empty, the path of a picture is expected.")
    if cells.get("label") == "":
        raise table.wrong(line, "the cell of 'label' is empty, the label of the picture is expected.")
    split = cells.get(rule.column) or None
    if rule.kind in {"automatic", "column"} and split not in {"train", "test"} and rule.column in cells:
        raise table.wrong(
            line, f"the cell of '{rule.column}' is '{split or ''}', expected is 'train' or 'test'."
        )
    mask = cells.get("mask")
    return IndexRow(
        line=line,
        file=file,
        label=cells.get("label"),
        fine_label=cells.get("fine_label") or None,
        group=cells.get(rule.group_column) or None,
        split=cast("Literal['train', 'test'] | None", split),
        mask=mask.replace("\\", "/").removeprefix("./") if mask else None,
    )
