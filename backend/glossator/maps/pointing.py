"""What is stored of the pointing game: whether maps, and pointing without looking, hit an image's mask."""

from dataclasses import dataclass

TOLERANCES = {"exact": 0.0, "half_cell": 0.5, "one_cell": 1.0}
"""How far from the mask a hit may lie, in cells of the map."""


@dataclass(frozen=True)
class Hits:
    """Whether something points into a mask: exactly, within half a cell of the map, within one cell."""

    exact: bool
    half_cell: bool
    one_cell: bool


@dataclass(frozen=True)
class Chances:
    """Expected share for a pixel drawn from all of the photograph alike, by tolerance."""

    exact: float
    half_cell: float
    one_cell: float


@dataclass(frozen=True)
class Baselines:
    """What pointing without looking reaches on an image's mask."""

    centre: Hits
    uniform: Chances


@dataclass(frozen=True)
class MapHits:
    """Both variants of a map against its image's mask; a map without mass misses."""

    plain: Hits
    contrastive: Hits
