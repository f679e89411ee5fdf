"""`glossator user add`: people without the browser."""

import sys
from typing import Annotated

import typer

from glossator.cli.options import DataOption
from glossator.people.roles import Role
from glossator.refusal import Refusal

app = typer.Typer(help="People of this installation.", no_args_is_help=True)


@app.callback()
def user() -> None:
    """People of this installation."""


@app.command()
def add(
    email: str,
    role: Annotated[Role, typer.Option(help="owner, researcher, analyst or annotator")],
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input")
    ] = False,
    project: Annotated[str | None, typer.Option(help="One project's name; otherwise every project")] = None,
    data: DataOption = None,
) -> None:
    """Add a person with this role."""
    from glossator.cli.installation import open_database
    from glossator.people.service import add_user

    if not password_stdin:
        raise Refusal("Give the password on standard input, with --password-stdin.")
    password = sys.stdin.readline().rstrip("\r\n")
    with open_database(data) as database, database.transaction() as session:
        account = add_user(session, email=email, role=role, password=password, project=project)
        print(f"{account.email} added as {role}.")
