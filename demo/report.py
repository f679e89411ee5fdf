"""The report on all folds: classification, pointing game, alikeness of maps, agreement of the xNN."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from demo.results import FoldResult, Pointing, Scheme
from demo.tiles import Tile
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from glossator_worker.explain.pointing import interval_by_group

RESAMPLES = 2000
KINDS = ("Blowhole", "Break", "Crack", "Fray", "Uneven", "Free")
TOLERANCE_NAMES = ("exactly", "half a cell", "one cell")
Floats = NDArray[np.float64]
Statistic = Callable[[NDArray[np.bool_], Floats], float]


def accuracy(defective: NDArray[np.bool_], margins: Floats) -> float:
    return float(((margins > 0) == defective).mean())


def area_under_curve(defective: NDArray[np.bool_], margins: Floats) -> float:
    return float(roc_auc_score(defective, margins))


def bootstrap(
    statistic: Statistic, defective: NDArray[np.bool_], margins: Floats, groups: NDArray[np.str_]
) -> tuple[float, float]:
    """95 % percentile interval of a statistic, whole groups drawn."""
    rng = np.random.default_rng(0)
    members = [np.flatnonzero(groups == group) for group in np.unique(groups)]
    values = []
    for _ in range(RESAMPLES):
        drawn = np.concatenate([members[index] for index in rng.integers(0, len(members), len(members))])
        if defective[drawn].any() and not defective[drawn].all():
            values.append(statistic(defective[drawn], margins[drawn]))
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)


def report(tiles: list[Tile], results: list[FoldResult]) -> str:
    """The tables of docs/demo-model.md as Markdown."""
    lines: list[str] = []
    for scheme in Scheme:
        lines += _classification(tiles, [one for one in results if one.scheme is scheme], scheme)
    by_group = [one for one in results if one.scheme is Scheme.BY_GROUP]
    for variant in ("plain", "contrastive"):
        lines += _pointing(tiles, by_group, variant)
    lines += _xnn(by_group)
    return "\n".join(lines)


def _classification(tiles: list[Tile], results: list[FoldResult], scheme: Scheme) -> Iterator[str]:
    defective = np.array([tile.defective for tile in tiles])
    test = np.concatenate([np.array(one.test) for one in results])
    margins = np.concatenate([np.array(one.margins) for one in results])
    truth, groups = defective[test], np.array([tiles[index].row.group for index in test])
    yield f"\n## Classification, {scheme}\n"
    yield "| fold | accuracy | AUC | found (recall) | false alarms | training, s |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for one in results:
        own, own_truth = np.array(one.margins), defective[one.test]
        yield (
            f"| {one.fold} | {accuracy(own_truth, own):.3f} | {area_under_curve(own_truth, own):.3f} "
            f"| {(own[own_truth] > 0).mean():.3f} | {(own[~own_truth] > 0).mean():.3f} | {one.seconds:.0f} |"
        )
    for name, statistic in (("accuracy", accuracy), ("AUC", area_under_curve)):
        each = [statistic(defective[one.test], np.array(one.margins)) for one in results]
        low, high = bootstrap(statistic, truth, margins, groups)
        yield (
            f"\n{name}: mean of the folds {np.mean(each):.3f} ({min(each):.3f} to {max(each):.3f}); "
            f"all held-out tiles together {statistic(truth, margins):.3f}, "
            f"95 % by groups {low:.3f} to {high:.3f}"
        )
    kind = np.array([tiles[index].row.fine_label for index in test])
    right = (margins > 0) == truth
    yield "\nright by kind: " + ", ".join(f"{name} {right[kind == name].mean():.3f}" for name in KINDS)


def _pointing(tiles: list[Tile], results: list[FoldResult], variant: str) -> Iterator[str]:
    measured = [result.maps for result in results if result.maps]
    found = [one for maps in measured for one in maps.pointing if one.variant == variant]
    kinds = [tiles[one.tile].row.fine_label for one in found]
    groups = [tiles[one.tile].row.group for one in found]
    shown = len({one.tile for one in found})
    yield f"\n## Pointing game, {variant} maps\n"
    yield f"{len(found)} maps of {shown} held-out defective tiles; lost: {sum(one.lost for one in found)}\n"
    yield "| tolerance | maps | 95 % by groups | macro | centre | random pixel | other tiles' maps |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for level, name in enumerate(TOLERANCE_NAMES):
        hit = [float(one.hit[level]) for one in found]
        interval = interval_by_group(hit, groups)
        macro = np.mean([_share(found, kinds, kind, level) for kind in KINDS if kind in kinds])
        yield (
            f"| {name} | {np.mean(hit):.3f} | {interval.low:.3f} to {interval.high:.3f} | {macro:.3f} "
            f"| {np.mean([one.centre[level] for one in found]):.3f} "
            f"| {np.mean([one.chance[level] for one in found]):.3f} "
            f"| {np.mean([one.other[level] for one in found]):.3f} |"
        )
    yield "\n| kind | maps | exactly | half a cell | one cell |\n| --- | --- | --- | --- | --- |"
    for kind in KINDS:
        if kind in kinds:
            shares = " | ".join(f"{_share(found, kinds, kind, level):.3f}" for level in range(3))
            yield f"| {kind} | {kinds.count(kind)} | {shares} |"
    cosines = [pair.cosine for maps in measured for pair in maps.alikeness if pair.variant == variant]
    yield f"\nmean cosine of a tile's maps: {np.mean(cosines):.3f} over {len(cosines)} tiles with two or more"


def _share(found: list[Pointing], kinds: list[str], kind: str, level: int) -> float:
    return float(np.mean([one.hit[level] for one, own in zip(found, kinds, strict=True) if own == kind]))


def _xnn(results: list[FoldResult]) -> Iterator[str]:
    yield "\n## xNN\n"
    yield "| fold | agreement | live: NOT DEFECTIVE, DEFECTIVE | plain maps within a cell | cosine |"
    yield "| --- | --- | --- | --- | --- |"
    for one in results:
        if one.maps:
            near = [point.hit[2] for point in one.maps.pointing if point.variant == "plain"]
            cosine = [pair.cosine for pair in one.maps.alikeness if pair.variant == "plain"]
            yield (
                f"| {one.fold} | {np.mean(one.maps.agrees):.4f} | {one.maps.live[0]}, {one.maps.live[1]} "
                f"| {np.mean(near):.3f} | {np.mean(cosine):.3f} |"
            )
    agrees = np.concatenate([one.maps.agrees for one in results if one.maps])
    yield f"\nagreement over all held-out tiles: {agrees.mean():.4f}"
