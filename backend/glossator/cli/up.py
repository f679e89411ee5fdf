"""`glossator up`."""

from pathlib import Path
from typing import Annotated

import typer

from glossator.embedded.folder import DEFAULT


def up(
    data: Annotated[Path, typer.Option(help="Data folder; made when it does not exist")] = DEFAULT,
    port: Annotated[
        int | None, typer.Option(help="Port of the web pages; 8400 or the next free one by itself")
    ] = None,
    host: Annotated[
        str, typer.Option(help="Address to listen on; others than 127.0.0.1 open it to the network")
    ] = "127.0.0.1",
    demo: Annotated[bool, typer.Option("--demo", help="Also bring the magnetic tiles onto boards")] = False,
) -> None:
    """Start Postgres, Redis, the web server and a worker, and watch them until Ctrl-C.

    With DATABASE_URL, REDIS_URL or STORAGE_URL set, those are used instead of servers of our own.
    """
    from glossator.embedded.up import Options
    from glossator.embedded.up import up as start

    start(Options(data=data, port=port, host=host, demo=demo))
