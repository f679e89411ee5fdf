"""Which part of a bird a map points at, on pictures where it can be seen by eye."""

import io
import zipfile
from pathlib import Path

import pytest
import torch
from PIL import Image

from glossator_worker.networks.preprocessing import Preprocessing
from glossator_worker.reproduce.bird_parts import part_shares
from glossator_worker.reproduce.data_sets import Pictures, listed_pictures
from glossator_worker.reproduce.study import ClassMaps

PREPROCESSING = Preprocessing(size=16)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Two photographs 32 × 16 (so 16 × 8 in the square, 4 pixels down) and one without visible parts."""
    path = tmp_path / "birds.zip"
    parts = [
        ("a.png", "left wing", 2, 2),
        ("a.png", "tail", 30, 14),
        ("b.png", "right wing", 30, 2),
        ("b.png", "beak", 2, 14),
    ]
    with zipfile.ZipFile(path, "w") as opened:
        opened.writestr(
            "parts.csv", "file,part,x,y\n" + "".join(f"{f},{p},{x},{y}\n" for f, p, x, y in parts)
        )
        rows = ["a.png,Wren,test", "b.png,Crow,test", "c.png,Wren,test", "d.png,Crow,train"]
        opened.writestr("index.csv", "file,species,split\n" + "\n".join(rows) + "\n")
        for name in "abcd":
            stream = io.BytesIO()
            Image.new("RGB", (32, 16)).save(stream, "PNG")
            opened.writestr(f"{name}.png", stream.getvalue())
    return path


@pytest.fixture
def pictures(archive: Path) -> Pictures:
    return listed_pictures(archive, label="species").test


def spot(row: int, column: int) -> torch.Tensor:
    one = torch.zeros(4, 4)
    one[row, column] = 1
    return one


def test_pictures_come_with_their_split_and_the_classes_in_order(archive: Path) -> None:
    data = listed_pictures(archive, label="species")
    assert data.class_names == ("Wren", "Crow")
    assert data.test.files == ("a.png", "b.png", "c.png") and data.test.labels.tolist() == [0, 1, 0]
    assert data.train.labels.tolist() == [1]
    turned = listed_pictures(archive, label="species", class_names=("Crow", "Wren"))
    assert turned.test.labels.tolist() == [1, 0, 1]


def test_each_map_counts_for_the_part_nearest_to_its_maximum(archive: Path, pictures: Pictures) -> None:
    # In the square: a's wing at (1, 5), its tail at (15, 11); b's wing at (15, 5), its beak at (1, 11).
    zero = torch.zeros(4, 4)
    maps = ClassMaps(
        images=torch.tensor([0, 0, 1, 1, 2]),
        plain=torch.stack([spot(1, 0), spot(2, 3), spot(1, 3), zero, spot(0, 0)]),
        contrastive=torch.stack([spot(2, 3), zero, spot(2, 0), zero, spot(0, 0)]),
        lost=torch.zeros(5),
    )
    shares = part_shares(archive, pictures, PREPROCESSING, {0: maps})
    # The map that is zero everywhere and the bird without parts do not count.
    assert shares.maps == 3 and shares.contrastive_maps == 2
    assert shares.plain == pytest.approx({"wing": 2 / 3, "tail": 1 / 3})
    assert shares.contrastive == pytest.approx({"tail": 0.5, "beak": 0.5})
    assert shares.parts[0] == "wing"
    # Both parts of a bird lie symmetrically about the middle, so a random pixel is as often near the one.
    assert shares.random["wing"] == pytest.approx(0.5, abs=0.05)
    assert sum(shares.random.values()) == pytest.approx(1)
