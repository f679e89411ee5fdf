"""What a figure is worth by chance: concept labels permuted, group sizes kept.

The draws of a pair are one `permutation` of b's labels each, activations sorted by id, of
`default_rng([seed, 4, crc32(class), crc32(a), crc32(b)])`; those of an annotator's purities leave out b.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from glossator.agreement.intersection import intersection
from glossator.agreement.matchings.readings import WITH_BASELINE, best_matching
from glossator.agreement.namings import Codes
from glossator.agreement.purities import crossed, majorities
from glossator.agreement.results import Permutation

BOUNDED = "a permutation is only bounded"
CHANCE_IS_1 = "chance level is 1"
ONE_PERMUTATION = "one permutation"

OnDraw = Callable[[int, int], None]
"""Called before each permutation with how many went before and how many there are at most; may raise."""

_PURPOSE = 4
_ROUNDING = 1e-12


@dataclass(frozen=True)
class Draws:
    """Values of a figure, 0 to 1, in the data and under each permutation.

    Attributes:
        observed: in the data.
        permuted: (R,) under permutation.
        exact: False where one of them is only a bound.
    """

    observed: float
    permuted: NDArray[np.float64]
    exact: bool = True


def generator(seed: int, *names: str) -> np.random.Generator:
    """The generator that belongs to a class and one or two of its annotators."""
    return np.random.default_rng([seed, _PURPOSE, *(crc32(name.encode()) for name in names)])


def unheard(_done: int, _all: int) -> None:
    """Where nobody asks how far the permutations are."""


def of_part(on_draw: OnDraw, index: int, parts: int) -> OnDraw:
    """What one of several equal parts calls, in order."""
    return lambda done, count: on_draw(index * count + done, parts * count)


def permuted_matchings(
    left: Codes,
    right: Codes,
    shape: tuple[int, int],
    keys: Iterable[str],
    count: int,
    rng: np.random.Generator,
    on_draw: OnDraw = unheard,
) -> dict[str, tuple[NDArray[np.float64], bool]]:
    """Agreement by every reading that has a baseline, and whether all of it is exact.

    A reading with an inexact permutation has no baseline, so the permutations after it are not solved for it.

    Args:
        left, right: (N,) canonical indices of the concepts of a and b, N > 0.
        shape: (concepts of a, concepts of b).
        keys: of the matchings; those without a baseline are passed over.
        count: number of permutations.
        rng: takes one permutation each.
        on_draw: hears of each permutation.
    """
    wanted = [key for key in keys if key in WITH_BASELINE]
    values = {key: np.full(count, np.nan) for key in wanted}
    exact = dict.fromkeys(wanted, True)
    for draw in range(count if wanted else 0):
        on_draw(draw, count)
        weights = intersection(left, rng.permutation(right), shape)
        for key in (each for each in wanted if exact[each]):
            solution = best_matching(weights, key)
            values[key][draw] = solution.weight / len(left)
            exact[key] = solution.exact
    return {key: (values[key], exact[key]) for key in wanted}


def permuted_purities(
    concept_of: Codes, x_feature_of: Codes, shape: tuple[int, int], count: int, rng: np.random.Generator
) -> tuple[Draws, Draws]:
    """CX- and XC-purity of N > 0 named activations; `shape` is (concepts, X-features)."""

    def shares(labels: Codes) -> NDArray[np.float64]:
        return np.array(majorities(crossed(labels, x_feature_of, shape))) / len(labels)

    observed = shares(concept_of)
    permuted = np.array([shares(rng.permutation(concept_of)) for _ in range(count)])
    return Draws(float(observed[0]), permuted[:, 0]), Draws(float(observed[1]), permuted[:, 1])


def mean_draws(draws: Sequence[Draws]) -> Draws:
    """The mean over several figures, permutation by permutation; at least one figure."""
    return Draws(
        observed=float(np.mean([each.observed for each in draws])),
        permuted=np.mean([each.permuted for each in draws], axis=0),
        exact=all(each.exact for each in draws),
    )


def baseline(draws: Draws) -> Permutation:
    """Mean, deviation (n - 1), 95th percentile, p and chance-corrected value."""
    permuted, count = draws.permuted, len(draws.permuted)
    if not draws.exact:
        return Permutation(count, None, None, None, None, None, None, BOUNDED)
    mean = float(permuted.mean())
    corrected = None if 1 - mean < _ROUNDING else (draws.observed - mean) / (1 - mean)
    deviation = float(permuted.std(ddof=1)) if count > 1 else None
    reason = CHANCE_IS_1 if corrected is None else ONE_PERMUTATION if deviation is None else None
    return Permutation(
        n=count,
        mean=mean,
        sd=deviation,
        q95=float(np.quantile(permuted, 0.95)),
        p=float(1 + (permuted >= draws.observed - _ROUNDING).sum()) / (count + 1),
        p_holm=None,
        corrected=corrected,
        reason=reason,
    )


def with_holm(baselines: Sequence[Permutation | None]) -> list[Permutation | None]:
    """The same baselines with p corrected for their number (Holm 1979); undefined ones don't count."""
    defined = sorted((each.p, index) for index, each in enumerate(baselines) if each and each.p is not None)
    corrected, largest = list(baselines), 0.0
    for rank, (p, index) in enumerate(defined):
        largest = max(largest, min(1.0, (len(defined) - rank) * p))
        each = baselines[index]
        assert each is not None  # noqa: S101 - it has a p
        corrected[index] = replace(each, p_holm=largest)
    return corrected
