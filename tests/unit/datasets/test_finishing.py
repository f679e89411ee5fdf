"""The same picture twice becomes one image; which one, and why, does not depend on chance."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from glossator.datasets.chunks import MOST_BYTES, chunked, packed, unpacked
from glossator.datasets.finishing import finish
from glossator.datasets.ids import ids_in_order
from glossator.datasets.layout import Entry
from glossator.datasets.splits import SplitRule
from glossator.refusal import Refusal


@dataclass
class File:
    file_name: str
    sha256: str
    picture: str
    label: str = "A"
    group_name: str | None = None
    split: str | None = "train"


def test_equal_files_and_equal_pixels_are_told_apart_and_the_first_stays() -> None:
    files = [
        File("1.png", "s1", "p1"),
        File("2.png", "s1", "p1"),
        File("3.bmp", "s3", "p1", label="B"),
        File("4.png", "s4", "p4", split="test"),
        File("5.png", "s5", "p4"),
    ]

    finished = finish(files, SplitRule("column"))

    assert finished.kept == {0: "train", 3: "test"}
    assert [(each.file_name, each.reason) for each in finished.remarks] == [
        ("2.png", "it is the same file as '1.png', which was imported."),
        (
            "3.bmp",
            "it is pixel for pixel the same picture as '1.png', which was imported. Their labels differ: 'A' "
            "there, 'B' here; check which is right.",
        ),
        (
            "5.png",
            "it is pixel for pixel the same picture as '4.png', which was imported. That one is on the side "
            "'test', this one on 'train'.",
        ),
    ]
    assert {each.kind for each in finished.remarks} == {"duplicate"}


def test_duplicates_do_not_count_for_the_split() -> None:
    files = [File(f"{n}.png", f"s{n % 10}", f"p{n % 10}") for n in range(20)]

    finished = finish(files, SplitRule("random", test_share=0.2))

    assert sorted(finished.kept.values()) == ["test"] * 2 + ["train"] * 8


def test_groups_of_the_import_decide() -> None:
    files = [File(f"{n}.png", f"s{n}", f"p{n}", group_name="xyz"[n % 3]) for n in range(9)]

    finished = finish(files, SplitRule("group", test_share=0.3))

    sides = [{finished.kept[n] for n in range(9) if n % 3 == rest} for rest in range(3)]
    assert sorted(len(side) for side in sides) == [1, 1, 1]


def test_an_import_without_a_single_readable_picture_is_refused() -> None:
    with pytest.raises(Refusal, match="None of the files could be read"):
        finish([], SplitRule("random"))


def test_ids_sort_as_they_were_made_and_are_uuids_of_version_7() -> None:
    at = datetime(2026, 1, 2, 3, 4, 5, 678_000, UTC)

    ids = list(ids_in_order(70_000, at))

    assert ids == sorted(ids)
    assert len(set(ids)) == 70_000
    assert {(each.version, each.variant) for each in ids[::7000]} == {(7, "specified in RFC 4122")}
    assert {each.int >> 80 for each in ids} == {int(at.timestamp() * 1000)}


def test_portions_end_at_256_files_or_96_megabytes_and_keep_the_order() -> None:
    entries = [Entry(n, f"{n}.png", f"s{n}", "A", mask_name="ü") for n in range(600)]

    assert [len(each) for each in chunked(entries, {})] == [256, 256, 88]
    heavy = {"s1": MOST_BYTES, "s2": MOST_BYTES}
    assert [len(each) for each in chunked(entries[:5], heavy)] == [2, 3]
    assert [entry for portion in chunked(entries, {}) for entry in unpacked(packed(portion))] == entries
