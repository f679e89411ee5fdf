"""The labelled pictures that reproductions use, from the files of the data-set folder."""

import csv
import io
import os
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from glossator_worker.explain.refusal import Refusal

_FOLDER = "../shared/data"
_ROW = 100
_SIDE = 32


@dataclass(frozen=True)
class Pictures:
    """Photographs (RGB) with class indices (M,) int64, and the file each came from."""

    images: tuple[Image.Image, ...]
    labels: Tensor
    files: tuple[str, ...]


@dataclass(frozen=True)
class DataSet:
    """Class names in the order of the labels, and the two splits."""

    class_names: tuple[str, ...]
    train: Pictures
    test: Pictures


def data_sets_folder() -> Path:
    """Give the folder of the data sets: DATA_SETS, or ../shared/data."""
    return Path(os.environ.get("DATA_SETS", _FOLDER))


def required(path: Path, remedy: str = "set DATA_SETS to the folder of the data sets") -> Path:
    """Give the path if the file is there; refuse by name otherwise."""
    if not path.is_file():
        raise Refusal(f"{path} is missing: {remedy}")
    return path


def cifar10(train: Path, test: Path) -> DataSet:
    """Read CIFAR-10 from two archives with one lossless sheet each."""
    names = tuple(str(name) for name in np.load(test)["class_names"])
    return DataSet(names, _cifar_split(train), _cifar_split(test))


def _cifar_split(path: Path) -> Pictures:
    archive = np.load(path)
    sheet = np.asarray(Image.open(io.BytesIO(archive["sheet"].tobytes())))
    labels = torch.from_numpy(archive["labels"].astype(np.int64))
    tiles = (
        sheet.reshape(-1, _SIDE, _ROW, _SIDE, 3).swapaxes(1, 2).reshape(-1, _SIDE, _SIDE, 3)[: len(labels)]
    )
    return Pictures(
        tuple(Image.fromarray(tile) for tile in tiles),
        labels,
        tuple(f"{path.stem}/{place}" for place in range(len(labels))),
    )


def listed_pictures(path: Path, *, label: str, class_names: Sequence[str] | None = None) -> DataSet:
    """Read an archive whose index.csv names each picture's ``file``, ``split`` and a column with its class.

    Args:
        path: the archive.
        label: the column with the class.
        class_names: the classes in the order of the labels; None for the order in which they appear.
    """
    with zipfile.ZipFile(path) as archive:
        rows = list(csv.DictReader(io.TextIOWrapper(archive.open("index.csv"), "utf-8")))
        names = tuple(class_names or dict.fromkeys(row[label] for row in rows))
        splits = []
        for split in ("train", "test"):
            chosen = [row for row in rows if row["split"] == split]
            images = []
            for row in chosen:
                with archive.open(row["file"]) as file:
                    images.append(Image.open(file).convert("RGB"))
            labels = torch.tensor([names.index(row[label]) for row in chosen], dtype=torch.int64)
            splits.append(Pictures(tuple(images), labels, tuple(row["file"] for row in chosen)))
    return DataSet(names, *splits)
