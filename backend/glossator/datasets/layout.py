"""From the files of an archive and its table to the list of pictures with label, split, group and mask."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from glossator.datasets.archive import Item
from glossator.datasets.index import INDEX_NAME, Index
from glossator.datasets.kinds import is_other_file, is_system_file
from glossator.datasets.places import in_masks, mask_candidates, place_of, top_folders
from glossator.datasets.splits import Split, SplitRule
from glossator.refusal import Refusal

ReportKind = Literal["unreadable", "duplicate", "ignored", "remark"]


@dataclass(frozen=True)
class Entry:
    """One picture to be read; `stored` and `stored_mask` are names as the archive spells them."""

    position: int
    file_name: str
    stored: str
    label: str
    fine_label: str | None = None
    group: str | None = None
    split: Split | None = None
    mask_name: str | None = None
    stored_mask: str | None = None


@dataclass(frozen=True)
class Remark:
    """A line of the import's report."""

    file_name: str
    kind: ReportKind
    reason: str


@dataclass(frozen=True)
class Arrangement:
    """What will be read, what is not, and the rule of the split with "automatic" resolved."""

    entries: tuple[Entry, ...]
    remarks: tuple[Remark, ...]
    rule: SplitRule
    ignored_columns: tuple[str, ...] = ()


def find_index(items: Sequence[Item]) -> Item | None:
    """index.csv at the top, below at most one folder that holds everything."""
    root = _root([item.name for item in items if not is_system_file(item.name)])
    return next((item for item in items if item.name == root + INDEX_NAME), None)


def arrange(items: Sequence[Item], index: Index | None, rule: SplitRule) -> Arrangement:
    """Pictures in the order of the table, or by name; raises Refusal if none remains."""
    wanted = [item for item in items if not is_system_file(item.name)]
    root = _root([item.name for item in wanted])
    files = {item.name.removeprefix(root): item for item in wanted}
    files.pop(INDEX_NAME, None)
    rule = _resolved(rule, index, files)
    arranging = _Arranging(files, rule)
    if index is None:
        arranging.by_folders()
    else:
        arranging.by_index(index)
    if not arranging.entries:
        raise Refusal(
            "There is no picture in the archive that could be imported; put one folder per label into it, "
            "each with its pictures.",
            code="no_pictures",
        )
    ignored_columns = index.ignored_columns if index else ()
    return Arrangement(tuple(arranging.entries), tuple(arranging.remarks), rule, ignored_columns)


def _root(names: Sequence[str]) -> str:
    """`folder/` if everything lies in one folder that is not itself a label."""
    tops = {name.split("/", 1)[0] for name in names}
    if len(tops) != 1:
        return ""
    top = f"{tops.pop()}/"
    inside = [name.removeprefix(top) for name in names if name.startswith(top)]
    only_folders = all("/" in name or is_other_file(name) for name in inside)
    return top if only_folders or INDEX_NAME in inside else ""


def _resolved(rule: SplitRule, index: Index | None, files: Mapping[str, Item]) -> SplitRule:
    tops = top_folders(files)
    if rule.kind == "automatic":
        columns = index.columns if index else ()
        if rule.column in columns:
            rule = replace(rule, kind="column")
        elif rule.group_column in columns:
            rule = replace(rule, kind="group")
        else:
            rule = replace(rule, kind="folders" if {"train", "test"} <= tops else "random")
    if rule.kind in {"column", "group"} and index is None:
        column = rule.column if rule.kind == "column" else rule.group_column
        raise Refusal(
            f"The split is to follow the column '{column}', but there is no table: put an {INDEX_NAME} with "
            f"the columns file and {column} into the archive, or choose another split.",
            code="no_table",
        )
    if rule.kind == "folders" and not ({"train", "test"} <= tops):
        found = ", ".join(sorted(tops)) or "none"
        raise Refusal(
            "The split is to follow the folders, so the archive needs the folders train and test at its top; "
            f"it has: {found[:200]}.",
            code="no_split_folders",
        )
    return rule


class _Arranging:
    """Collects entries and remarks for one archive."""

    def __init__(self, files: Mapping[str, Item], rule: SplitRule) -> None:
        self.files = files
        self.rule = rule
        self.entries: list[Entry] = []
        self.remarks: list[Remark] = []

    def by_folders(self) -> None:
        for name in sorted(self.files):
            if not in_masks(name):
                self._add(name, Entry(len(self.entries), name, self.files[name].stored, label=""))
        self._attach_masks()

    def by_index(self, index: Index) -> None:
        for row in index.rows:
            if row.file not in self.files:
                reason = f"{index.name} names it on line {row.line}, but it is not in the archive."
                self.remarks.append(Remark(row.file, "unreadable", reason))
                continue
            mask = self.files.get(row.mask) if row.mask else None
            entry = Entry(
                position=len(self.entries),
                file_name=row.file,
                stored=self.files[row.file].stored,
                label=row.label or "",
                fine_label=row.fine_label,
                group=row.group,
                split=row.split if self.rule.kind == "column" else None,
                mask_name=row.mask,
                stored_mask=mask.stored if mask else None,
            )
            if row.mask and mask is None:
                reason = f"{index.name} names this mask on line {row.line}, but it is not in the archive."
                self.remarks.append(Remark(row.mask, "unreadable", reason))
            self._add(row.file, entry)
        self._check_any_found(index)
        named = {name for row in index.rows for name in (row.file, row.mask)}
        if "mask" not in index.columns:
            self._attach_masks()
            named |= {name for name in self.files if in_masks(name)}
        for name in sorted(self.files.keys() - named):
            self.remarks.append(Remark(name, "ignored", f"{index.name} does not name it."))

    def _add(self, name: str, entry: Entry) -> None:
        """Completes the entry from the folders it lies in, or says why it is left out."""
        problem = self.files[name].problem
        if problem is not None:
            self.remarks.append(Remark(name, "unreadable", problem))
            return
        if is_other_file(name):
            self.remarks.append(Remark(name, "ignored", "it is not a picture."))
            return
        place = place_of(name, by_side=self.rule.kind == "folders")
        if self.rule.kind == "folders" and place.side is None:
            self.remarks.append(Remark(name, "ignored", "it lies neither in the folder train nor in test."))
        elif not entry.label and place.label is None:
            self.remarks.append(Remark(name, "ignored", "it lies in no folder that would be its label."))
        else:
            self.entries.append(
                replace(
                    entry,
                    label=entry.label or place.label or "",
                    fine_label=entry.fine_label or (None if entry.label else place.fine_label),
                    split=place.side or entry.split,
                )
            )

    def _attach_masks(self) -> None:
        """Gives each picture the mask of the same path and stem, if it is the only one to claim it."""
        masks = {name.rsplit(".", 1)[0]: name for name in sorted(self.files) if in_masks(name)}
        claims: dict[str, list[int]] = defaultdict(list)
        for entry in self.entries:
            stem = next((stem for stem in mask_candidates(entry.file_name) if stem in masks), None)
            if stem is not None:
                claims[masks[stem]].append(entry.position)
        for name in masks.values():
            takers = claims[name]
            if len(takers) == 1:
                entry = self.entries[takers[0]]
                self.entries[takers[0]] = replace(entry, mask_name=name, stored_mask=self.files[name].stored)
            else:
                reason = f"{len(takers)} pictures" if takers else "no picture"
                self.remarks.append(Remark(name, "ignored", f"{reason} would belong to this mask."))

    def _check_any_found(self, index: Index) -> None:
        if any(row.file in self.files for row in index.rows):
            return
        first = index.rows[0]
        raise Refusal(
            f"{index.name}: line {first.line}: '{first.file}' is not in the archive, and neither is any "
            "other file named there; paths are expected as they stand inside the archive.",
            code="wrong_table",
        )
