"""What requests may ask for, read from the description of all routes."""

from collections.abc import Iterator
from typing import Any

import pytest

from glossator.app import create_app

LARGEST = 2**31 - 1
"""That an integer column of the database holds."""


def integers() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every whole number in a path or query, alone or in a list, with its bounds."""
    for path, methods in create_app().openapi()["paths"].items():
        for method, route in methods.items():
            for parameter in route.get("parameters", ()):
                schema = parameter["schema"]
                for one in (schema, schema.get("items", {}), *schema.get("anyOf", ())):
                    if one.get("type") == "integer":
                        yield f"{method} {path} {parameter['name']}", one


FOUND = dict(integers())


def test_there_are_positions_in_paths_and_in_lists() -> None:
    assert "get /api/agreement/{round_id}/classes/{position}/pairs position" in FOUND
    assert "get /api/agreement/{round_id} class" in FOUND


@pytest.mark.parametrize("schema", FOUND.values(), ids=FOUND)
def test_a_number_too_large_for_the_database_is_refused_before_it_is_looked_up(
    schema: dict[str, Any],
) -> None:
    assert 0 <= schema["minimum"] <= schema["maximum"] <= LARGEST
