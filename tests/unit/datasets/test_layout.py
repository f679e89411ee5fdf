"""Labels, splits, groups and masks follow from folders or from a table; nothing is left out silently."""

import pytest

from glossator.datasets.archive import Item
from glossator.datasets.index import read_index
from glossator.datasets.layout import Arrangement, Remark, arrange, find_index
from glossator.datasets.splits import SplitRule
from glossator.refusal import Refusal


def items(*names: str) -> list[Item]:
    return [Item(name, name, 1) for name in names]


def arranged(*names: str, rule: SplitRule | None = None, table: str | None = None) -> Arrangement:
    rule = rule or SplitRule()
    index = read_index(table.encode(), "index.csv", rule) if table else None
    return arrange(items(*names), index, rule)


def rows(arrangement: Arrangement) -> list[tuple[str, str, str | None, str | None]]:
    return [(each.file_name, each.label, each.fine_label, each.split) for each in arrangement.entries]


def remarks(arrangement: Arrangement) -> dict[str, str]:
    return {each.file_name: f"{each.kind}: {each.reason}" for each in arrangement.remarks}


def test_folders_are_labels_and_second_folders_fine_labels() -> None:
    found = arranged("B/2.png", "A/fine/deep/1.png", "A/3.png")

    assert rows(found) == [
        ("A/3.png", "A", None, None),
        ("A/fine/deep/1.png", "A", "fine", None),
        ("B/2.png", "B", None, None),
    ]
    assert [each.position for each in found.entries] == [0, 1, 2]
    assert found.rule.kind == "random"


def test_one_folder_around_everything_is_taken_off_but_a_single_label_is_kept() -> None:
    assert rows(arranged("birds/A/1.png", "birds/B/2.png", "birds/README.txt")) == [
        ("A/1.png", "A", None, None),
        ("B/2.png", "B", None, None),
    ]
    assert rows(arranged("A/1.png", "A/2.png")) == [
        ("A/1.png", "A", None, None),
        ("A/2.png", "A", None, None),
    ]


def test_folders_train_and_test_are_the_split() -> None:
    found = arranged("Train/A/1.png", "test/A/x/2.png", "extra/A/3.png")

    assert rows(found) == [("Train/A/1.png", "A", None, "train"), ("test/A/x/2.png", "A", "x", "test")]
    assert remarks(found) == {"extra/A/3.png": "ignored: it lies neither in the folder train nor in test."}
    assert found.rule.kind == "folders"


def test_folders_called_otherwise_are_no_split_and_the_sentence_names_them() -> None:
    with pytest.raises(Refusal, match="it has: train, valid"):
        arranged("train/A/1.png", "valid/A/2.png", rule=SplitRule("folders"))


def test_what_lies_in_no_folder_or_is_no_picture_is_reported_and_system_files_are_not() -> None:
    found = arranged(
        "A/1.png", "B/2.png", "loose.png", "A/notes.txt", "__MACOSX/A/._1.png", "A/.DS_Store", "B/Thumbs.db"
    )

    assert len(found.entries) == 2
    assert remarks(found) == {
        "loose.png": "ignored: it lies in no folder that would be its label.",
        "A/notes.txt": "ignored: it is not a picture.",
    }


def test_masks_belong_to_pictures_of_the_same_path_or_name() -> None:
    found = arranged(
        "A/1.jpg",
        "A/2.jpg",
        "B/1.jpg",
        "B/3.jpg",
        "masks/A/1.png",
        "masks/B/1.png",
        "masks/3.png",
        "masks/9.png",
    )

    assert {each.file_name: each.stored_mask for each in found.entries} == {
        "A/1.jpg": "masks/A/1.png",
        "A/2.jpg": None,
        "B/1.jpg": "masks/B/1.png",
        "B/3.jpg": "masks/3.png",
    }
    assert remarks(found) == {"masks/9.png": "ignored: no picture would belong to this mask."}


def test_a_mask_that_two_pictures_claim_belongs_to_neither() -> None:
    found = arranged("A/1.jpg", "B/1.jpg", "masks/1.png")

    assert [each.stored_mask for each in found.entries] == [None, None]
    assert remarks(found) == {"masks/1.png": "ignored: 2 pictures would belong to this mask."}


TABLE = "file,label,fine_label,group,split,mask\nx/2.png,B,b1,g2,test,m/2.png\nx/1.png,A,,g1,train,\n"


def test_a_table_decides_order_labels_split_and_masks() -> None:
    found = arranged("x/1.png", "x/2.png", "m/2.png", "index.csv", table=TABLE)

    assert rows(found) == [("x/2.png", "B", "b1", "test"), ("x/1.png", "A", None, "train")]
    assert [each.stored_mask for each in found.entries] == ["m/2.png", None]
    assert [each.group for each in found.entries] == ["g2", "g1"]
    assert found.remarks == ()
    assert found.rule.kind == "column"


def test_a_table_and_an_archive_that_do_not_match_say_where() -> None:
    found = arranged("x/1.png", "x/3.png", "index.csv", table=TABLE)

    assert rows(found) == [("x/1.png", "A", None, "train")]
    assert remarks(found) == {
        "x/2.png": "unreadable: index.csv names it on line 2, but it is not in the archive.",
        "x/3.png": "ignored: index.csv does not name it.",
    }
    with pytest.raises(Refusal, match=r"index\.csv: line 2: 'x/2.png' is not in the archive, and neither"):
        arranged("y/1.png", "index.csv", table=TABLE)


def test_a_missing_mask_does_not_cost_its_picture() -> None:
    found = arranged("x/1.png", "x/2.png", table=TABLE)

    assert len(found.entries) == 2
    assert remarks(found) == {
        "m/2.png": "unreadable: index.csv names this mask on line 2, but it is not in the archive."
    }


def test_a_table_of_fine_labels_alone_leaves_labels_to_the_folders() -> None:
    found = arranged("A/1.png", "B/2.png", table="file,fine_label\nA/1.png,deep\nB/2.png,flat\n")

    assert rows(found) == [("A/1.png", "A", "deep", None), ("B/2.png", "B", "flat", None)]


def test_automatic_prefers_a_column_of_sides_then_groups_then_folders() -> None:
    assert arranged("A/1.png", table="file,group\nA/1.png,g\n").rule.kind == "group"
    assert arranged("A/1.png", table="file,group,split\nA/1.png,g,test\n").rule.kind == "column"
    assert arranged("train/A/1.png", "test/A/2.png").rule.kind == "folders"


def test_a_split_by_a_column_needs_a_table() -> None:
    with pytest.raises(Refusal, match=r"put an index\.csv with the columns file and patient"):
        arranged("A/1.png", rule=SplitRule("group", group_column="patient"))


def test_an_archive_without_pictures_is_refused() -> None:
    with pytest.raises(Refusal, match="no picture in the archive"):
        arranged("README.md", "loose.png")


def test_the_table_is_found_at_the_top_or_below_one_folder() -> None:
    assert find_index(items("index.csv", "A/1.png")) == Item("index.csv", "index.csv", 1)
    assert find_index(items("tiles/index.csv", "tiles/A/1.png", "__MACOSX/x")) is not None
    assert find_index(items("A/index.csv", "B/1.png")) is None


def test_links_are_reported_as_unreadable() -> None:
    link = Item("A/l.png", "A/l.png", 1, problem="it is a link.")

    found = arrange([*items("A/1.png"), link], None, SplitRule("random"))

    assert found.remarks == (Remark("A/l.png", "unreadable", "it is a link."),)
