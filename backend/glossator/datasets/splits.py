"""Which images are for training and which for testing: pure, seeded, independent of the order of rows."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from glossator.refusal import Refusal

Split = Literal["train", "test"]
RuleKind = Literal["automatic", "folders", "column", "random", "group"]

ATTEMPTS = 8


@dataclass(frozen=True)
class SplitRule:
    """How images are divided; `column` and `group_column` name columns of the index."""

    kind: RuleKind = "automatic"
    column: str = "split"
    group_column: str = "group"
    test_share: float = 0.2
    seed: int = 0

    def __post_init__(self) -> None:
        if not 0.01 <= self.test_share <= 0.99:
            raise Refusal(
                f"The share of test images is {self.test_share:g}; expected is 0.01 to 0.99.", code="split"
            )
        if not self.column or not self.group_column:
            raise Refusal("The name of a column is empty; name a column of the index.", code="split")


@dataclass(frozen=True)
class Member:
    """One image as far as dividing is concerned; `key` is unique and fixed, such as a content hash."""

    key: str
    label: str
    group: str | None = None


def random_split(members: Sequence[Member], *, test_share: float, seed: int) -> dict[str, Split]:
    """`key -> side`, stratified by label: of n images of a label round(n · share) are for testing.

    A label with two or more images has at least one on each side. The draw orders keys by a hash of seed and
    key, so neither the order of members nor the version of Python changes it.
    """
    sides: dict[str, Split] = {}
    by_label: dict[str, list[str]] = defaultdict(list)
    for member in members:
        by_label[member.label].append(member.key)
    for keys in by_label.values():
        count = _test_count(len(keys), test_share)
        for place, key in enumerate(sorted(keys, key=lambda key: _draw(seed, key))):
            sides[key] = "test" if place < count else "train"
    return sides


def group_split(members: Sequence[Member], *, test_share: float, seed: int) -> dict[str, Split]:
    """`key -> side` with every group on one side, as close to the share of every label as whole groups allow.

    In the order of a seeded draw a group becomes a test group if that lowers the squared deviation (summed
    over labels, as shares of the label); then single groups change sides as long as that lowers it. The best
    of several draws counts. An image without a group is a group by itself. Raises Refusal if there is
    only one group.
    """
    groups = _counts_by_group(members)
    if len(groups) < 2:
        raise Refusal(
            "All images belong to one group, so they can't be divided by group; choose another column or a "
            "random split.",
            code="split",
        )
    totals = Counter(member.label for member in members)
    best: frozenset[str] = frozenset()
    smallest = float("inf")
    for attempt in range(ATTEMPTS):
        names = sorted(groups, key=lambda name: _draw(seed, f"{attempt}:{name}"))
        draw = _GroupDraw(groups, totals, test_share)
        draw.place(names)
        draw.improve(names)
        if draw.deviation() < smallest - 1e-12:
            best, smallest = frozenset(draw.chosen), draw.deviation()
    return {member.key: "test" if _group_of(member) in best else "train" for member in members}


def _draw(seed: int, key: str) -> bytes:
    return hashlib.sha256(f"{seed}:{key}".encode()).digest()


def _test_count(n: int, share: float) -> int:
    if n < 2:
        return 0
    return min(max(int(n * share + 0.5), 1), n - 1)


def _group_of(member: Member) -> str:
    return f"g:{member.group}" if member.group else f"k:{member.key}"


def _counts_by_group(members: Sequence[Member]) -> dict[str, Counter[str]]:
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for member in members:
        groups[_group_of(member)][member.label] += 1
    return groups


class _GroupDraw:
    """One attempt: the groups chosen for testing, and their images per label."""

    def __init__(self, groups: Mapping[str, Counter[str]], totals: Mapping[str, int], share: float) -> None:
        self.groups, self.totals, self.share = groups, totals, share
        self.chosen: set[str] = set()
        self.test: Counter[str] = Counter()

    def place(self, names: Sequence[str]) -> None:
        for name in names:
            if len(self.chosen) + 1 < len(self.groups) and self._change(name) < 0:
                self._turn(name)
        if not self.chosen:
            self._turn(min(names, key=self._change))

    def improve(self, names: Sequence[str]) -> None:
        """Turns single groups while that helps and leaves no side empty; each turn lowers the deviation."""
        improving = True
        while improving:
            improving = False
            for name in names:
                size = len(self.chosen) + (-1 if name in self.chosen else 1)
                if 0 < size < len(self.groups) and self._change(name) < -1e-12:
                    self._turn(name)
                    improving = True

    def deviation(self) -> float:
        return sum((self.test[label] / n - self.share) ** 2 for label, n in self.totals.items())

    def _change(self, name: str) -> float:
        sign = -1 if name in self.chosen else 1
        change = 0.0
        for label, n in self.groups[name].items():
            before = self.test[label] / self.totals[label] - self.share
            change += (before + sign * n / self.totals[label]) ** 2 - before**2
        return change

    def _turn(self, name: str) -> None:
        sign = -1 if name in self.chosen else 1
        for label, n in self.groups[name].items():
            self.test[label] += sign * n
        self.chosen ^= {name}
