"""How alike maps are: the vectors, the row in which neighbours are alike, the ranking by some."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from glossator.maps import likeness
from glossator.maps.likeness import Likeness, arranged, from_bytes, ranked, reduced, to_bytes

Floats = NDArray[np.float64]


def groups(count: int, *, kinds: int, channels: int = 40, seed: int = 0) -> tuple[Floats, NDArray[np.int64]]:
    """Rows of some kinds, shuffled, and which kind each is of."""
    draw = np.random.default_rng(seed)
    middles = draw.gamma(0.5, size=(kinds, channels))
    kind = draw.permutation(np.arange(count) % kinds)
    return middles[kind] + 0.05 * draw.random((count, channels)), kind


def likeness_of_neighbours(vectors: Floats, order: NDArray[np.int64]) -> float:
    row = vectors[order]
    return float((row[1:] * row[:-1]).sum(axis=1).mean())


def by_singular_values(content: Floats) -> Floats:
    """The same vectors by another way: roots, centre, the singular value decomposition of all."""
    roots = np.sqrt(content)
    roots /= np.linalg.norm(roots, axis=1, keepdims=True)
    left, values, _ = np.linalg.svd(roots - roots.mean(axis=0), full_matrices=False)
    found = (left * values)[:, : likeness.WIDTH]
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True))


@pytest.mark.parametrize(("count", "channels"), [(120, 40), (30, 200), (33, 33), (4, 7)])
def test_products_of_vectors_are_those_of_a_singular_value_decomposition(count: int, channels: int) -> None:
    content, _ = groups(count, kinds=3, channels=channels)
    ours, theirs = reduced(content), by_singular_values(content)

    assert ours.shape == (count, likeness.WIDTH)
    assert np.abs(ours @ ours.T - theirs @ theirs.T).max() < 1e-4


def test_maps_without_content_and_maps_all_alike_have_no_vector() -> None:
    content, _ = groups(9, kinds=3)
    content[4] = 0
    lengths = np.linalg.norm(reduced(content), axis=1)

    assert lengths[4] == 0
    assert np.allclose(np.delete(lengths, 4), 1)
    assert not reduced(np.ones((5, 8))).any()
    assert reduced(np.zeros((0, 8))).shape == (0, likeness.WIDTH)


def test_an_empty_map_does_not_shift_the_others() -> None:
    content, _ = groups(20, kinds=3)
    with_empty = np.vstack([content, np.zeros((5, content.shape[1]))])

    ours, theirs = reduced(with_empty)[:20], reduced(content)
    assert np.abs(ours @ ours.T - theirs @ theirs.T).max() < 1e-4


@given(count=st.integers(0, 60), seed=st.integers(0, 50))
def test_an_order_holds_every_place_once_and_is_the_same_again(count: int, seed: int) -> None:
    vectors = reduced(np.random.default_rng(seed).random((count, 12)))
    order = arranged(vectors)

    assert sorted(order.tolist()) == list(range(count))
    assert order.tolist() == arranged(vectors.copy()).tolist()


def test_kinds_that_are_apart_stand_together() -> None:
    content, kind = groups(300, kinds=6)
    row = kind[arranged(reduced(content))]

    assert int((row[1:] != row[:-1]).sum()) == 5


def test_the_tree_brings_neighbours_closer_than_chance_and_than_its_branches_unturned() -> None:
    from scipy.cluster.hierarchy import leaves_list, linkage

    vectors = reduced(np.random.default_rng(4).gamma(0.3, size=(400, 60)))
    ours = likeness_of_neighbours(vectors, arranged(vectors))

    assert (
        ours > likeness_of_neighbours(vectors, leaves_list(linkage(vectors, "ward")).astype(np.int64)) + 0.01
    )
    assert ours > likeness_of_neighbours(vectors, np.arange(400)) + 0.2


def test_more_maps_than_are_compared_at_once_are_arranged_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness, "AT_ONCE", 50)
    vectors = reduced(groups(320, kinds=4)[0])
    order = arranged(vectors)

    assert sorted(order.tolist()) == list(range(320))
    assert likeness_of_neighbours(vectors, order) > 0.9


def test_a_ranking_puts_the_chosen_first_and_then_what_is_like_them_on_average() -> None:
    angles = np.radians([0, 10, 60, 90, 180, 45])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1)

    assert ranked(vectors, [0]).tolist() == [0, 1, 5, 2, 3, 4]
    assert ranked(vectors, [3, 0]).tolist() == [0, 3, 5, 2, 1, 4]


def test_a_ranking_is_that_of_the_mean_of_all_products() -> None:
    vectors = reduced(np.random.default_rng(5).random((80, 20)))
    chosen = [3, 40, 41, 77]
    means = [float(np.mean([vectors[row] @ vectors[each] for each in chosen])) for row in range(80)]
    others = sorted((row for row in range(80) if row not in chosen), key=lambda row: -means[row])

    assert ranked(vectors, chosen).tolist() == chosen + others


def test_what_is_stored_is_what_was_compared() -> None:
    plain = Likeness.of(groups(40, kinds=4)[0])
    contrastive = Likeness.of(groups(40, kinds=3, seed=9)[0])
    content = to_bytes(plain, contrastive)

    assert content == to_bytes(plain, contrastive)
    for variant, one in (("plain", plain), ("contrastive", contrastive)):
        read = from_bytes(content, variant)
        assert np.abs(read.vectors - one.vectors).max() < 1e-3
        assert read.order.tolist() == one.order.tolist()
