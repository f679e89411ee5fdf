"""Choosing classes and annotators of a naming round by what they are called."""

from collections.abc import Collection, Mapping
from typing import TypeVar

from glossator.refusal import Refusal

Key = TypeVar("Key")


def chosen(kind: str, wanted: Collection[str], known: Mapping[str, Key]) -> frozenset[Key] | None:
    """What names of classes or annotators stand for; None, for all, if none is named.

    Raises:
        Refusal: a name that the round does not have.
    """
    if not wanted:
        return None
    for each in wanted:
        if each not in known:
            raise Refusal(
                f"The naming round has no {kind} '{each}': there are {', '.join(sorted(known)) or 'none'}.",
                code=f"unknown_{kind}",
            )
    return frozenset(known[each] for each in wanted)
