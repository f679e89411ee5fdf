"""Make the demo's bundle of tile images from the archive of the data set.

    python -m demo.bundle SOURCE.zip

Writes `demo/magnetic_tiles.zip`: LABEL/FINE LABEL/NAME.jpg, masks/FINE LABEL/NAME.png and index.csv. The same
source and the same Pillow give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from PIL import Image
from sklearn.model_selection import StratifiedGroupKFold

BUNDLE = Path(__file__).with_name("magnetic_tiles.zip")
LONG_SIDE = 288
QUALITY = 68
FOLDS = 5
# Chosen from the counts alone: the fold whose rarest kind of defect is the least rare, five tiles of it.
TEST_FOLD = 3
DEFECTIVE, NOT_DEFECTIVE = "DEFECTIVE", "NOT DEFECTIVE"
ZIP_DATE = (2020, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Row:
    """One image of the bundle as index.csv states it."""

    file: str
    label: str  # DEFECTIVE or NOT DEFECTIVE
    fine_label: str  # Blowhole, Break, Crack, Fray, Uneven or Free
    group: str  # photographs of one tile, or of a few neighbouring ones, share it
    exposure: str
    mask: str  # file of the mask, empty where no defect is marked
    split: str  # train or test


def folds_by_group(labels: list[str], groups: list[str]) -> list[int]:
    """For each image the fold, 0 to 4, that holds it out; no group lies in two folds."""
    splitter = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0)
    fold = np.full(len(labels), -1)
    for number, (_, held_out) in enumerate(splitter.split(np.zeros(len(labels)), labels, groups)):
        fold[held_out] = number
    return [int(number) for number in fold]


def shrink(picture: Image.Image, resample: Image.Resampling) -> Image.Image:
    """The picture with a long side of at most LONG_SIDE pixels; smaller ones stay as they are."""
    scale = LONG_SIDE / max(picture.size)
    if scale >= 1:
        return picture
    return picture.resize((round(picture.width * scale), round(picture.height * scale)), resample)


def jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    shrink(picture.convert("L"), Image.Resampling.LANCZOS).save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def mask_png(mask: Image.Image) -> bytes | None:
    """The mask as a 1-bit PNG of the shrunk picture's size; None if nothing is marked."""
    marked = shrink(mask.convert("1"), Image.Resampling.NEAREST)
    if not marked.getbbox():
        return None
    out = io.BytesIO()
    marked.save(out, "PNG", optimize=True)
    return out.getvalue()


def entries(source: zipfile.ZipFile) -> Iterator[tuple[Row, bytes, bytes | None]]:
    """Each image of the source with its row, in the source's order."""
    with source.open("index.csv") as stream:
        listed = list(csv.DictReader(io.TextIOWrapper(stream, "utf-8", newline="")))
    labels = [NOT_DEFECTIVE if item["class"] == "MT_Free" else DEFECTIVE for item in listed]
    folds = folds_by_group(labels, [item["group"] for item in listed])
    for item, label, fold in zip(listed, labels, folds, strict=True):
        fine_label, name = item["class"].removeprefix("MT_"), Path(item["file"]).stem
        mask = mask_png(Image.open(io.BytesIO(source.read(item["file"].removesuffix("jpg") + "png"))))
        row = Row(
            file=f"{label}/{fine_label}/{name}.jpg",
            label=label,
            fine_label=fine_label,
            group=item["group"],
            exposure=item["exposure"],
            mask=f"masks/{fine_label}/{name}.png" if mask else "",
            split="test" if fold == TEST_FOLD else "train",
        )
        yield row, jpeg(Image.open(io.BytesIO(source.read(item["file"])))), mask


def write_bundle(source: Path, target: Path) -> None:
    """Write the bundle; a file of that name is replaced only once the new one is complete."""
    index = io.StringIO(newline="")
    table = csv.writer(index, lineterminator="\n")
    table.writerow([field.name for field in fields(Row)])
    half_done = target.with_suffix(".part")
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(half_done, "w") as bundle:
        for row, picture, mask in entries(archive):
            bundle.writestr(zipfile.ZipInfo(row.file, ZIP_DATE), picture)
            if mask:
                bundle.writestr(zipfile.ZipInfo(row.mask, ZIP_DATE), mask)
            table.writerow([getattr(row, field.name) for field in fields(Row)])
        bundle.writestr(zipfile.ZipInfo("index.csv", ZIP_DATE), index.getvalue())
    half_done.replace(target)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path, help="the archive magnetic_tile_defects.zip")
    parser.add_argument("--out", type=Path, default=BUNDLE)
    options = parser.parse_args()
    write_bundle(options.source, options.out)
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
