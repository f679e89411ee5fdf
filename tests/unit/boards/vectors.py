"""The cases of `tests/vectors/board_commands.json`, with UUIDs for their short ids."""

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from glossator.boards.commands import AnyCommand, Command
from glossator.boards.state import DISCARDED, UNLABELED, State, redo_stack, undo_stack

FILE = Path(__file__).parents[2] / "vectors" / "board_commands.json"
COMMAND: TypeAdapter[Command] = TypeAdapter(AnyCommand)


def cases() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(FILE.read_text())["cases"]
    return found


def uid(short: str) -> str:
    """A UUID that stands for a short id; a UUID stands for itself."""
    return short if len(short) == 36 else f"00000000-0000-4000-8000-{short.encode().hex()[:12]:0>12}"


def command(content: dict[str, Any], sequence: int = 1) -> Command:
    """A command of the file as it crosses the wire."""
    body = {key: _expanded(key, value) for key, value in content.items() if key != "expect"}
    return COMMAND.validate_python(body | {"sequence": sequence, "at": "2026-01-01T00:00:00Z"})


def _expanded(key: str, value: Any) -> Any:
    if key in {"kind", "name", "text", "not_sure"} or value is None:
        return value
    if isinstance(value, list):
        return [uid(each) for each in value]
    return value if value in {UNLABELED, DISCARDED} else uid(value)


def expected_board(content: dict[str, Any]) -> dict[str, Any]:
    lists = ("unlabeled", "discarded", "not_sure", "undo", "redo")
    concepts = [
        concept | {"id": uid(concept["id"]), "maps": [uid(each) for each in concept["maps"]]}
        for concept in content["concepts"]
    ]
    return content | {"concepts": concepts} | {key: [uid(each) for each in content[key]] for key in lists}


def expected_change(content: dict[str, Any]) -> dict[str, Any]:
    """A change of the file; the places and concepts in it stand first (or second) in each entry."""

    def place(value: str) -> str:
        return value if value in {UNLABELED, DISCARDED} else uid(value)

    result: dict[str, Any] = {}
    for key, entries in content.items():
        if key == "moves":
            result[key] = [[place(before), place(after), maps] for before, after, maps in entries]
        else:
            result[key] = [[uid(entry[0]), *entry[1:]] for entry in entries]
    return result


def board(state: State) -> dict[str, Any]:
    """The whole board as the file states it."""

    def at(place: str) -> list[str]:
        return [name for name, where in zip(state.maps, state.places, strict=True) if where == place]

    return {
        "version": state.version,
        "complete": state.complete,
        "concepts": [
            {"id": each.id, "name": each.name, "note": each.note, "maps": at(each.id)}
            for each in state.concepts
        ],
        "unlabeled": at(UNLABELED),
        "discarded": at(DISCARDED),
        "not_sure": [state.maps[index] for index in sorted(state.not_sure)],
        "undo": list(undo_stack(state.history)),
        "redo": list(redo_stack(state.history)),
    }
