"""A wrong table gets one sentence with file and line; the first problem in file order is the one."""

import pytest

from glossator.datasets.csv_table import read_csv
from glossator.datasets.index import IndexRow, read_index
from glossator.datasets.splits import SplitRule
from glossator.refusal import Refusal

COLUMN, GROUP, RANDOM = SplitRule("column"), SplitRule("group"), SplitRule("random")


def refusal(content: str | bytes, rule: SplitRule = RANDOM) -> str:
    raw = content if isinstance(content, bytes) else content.encode()
    with pytest.raises(Refusal) as refused:
        read_index(raw, "index.csv", rule)
    return str(refused.value)


def test_a_table_is_read_in_file_order_with_what_it_leaves_empty_as_none() -> None:
    text = (
        "label,file,fine_label,group,mask,split,exposure\n"
        'DEFECTIVE,"a, b.jpg",Crack,7,masks/a.png,test,1\n'
        "\n"
        "FREE,.\\c\\d.jpg,,,,train,2\n"
    )

    index = read_index(text.encode("utf-8-sig"), "index.csv", COLUMN)

    assert index.rows == (
        IndexRow(2, "a, b.jpg", "DEFECTIVE", "Crack", "7", "test", "masks/a.png"),
        IndexRow(4, "c/d.jpg", "FREE", None, None, "train", None),
    )
    assert index.ignored_columns == ("exposure",)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "line 1: the file is empty"),
        ("file,label\n", "line 1: there are no rows"),
        (b"file,label\na.png,\xe4\n", "line 2: this is not UTF-8"),
        ("file,label\na.png,x\nb\0.png,x\n", "line 3: there is a NUL"),
        ('file,label\na.png,x\n"b.png,x\nc.png,x\n', "line 3: a quote"),
        ('file,label\n"a.png"b,x\n', "line 2: a quote"),
        ("name,label\na.png,x\n", "line 1: the column 'file' is missing"),
        ("file,label,label\na.png,x,y\n", "line 1: the column 'label' stands there twice"),
        ("file,label\na.png,x,y\n", "line 2: the row has 3 fields, the header has 2"),
        ("file,label\na.png,x\n,x\n", "line 3: the cell of 'file' is empty"),
        ("file,label\na.png, \n", "line 2: the cell of 'label' is empty"),
        (f"file,label\na.png,{'x' * 501}\n", "line 2: the cell of 'label' has 501 characters, at most 500"),
        ("file,label\na.png,x\n\nb.png,y\na.png,z\n", "line 5: 'a.png' stands on line 2 already"),
        ('file,label\n"a\nb.png",x\nc.png,\n', "line 4: the cell of 'label' is empty"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(content: str | bytes, said: str) -> None:
    assert refusal(content).startswith(f"index.csv: {said}")


def test_the_columns_that_the_split_needs_must_be_there_and_right() -> None:
    assert "line 1: the column 'split' is missing" in refusal("file,label\na.png,x\n", COLUMN)
    assert "line 1: the column 'group' is missing" in refusal("file,label\na.png,x\n", GROUP)
    assert "line 2: the cell of 'split' is 'Train', expected is 'train' or 'test'" in refusal(
        "file,label,split\na.png,x,Train\n", COLUMN
    )
    named = SplitRule("column", column="side")
    assert read_index(b"file,side\na.png,test\n", "index.csv", named).rows[0].split == "test"


def test_an_apostrophe_that_protects_a_formula_is_taken_off_again() -> None:
    table = read_csv(b"a,b\n'=1+1,''-x\n'quoted',plain\n", "t.csv", required=["a"], known=["a", "b"])

    assert [record.cells for record in table.records] == [
        {"a": "=1+1", "b": "'-x"},
        {"a": "'quoted'", "b": "plain"},
    ]


def test_cells_are_normalised_so_that_names_of_macos_match() -> None:
    rows = read_index("file,label\nu\u0308.png,x\n".encode(), "index.csv", RANDOM).rows

    assert rows[0].file == "ü.png"
