"""`glossator openapi`."""

import json
from pathlib import Path
from typing import Annotated

import typer


def openapi(
    output: Annotated[Path | None, typer.Option(help="File to write; standard output without it")] = None,
) -> None:
    """Write the description of the HTTP interface (OpenAPI 3.1, JSON). Starts nothing."""
    from glossator.app import create_app

    text = json.dumps(create_app().openapi(), indent=1, sort_keys=True) + "\n"
    if output is None:
        print(text, end="")
        return
    fresh = output.with_name(output.name + ".new")
    fresh.write_text(text)
    fresh.replace(output)
