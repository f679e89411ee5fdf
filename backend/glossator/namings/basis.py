"""What the figures of a page are based on: whose boards count, and with which settings."""

import hashlib
import json
from dataclasses import dataclass
from uuid import UUID

from pydantic import JsonValue

from glossator.agreement.settings import Settings
from glossator.namings.reading import Selection

PAGE_MATCHINGS = ("d1", "d2_star", "d2_biclique", "d3", "d4")
PERMUTATIONS = 200
MANY_CONCEPTS, FEWER_PERMUTATIONS = 10, 50
"""Independent namings of so many concepts take a tenth of a second each to match."""
RESAMPLES = 2000
LARGEST_MIN_IMAGES = 20


@dataclass(frozen=True)
class Basis:
    """The choices that govern every figure of a page and its downloads.

    Attributes:
        annotators: accounts whose boards count; None for all of the round.
        complete_only: boards that are still worked on do not count.
        min_images: concepts of fewer images are removed first.
    """

    annotators: frozenset[UUID] | None = None
    complete_only: bool = False
    min_images: int = 3

    @property
    def selection(self) -> Selection:
        """The boards that count."""
        return Selection(annotators=self.annotators, complete_only=self.complete_only)

    @property
    def settings(self) -> Settings:
        """What figures of pages are computed with; chance levels follow later, with `permutations`."""
        return Settings(
            min_images=self.min_images,
            d=PAGE_MATCHINGS,
            missing="error",
            permutations=0,
            bootstrap=RESAMPLES,
            seed=0,
        )

    def to_json(self) -> dict[str, JsonValue]:
        """As parameters of a job."""
        annotators: JsonValue = (
            None if self.annotators is None else [*sorted(str(each) for each in self.annotators)]
        )
        return {
            "annotators": annotators,
            "complete_only": self.complete_only,
            "min_images": self.min_images,
        }

    @classmethod
    def from_json(cls, value: dict[str, JsonValue]) -> "Basis":
        """What `to_json` gave."""
        annotators = value["annotators"]
        return cls(
            annotators=frozenset(map(UUID, map(str, annotators))) if isinstance(annotators, list) else None,
            complete_only=bool(value["complete_only"]),
            min_images=int(str(value["min_images"])),
        )

    @property
    def sign(self) -> str:
        """Equal for equal choices."""
        return hashlib.sha256(json.dumps(self.to_json(), sort_keys=True).encode()).hexdigest()


def permutations(concepts: int) -> int:
    """Draws of a chance level, where an annotator has at most so many concepts in the class."""
    return PERMUTATIONS if concepts <= MANY_CONCEPTS else FEWER_PERMUTATIONS
