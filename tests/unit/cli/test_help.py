"""`glossator … --help` answers at once: it imports nothing that a command needs only to do its work."""

import importlib
import json
import subprocess
import sys

import pytest
import typer

from glossator.cli.main import COMMANDS

HEAVY = {  # pydantic is not among them: Typer itself looks for it
    *(
        "PIL",
        "alembic",
        "boto3",
        "botocore",
        "celery",
        "fastapi",
        "httpx",
        "numpy",
        "psycopg",
        "redis",
        "rich",
    ),
    *("pydantic_settings", "scipy", "sqlalchemy", "starlette", "structlog", "torch", "uvicorn"),
    *("glossator.database", "glossator.settings", "glossator.embedded.postgres", "glossator.embedded.up"),
}
REPORT = """
import json, sys
from glossator.cli.main import main
status = main(sys.argv[1:])
print("\\n" + json.dumps([status, sorted(sys.modules)]))
"""


def every_command() -> list[list[str]]:
    """All that `--help` can be asked of: the overview, each command, each command of a group."""
    found: list[list[str]] = [[]]
    for name, command in COMMANDS.items():
        found.append([name])
        inside = getattr(importlib.import_module(command.module), command.attribute)
        if isinstance(inside, typer.Typer):
            found += [[name, str(each.name or each.callback.__name__)] for each in inside.registered_commands]
    return found


@pytest.mark.parametrize("words", every_command(), ids=" ".join)
def test_help_imports_nothing_heavy(words: list[str]) -> None:
    asked = [sys.executable, "-c", REPORT, *words, "--help"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=True)

    text, _, report = answer.stdout.strip().rpartition("\n")
    status, modules = json.loads(report)
    assert status == 0
    assert " ".join(["Usage: glossator", *words]) in text
    assert HEAVY.isdisjoint(modules), HEAVY.intersection(modules)


def test_groups_are_looked_into() -> None:
    assert ["import", "data-set"] in every_command()
    assert ["user", "add"] in every_command()
