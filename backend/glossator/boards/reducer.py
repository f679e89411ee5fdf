"""The pure fold of a board: state and command in, state and change out (design.md section 6).

The same rules stand in `frontend/src/board/reducer.ts`; both run `tests/vectors/board_commands.json`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from glossator.boards import commands as c
from glossator.boards.draft import Draft
from glossator.boards.state import UNLABELED, Change, Concept, Entry, State
from glossator.refusal import Refusal, conflict

WHITE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ufeff]+")  # the same set in both languages


@dataclass(frozen=True, slots=True)
class Step:
    """What one command did; `left_alone` are ids of maps that an undo found elsewhere."""

    state: State
    change: Change
    applied: bool = True
    left_alone: tuple[str, ...] = ()
    touched: Mapping[str, Entry] = field(default_factory=dict)  # entries that are new or changed


def tidy(name: str | None) -> str | None:
    """A name as it is kept: NFC, white space and control characters as single spaces, none at the ends."""
    return WHITE.sub(" ", unicodedata.normalize("NFC", name or "")).strip(" ") or None


def reduce(state: State, command: c.Command) -> Step:
    """Apply one command. Raises `Refusal` with a stable code; the state given is never altered."""
    if isinstance(command, c.Reopen):
        return _noted(replace(state, complete=False), command, Change())
    if state.complete:
        raise conflict("This board is finished; reopen it to go on.", code="board_complete")
    if isinstance(command, c.Complete):
        return _noted(replace(state, complete=True), command, Change())
    if isinstance(command, c.Undo | c.Redo):
        return _travel(state, command)
    draft = Draft(state)
    GESTURES[type(command)](draft, command, _Indices(state.maps))
    change = draft.change()
    return _noted(_from_draft(state, draft), command, change)


class _Indices:
    """Ids of maps to indices of the board, looked up only where a command names maps."""

    def __init__(self, maps: tuple[str, ...]) -> None:
        self.maps = maps

    def of(self, ids: Iterable[str]) -> set[int]:
        known = {name: index for index, name in enumerate(self.maps)}
        try:
            return {known[name] for name in ids}
        except KeyError as error:
            raise Refusal(f"The map {error.args[0]} is not on this board.", code="unknown_map") from None


def _from_draft(state: State, draft: Draft) -> State:
    return replace(
        state,
        places=tuple(draft.places),
        not_sure=frozenset(draft.not_sure),
        concepts=tuple(draft.concepts),
    )


def _noted(state: State, command: c.Command, change: Change) -> Step:
    version = state.version + 1
    entry = Entry(command.kind, version, since=version, offered=bool(change), change=change)
    return _step(state, {command.command_id: entry}, change)


def _step(state: State, touched: Mapping[str, Entry], change: Change, **answer: Any) -> Step:
    history = {**state.history, **touched}
    return Step(replace(state, version=state.version + 1, history=history), change, touched=touched, **answer)


def _travel(state: State, command: c.Undo | c.Redo) -> Step:
    """Undo or redo: take back what the last command about this gesture changed, as far as it stands."""
    gesture, entry = _gesture(state.history, command.of)
    version = state.version + 1
    note = Entry(command.kind, version, concerns=gesture, since=version)
    if entry.done is isinstance(command, c.Redo):  # nothing to redo, or undone already
        return _step(state, {command.command_id: note}, Change(), applied=False)
    draft = Draft(state)
    left = tuple(state.maps[index] for index in draft.take_back(entry.change))
    change = draft.change()
    moved = replace(entry, done=not entry.done, since=version, change=change)
    touched = {gesture: moved if change else replace(entry, offered=False), command.command_id: note}
    return _step(_from_draft(state, draft), touched, change, applied=bool(change), left_alone=left)


def _gesture(history: Mapping[str, Entry], command_id: str) -> tuple[str, Entry]:
    entry = history.get(command_id)
    if entry is None:
        raise Refusal(f"There is no command {command_id} on this board.", code="unknown_command")
    if entry.concerns is not None:
        return entry.concerns, history[entry.concerns]
    if not entry.is_gesture:
        raise Refusal("Finishing a board is taken back by reopening it, not by undo.", code="not_undoable")
    return command_id, entry


def _existing(draft: Draft, concept: str) -> int:
    index = draft.position(concept)
    if index is None:
        raise Refusal(f"The concept {concept} is not on this board any more.", code="concept_gone")
    return index


def _unused(draft: Draft, concept: str) -> None:
    if draft.position(concept) is not None:
        raise Refusal(f"The concept {concept} exists already.", code="concept_exists")


def _create(draft: Draft, command: c.CreateConcept, indices: _Indices) -> None:
    _unused(draft, command.concept_id)
    before = None if command.after is None else draft.position(command.after)
    index = len(draft.concepts) if before is None else before + 1
    draft.create(Concept(command.concept_id, tidy(command.name)), index)
    draft.move(indices.of(command.maps), command.concept_id)


def _rename(draft: Draft, command: c.RenameConcept, _indices: _Indices) -> None:
    draft.edit(_existing(draft, command.concept_id), "name", tidy(command.name))


def _merge(draft: Draft, command: c.MergeConcepts, _indices: _Indices) -> None:
    sources = list(dict.fromkeys(command.from_))
    for concept in (command.into, *sources):
        _existing(draft, concept)
    notes = [draft.concepts[_existing(draft, concept)].note for concept in (command.into, *sources)]
    for concept in sources:
        draft.move(draft.members(concept), command.into)
        draft.remove(_existing(draft, concept))
    draft.edit(_existing(draft, command.into), "note", "\n".join(filter(None, notes)))


def _split(draft: Draft, command: c.SplitConcept, indices: _Indices) -> None:
    index = _existing(draft, command.concept_id)
    _unused(draft, command.new_concept_id)
    inside = [place for place in indices.of(command.maps) if draft.places[place] == command.concept_id]
    draft.create(Concept(command.new_concept_id, tidy(command.name)), index + 1)
    draft.move(inside, command.new_concept_id)


def _delete(draft: Draft, command: c.DeleteConcept, _indices: _Indices) -> None:
    index = _existing(draft, command.concept_id)
    draft.move(draft.members(command.concept_id), UNLABELED)
    draft.remove(index)


def _reorder(draft: Draft, command: c.ReorderConcepts, _indices: _Indices) -> None:
    draft.arrange(command.order)


def _note(draft: Draft, command: c.NoteConcept, _indices: _Indices) -> None:
    draft.edit(_existing(draft, command.concept_id), "note", command.text)


def _assign(draft: Draft, command: c.Assign, indices: _Indices) -> None:
    if not draft.is_place(command.to):
        _existing(draft, command.to)
    draft.move(indices.of(command.maps), command.to)


def _flag(draft: Draft, command: c.Flag, indices: _Indices) -> None:
    draft.flag(indices.of(command.maps), command.not_sure)


GESTURES: Mapping[type[c.Command], Callable[[Draft, Any, _Indices], None]] = {
    c.CreateConcept: _create,
    c.RenameConcept: _rename,
    c.MergeConcepts: _merge,
    c.SplitConcept: _split,
    c.DeleteConcept: _delete,
    c.ReorderConcepts: _reorder,
    c.NoteConcept: _note,
    c.Assign: _assign,
    c.Flag: _flag,
}
