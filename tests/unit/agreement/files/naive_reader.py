"""A second reader of NAMINGS.csv, slow and simple: it lists every problem and reports the smallest.

It walks through characters, not lines, and looks back over all earlier rows.
"""

import re
from dataclasses import dataclass
from unicodedata import normalize

REQUIRED = ["annotator", "class", "activation", "image", "x_feature", "concept"]
KNOWN = [*REQUIRED, "concept_id", "status", "correct"]
# Kinds of problems in the order in which one line reports them.
(
    EMPTY,
    UTF_8,
    NUL,
    QUOTE,
    COLUMN,
    TWICE,
    FIELDS,
    NO_VALUE,
    LONG,
    CORRECT,
    STATUS,
    STATE,
    NO_ID,
    AGAIN,
    ACTIVATION,
    IMAGE,
    NAMES,
    LACKS,
) = range(18)

Problem = tuple[int, int]
"""Line and kind."""


@dataclass(frozen=True)
class NaiveRow:
    line: int
    cells: dict[str, str]

    def get(self, column: str) -> str:
        return self.cells.get(column, "")

    @property
    def concept(self) -> str:
        return self.get("concept_id") or self.get("concept")


def pieces(data: bytes) -> list[tuple[int, bytes]]:
    """Line and bytes of each record, cut at every line feed that an even number of quotes precedes."""
    found, quotes, start, start_line, line = [], 0, 0, 1, 1
    for at, byte in enumerate(data + b"\n"):
        quotes += byte == ord('"')
        if byte != ord("\n"):
            continue
        line += 1
        if quotes % 2 == 0 or at == len(data):
            found.append((start_line, data[start:at].removesuffix(b"\r")))
            quotes, start, start_line = 0, at + 1, line
    return [(number, record) for number, record in found if record]


def fields(text: str) -> list[str] | None:
    """One record, character by character; None where a quote stands where it must not."""
    cells, cell, state = [], "", "start"
    for c in text:
        if state in ("start", "plain"):
            if c == ",":
                cells.append(cell)
                cell, state = "", "start"
            elif c == '"':
                if state == "plain":
                    return None
                state = "quoted"
            else:
                cell, state = cell + c, "plain"
        elif state == "quoted":
            if c == '"':
                state = "closed"
            else:
                cell += c
        elif c == '"':
            cell, state = cell + c, "quoted"
        elif c == ",":
            cells.append(cell)
            cell, state = "", "start"
        else:
            return None
    return None if state == "quoted" else [*cells, cell]


def text_of(cell: str) -> str:
    return normalize("NFC", re.sub(r"^'(?='*[=+\-@\t\r])", "", cell).strip())


def problems(data: bytes) -> tuple[list[Problem], list[NaiveRow]]:
    """All problems that can be told, and the rows."""
    records = pieces(data.removeprefix(b"\xef\xbb\xbf"))
    if not records:
        return [(1, EMPTY)], []
    found: list[Problem] = []
    split: list[tuple[int, list[str]]] = []
    for line, record in records:
        try:
            text = record.decode()
        except UnicodeDecodeError:
            found.append((line, UTF_8))
            continue
        cells = fields(text)
        if "\0" in text:
            found.append((line, NUL))
        elif cells is None:
            found.append((line, QUOTE))
        else:
            split.append((line, [text_of(cell) for cell in cells]))
    # A header that can't be read and runs over several lines has swallowed what might be rows.
    if len(records) == 1 and not (found and b"\n" in records[0][1].removesuffix(b"\n")):
        found.append((1, EMPTY))
    if not split or split[0][0] != records[0][0]:
        return found, []
    header = split.pop(0)[1]
    found += [(1, COLUMN) for column in REQUIRED if column not in header]
    found += [(1, TWICE) for column in header if header.count(column) > 1]
    found += [(line, FIELDS) for line, cells in split if len(cells) != len(header)]
    rows = [
        NaiveRow(line, dict(zip(header, cells, strict=True)))
        for line, cells in split
        if len(cells) == len(header)
    ]
    for at, row in enumerate(rows):
        found += [(row.line, kind) for kind in of_row(row) + against_earlier(row, rows[:at])]
    return found, rows


def of_row(row: NaiveRow) -> list[int]:
    state, kinds = row.get("status"), []
    if not all(row.get(column) for column in REQUIRED[:5]):
        kinds.append(NO_VALUE)
    if any(len(row.get(column)) > 500 for column in KNOWN):
        kinds.append(LONG)
    if row.get("correct") not in ("", "0", "1"):
        kinds.append(CORRECT)
    if state not in ("", "named", "unlabeled", "discarded"):
        kinds.append(STATUS)
    if (state == "named" and not row.concept) or (state in ("unlabeled", "discarded") and row.concept):
        kinds.append(STATE)
    if "concept_id" in row.cells and row.get("concept") and not row.get("concept_id"):
        kinds.append(NO_ID)
    return kinds


def against_earlier(row: NaiveRow, earlier: list[NaiveRow]) -> list[int]:
    def same(other: NaiveRow, *columns: str) -> bool:
        return all(row.get(column) == other.get(column) for column in columns)

    kinds = []
    for other in earlier:
        if same(other, "annotator", "class", "activation"):
            kinds.append(AGAIN)
        if same(other, "class", "activation") and not same(other, "image", "x_feature"):
            kinds.append(ACTIVATION)
        if same(other, "class", "image") and not same(other, "correct"):
            kinds.append(IMAGE)
        if (
            row.get("concept_id")
            and same(other, "annotator", "class", "concept_id")
            and not same(other, "concept")
        ):
            kinds.append(NAMES)
    return kinds


def lacking(rows: list[NaiveRow]) -> list[Problem]:
    """For each pair of annotator and class the first row of each activation that is not there."""
    there = {(row.get("class"), row.get("annotator"), row.get("activation")) for row in rows}
    found = []
    for class_, annotator, _ in there:
        found += [
            (row.line, LACKS)
            for row in rows
            if row.get("class") == class_ and (class_, annotator, row.get("activation")) not in there
        ]
    return found


def first_problem(data: bytes) -> Problem | None:
    found, rows = problems(data)
    return min(found or lacking(rows), default=None)
