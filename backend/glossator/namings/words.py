"""The words of a name, and English words in the singular."""

import re

STOP_WORDS = frozenset(("and", "of", "the", "with"))

_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['’]s\b")
_UNCHANGED = frozenset(("atlas", "bias", "canvas", "gas", "lens", "news", "series", "species"))
_IRREGULAR = {
    "axes": "axis",
    "calves": "calf",
    "children": "child",
    "feet": "foot",
    "geese": "goose",
    "halves": "half",
    "hooves": "hoof",
    "knives": "knife",
    "leaves": "leaf",
    "lenses": "lens",
    "men": "man",
    "mice": "mouse",
    "potatoes": "potato",
    "shelves": "shelf",
    "teeth": "tooth",
    "tomatoes": "tomato",
    "wolves": "wolf",
    "women": "woman",
}
_ENDINGS = (  # the first that fits counts
    (re.compile(r"(?:ss|us|is)$"), None),
    (re.compile(r"(?<=..)ies$"), "y"),
    (re.compile(r"(?<=ss|sh|ch|zz)es$|(?<=x)es$"), ""),
    (re.compile(r"(?<=..)s$"), ""),
)


def words(name: str) -> tuple[str, ...]:
    """The words of a name in the form in which names are compared; punctuation parts words."""
    return tuple(_WORD.findall(_POSSESSIVE.sub("", name)))


def singular(word: str) -> str:
    """The word in the singular, by the rules of English and a few exceptions; it may be no word at all."""
    if word in _UNCHANGED:
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for ending, replacement in _ENDINGS:
        if ending.search(word):
            return word if replacement is None else ending.sub(replacement, word)
    return word
