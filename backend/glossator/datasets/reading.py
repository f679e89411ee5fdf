"""One file of an import: read, decoded, re-encoded, stored. Runs in several threads at once."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass

from glossator.datasets.archive import Archive, Damaged
from glossator.datasets.layout import Entry, Remark
from glossator.datasets.masks import read_mask
from glossator.datasets.pictures import Picture, encoded, read_picture, thumbnail
from glossator.datasets.unreadable import Unreadable
from glossator.storage.blobs import Storage, sha256_of

THREADS = min(8, os.cpu_count() or 2)


@dataclass(frozen=True)
class ReadFile:
    """What became of one picture; blobs are stored."""

    entry: Entry
    sha256: str
    picture: str
    thumbnail: str
    width: int
    height: int
    mask: str | None


@dataclass(frozen=True)
class Outcome:
    """The picture, if it could be read, and what is to be said about the file and its mask."""

    read: ReadFile | None
    remarks: tuple[Remark, ...]


def read_all(
    archive: Archive,
    entries: Sequence[Entry],
    storage: Storage,
    *,
    limit_megapixels: int,
    progress: Callable[[int], None],
) -> list[Outcome]:
    """Outcomes in the order of entries; `progress(files done)` may raise to stop.

    Decoding, encoding and waiting for the disk leave Python's lock, so threads share the cores.
    """
    with ThreadPoolExecutor(THREADS) as pool:
        futures = [pool.submit(read_one, archive, entry, storage, limit_megapixels) for entry in entries]
        try:
            for done, _ in enumerate(_finished(futures), start=1):
                progress(done)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return [future.result() for future in futures]


def _finished(futures: Sequence[Future[Outcome]]) -> Iterator[Outcome]:
    for future in as_completed(futures):
        yield future.result()


def read_one(archive: Archive, entry: Entry, storage: Storage, limit_megapixels: int) -> Outcome:
    try:
        content = archive.read(entry.stored)
        picture = read_picture(content, entry.file_name, limit_megapixels=limit_megapixels)
    except (Damaged, Unreadable) as reason:
        return Outcome(None, (Remark(entry.file_name, "unreadable", str(reason)),))
    remarks = [Remark(entry.file_name, "remark", picture.remark)] if picture.remark else []
    mask, complaint = _mask(archive, entry, picture)
    if complaint is not None:
        remarks.append(complaint)
    stored = storage.put(encoded(picture.pixels))
    small = thumbnail(picture.pixels)
    read = ReadFile(
        entry=entry,
        sha256=sha256_of(content),
        picture=stored,
        thumbnail=storage.put(small) if small else stored,
        width=picture.pixels.width,
        height=picture.pixels.height,
        mask=storage.put(mask) if mask else None,
    )
    return Outcome(read, tuple(remarks))


def _mask(archive: Archive, entry: Entry, picture: Picture) -> tuple[bytes | None, Remark | None]:
    if entry.stored_mask is None or entry.mask_name is None:
        return None, None
    try:
        return read_mask(archive.read(entry.stored_mask), picture), None
    except (Damaged, Unreadable) as reason:
        return None, Remark(entry.mask_name, "unreadable", str(reason))
