"""A folder as a zip: the same files give the same bytes, so importing a folder again finds its own."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from glossator.datasets.kinds import is_system_file
from glossator.refusal import Refusal

_DATE = (1980, 1, 1, 0, 0, 0)


def pack_folder(folder: Path, target: BinaryIO) -> int:
    """Writes the folder's files, stored and sorted by name; returns how many. Links to files are followed.

    Raises Refusal for a file that can't be read, or if there is none.
    """
    count = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, path in sorted(_files(folder)):
            entry = zipfile.ZipInfo(name, _DATE)
            try:
                entry.file_size = path.stat().st_size
                with path.open("rb") as source, archive.open(entry, "w") as packed:
                    while chunk := source.read(1 << 20):
                        packed.write(chunk)
            except OSError as error:
                raise Refusal(f"{path}: {error.strerror}.", code="unreadable_file") from None
            count += 1
    if not count:
        raise Refusal(f"{folder} holds no files to import.", code="no_pictures")
    return count


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not is_system_file(name):
            yield name, path
