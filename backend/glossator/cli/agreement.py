"""`glossator agreement`: from a file of namings to every figure of agreement."""

import sys
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from glossator.agreement.settings import LARGEST_SEED, MissingRule, Settings, matching_keys
from glossator.refusal import Refusal

if TYPE_CHECKING:
    from glossator.agreement.files.namings_csv import Source
    from glossator.agreement.results import Agreement

Format = Literal["json", "csv", "table"]
STANDARD_INPUT = "-"


def agreement(
    namings: Annotated[
        str, typer.Argument(metavar="NAMINGS.csv", help="Who named which activation how; - is standard input")
    ],
    judgements: Annotated[
        str | None, typer.Option(metavar="J.csv", help="Judgements of pairs of names; - is standard input")
    ] = None,
    format: Annotated[  # noqa: A002 - as the option is called
        Format | None, typer.Option(help="Otherwise table on a terminal, json elsewhere", show_default=False)
    ] = None,
    output: Annotated[
        str | None, typer.Option(metavar="FILE", help="To write; with / at its end a folder for all tables")
    ] = None,
    min_images: Annotated[int, typer.Option(min=1, help="Concepts of fewer images are removed first")] = 3,
    d: Annotated[
        str, typer.Option("--d", help="Largest diameters: 1, 2 (both readings), 2star, 2biclique, 3 ... 9")
    ] = "1,2",
    missing: Annotated[MissingRule, typer.Option(help="What a row is that only others have")] = "error",
    permutations: Annotated[int, typer.Option(min=0, help="Draws of the level of chance; 0: none")] = 0,
    bootstrap: Annotated[int, typer.Option(min=0, help="Resamples of images; 0: no intervals")] = 2000,
    seed: Annotated[int, typer.Option(min=0, max=LARGEST_SEED, help="Of every random number")] = 0,
    processes: Annotated[int, typer.Option(min=1, help="Classes are shared out among so many")] = 1,
) -> None:
    """Say what namings cover, how pure they are and how far annotators agree. Starts nothing.

    docs/agreement.md describes the files and explains the figures.
    """
    try:
        keys = matching_keys(d)
    except ValueError as error:
        raise Refusal(f"--d: {error}") from error
    settings = Settings(min_images, keys, missing, permutations, bootstrap, seed)
    if namings == judgements == STANDARD_INPUT:
        raise Refusal("--judgements: standard input can be read once; give one of the two files by its name.")
    into_folder = output is not None and output.endswith("/")
    if format == "table" and into_folder:
        raise Refusal("--format: a folder holds CSV and JSON, no table for people; leave the option out.")

    from glossator.agreement.files.output import targets
    from glossator.agreement.files.renderings import FOLDER, FORMATS

    chosen = format or ("table" if output is None and sys.stdout.isatty() else "json")
    renderings = FOLDER if into_folder else {chosen: FORMATS[chosen]}
    with targets(output, list(renderings)) as files:
        source, measured = _measured(namings, judgements, settings, processes)
        for file, rendering in zip(files, renderings.values(), strict=True):
            file.write(rendering(measured, source).encode())


def _measured(
    namings: str, judgements: str | None, settings: Settings, processes: int
) -> tuple["Source", "Agreement"]:
    from glossator.agreement.files.judgements_csv import read_judgements
    from glossator.agreement.files.namings_csv import read_namings
    from glossator.agreement.files.sources import opened
    from glossator.agreement.measure import measure

    with opened(namings) as (name, file):
        named = read_namings(name, file, missing=settings.missing)
    _say_ignored(name, named.source.ignored_columns)
    judged = None
    if judgements is not None:
        with opened(judgements) as (name, file):
            found = read_judgements(name, file)
        _say_ignored(name, found.ignored_columns)
        judged = found.judgements
    return named.source, measure(named.classes, settings, judged, processes=processes)


def _say_ignored(name: str, columns: tuple[str, ...]) -> None:
    if columns:
        from glossator.agreement.files.cells import quoted

        print(f"{name}: ignored columns: {', '.join(map(quoted, columns))}.", file=sys.stderr)
