"""JUDGEMENTS.csv: what an analyst said about pairs of names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO, cast

from glossator.agreement.files.cells import quoted
from glossator.agreement.files.csv_table import CsvTable, Layout
from glossator.agreement.names import Judgements, Relation, unordered

LAYOUT = Layout(filled=("name_a", "name_b"), required=("relation",), may_have_no_rows=True)
RELATIONS = frozenset(("exact", "subset", "none"))


@dataclass(frozen=True)
class JudgementsFile:
    """What the file holds; `ignored_columns` in file order."""

    judgements: Judgements
    ignored_columns: tuple[str, ...]


def read_judgements(name: str, file: BinaryIO) -> JudgementsFile:
    """Read JUDGEMENTS.csv; `name` is what messages call it.

    Raises:
        Refusal: the first problem in file order.
    """
    table = CsvTable(name, file, LAYOUT)
    relations: dict[tuple[str, str], Relation] = {}
    lines: dict[tuple[str, str], int] = {}
    for line, (name_a, name_b, relation) in table.rows():
        if relation not in RELATIONS:
            raise table.wrong(line, f"relation is {quoted(relation)}, expected is exact, subset or none")
        pair = unordered(name_a, name_b)
        before = relations.setdefault(pair, cast(Relation, relation))
        earlier = lines.setdefault(pair, line)
        if before != relation:
            raise table.wrong(
                line,
                f"{quoted(name_a)} and {quoted(name_b)} have the relation {quoted(relation)}, expected is "
                f"{quoted(before)} as on line {earlier}",
            )
    return JudgementsFile(Judgements(relations), table.ignored_columns)
