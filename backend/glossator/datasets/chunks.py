"""Entries of an import in portions of a few seconds, as JSON blobs that steps hand on."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from glossator.datasets.layout import Entry

MOST_FILES = 256
MOST_BYTES = 96 * 2**20


def chunked(entries: Sequence[Entry], sizes: dict[str, int]) -> Iterator[tuple[Entry, ...]]:
    """Portions of at most 256 files and about 96 MB (`sizes` by stored name), in order."""
    portion: list[Entry] = []
    taken = 0
    for entry in entries:
        size = sizes.get(entry.stored, 0)
        if portion and (len(portion) == MOST_FILES or taken + size > MOST_BYTES):
            yield tuple(portion)
            portion, taken = [], 0
        portion.append(entry)
        taken += size
    if portion:
        yield tuple(portion)


def packed(entries: Sequence[Entry]) -> bytes:
    return json.dumps([asdict(entry) for entry in entries], ensure_ascii=False).encode()


def unpacked(blob: bytes) -> list[Entry]:
    return [Entry(**values) for values in json.loads(blob)]
