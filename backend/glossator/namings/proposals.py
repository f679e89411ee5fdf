"""What two names probably have to do with one another. Nothing counts until a person confirms it."""

from dataclasses import dataclass

from glossator.agreement.names import Relation
from glossator.namings.words import STOP_WORDS, singular, words


@dataclass(frozen=True)
class Proposal:
    """A relation, and what speaks for it in a few words."""

    relation: Relation
    reason: str


def proposal(name_a: str, name_b: str) -> Proposal:
    """The first rule that fits two different names in the form in which names are compared."""
    a, b = words(name_a), words(name_b)
    if not a or not b:
        return Proposal("none", "a name without words")
    if a == b:
        return Proposal("exact", "the same words")
    singular_a, singular_b = (tuple(map(singular, each)) for each in (a, b))
    if singular_a == singular_b:
        return Proposal("exact", "the same words in the singular")
    if sorted(singular_a) == sorted(singular_b):
        return Proposal("exact", "the same words in another order")
    return _contained(name_a, name_b, set(singular_a) - STOP_WORDS, set(singular_b) - STOP_WORDS)


def _contained(name_a: str, name_b: str, a: set[str], b: set[str]) -> Proposal:
    if a and b and a == b:
        return Proposal("subset", "the same words but for and, of, the, with")
    if a and a < b:
        return Proposal("subset", f"every word of '{name_a}' is in '{name_b}'")
    if b and b < a:
        return Proposal("subset", f"every word of '{name_b}' is in '{name_a}'")
    shared = sorted(a & b)
    return Proposal("none", f"they share only '{' '.join(shared)}'" if shared else "no word in common")
