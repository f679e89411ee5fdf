"""Which maps a practice board takes."""

from collections import Counter
from uuid import UUID

from glossator.boards.practice import Candidate, sample


def candidates(of_each: int, x_features: int) -> list[Candidate]:
    """X-features 1 … with so many maps; the share falls from map to map."""
    return [
        Candidate(UUID(int=100 * x_feature + number), x_feature, 1 / (number + 1))
        for x_feature in range(1, x_features + 1)
        for number in range(of_each)
    ]


def test_every_x_feature_gives_maps_that_belong_together() -> None:
    chosen = sample(candidates(40, 5), 24)

    assert len(set(chosen)) == 24
    assert Counter(each.int // 100 for each in chosen) == {1: 5, 2: 5, 3: 5, 4: 5, 5: 4}


def test_every_fourth_turn_takes_the_weakest_map_that_is_left() -> None:
    numbers = [each.int % 100 for each in sample(candidates(10, 1), 8)]

    assert numbers == [0, 1, 2, 9, 3, 4, 5, 8]


def test_an_x_feature_with_few_maps_leaves_its_turns_to_others() -> None:
    few = [Candidate(UUID(int=200), 2, 0.5)]

    chosen = sample([*candidates(40, 1), *few], 24)

    assert len(chosen) == 24
    assert UUID(int=200) in chosen


def test_of_fewer_maps_than_wanted_all_are_taken_once() -> None:
    assert sorted(sample(candidates(3, 2), 24)) == sorted(each.map_id for each in candidates(3, 2))


def test_the_choice_does_not_depend_on_the_order_of_the_maps() -> None:
    there = candidates(40, 5)

    assert sample(there, 24) == sample(list(reversed(there)), 24)
