"""A JSON document as text that people can read too."""

from __future__ import annotations

import json

from glossator.agreement.files.document import Json, JsonObject

# A number that is not finite is an error, never a word that JSON does not have.
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def to_json(document: JsonObject) -> str:
    """The same text for the same figures; an object or list of plain values takes one line.

    Raises:
        ValueError: a number is not finite.
    """
    return _indented(document, "") + "\n"


def _indented(value: Json, indent: str) -> str:
    if not isinstance(value, dict | list):
        return _encode(value)
    children = value.values() if isinstance(value, dict) else value
    if not any(isinstance(child, dict | list) for child in children):
        return _encode(value)
    deeper = indent + " "
    if isinstance(value, list):
        lines = [deeper + _indented(child, deeper) for child in value]
        return "[\n" + ",\n".join(lines) + f"\n{indent}]"
    lines = [f"{deeper}{_encode(name)}: {_indented(child, deeper)}" for name, child in value.items()]
    return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
