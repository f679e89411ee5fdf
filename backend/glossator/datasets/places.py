"""What the folders of a picture say: side of the split, label, fine label; and where its mask would lie."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

MASKS_FOLDER = "masks"


@dataclass(frozen=True)
class Place:
    side: Literal["train", "test"] | None
    label: str | None
    fine_label: str | None


def in_masks(name: str) -> bool:
    return name.lower().startswith(f"{MASKS_FOLDER}/")


def top_folders(names: Iterable[str]) -> set[str]:
    """Lower-case names of the folders at the top, but for the masks."""
    return {name.split("/", 1)[0].lower() for name in names if "/" in name} - {MASKS_FOLDER}


def place_of(name: str, *, by_side: bool) -> Place:
    """`[train|test/]LABEL/[FINE LABEL/…]file`; the folder of the side is expected only if asked for."""
    folders = [part for part in name.split("/")[:-1] if part]
    side: Literal["train", "test"] | None = None
    if by_side and folders:
        first = folders.pop(0).lower()
        side = "train" if first == "train" else "test" if first == "test" else None
    label, fine_label, *_ = (*folders, None, None)
    return Place(side, label, fine_label)


def mask_candidates(name: str) -> Iterator[str]:
    """Paths under masks/ without suffix, from the picture's whole path down to its bare name."""
    parts = name.rsplit(".", 1)[0].split("/")
    for start in range(len(parts)):
        yield "/".join((MASKS_FOLDER, *parts[start:]))
