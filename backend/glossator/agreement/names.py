"""Names of concepts, and whether two of them mean the same (4.3 of the paper)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from glossator.agreement.results import Linguistic, Ratio

Relation = Literal["exact", "subset", "none"]

NOTHING_JUDGED = "no matched weight is judged"


@lru_cache(maxsize=1 << 16)
def normalised(name: str) -> str:
    """The form in which names are compared: NFC, case folded, white space collapsed."""
    folded = unicodedata.normalize("NFC", name).casefold()
    # Folding may leave what NFC would compose.
    return " ".join(unicodedata.normalize("NFC", folded).split())


def unordered(name_a: str, name_b: str) -> tuple[str, str]:
    """The pair under which a judgement of two names is kept."""
    first, second = sorted((normalised(name_a), normalised(name_b)))
    return first, second


@dataclass(frozen=True)
class Judgements:
    """What an analyst said about pairs of names.

    Attributes:
        relations: by the pair `unordered` gives.
    """

    relations: Mapping[tuple[str, str], Relation] = field(default_factory=dict)

    @classmethod
    def of(cls, judged: Iterable[tuple[str, str, Relation]]) -> Judgements:
        """From triples of two names and their relation, in any order and spelling; the last one counts."""
        return cls({unordered(a, b): relation for a, b, relation in judged})

    def between(self, name_a: str | None, name_b: str | None) -> Relation | None:
        """The relation of two names; None if nobody judged it, or one of the concepts is nameless."""
        if name_a is None or name_b is None:
            return None
        pair = unordered(name_a, name_b)
        return "exact" if pair[0] == pair[1] else self.relations.get(pair)


def linguistic(
    edges: Iterable[tuple[int, int]],
    weights: NDArray[np.int64],
    names_a: list[str | None],
    names_b: list[str | None],
    judgements: Judgements,
) -> Linguistic:
    """Compatible weight of judged weight over the edges inside families (Table 6).

    Args:
        edges: (row, column) of `weights`, each once.
        weights: (n, m) shared activations.
        names_a: n names, None for a nameless concept.
        names_b: m names.
        judgements: what was said about pairs of names.
    """
    weight_of: dict[Relation | None, int] = {"exact": 0, "subset": 0, "none": 0, None: 0}
    for row, column in edges:
        weight_of[judgements.between(names_a[row], names_b[column])] += int(weights[row, column])
    judged = weight_of["exact"] + weight_of["subset"] + weight_of["none"]
    return Linguistic(
        exact=Ratio.of(weight_of["exact"], judged, NOTHING_JUDGED),
        subset=Ratio.of(weight_of["exact"] + weight_of["subset"], judged, NOTHING_JUDGED),
        unjudged_weight=weight_of[None],
    )
