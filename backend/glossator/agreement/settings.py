"""What agreement is measured with: the choices that decide every figure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

LARGEST_D = 9
LARGEST_SEED = 2**32 - 1

MissingRule = Literal["error", "unnamed"]


@dataclass(frozen=True)
class Settings:
    """Choices that decide every figure.

    Attributes:
        min_images: concepts whose activations come from fewer images are removed first; 1 keeps all.
        d: keys of the matchings in the order of reporting: d1, d2_star, d2_biclique, d3 ... d9.
        missing: whether absent rows were refused on reading or count as not named.
        permutations: draws of the permutation baseline; 0 leaves it out.
        bootstrap: resamples of images; 0 leaves intervals out.
        seed: of every random number, 0 ... 2**32 - 1.

    Raises:
        ValueError: a value outside its range; the sentence names it.
    """

    min_images: int = 3
    d: tuple[str, ...] = ("d1", "d2_star", "d2_biclique")
    missing: MissingRule = "error"
    permutations: int = 0
    bootstrap: int = 2000
    seed: int = 0

    def __post_init__(self) -> None:
        if self.min_images < 1:
            raise ValueError(f"min_images is {self.min_images}; it must be at least 1.")
        if self.permutations < 0:
            raise ValueError(f"permutations is {self.permutations}; it must be at least 0.")
        if self.bootstrap < 0:
            raise ValueError(f"bootstrap is {self.bootstrap}; it must be at least 0.")
        if not 0 <= self.seed <= LARGEST_SEED:
            raise ValueError(f"seed is {self.seed}; it must be 0 to {LARGEST_SEED}.")
        for key in self.d:
            diameter_of(key)


def diameter_of(key: str) -> int:
    """D of a matching's key.

    Raises:
        ValueError: no such key.
    """
    found = re.fullmatch(r"d(1|2(?=_)|[3-9])(_star|_biclique)?", key)
    if found is None or (found[2] is not None) != (found[1] == "2"):
        raise ValueError(
            f"There is no matching {key}; there are d1, d2_star, d2_biclique, d3 to d{LARGEST_D}."
        )
    return int(found[1])


def matching_keys(text: str) -> tuple[str, ...]:
    """Keys of a comma list of `1`, `2` (both readings), `2star`, `2biclique`, `3` ... `9`; repeats dropped.

    Raises:
        ValueError: an entry that is none of these.
    """
    keys: dict[str, None] = {}
    for entry in (part.strip() for part in text.split(",")):
        if entry == "2":
            keys.update({"d2_star": None, "d2_biclique": None})
        elif entry in ("2star", "2biclique"):
            keys[f"d2_{entry[1:]}"] = None
        elif re.fullmatch("[13-9]", entry):
            keys[f"d{entry}"] = None
        else:
            raise ValueError(
                f"{entry or 'nothing'} is no D; take 1, 2, 2star, 2biclique or 3 to {LARGEST_D}."
            )
    return tuple(keys)
