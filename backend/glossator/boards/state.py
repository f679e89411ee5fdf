"""A board as a value: where each map stands, which concepts there are, what can be taken back.

Maps are told by their index in the board's own order, concepts by their id; a place is a concept's id,
`unlabeled` or `discarded`. The same shapes stand in `frontend/src/board/state.ts`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Self

UNLABELED = "unlabeled"
DISCARDED = "discarded"
NOT_GESTURES = frozenset({"undo", "redo", "complete", "reopen"})

Field = Literal["name", "note"]


@dataclass(frozen=True, slots=True)
class Concept:
    id: str
    name: str | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """Maps that went from one place to another."""

    maps: tuple[int, ...]
    origin: str
    target: str


@dataclass(frozen=True, slots=True)
class Flagging:
    """Maps whose flag "not sure" became `value`."""

    maps: tuple[int, ...]
    value: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """A concept and its index in the row of concepts at that moment."""

    concept: Concept
    index: int


@dataclass(frozen=True, slots=True)
class Edit:
    concept: str
    field: Field
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Order:
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What one command changed, in the order in which it happened within each kind of change."""

    moves: tuple[Move, ...] = ()
    flags: tuple[Flagging, ...] = ()
    created: tuple[Placed, ...] = ()
    removed: tuple[Placed, ...] = ()
    edits: tuple[Edit, ...] = ()
    order: Order | None = None

    def __bool__(self) -> bool:
        return any((self.moves, self.flags, self.created, self.removed, self.edits, self.order))

    def to_json(self) -> dict[str, Any]:
        """Only what is there, in short keys: a gesture over thousands of maps stays small."""
        content: dict[str, Any] = {
            "moves": [[move.origin, move.target, list(move.maps)] for move in self.moves],
            "flags": [[flagging.value, list(flagging.maps)] for flagging in self.flags],
            "created": [_placed_to_json(placed) for placed in self.created],
            "removed": [_placed_to_json(placed) for placed in self.removed],
            "edits": [[edit.concept, edit.field, edit.before, edit.after] for edit in self.edits],
            "order": [list(self.order.before), list(self.order.after)] if self.order else None,
        }
        return {key: value for key, value in content.items() if value}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Self:
        order = content.get("order")
        return cls(
            moves=tuple(
                Move(tuple(maps), origin, target) for origin, target, maps in content.get("moves", ())
            ),
            flags=tuple(Flagging(tuple(maps), value) for value, maps in content.get("flags", ())),
            created=tuple(_placed_from_json(entry) for entry in content.get("created", ())),
            removed=tuple(_placed_from_json(entry) for entry in content.get("removed", ())),
            edits=tuple(Edit(*entry) for entry in content.get("edits", ())),
            order=Order(tuple(order[0]), tuple(order[1])) if order else None,
        )


def _placed_to_json(placed: Placed) -> list[Any]:
    return [placed.concept.id, placed.concept.name, placed.concept.note, placed.index]


def _placed_from_json(entry: list[Any]) -> Placed:
    identifier, name, note, index = entry
    return Placed(Concept(identifier, name, note), index)


@dataclass(frozen=True, slots=True)
class Entry:
    """What the log knows of one command.

    `concerns` is the gesture that an undo or redo is about. For a gesture: whether it stands or was taken
    back (`done`), since which version, what then changed, and whether Ctrl+Z or Ctrl+Shift+Z still offers it.
    """

    kind: str
    version: int
    concerns: str | None = None
    done: bool = True
    since: int = 0
    offered: bool = True
    change: Change = field(default_factory=Change)

    @property
    def is_gesture(self) -> bool:
        return self.kind not in NOT_GESTURES


@dataclass(frozen=True, slots=True)
class State:
    """The board after `version` commands; `history` needs only the entries that later commands refer to."""

    maps: tuple[str, ...]
    places: tuple[str, ...]
    not_sure: frozenset[int] = frozenset()
    concepts: tuple[Concept, ...] = ()
    complete: bool = False
    version: int = 0
    history: Mapping[str, Entry] = field(default_factory=dict)

    @classmethod
    def empty(cls, maps: tuple[str, ...]) -> Self:
        return cls(maps=maps, places=(UNLABELED,) * len(maps))

    def with_history(self, history: Mapping[str, Entry]) -> Self:
        return replace(self, history=history)


def undo_stack(history: Mapping[str, Entry]) -> tuple[str, ...]:
    """Gestures that Ctrl+Z takes back, the next one last."""
    standing = [(entry.since, name) for name, entry in history.items() if _offered(entry) and entry.done]
    return tuple(name for _, name in sorted(standing))


def redo_stack(history: Mapping[str, Entry]) -> tuple[str, ...]:
    """Gestures that Ctrl+Shift+Z brings back, the next one last; a new gesture empties it."""
    newest = max((entry.version for entry in history.values() if entry.is_gesture), default=0)
    gone = [
        (entry.since, name)
        for name, entry in history.items()
        if _offered(entry) and not entry.done and entry.since > newest
    ]
    return tuple(name for _, name in sorted(gone))


def _offered(entry: Entry) -> bool:
    return entry.is_gesture and entry.offered
