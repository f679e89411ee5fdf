"""JUDGEMENTS.csv: pairs of names in any order and spelling."""

import io

import pytest

from glossator.agreement.files.judgements_csv import JudgementsFile, read_judgements
from glossator.refusal import Refusal

HEADER = "name_a,name_b,relation\n"


def read(text: str) -> JudgementsFile:
    return read_judgements("J.csv", io.BytesIO(text.encode()))


def test_a_pair_is_found_in_any_order_and_spelling() -> None:
    found = read(HEADER + 'Open  Wing,"head, left",subset\n').judgements

    assert found.between("HEAD, left", "open wing") == "subset"
    assert found.between("open wing", "tail") is None


def test_the_same_judgement_twice_is_no_contradiction() -> None:
    found = read(HEADER + "eye,head,none\nHead,Eye,none\n").judgements

    assert found.between("eye", "head") == "none"


def test_a_header_alone_is_an_export_without_judgements() -> None:
    assert dict(read(HEADER).judgements.relations) == {}


def test_other_columns_are_listed() -> None:
    assert read("by,name_a,name_b,relation\nx,a,b,none\n").ignored_columns == ("by",)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, ["empty"]),
        ("name_a,relation\na,none\n", 1, ["name_b"]),
        (HEADER + "a,,none\n", 2, ["name_b", "empty"]),
        (HEADER + "a,b,none\n\na,b,similar\n", 4, ["relation", "'similar'"]),
        (HEADER + "a,b,\n", 2, ["relation"]),
        (HEADER + "eye,head,none\nx,y,none\nHEAD,eye,exact\n", 4, ["'none'", "'exact'", "line 2"]),
        (HEADER + 'a,"b,none\n', 2, ["quote"]),
        (HEADER + "a,b\n", 2, ["2", "3"]),
    ],
)
def test_what_is_wrong_is_one_sentence_with_its_line(text: str, line: int, words: list[str]) -> None:
    with pytest.raises(Refusal) as refused:
        read(text)

    assert str(refused.value).startswith(f"J.csv: line {line}: ")
    assert all(word in str(refused.value) for word in words)
