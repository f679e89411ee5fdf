"""Where results go: standard output, a file or a folder of files; a file is there whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from glossator.refusal import Refusal


@contextmanager
def targets(output: str | None, names: Sequence[str]) -> Iterator[list[BinaryIO]]:
    """Open what results are written to, before the work begins; what fails leaves everything as it was.

    Args:
        output: None for standard output, else a file; or a folder, where its name ends in a slash.
        names: of the files in the folder; one, of any name, for the others.

    Yields:
        One open file for each name.

    Raises:
        Refusal: it can't be written there, with the system's reason.
    """
    if output is None:
        yield [sys.stdout.buffer]
        # Here, where a closed pipe is still understood.
        sys.stdout.buffer.flush()
        return
    with ExitStack() as open_files:
        if output.endswith("/"):
            folder = open_files.enter_context(_folder(Path(output)))
            paths = [folder / name for name in names]
        else:
            paths = [Path(output)]
        yield [open_files.enter_context(_replacing(path)) for path in paths]


def _refused(path: Path, error: OSError) -> Refusal:
    hint = " (with / at its end, it is a folder of files)" if isinstance(error, IsADirectoryError) else ""
    return Refusal(f"--output {path}: {error.strerror}{hint}.")


@contextmanager
def _folder(path: Path) -> Iterator[Path]:
    """The folder; made here, it goes away again with an error."""
    is_new = not path.is_dir()
    if is_new:
        try:
            path.mkdir()
        except OSError as error:
            raise _refused(path, error) from error
    try:
        yield path
    except BaseException:
        if is_new:
            path.rmdir()
        raise


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """A file beside `path` that takes its place in the end; a device, /dev/null say, is written to itself."""
    target = path.resolve()
    is_device = target.exists() and not target.is_file()
    fresh = target if is_device else target.with_name(f"{target.name}.{os.getpid()}.new")
    try:
        file = fresh.open("wb" if is_device else "xb")
    except OSError as error:
        raise _refused(path, error) from error
    try:
        with file:
            yield file
        if not is_device:
            fresh.replace(target)
    except BaseException:
        if not is_device:
            fresh.unlink(missing_ok=True)
        raise
