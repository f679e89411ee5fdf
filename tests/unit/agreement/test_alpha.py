"""Alpha against the package of its inventor's name, and its interval against a slow resampling."""

import krippendorff
import numpy as np
import pytest
from scipy import stats
from tests.unit.agreement.made_namings import cleaned, from_labels

from glossator.agreement import alpha
from glossator.agreement.results import NamedAlpha

Ratings = list[list[int | None]]


def alpha_of(
    ratings: Ratings, images: list[int] | None = None, bootstrap: int = 0, seed: int = 0
) -> NamedAlpha:
    """Rows are annotators: 1 named, 0 not, None not on the board."""
    words = {1: "x", 0: None, None: "?"}
    namings = from_labels(*([words[rating] for rating in row] for row in ratings), images=images)
    return alpha.named_alpha("k", cleaned(namings), namings.image_of, len(namings.image_ids), bootstrap, seed)


def test_alpha_of_a_table_worked_by_hand() -> None:
    found = alpha_of([[1, 1, 0, 1, 0, 1, None, 0], [1, 1, 0, 0, 0, 1, 1, 0], [1, 0, 0, 1, 0, 1, 1, None]])
    assert found.value == pytest.approx(0.65, abs=1e-12)
    assert (found.n_units, found.n_annotators) == (8, 3)
    # Six units of three pairs, of which two disagree in two pairs each; two units of one pair, both equal.
    assert (found.equal_pairs.k, found.equal_pairs.n) == (16, 20)
    assert (found.named.k, found.named.n) == (12, 22)


@pytest.mark.parametrize("seed", range(40))
def test_alpha_equals_the_package(seed: int) -> None:
    rng = np.random.default_rng(seed)
    ratings = (rng.random((rng.integers(2, 6), 30)) < rng.uniform(0.2, 0.9)).astype(float)
    ratings[rng.random(ratings.shape) < 0.2 * (seed % 2)] = np.nan
    ratings[0, np.isnan(ratings).all(axis=0)] = 1
    expected = krippendorff.alpha(ratings, level_of_measurement="nominal")
    table: Ratings = [[None if np.isnan(x) else int(x) for x in row] for row in ratings]
    assert alpha_of(table).value == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("ratings", "reason"),
    [
        ([[1, 1, 1], [1, 1, 1]], "one value only"),
        ([[0, 0], [0, 0], [0, 0]], "one value only"),
        ([[1, 0, 1]], "fewer than two annotators"),
        ([[1, None], [None, 0]], "nothing seen by two annotators"),
        # The lone 0 has no partner: among values that can be compared there is only 1.
        ([[1, 1, 0], [1, 1, None]], "one value only"),
    ],
)
def test_alpha_without_meaning_is_undefined_and_says_why(ratings: Ratings, reason: str) -> None:
    found = alpha_of(ratings, bootstrap=50)
    assert (found.value, found.reason, found.interval) == (None, reason, None)


def test_the_interval_is_that_of_a_slow_resampling_of_images() -> None:
    rng = np.random.default_rng(3)
    images = np.sort(rng.integers(0, 9, 40))
    images[:9] = range(9)
    images.sort()
    truth = rng.random(40) < 0.6
    ratings = np.array([np.where(rng.random(40) < 0.2, ~truth, truth) for _ in range(3)]).astype(int)
    found = alpha_of(ratings.tolist(), images.tolist(), bootstrap=60, seed=11)

    draws = np.random.default_rng([11, 3, _crc("k")]).integers(0, 9, (60, 9))
    values = []
    for draw in draws:
        columns = np.concatenate([np.flatnonzero(images == image) for image in draw])
        values.append(krippendorff.alpha(ratings[:, columns].astype(float), level_of_measurement="nominal"))
    tail = stats.norm.cdf(np.sqrt(9 / 8) * stats.t.ppf(0.025, 8))
    assert found.interval
    assert found.interval.redrawn == 0
    assert found.interval.low == pytest.approx(np.quantile(values, tail), abs=1e-12)
    assert found.interval.high == pytest.approx(np.quantile(values, 1 - tail), abs=1e-12)


def _crc(text: str) -> int:
    """CRC-32 bit by bit."""
    state = 0xFFFFFFFF
    for byte in text.encode():
        state ^= byte
        for _ in range(8):
            state = state >> 1 ^ (0xEDB88320 if state & 1 else 0)
    return state ^ 0xFFFFFFFF


def test_undefined_resamples_are_drawn_again_and_counted() -> None:
    # Image 0 alone has a 0: a resample without it, (14/15)**15 of them, knows one value only.
    by_image = np.array([[2.0, 1.0, 2.0]] + [[2.0, 2.0, 0.0]] * 14)
    found = alpha.bootstrap_interval(by_image, 100, np.random.default_rng(0))
    assert found.low is None
    assert found.reason == "more than 5 % of the resamples are undefined"
    assert found.redrawn > 5


def test_redrawn_resamples_come_from_the_same_generator_one_after_the_other() -> None:
    by_image = np.array([[2.0, 1.0, 2.0]] * 3 + [[2.0, 2.0, 0.0]] * 12)
    found = alpha.bootstrap_interval(by_image, 100, np.random.default_rng(4))
    rng = np.random.default_rng(4)
    draws = rng.integers(0, 15, (100, 15))
    undefined = np.flatnonzero((draws > 2).all(axis=1))
    assert 0 < len(undefined) <= 5
    redrawn = len(undefined)
    for position in undefined:
        while (draws[position] > 2).all():
            draws[position] = rng.integers(0, 15, 15)
            redrawn += int((draws[position] > 2).all())
    values = alpha.alphas(by_image[draws].sum(axis=1))
    tail = alpha.expanded_tail(15)
    assert found.redrawn == redrawn
    assert (found.low, found.high) == tuple(np.quantile(values, [tail, 1 - tail]))


def test_one_image_has_no_interval() -> None:
    found = alpha_of([[1, 0, 1], [1, 0, 0]], images=[0, 0, 0], bootstrap=10)
    assert found.value is not None
    assert found.interval
    assert (found.interval.low, found.interval.reason) == (None, "one image")


def test_the_tail_of_the_expanded_percentiles() -> None:
    assert alpha.expanded_tail(16) == pytest.approx(0.01386, abs=5e-6)
    assert alpha.expanded_tail(10_000) == pytest.approx(0.025, abs=1e-4)


def test_resamples_taken_in_blocks_are_those_of_one_matrix_of_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    by_image = np.random.default_rng(1).random((7, 3))
    draws = np.random.default_rng(2).integers(0, 7, (50, 7))
    for block in (4_000_000, 20, 1):
        monkeypatch.setattr(alpha, "_BLOCK", block)
        sums = alpha._resampled(by_image, 50, np.random.default_rng(2))
        assert np.allclose(sums, by_image[draws].sum(axis=1), atol=1e-12, rtol=0)
