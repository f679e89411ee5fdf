"""How often maps point into the masks, with intervals by bootstrap over groups.

A map points where its largest value lies. Maps of test images with a mask count, lost ones as misses. Images
of one group (photographs of one object) are drawn together, since they are no independent evidence.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from glossator.maps.figures import PointingRow

TOLERANCES = ("exact", "half_cell", "one_cell")
RESAMPLES = 2000
LEVEL = 0.95

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Hits:
    """Whether something points into a mask: exactly, within half a cell of the map, within one cell."""

    exact: bool
    half_cell: bool
    one_cell: bool


MISS = Hits(exact=False, half_cell=False, one_cell=False)


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
    """Both variants of a map against its image's mask."""

    plain: Hits
    contrastive: Hits


@dataclass(frozen=True)
class PointedMap:
    """One variant of a map of an image with a mask; `lost` maps have no maximum."""

    image_id: UUID
    fine_label: str
    group: str
    lost: bool
    hits: Hits
    baselines: Baselines


def pointing_rows(
    maps: Sequence[PointedMap], *, seed: int = 0, resamples: int = RESAMPLES
) -> tuple[PointingRow, ...]:
    """Rows per tolerance: each fine label by name, their mean (macro), all maps alike (pooled); none without
    maps.

    The interval holds the middle 95 % of resamples in which as many groups as there are were drawn with
    replacement. A fine label that no drawn group has is left out of that resample; a row of fewer than two
    groups has no interval.
    """
    if not maps:
        return ()
    table = _Table.of(maps, seed=seed, resamples=resamples)
    return tuple(row for tolerance in TOLERANCES for row in table.rows(tolerance))


@dataclass(frozen=True)
class _Table:
    """The maps by fine label and group, and how often each resample drew each group (resamples, groups)."""

    maps: Sequence[PointedMap]
    labels: tuple[str, ...]
    groups: tuple[str, ...]
    drawn: Floats

    @classmethod
    def of(cls, maps: Sequence[PointedMap], *, seed: int, resamples: int) -> "_Table":
        groups = tuple(sorted({each.group for each in maps}))
        generator = np.random.default_rng(seed)
        drawn = generator.multinomial(len(groups), np.full(len(groups), 1 / len(groups)), resamples)
        return cls(maps, tuple(sorted({each.fine_label for each in maps})), groups, drawn.astype(np.float64))

    def rows(self, tolerance: str) -> list[PointingRow]:
        hits = self._sums(lambda each: getattr(each.hits, tolerance))
        counts = self._sums(lambda _: 1)
        centre = self._sums(lambda each: getattr(each.baselines.centre, tolerance))
        uniform = self._sums(lambda each: getattr(each.baselines.uniform, tolerance))
        drawn_hits, drawn_counts = self.drawn @ hits.T, self.drawn @ counts.T
        by_label = _ratios(drawn_hits, drawn_counts)
        rows = [
            self._row(
                ("fine_label", label, tolerance),
                [each for each in self.maps if each.fine_label == label],
                hits=int(hits[index].sum()),
                means=tuple(_ratio(part[index], counts[index]) for part in (hits, centre, uniform)),
                resampled=by_label[:, index],
            )
            for index, label in enumerate(self.labels)
        ]
        macro = tuple(
            float(np.mean([_ratio(part[index], counts[index]) for index in range(len(self.labels))]))
            for part in (hits, centre, uniform)
        )
        present = np.isfinite(by_label)
        of_present = np.where(present, by_label, 0).sum(1) / present.sum(1)
        pooled = tuple(_ratio(part, counts) for part in (hits, centre, uniform))
        all_drawn = _ratios(drawn_hits.sum(1), drawn_counts.sum(1))
        rows.append(
            self._row(("macro", None, tolerance), self.maps, hits=None, means=macro, resampled=of_present)
        )
        total = int(hits.sum())
        rows.append(
            self._row(("pooled", None, tolerance), self.maps, hits=total, means=pooled, resampled=all_drawn)
        )
        return rows

    def _sums(self, value: Callable[[PointedMap], float]) -> Floats:
        """The sum of a value over the maps of each fine label (rows) and group (columns)."""
        sums = np.zeros((len(self.labels), len(self.groups)))
        label_of = {label: index for index, label in enumerate(self.labels)}
        group_of = {group: index for index, group in enumerate(self.groups)}
        for each in self.maps:
            sums[label_of[each.fine_label], group_of[each.group]] += value(each)
        return sums

    def _row(
        self,
        what: tuple[str, str | None, str],
        maps: Sequence[PointedMap],
        *,
        hits: int | None,
        means: tuple[float, ...],
        resampled: Floats,
    ) -> PointingRow:
        groups = len({each.group for each in maps})
        low, high = _interval(resampled) if groups > 1 else (None, None)
        level, fine_label, tolerance = what
        value, centre, uniform = means
        return PointingRow(
            level=level,
            fine_label=fine_label,
            tolerance=tolerance,
            maps=len(maps),
            images=len({each.image_id for each in maps}),
            groups=groups,
            lost=sum(each.lost for each in maps),
            hits=hits,
            value=value,
            low=low,
            high=high,
            centre=centre,
            uniform=uniform,
            reason=None if groups > 1 else "fewer than two groups",
        )


def _ratio(part: Floats, whole: Floats) -> float:
    return float(part.sum() / whole.sum())


def _ratios(part: Floats, whole: Floats) -> Floats:
    """Divide; NaN where nothing was drawn."""
    with np.errstate(invalid="ignore"):
        return part / whole


def _interval(resampled: Floats) -> tuple[float, float]:
    tail = (1 - LEVEL) / 2
    low, high = np.nanquantile(resampled, [tail, 1 - tail])
    return float(low), float(high)
