"""A board being changed: every alteration writes down its own inverse."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from glossator.boards.state import (
    DISCARDED,
    UNLABELED,
    Change,
    Concept,
    Edit,
    Field,
    Flagging,
    Move,
    Order,
    Placed,
    State,
)


class Draft:
    """Mutable twin of a `State` for the length of one command."""

    def __init__(self, state: State) -> None:
        self.places = list(state.places)
        self.not_sure = set(state.not_sure)
        self.concepts = list(state.concepts)
        self._moves: list[Move] = []
        self._flags: list[Flagging] = []
        self._created: list[Placed] = []
        self._removed: list[Placed] = []
        self._edits: list[Edit] = []
        self._order: Order | None = None

    def change(self) -> Change:
        return Change(
            tuple(self._moves),
            tuple(self._flags),
            tuple(self._created),
            tuple(self._removed),
            tuple(self._edits),
            self._order,
        )

    def position(self, concept: str) -> int | None:
        return next((index for index, entry in enumerate(self.concepts) if entry.id == concept), None)

    def is_place(self, place: str) -> bool:
        return place in {UNLABELED, DISCARDED} or self.position(place) is not None

    def members(self, place: str) -> list[int]:
        return [index for index, at in enumerate(self.places) if at == place]

    def move(self, maps: Iterable[int], target: str) -> None:
        """Put maps (indices) to `target`; what is there already does not count as moved."""
        by_origin: dict[str, list[int]] = {}
        for index in sorted(maps):
            origin = self.places[index]
            if origin != target:
                by_origin.setdefault(origin, []).append(index)
                self.places[index] = target
        self._moves += [Move(tuple(moved), origin, target) for origin, moved in by_origin.items()]

    def flag(self, maps: Iterable[int], value: bool) -> None:
        changed = [index for index in sorted(maps) if (index in self.not_sure) != value]
        if changed:
            (self.not_sure.update if value else self.not_sure.difference_update)(changed)
            self._flags.append(Flagging(tuple(changed), value))

    def create(self, concept: Concept, index: int) -> None:
        index = min(index, len(self.concepts))
        self.concepts.insert(index, concept)
        self._created.append(Placed(concept, index))

    def remove(self, index: int) -> None:
        self._removed.append(Placed(self.concepts.pop(index), index))

    def edit(self, index: int, field: Field, value: str | None) -> None:
        concept = self.concepts[index]
        before: str | None = getattr(concept, field)
        if before != value:
            if field == "name":
                self.concepts[index] = replace(concept, name=value)
            else:
                self.concepts[index] = replace(concept, note=value or "")
            self._edits.append(Edit(concept.id, field, before, value))

    def arrange(self, order: Sequence[str]) -> None:
        """Deal the slots that these concepts occupy to them in this order, leaving out what is gone."""
        known = {concept.id: concept for concept in self.concepts}
        after = [concept for concept in order if concept in known]
        named = set(after)
        slots = [index for index, concept in enumerate(self.concepts) if concept.id in named]
        before = [self.concepts[slot].id for slot in slots]
        if before != after:
            for slot, concept in zip(slots, after, strict=True):
                self.concepts[slot] = known[concept]
            self._order = Order(tuple(before), tuple(after))

    def take_back(self, change: Change) -> list[int]:
        """Undo what of `change` still stands; returns the maps that were left alone, ascending.

        Concepts come back before maps return to them, and go only when nothing is left inside.
        """
        left: set[int] = set()
        for placed in reversed(change.removed):
            if self.position(placed.concept.id) is None:
                self.create(placed.concept, placed.index)
        for move in reversed(change.moves):
            still = [index for index in move.maps if self.places[index] == move.target]
            back = still if self.is_place(move.origin) else []
            left.update(set(move.maps) - set(back))
            self.move(back, move.origin)
        for flagging in reversed(change.flags):
            still = [index for index in flagging.maps if (index in self.not_sure) == flagging.value]
            left.update(set(flagging.maps) - set(still))
            self.flag(still, not flagging.value)
        for edit in reversed(change.edits):
            index = self.position(edit.concept)
            if index is not None and getattr(self.concepts[index], edit.field) == edit.after:
                self.edit(index, edit.field, edit.before)
        if change.order is not None:
            self._rearrange_back(change.order)
        for placed in reversed(change.created):
            index = self.position(placed.concept.id)
            if index is not None:
                members = self.members(placed.concept.id)
                left.update(members)
                if not members:
                    self.remove(index)
        return sorted(left)

    def _rearrange_back(self, order: Order) -> None:
        known = {concept.id for concept in self.concepts}
        put = [concept for concept in order.after if concept in known]
        now = [concept.id for concept in self.concepts if concept.id in set(put)]
        if now == put:
            self.arrange(order.before)
