"""Proposals from WordNet, against a tiny WordNet written here in its own format."""

import zipfile
from pathlib import Path

import pytest
from tests.unit.namings.tiny_wordnet import Senses, offsets_of, write

from glossator.agreement.names import normalised
from glossator.namings import wordnet
from glossator.namings.proposals import proposal
from glossator.namings.wordnet import Nouns, first_of, installed, opened
from glossator.settings import settings

SENSES: Senses = {
    "vehicle": (["vehicle"], {}),
    "car": (["car", "auto", "automobile"], {"@": ["vehicle"]}),
    "cab": (["cab", "taxi"], {"@": ["car"]}),
    "minicab": (["minicab"], {"@": ["cab"]}),
    "wheel": (["wheel"], {"#p": ["car"]}),
    "rim": (["rim"], {"#p": ["wheel"]}),
    "flange": (["flange"], {"#p": ["rim"]}),
    "bolt": (["bolt"], {"#p": ["flange"]}),
    "herbie": (["Herbie"], {"@i": ["car"]}),
    "tail fin": (["tail_fin", "empennage"], {"#p": ["car"], "#m": ["vehicle"]}),
    "spin": (["wheel"], {}),  # another sense of a word
}


@pytest.fixture
def nouns(tmp_path: Path) -> Nouns:
    write(tmp_path, SENSES)
    found = opened(tmp_path)
    assert found is not None
    return found


def test_every_word_is_found_and_no_other(nouns: Nouns) -> None:
    offsets = offsets_of(SENSES)
    expected: dict[str, set[int]] = {}
    for name, (words, _) in SENSES.items():
        for word in words:
            expected.setdefault(word.lower(), set()).add(offsets[name])

    assert {word: nouns.senses(word) for word in expected} == expected
    for word in ("", "a", "ca", "cars", "zz", "1", "The", "flang", "flangee"):
        assert nouns.senses(word) == frozenset()


def test_a_sense_knows_what_it_is_a_kind_of_and_a_part_of(nouns: Nouns) -> None:
    offsets = offsets_of(SENSES)

    assert nouns.above(offsets["cab"], "kind") == {offsets["car"]}
    assert nouns.above(offsets["herbie"], "kind") == {offsets["car"]}
    assert nouns.above(offsets["tail fin"], "part") == {offsets["car"]}
    assert nouns.above(offsets["tail fin"], "kind") == frozenset()
    assert nouns.above(offsets["vehicle"], "kind") == frozenset()


@pytest.mark.parametrize(
    ("name_a", "name_b", "relation", "reason"),
    [
        ("car", "Automobile", "exact", "WordNet: 'car' and 'automobile' are synonyms"),
        ("autos", "cars", "exact", "WordNet: 'autos' and 'cars' are synonyms"),
        ("empennage", "tail fin", "exact", "WordNet: 'empennage' and 'tail fin' are synonyms"),
        ("wheel", "car", "subset", "WordNet: 'wheel' is part of 'car'"),
        ("car", "tail fins", "subset", "WordNet: 'tail fins' is part of 'car'"),
        ("minicab", "vehicle", "subset", "WordNet: 'minicab' is a kind of 'vehicle'"),
        ("flange", "car", "subset", "WordNet: 'flange' is part of 'car'"),
        ("bolt", "car", "none", "no word in common"),  # four steps
        ("wheel", "vehicle", "none", "no word in common"),  # a part of a kind of it
        ("wheel", "unheard", "none", "no word in common"),
        ("car and wheel", "wheel", "subset", "every word of 'wheel' is in 'car and wheel'"),
        ("red car", "red wheel", "none", "they share only 'red'"),
        ("?", "car", "none", "a name without words"),
    ],
)
def test_what_wordnet_knows_is_proposed_with_its_reason(
    nouns: Nouns, name_a: str, name_b: str, relation: str, reason: str
) -> None:
    for a, b in ((name_a, name_b), (name_b, name_a)):
        assert proposal(normalised(a), normalised(b), nouns).relation == relation
    assert proposal(normalised(name_a), normalised(name_b), nouns).reason == reason


def test_without_wordnet_the_words_alone_speak() -> None:
    assert proposal("wheel", "car").relation == "none"


def test_the_zip_file_of_nltk_is_read_as_it_is(tmp_path: Path, nouns: Nouns) -> None:
    with zipfile.ZipFile(tmp_path / "wordnet.zip", "w") as archive:
        for name in ("index.noun", "data.noun"):
            archive.write(tmp_path / name, f"wordnet/{name}")

    zipped = opened(tmp_path / "wordnet.zip")

    assert zipped is not None
    assert zipped.senses("car") == nouns.senses("car") != frozenset()


def test_places_without_it_or_with_a_damaged_one_are_passed_over(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "damaged.zip").write_bytes(b"this is no zip file")
    write(tmp_path / "good", SENSES)

    found = first_of([tmp_path / "gone", tmp_path / "empty", tmp_path / "damaged.zip", tmp_path / "good"])

    assert found is not None
    assert found.senses("car")
    assert "damaged.zip cannot be read" in caplog.text
    assert first_of([tmp_path / "gone", tmp_path / "gone.zip"]) is None


def test_the_setting_says_where_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    write(tmp_path / "dict", SENSES)
    monkeypatch.setattr(wordnet, "usual_places", lambda: iter(()))

    def found_with(folder: Path | None) -> Nouns | None:
        monkeypatch.setattr(settings(), "wordnet_folder", folder)
        installed.cache_clear()
        return installed()

    found = found_with(tmp_path / "dict")
    assert found is not None
    assert found.senses("car")
    assert found_with(None) is None
    assert found_with(tmp_path) is None
    assert "holds no index.noun and data.noun" in caplog.text
    installed.cache_clear()
