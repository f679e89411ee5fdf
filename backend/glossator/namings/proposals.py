"""What two names probably have to do with one another. Nothing counts until a person confirms it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from glossator.agreement.names import Relation
from glossator.namings.wordnet import Link, Nouns
from glossator.namings.words import STOP_WORDS, singular, words

DEPTH = 3  # steps up from a kind or a part
_SAYS: dict[Link, str] = {"kind": "a kind of", "part": "part of"}


@dataclass(frozen=True)
class Proposal:
    """A relation, and what speaks for it in a few words."""

    relation: Relation
    reason: str


def proposal(name_a: str, name_b: str, nouns: Nouns | None = None) -> Proposal:
    """The first rule that fits two different names in the form in which names are compared.

    `nouns`: WordNet, asked where the words alone say nothing.
    """
    a, b = _read(name_a), _read(name_b)
    if not a.words or not b.words:
        return Proposal("none", "a name without words")
    same = _same(a, b)
    if same is not None:
        return Proposal("exact", same)
    found = _contained(name_a, name_b, a.kept, b.kept)
    if found is None and nouns is not None:
        found = _by_wordnet(nouns, name_a, name_b)
    if found is not None:
        return found
    shared = sorted(a.kept & b.kept)
    return Proposal("none", f"they share only '{' '.join(shared)}'" if shared else "no word in common")


@dataclass(frozen=True)
class _Read:
    """A name's words, these in the singular, and those of them that say something."""

    words: tuple[str, ...]
    singular: tuple[str, ...]
    kept: frozenset[str]


@lru_cache(maxsize=1 << 14)
def _read(name: str) -> _Read:
    found = words(name)
    in_singular = tuple(map(singular, found))
    return _Read(found, in_singular, frozenset(in_singular) - STOP_WORDS)


def _same(a: _Read, b: _Read) -> str | None:
    """In what two names are the same, if they are in anything that makes them mean the same."""
    if a.words == b.words:
        return "the same words"
    if a.singular == b.singular:
        return "the same words in the singular"
    if "".join(a.singular) == "".join(b.singular):
        return "the same letters in the singular"
    return "the same words in another order" if sorted(a.singular) == sorted(b.singular) else None


def _contained(name_a: str, name_b: str, a: frozenset[str], b: frozenset[str]) -> Proposal | None:
    if a and b and a == b:
        return Proposal("subset", "the same words but for and, of, the, with")
    if a and a < b:
        return Proposal("subset", f"every word of '{name_a}' is in '{name_b}'")
    if b and b < a:
        return Proposal("subset", f"every word of '{name_b}' is in '{name_a}'")
    return None


def _by_wordnet(nouns: Nouns, name_a: str, name_b: str) -> Proposal | None:
    """Synonyms are exact; a kind or a part, up to DEPTH steps below the other, is a subset."""
    a, b = _known(nouns, name_a), _known(nouns, name_b)
    if a.senses & b.senses:
        return Proposal("exact", f"WordNet: '{name_a}' and '{name_b}' are synonyms")
    for link, says in _SAYS.items():
        if a.above[link] & b.senses:
            return Proposal("subset", f"WordNet: '{name_a}' is {says} '{name_b}'")
        if b.above[link] & a.senses:
            return Proposal("subset", f"WordNet: '{name_b}' is {says} '{name_a}'")
    return None


@dataclass(frozen=True)
class _Known:
    """The senses of a name, and what these are kinds and parts of."""

    senses: frozenset[int]
    above: Mapping[Link, frozenset[int]]


@lru_cache(maxsize=1 << 14)
def _known(nouns: Nouns, name: str) -> _Known:
    """A name of one or more words as WordNet has them: as it stands, else in the singular."""
    *before, last = words(name)
    senses = nouns.senses("_".join([*before, last])) or nouns.senses("_".join([*before, singular(last)]))
    return _Known(senses, {link: nouns.reached(senses, link, DEPTH) for link in _SAYS})
