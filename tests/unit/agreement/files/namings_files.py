"""Random files of namings, right ones and damaged ones, for hypothesis."""

from dataclasses import dataclass, field

from hypothesis import strategies as st

CELLS = ["", "1", "0", "2", "p", "k", "a0", "a1", "i1", "named", "eye", "y" * 501]
HEADERS = ["class", "Image", " image ", "z"]
NAMES = ["eye", "Eye", "wing, left", 'so-called "wing"', "=sum", "Flügel", "two\nlines", "u\u0308ber", "-1"]
PIECES = ['"', ",", "\n", "\r\n", "\0", "\r", "'", "=", " ", "x", "é", "e\u0301"]


@dataclass
class Draft:
    """A file before it is written: cells by column, and how to write them."""

    columns: list[str]
    rows: list[list[str]]
    line_end: str = "\n"
    quote_all: bool = False
    last_line_end: bool = True
    mark: bytes = b""
    blank_before: set[int] = field(default_factory=set)

    def bytes(self) -> bytes:
        text = ""
        for at, row in enumerate([self.columns, *self.rows]):
            blank = self.line_end if at in self.blank_before else ""
            text += blank + ",".join(map(self._cell, row)) + self.line_end
        return self.mark + (text if self.last_line_end else text.removesuffix(self.line_end)).encode()

    def _cell(self, text: str) -> str:
        if self.quote_all or any(c in text for c in ',"\n\r'):
            return '"' + text.replace('"', '""') + '"'
        return text


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """A right file: up to two classes, three annotators, four activations."""
    columns = ["annotator", "class", "activation", "image", "x_feature", "concept"]
    with_ids, with_status, with_correct = draw(st.tuples(st.booleans(), st.booleans(), st.booleans()))
    columns += ["concept_id"] * with_ids + ["status"] * with_status + ["correct"] * with_correct
    columns += draw(st.sampled_from([[], ["notes"], ["Class", "x"]]))
    rows = []
    for class_ in draw(st.sampled_from([["k"], ["k", "ß"]])):
        images = draw(st.lists(st.sampled_from(["i1", "i2"]), min_size=1, max_size=4))
        correct = {image: draw(st.sampled_from(["", "0", "1"])) for image in images}
        for annotator in draw(st.sampled_from([["p"], ["p", "q"], ["r", "p", "q"]])):
            for at, image in enumerate(images):
                name = draw(st.sampled_from(["", *NAMES]))
                cells = {
                    **{"annotator": annotator, "class": class_, "activation": f"a{at}", "image": image},
                    **{"x_feature": f"x{at % 2}", "concept": name, "concept_id": name and f"id {name}"},
                    "status": draw(st.sampled_from(["", "named" if name else "unlabeled"])),
                    "correct": correct[image],
                }
                rows.append([cells.get(column, "") for column in columns])
    order = draw(st.permutations(range(len(columns))))
    rows = draw(st.permutations(rows))
    return Draft(
        columns=[columns[at] for at in order],
        rows=[[row[at] for at in order] for row in rows],
        line_end=draw(st.sampled_from(["\n", "\r\n"])),
        quote_all=draw(st.booleans()),
        last_line_end=draw(st.booleans()),
        mark=draw(st.sampled_from([b"", b"\xef\xbb\xbf"])),
        blank_before=draw(st.sets(st.integers(0, len(rows)), max_size=2)),
    )


@st.composite
def damaged_files(draw: st.DrawFn) -> bytes:
    """A file with up to three changes in its rows, and up to two in its bytes."""
    draft = draw(drafts())
    for _ in range(draw(st.integers(0, 3))):
        _change_rows(draw, draft)
    data = draft.bytes()
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(data)))
        piece = draw(st.sampled_from([*(piece.encode() for piece in PIECES), b"\xff", b"\xc3"]))
        data = data[:at] + piece + data[at + draw(st.sampled_from([0, 0, 1, 5])) :]
    return data


def _change_rows(draw: st.DrawFn, draft: Draft) -> None:
    if not draft.rows:
        return
    row = draw(st.sampled_from(draft.rows))
    column = draw(st.integers(0, len(row) - 1))
    match draw(st.sampled_from(["cell", "cell", "cell", "twice", "gone", "short", "other", "header"])):
        case "cell":
            row[column] = draw(st.sampled_from(CELLS))
        case "twice":
            draft.rows.insert(draw(st.integers(0, len(draft.rows))), list(row))
        case "gone":
            draft.rows.remove(row)
        case "short":
            row.pop(column)
        case "other":
            other = draw(st.sampled_from(draft.rows))
            if column < len(other):
                row[column] = other[column]
        case "header":
            draft.columns[column % len(draft.columns)] = draw(st.sampled_from(HEADERS))
