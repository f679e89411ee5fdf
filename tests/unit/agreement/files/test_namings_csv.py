"""NAMINGS.csv: what is accepted, what is refused and on which line."""

import csv
import hashlib
import io
import re
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.agreement.files import naive_reader as naive
from tests.unit.agreement.files.namings_files import Draft, damaged_files, drafts

from glossator.agreement.files.namings_csv import NamingsFile, read_namings
from glossator.agreement.namings import MISSING, UNNAMED, ClassNamings
from glossator.agreement.settings import MissingRule
from glossator.refusal import Refusal

HEADER = "annotator,class,activation,image,x_feature,concept"
WORDS = {
    naive.EMPTY: "empty|no rows",
    naive.UTF_8: "UTF-8",
    naive.NUL: "NUL",
    naive.QUOTE: "quote",
    naive.COLUMN: "lacks the column",
    naive.TWICE: "twice",
    naive.FIELDS: r"\d+ fields, expected are \d+",
    naive.NO_VALUE: "is empty",
    naive.LONG: "500",
    naive.CORRECT: "correct is",
    naive.STATUS: "status is",
    naive.STATE: "status is .* but",
    naive.NO_ID: "concept_id",
    naive.AGAIN: r"on line \d+ already",
    naive.ACTIVATION: r"activation .* as on line \d+",
    naive.IMAGE: r"correct .* as on line \d+",
    naive.NAMES: r"concept_id .* as on line \d+",
    naive.LACKS: "has no row for the activation",
}


def read(text: str | bytes, missing: MissingRule = "error") -> NamingsFile:
    data = text if isinstance(text, bytes) else text.encode()
    return read_namings("N.csv", io.BytesIO(data), missing=missing)


def refusal(text: str | bytes) -> str:
    with pytest.raises(Refusal) as refused:
        read(text)
    return str(refused.value)


def rows(*lines: str, header: str = HEADER) -> str:
    return "\n".join([header, *lines, ""])


def same(left: ClassNamings, right: ClassNamings) -> bool:
    """Dataclasses of arrays have no equality; here all of it is short enough to be printed whole."""
    return repr(left) == repr(right)


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged_files())
def test_the_first_problem_is_the_one_that_a_slow_second_reader_finds(data: bytes) -> None:
    expected = naive.first_problem(data)
    try:
        read(data)
        sentence = None
    except Refusal as refused:
        sentence = str(refused)

    if expected is None:
        assert sentence is None
        return
    line, kind = expected
    assert sentence is not None, (line, kind)
    assert sentence.startswith(f"N.csv: line {line}: "), (line, kind)
    assert re.search(WORDS[kind], sentence), (sentence, kind)
    assert "\n" not in sentence


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drafts())
def test_a_right_file_holds_what_the_csv_module_reads(draft: Draft) -> None:
    data = draft.bytes()
    found = read(data)

    text = io.StringIO(data.decode("utf-8-sig"), newline="")
    header, *body = (record for record in csv.reader(text, strict=True) if record)
    expected = {}
    for record in body:
        cells = {column: naive.text_of(cell) for column, cell in zip(header, record, strict=True)}
        named = cells.get("concept_id") or cells["concept"]
        key = cells["class"], cells["annotator"], cells["activation"]
        expected[key] = cells["image"], cells["x_feature"], named or None, cells.get("correct", "")
    held = {}
    for class_ in found.classes:
        for naming in class_.namings:
            for at, activation in enumerate(class_.activation_ids):
                code = naming.concept_of[at]
                image = class_.image_of[at]
                held[class_.name, naming.annotator, activation] = (
                    class_.image_ids[image],
                    class_.x_feature_ids[class_.x_feature_of[at]],
                    None if code == UNNAMED else naming.concepts[code].id,
                    {-1: "", 0: "0", 1: "1"}[int(class_.correct[image])],
                )
    assert held == expected
    assert found.source.rows == len(expected)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drafts(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing_but_the_hash(draft: Draft, random: Random) -> None:
    before = read(draft.bytes())
    random.shuffle(draft.rows)
    after = read(draft.bytes())

    assert all(same(*pair) for pair in zip(before.classes, after.classes, strict=True))


def test_ids_come_in_code_point_order_whatever_the_file_says() -> None:
    found = read(rows("q,k,a2,i2,x2,b", "q,k,a10,i1,x1,a", "p,k,a10,i1,x1,é", "p,k,a2,i2,x2,z", "p,B,a,i,x,"))

    assert [class_.name for class_ in found.classes] == ["B", "k"]
    k = found.classes[1]
    assert k.activation_ids == ("a10", "a2")
    assert (k.image_ids, k.x_feature_ids) == (("i1", "i2"), ("x1", "x2"))
    assert [naming.annotator for naming in k.namings] == ["p", "q"]
    assert [concept.id for concept in k.namings[0].concepts] == ["z", "é"]
    assert k.namings[0].concept_of.tolist() == [1, 0]
    assert k.image_of.dtype == k.namings[0].concept_of.dtype == np.int32
    assert k.correct.tolist() == [-1, -1]


def test_images_are_told_apart_within_a_class() -> None:
    found = read(rows("p,k,a,1,x,c,1", "p,m,a,1,x,c,0", header=HEADER + ",correct"))

    assert [class_.correct.tolist() for class_ in found.classes] == [[1], [0]]


def test_cells_are_stripped_composed_and_freed_of_the_guard_before_a_formula() -> None:
    written = ["u\u0308", "'=sum", "'' x", "''@x", "  wing  "]
    found = read(rows(*(f"p, k ,a{at},\u00a0i1,x1,{cell}" for at, cell in enumerate(written))))

    assert found.classes[0].image_ids == ("i1",)
    assert [c.name for c in found.classes[0].namings[0].concepts] == ["'' x", "'@x", "=sum", "wing", "ü"]


def test_a_group_without_a_name_is_a_concept_and_names_may_repeat() -> None:
    concepts = [",c1", "eye,c2", "eye,c3", ","]
    lines = (f"p,k,a{at},i1,x1,{concept}" for at, concept in enumerate(concepts))
    found = read(rows(*lines, header=HEADER + ",concept_id"))

    naming = found.classes[0].namings[0]
    assert [(c.id, c.name) for c in naming.concepts] == [("c1", None), ("c2", "eye"), ("c3", "eye")]
    assert naming.concept_of.tolist() == [0, 1, 2, UNNAMED]


def test_absent_rows_are_missing_where_they_are_allowed() -> None:
    text = rows("p,k,a1,i1,x1,eye", "q,k,a2,i1,x1,eye", "r,m,a9,i1,x1,eye")

    found = read(text, "unnamed")

    assert [naming.concept_of.tolist() for naming in found.classes[0].namings] == [[0, MISSING], [MISSING, 0]]
    assert [naming.annotator for naming in found.classes[1].namings] == ["r"]


def test_an_absent_row_is_named_by_annotator_class_activation_and_number() -> None:
    text = rows("q,k,a3,i1,x1,", "p,k,a1,i1,x1,eye", "q,k,a1,i1,x1,", "p,k,a2,i1,x1,", "p,k,a4,i1,x1,")

    sentence = refusal(text)

    # The first activation in file order that somebody lacks is a3, on line 2, and p lacks nothing else.
    assert sentence.startswith("N.csv: line 2: annotator 'p' has no row for the activation 'a3' of class 'k'")
    assert "lacks 1 in all" in sentence
    assert "line 4: annotator 'q'" in refusal(text.replace("q,k,a3,i1,x1,\n", ""))
    assert "'a2' of class 'k' and lacks 2 in all" in refusal(text.replace("q,k,a3,i1,x1,\n", ""))


def test_of_several_classes_with_absent_rows_the_first_in_file_order_is_named() -> None:
    text = rows("p,m,a,i,x,", "q,m,b,i,x,", "p,k,a,i,x,", "q,k,b,i,x,", "p,z,a,i,x,", "q,z,b,i,x,")

    assert refusal(text).startswith(
        "N.csv: line 2: annotator 'q' has no row for the activation 'a' of class 'm'"
    )


def test_ignored_columns_are_listed_in_file_order() -> None:
    found = read(rows("y" * 900 + ",p,k,a,i,x,c,odd", header=f"zeta,{HEADER},Status"))

    assert found.source.ignored_columns == ("zeta", "Status")


def test_the_hash_is_of_the_bytes_with_mark_and_line_ends() -> None:
    data = b"\xef\xbb\xbf" + rows("p,k,a,i,x,c").replace("\n", "\r\n").encode()
    assert read(data).source.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (b"", 1, ["empty"]),
        (b"\xef\xbb\xbf", 1, ["empty"]),
        (b"\n\r\n", 1, ["empty"]),
        (HEADER, 1, ["no rows"]),
        (HEADER.replace("class,", "") + "\n", 1, ["no rows"]),
        (rows("p,k,a,i,x,c").encode("utf-16"), 1, ["UTF-8"]),
        (rows("p,k,a,i,x,c").encode("utf-16-le"), 1, ["NUL"]),
        (rows("p,k,a,i,x,c", "p,k,b,i,x,Flügel").encode("latin-1"), 3, ["UTF-8", "0xfc"]),
        (rows("p,k,a,i,x,c", "p,k,b\0,i,x,c"), 3, ["NUL"]),
        (rows("p,k,a,i,x,c", 'p,k,b,i,x,"c', "p,k,d,i,x,c"), 3, ["quote", "never closed"]),
        (rows('p,k,a,i,x,"c"d'), 2, ["quote", "follows"]),
        (rows('p,k,a,i,x,"c" '), 2, ["quote", "follows"]),
        (rows('p,k,a,i,x,c"d"'), 2, ["quote", "inside"]),
        (rows('p,k,a,i,x,"two', 'lines"', "p,k,a,i,x,c"), 4, ["line 2"]),
        (rows('p,k,a,i,x,"two', 'lines",extra'), 2, ["7 fields", "6"]),
        (rows("p,k,a,i,c", header=HEADER.replace("x_feature,", "")), 1, ["x_feature"]),
        (rows("p,k,a,i,x,c", header=HEADER.replace("class", "Class")), 1, ["class"]),
        (rows("p,k,a,i,x,c,i", header=HEADER + ",image"), 1, ["image", "twice"]),
        (rows("p,k,a,i,x", header=HEADER), 2, ["5 fields", "6"]),
        (rows("p,k,a,i,x,c", "p,k,b,i,  ,c", header=HEADER), 3, ["x_feature"]),
        (rows("p,k,a,i,x," + "c" * 501), 2, ["concept", "501", "500"]),
        (rows("p,k,a,i,x,c,yes", header=HEADER + ",correct"), 2, ["correct", "'yes'"]),
        (rows("p,k,a,i,x,c,Named", header=HEADER + ",status"), 2, ["status", "'Named'"]),
        (rows("p,k,a,i,x,,named", header=HEADER + ",status"), 2, ["status", "no concept"]),
        (rows("p,k,a,i,x,c,discarded", header=HEADER + ",status"), 2, ["status", "'discarded'"]),
        (rows("p,k,a,i,x,eye,", header=HEADER + ",concept_id"), 2, ["concept_id", "'eye'"]),
        (rows("p,k,a,i,x,c", "p,k,b,i,x,c", "p,k,a,i,x,d"), 4, ["line 2"]),
        (rows("p,k,a,i,x,c", "q,k,a,j,x,c"), 3, ["'i'", "'j'", "line 2"]),
        (rows("p,k,a,i,x,c", "q,k,a,i,y,c"), 3, ["'x'", "'y'", "line 2"]),
        (rows("p,k,a,i,x,c,1", "p,k,b,i,x,c,0", header=HEADER + ",correct"), 3, ["correct", "line 2"]),
        (rows("p,k,a,i,x,u,1", "p,k,b,i,x,v,1", header=HEADER + ",concept_id"), 3, ["'u'", "'v'", "line 2"]),
        (rows("p,k,a,i,x,c", "q,k,b,i,x,c"), 2, ["'q'", "'a'", "'k'", "1"]),
    ],
)
def test_every_problem_of_the_format_is_one_sentence_with_its_line(
    text: str | bytes, line: int, words: list[str]
) -> None:
    sentence = refusal(text)

    assert sentence.startswith(f"N.csv: line {line}: ")
    assert all(word in sentence for word in words), sentence
    assert sentence.endswith(".")


def test_a_value_with_line_breaks_stays_on_one_line_of_the_message() -> None:
    sentence = refusal(rows('p,k,a,i,x,c,"1\n\x1b[31m0"', header=HEADER + ",correct"))

    assert r"'1\n\x1b[31m0'" in sentence


def test_quoted_line_breaks_and_empty_lines_count_as_lines() -> None:
    text = HEADER + '\r\n\r\np,k,a,i,x,"two\r\n\r\nlines"\r\n\r\np,k,b,i,x\r\n'

    assert refusal(text).startswith("N.csv: line 7: it has 5 fields")


def test_five_hundred_characters_are_allowed() -> None:
    found = read(rows("p,k,a,i,x," + "ü" * 500))

    assert found.classes[0].namings[0].concepts[0].id == "ü" * 500


@pytest.mark.parametrize("size", [1, 2, 7, 64])
def test_blocks_may_end_anywhere(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr("glossator.agreement.files.records._BLOCK", size)
    text = rows('p,k,a,i,x,"two\nlines"', "q,k,a,i,x,Flügel").replace("\n", "\r\n")
    data = b"\xef\xbb\xbf" + text.encode()

    names = [naming.concepts[0].name for naming in read(data).classes[0].namings]

    assert names == ["two\r\nlines", "Flügel"]
