"""Writes a tiny WordNet in the format of the real one, wndb(5WN)."""

from collections.abc import Mapping, Sequence
from pathlib import Path

# By a name for the test: the words of a sense, and its pointers to other senses.
Senses = Mapping[str, tuple[Sequence[str], Mapping[str, Sequence[str]]]]

LICENSE = "".join(
    f"  {number} The files begin with a licence, whose lines begin with two spaces.  \n" for number in (1, 2)
)


def write(folder: Path, senses: Senses) -> None:
    """`index.noun` and `data.noun` as wndb(5WN) describes them."""
    folder.mkdir(parents=True, exist_ok=True)
    offsets = offsets_of(senses)
    data = LICENSE + "".join(_sense(name, senses, offsets) for name in senses)
    lemmas: dict[str, list[str]] = {}
    for name, (words, _) in senses.items():
        for word in words:
            lemmas.setdefault(word.lower(), []).append(name)
    lines = []
    for lemma in sorted(lemmas, key=str.encode):
        names = lemmas[lemma]
        symbols = sorted({symbol for name in names for symbol in senses[name][1]})
        counts = [str(len(names)), str(len(symbols)), *symbols, str(len(names)), "0"]
        lines.append(" ".join([lemma, "n", *counts, *(f"{offsets[name]:08d}" for name in names)]) + "  \n")
    (folder / "data.noun").write_text(data)
    (folder / "index.noun").write_text(LICENSE + "".join(lines))


def offsets_of(senses: Senses) -> dict[str, int]:
    """An offset has eight digits whatever it is, so the lengths of the lines are known before."""
    found, at = {}, len(LICENSE)
    for name in senses:
        found[name] = at
        at += len(_sense(name, senses, dict.fromkeys(senses, 0)))
    return found


def _sense(name: str, senses: Senses, offsets: dict[str, int]) -> str:
    words, pointers = senses[name]
    steps = [(symbol, target) for symbol, targets in pointers.items() for target in targets]
    fields = [f"{offsets[name]:08d}", "06", "n", f"{len(words):02x}"]
    fields += [part for word in words for part in (word, "0")]
    fields += [f"{len(steps):03d}"]
    fields += [part for symbol, target in steps for part in (symbol, f"{offsets[target]:08d}", "n", "0000")]
    return " ".join(fields) + f' | what {name} is; "an @ example"  \n'
