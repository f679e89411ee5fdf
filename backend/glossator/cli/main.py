"""The command `glossator`: one file per noun, imported only when it is asked for."""

import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass

from glossator import __version__
from glossator.refusal import Refusal

WRONG_INPUT, ERROR, INTERRUPTED = 2, 1, 130


@dataclass(frozen=True)
class Command:
    """Where a command lives: `attribute` of `module` is a function or a Typer application."""

    module: str
    attribute: str
    help: str


COMMANDS = {
    "up": Command("glossator.cli.up", "up", "Start the whole service on this machine"),
    "doctor": Command("glossator.cli.doctor", "doctor", "Say what is wrong here and how to mend it"),
    "user": Command("glossator.cli.user", "app", "Add people without the browser"),
    "sign-in-link": Command("glossator.cli.sign_in_link", "sign_in_link", "Print a one-time sign-in link"),
    "import": Command("glossator.cli.import_", "import_", "Import a folder of images, or a classifier"),
    "run": Command("glossator.cli.run", "run", "Compute the activation maps of a classifier"),
    "agreement": Command(
        "glossator.cli.agreement",
        "agreement",
        "Measure coverage, purity and agreement of namings in a CSV file",
    ),
    "export": Command("glossator.cli.export", "app", "Write namings or judgements of names as CSV"),
    "openapi": Command("glossator.cli.openapi", "openapi", "Write the description of the HTTP interface"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status: 0 done, 2 wrong input, 1 anything else, 130 interrupted."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in given
    given = [argument for argument in given if argument != "--debug"]
    if not given or given[0] in ("--help", "-h"):
        print(overview())
        return 0
    if given[0] == "--version":
        print(f"glossator {__version__}")
        return 0
    command = COMMANDS.get(given[0])
    if command is None:
        print(f"There is no command '{given[0]}': `glossator --help` lists them.", file=sys.stderr)
        return WRONG_INPUT
    return _guarded(command, given, debug=debug)


def overview() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {command.help}" for name, command in COMMANDS.items()]
    return "\n".join(
        [
            "Usage: glossator COMMAND [OPTIONS]",
            "",
            "Glossator names what an image classifier looks at.",
            "",
            *lines,
            "",
            "`glossator COMMAND --help` explains one; --debug shows the traceback of an error.",
        ]
    )


def _guarded(command: Command, arguments: list[str], *, debug: bool) -> int:
    """Run it; every error becomes one sentence and its exit status."""
    import typer

    try:
        return _run(command, arguments)
    except Refusal as refusal:
        return _failed(str(refusal), WRONG_INPUT, debug=debug)
    except SystemExit as ended:  # what Typer makes of a closed pipe
        if not isinstance(ended.__context__, BrokenPipeError):
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the flush at exit finds an end
        return 0
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except Exception as error:
        if hasattr(error, "format_message"):  # of Typer: a wrong option or argument
            return _failed(error.format_message(), WRONG_INPUT, debug=debug)
        return _failed(_sentence(error), ERROR, debug=debug)


def _run(command: Command, arguments: list[str]) -> int:
    import typer

    found = getattr(importlib.import_module(command.module), command.attribute)
    app = found
    if not isinstance(found, typer.Typer):
        app = typer.Typer(add_completion=False)
        app.command()(found)
    app.rich_markup_mode = None
    status = app(arguments[1:], prog_name=f"glossator {arguments[0]}", standalone_mode=False)
    return status if isinstance(status, int) else 0


def _sentence(error: Exception) -> str:
    if isinstance(error, RuntimeError):  # ours, written for people
        return str(error)
    return f"{type(error).__name__}: {(str(error).splitlines() or ['no message'])[0]}"


def _failed(sentence: str, status: int, *, debug: bool) -> int:
    if debug:
        traceback.print_exc()
    print(sentence, file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
