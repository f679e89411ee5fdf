"""The end of an import: the same picture twice is found, the rest is divided. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from glossator.datasets.layout import Remark
from glossator.datasets.splits import Member, Split, SplitRule, group_split, random_split
from glossator.refusal import Refusal


class Candidate(Protocol):
    """A read file, as far as this module looks at it."""

    file_name: str
    sha256: str
    picture: str
    label: str
    group_name: str | None
    split: str | None


@dataclass(frozen=True)
class Finished:
    """Positions in the given sequence that become images, with their side; and the duplicates."""

    kept: dict[int, Split]
    remarks: tuple[Remark, ...]


def finish(files: Sequence[Candidate], rule: SplitRule) -> Finished:
    """Keeps the first of equal pictures in the order given, then divides by the rule.

    Raises Refusal if nothing was readable or the rule can't be followed.
    """
    if not files:
        raise Refusal(
            "None of the files could be read as a picture; the import's report says why for each.",
            code="no_pictures",
        )
    kept, remarks = _without_duplicates(files)
    sides = _sides([files[place] for place in kept], rule)
    return Finished(dict(zip(kept, sides, strict=True)), tuple(remarks))


def _without_duplicates(files: Sequence[Candidate]) -> tuple[list[int], list[Remark]]:
    """Equal by the bytes of the file, or by all pixels: equal pixels have equal blobs."""
    by_file: dict[str, Candidate] = {}
    by_picture: dict[str, Candidate] = {}
    kept: list[int] = []
    remarks: list[Remark] = []
    for place, file in enumerate(files):
        first = by_file.get(file.sha256) or by_picture.get(file.picture)
        if first is None:
            by_file[file.sha256] = by_picture[file.picture] = file
            kept.append(place)
            continue
        how = "the same file as" if first.sha256 == file.sha256 else "pixel for pixel the same picture as"
        reason = f"it is {how} '{first.file_name}', which was imported."
        if first.label != file.label:
            reason += (
                f" Their labels differ: '{first.label}' there, '{file.label}' here; check which is right."
            )
        elif first.split != file.split:
            reason += f" That one is on the side '{first.split}', this one on '{file.split}'."
        remarks.append(Remark(file.file_name, "duplicate", reason))
    return kept, remarks


def _sides(files: Sequence[Candidate], rule: SplitRule) -> list[Split]:
    if rule.kind in {"folders", "column"}:
        return ["test" if file.split == "test" else "train" for file in files]
    members = [Member(file.sha256, file.label, file.group_name) for file in files]
    divide = group_split if rule.kind == "group" else random_split
    sides = divide(members, test_share=rule.test_share, seed=rule.seed)
    return [sides[file.sha256] for file in files]
