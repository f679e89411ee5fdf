"""What a run is asked for, and what a walk can be stopped at."""

from dataclasses import dataclass
from enum import StrEnum


class Variant(StrEnum):
    """How a map is walked: from an X-feature's row alone, or against the negated row as well."""

    PLAIN = "plain"
    CONTRASTIVE = "contrastive"


class Asked(StrEnum):
    """Which variant is to stand on boards."""

    AUTOMATIC = "automatic"
    PLAIN = "plain"
    CONTRASTIVE = "contrastive"


@dataclass(frozen=True)
class RunParameters:
    """All that decides a run's result, beside the classifier and its data set.

    Attributes:
        x_features: X-features per class.
        share: part of the positive score that the significant X-features of an image hold.
        stop: node at which maps are taken; None for the default of the network.
        variant: of the maps on boards.
        seed: of the training of the xNNs.
    """

    x_features: int = 5
    share: float = 0.9
    stop: str | None = None
    variant: Asked = Asked.AUTOMATIC
    seed: int = 0


@dataclass(frozen=True)
class Stop:
    """A node through which every path of the network goes, and the cells of a map taken there."""

    name: str
    height: int
    width: int
