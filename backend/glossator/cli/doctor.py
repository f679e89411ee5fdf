"""`glossator doctor`."""

import typer

from glossator.cli.options import DataOption
from glossator.embedded.folder import DEFAULT, Addresses
from glossator.refusal import Refusal


def doctor(data: DataOption = None) -> None:
    """Look at this machine and the installation; each line is ok, warning or broken, with the remedy.

    Exits with 1 when something is broken.
    """
    from glossator.cli.installation import find_instance
    from glossator.embedded.doctor import Level, examine

    addresses: Addresses | None
    try:
        addresses = find_instance(data)
    except Refusal:
        addresses = None
    levels = []
    for finding in examine((data or DEFAULT).absolute(), addresses):
        print(finding, flush=True)
        levels.append(finding.level)
    if Level.BROKEN in levels:
        raise typer.Exit(1)
