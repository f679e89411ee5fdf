"""Opening what a command reads: a file, or `-` for standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from glossator.refusal import Refusal

STANDARD_INPUT = "-"


@contextmanager
def opened(path: str) -> Iterator[tuple[str, BinaryIO]]:
    """What messages call it, and its bytes.

    Raises:
        Refusal: it is not there or can't be read, with the system's reason.
    """
    if path == STANDARD_INPUT:
        yield "stdin", sys.stdin.buffer
        return
    try:
        with Path(path).open("rb") as file:
            yield path, file
    except OSError as error:
        raise Refusal(f"{path}: {error.strerror or error}.") from error
