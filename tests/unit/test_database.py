"""Ids sort by the time they were made and cannot be counted."""

import time
from itertools import pairwise
from uuid import UUID

from glossator.database import new_id


def test_ids_are_version_7_and_sort_by_time() -> None:
    before = time.time_ns() // 1_000_000
    ids = [new_id() for _ in range(1000)]
    after = time.time_ns() // 1_000_000

    assert all(each.version == 7 and each.variant == "specified in RFC 4122" for each in ids)
    stamps = [each.int >> 80 for each in ids]
    assert stamps == sorted(stamps)
    assert before <= stamps[0] <= stamps[-1] <= after
    assert len(set(ids)) == 1000


def test_ids_of_one_millisecond_differ_in_unpredictable_bits() -> None:
    tails = [UUID(int=new_id().int & ((1 << 62) - 1)).int for _ in range(100)]

    assert all(any(tail >> bit & 1 for tail in tails) for bit in range(62))
    assert not all(a < b for a, b in pairwise(tails))
