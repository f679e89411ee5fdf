"""What was measured on a fold, as records that are kept in a JSON file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any


class Scheme(StrEnum):
    BY_GROUP = "by group"
    AT_RANDOM = "at random"


@dataclass(frozen=True)
class Pointing:
    """One map of one tile; `hit`, `other`, `centre` and `chance` hold one value per tolerance."""

    tile: int  # index in the bundle
    variant: str
    hit: list[bool]
    other: list[float]  # of the maps of all held-out tiles of other groups, held against this tile's mask
    centre: list[bool]
    chance: list[float]  # of a uniformly drawn pixel of the photograph
    lost: bool  # a map of zeros; it counts as a miss


@dataclass(frozen=True)
class Alikeness:
    """Mean cosine over the pairs of one tile's maps; only tiles with two maps or more have one."""

    tile: int
    variant: str
    cosine: float


@dataclass(frozen=True)
class MapResults:
    """Of one fold's network: its xNN and the maps of the held-out defective tiles that have a mask."""

    agrees: list[bool]  # per held-out tile: the xNN names the network's class
    live: list[int]  # X-features in use, per class
    pointing: list[Pointing]
    alikeness: list[Alikeness]

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> MapResults:
        return cls(
            values["agrees"],
            values["live"],
            [Pointing(**one) for one in values["pointing"]],
            [Alikeness(**one) for one in values["alikeness"]],
        )


@dataclass(frozen=True)
class FoldResult:
    """`margins`: the score of DEFECTIVE minus that of NOT DEFECTIVE for each tile of `test`."""

    scheme: Scheme
    fold: int
    seconds: float
    test: list[int]
    margins: list[float]
    maps: MapResults | None

    def save(self, file: Path) -> None:
        file.write_text(json.dumps(asdict(self)))

    @classmethod
    def load(cls, file: Path) -> FoldResult:
        values = json.loads(file.read_text())
        maps = values.pop("maps")
        return cls(
            **{**values, "scheme": Scheme(values["scheme"])},
            maps=MapResults.from_json(maps) if maps else None,
        )
