"""The command's tables, its section of the document, and what it says when a file is missing."""

from pathlib import Path

import pytest
import torch
from PIL import Image
from tests.unit.explain.xnn_data import SHORT

from glossator_worker.networks.architectures import architecture
from glossator_worker.reproduce import naming
from glossator_worker.reproduce.data_sets import DataSet, Pictures
from glossator_worker.reproduce.section import write_section
from glossator_worker.reproduce.study import Classifier, run_study
from glossator_worker.reproduce.tables import study_table


def noise(images: int, seed: int) -> Pictures:
    pixels = torch.randint(0, 256, (images, 32, 32, 3), generator=torch.Generator().manual_seed(seed))
    return Pictures(
        tuple(Image.fromarray(one.byte().numpy()) for one in pixels),
        torch.arange(images) % 2,
        tuple(str(place) for place in range(images)),
    )


def test_a_study_shows_every_significant_map_and_a_dash_for_what_is_undefined() -> None:
    torch.manual_seed(0)
    entry = architecture("cifar_resnet20")
    classifier = Classifier(entry.build(3), entry, entry.preprocessing)
    data = DataSet(("Ash", "Elm", "Oak"), noise(40, 0), noise(12, 1))
    study = run_study("Noise", classifier, data, schedule=SHORT)
    for index, found in study.maps.items():
        assert len(found.images) == len(found.plain) == study.table.rows[index].significant
        assert torch.allclose(found.plain.sum((1, 2)) + found.lost, torch.ones(len(found.plain)), atol=1e-5)
        assert found.plain.shape[1:] == (16, 16)
    text = study_table(study)
    oak = next(line for line in text.splitlines() if line.startswith("| Oak"))
    assert "no training image is labelled so" in oak
    assert oak.count("–") >= 8
    assert "40 training and 12 test images" in text


def test_a_missing_file_is_named_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATA_SETS", str(tmp_path))
    monkeypatch.setattr(naming, "DOCUMENT", tmp_path / "docs" / "reproduction.md")
    assert naming.main([]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert str(tmp_path / "cifar10_resnet56.th") in said.err and "DATA_SETS" in said.err
    assert not naming.DOCUMENT.exists()


def test_the_section_is_replaced_and_the_rest_of_the_document_stays(tmp_path: Path) -> None:
    document = tmp_path / "docs" / "reproduction.md"
    write_section(document, "naming", "first")
    document.write_text("Before.\n" + document.read_text() + "\nAfter.\n")
    write_section(document, "naming", "second")
    write_section(document, "clustering", "third")
    text = document.read_text()
    assert "first" not in text and text.count("second") == 1
    assert text.startswith("Before.\n# Reproduction") and "\nAfter.\n" in text
    assert text.index("second") < text.index("third")
