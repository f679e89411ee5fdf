"""Ids and places tell nothing of X-features and images, and come out the same again."""

from itertools import product
from uuid import UUID, uuid4

import numpy as np

from glossator.maps.secrets import drawing_order, map_id, new_secret, places

SECRET = bytes(range(32))
IMAGES = [UUID(int=number << 64) for number in range(60)]


def _ids(secret: bytes, x_features: int = 5) -> dict[UUID, int]:
    return {
        map_id(secret, class_position=0, image_id=image, x_feature=number): number
        for image, number in product(IMAGES, range(1, x_features + 1))
    }


def test_an_id_is_a_random_looking_uuid4_and_the_same_when_a_step_is_redone() -> None:
    first, again = _ids(SECRET), _ids(SECRET)
    assert first == again
    assert len(first) == len(IMAGES) * 5
    assert all(each.version == 4 and each.variant == "specified in RFC 4122" for each in first)


def test_another_secret_gives_other_ids() -> None:
    assert not set(_ids(SECRET)) & set(_ids(new_secret()))


def test_class_image_and_x_feature_all_count() -> None:
    image, other = uuid4(), uuid4()
    made = {
        map_id(SECRET, class_position=position, image_id=each, x_feature=number)
        for position, each, number in product((0, 1), (image, other), (1, 2))
    }
    assert len(made) == 8


def test_no_bit_of_an_id_predicts_its_x_feature() -> None:
    """Each of the 122 free bits is set about as often for one X-feature as for another (5 standard
    errors).
    """
    found = _ids(SECRET)
    bits = np.array([[each.int >> bit & 1 for bit in range(128)] for each in found], dtype=float)
    numbers = np.array(list(found.values()))
    for number in range(1, 6):
        own, rest = bits[numbers == number], bits[numbers != number]
        error = np.sqrt(0.25 / len(own) + 0.25 / len(rest))
        assert np.abs(own.mean(0) - rest.mean(0)).max() < 5 * error


def test_places_are_a_permutation_whatever_the_order_they_are_asked_in() -> None:
    ids = list(_ids(SECRET))
    found = places(SECRET, ids)
    assert sorted(found.values()) == list(range(len(ids)))
    assert places(SECRET, reversed(ids)) == found


def test_places_do_not_follow_x_features_images_or_ids() -> None:
    found = _ids(SECRET)
    place = places(SECRET, found)
    count = len(found)
    order = np.array([place[each] for each in found], dtype=float)
    by_id = {each: rank for rank, each in enumerate(sorted(found))}
    for other in (
        np.array(list(found.values())),
        np.repeat(np.arange(len(IMAGES)), 5),
        np.array([by_id[each] for each in found]),
    ):
        assert abs(np.corrcoef(order, other)[0, 1]) < 5 / np.sqrt(count)


def test_examples_are_drawn_in_an_order_of_their_own() -> None:
    drawn = drawing_order(SECRET, IMAGES)
    assert sorted(drawn) == IMAGES
    assert drawn != IMAGES
    assert drawing_order(SECRET, reversed(IMAGES)) == drawn
