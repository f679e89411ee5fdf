"""`glossator export namings`, `glossator export judgements`: what was named, as files."""

from typing import Annotated

import typer

from glossator.cli.options import DataOption

app = typer.Typer(help="Write what is in an installation as CSV.", no_args_is_help=True)

RoundOption = Annotated[str, typer.Option("--round", metavar="ROUND", help="The naming round's name or id")]
ProjectOption = Annotated[
    str | None, typer.Option(help="The project's name, where several are possible", show_default=False)
]
OutputOption = Annotated[
    str | None,
    typer.Option(metavar="FILE", help="Otherwise standard output", show_default=False),
]


@app.callback()
def export() -> None:
    """Write what is in an installation as CSV."""


@app.command()
def namings(
    naming_round: RoundOption,
    classes: Annotated[
        list[str] | None, typer.Option("--class", metavar="C", help="A class; may be given several times")
    ] = None,
    annotators: Annotated[
        list[str] | None,
        typer.Option(
            "--annotator",
            metavar="A",
            help="As the file calls them; may be given several times",
        ),
    ] = None,
    complete_only: Annotated[
        bool, typer.Option("--complete-only", help="Leave out boards that are still worked on")
    ] = False,
    names: Annotated[bool, typer.Option("--names", help="Names of annotators instead of pseudonyms")] = False,
    project: ProjectOption = None,
    output: OutputOption = None,
    data: DataOption = None,
) -> None:
    """Write who named which activation how: the input of `glossator agreement`."""
    from glossator.agreement.files.output import targets
    from glossator.cli.finding import find_round
    from glossator.cli.installation import open_database
    from glossator.namings.export import namings_csv

    with targets(output, ["namings.csv"]) as [file], open_database(data) as database:
        with database.transaction() as session:
            pieces = namings_csv(
                session,
                database.transaction,
                find_round(session, naming_round, project).id,
                classes=classes or (),
                annotators=annotators or (),
                complete_only=complete_only,
                by_name=names,
            )
        file.writelines(piece.encode() for piece in pieces)


@app.command()
def judgements(
    project: ProjectOption = None,
    output: OutputOption = None,
    data: DataOption = None,
) -> None:
    """Write what analysts said about pairs of names: for `glossator agreement --judgements`."""
    from glossator.agreement.files.output import targets
    from glossator.cli.finding import find_project
    from glossator.cli.installation import open_database
    from glossator.namings.export import judgements_csv

    with targets(output, ["judgements.csv"]) as [file], open_database(data) as database:
        with database.transaction() as session:
            text = judgements_csv(session, find_project(session, project))
        file.write(text.encode())
