"""Frozen dataclasses in JSON columns, and back."""

from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


def to_json(value: object) -> Any:
    """Give the JSON value of a dataclass."""
    return TypeAdapter(type(value)).dump_python(value, mode="json")


def from_json(kind: type[T], value: object) -> T:
    """Read what :func:`to_json` gave; pydantic's ValidationError for anything else."""
    return TypeAdapter(kind).validate_python(value)
