"""Masks become one bit per pixel of the upright picture, whatever tool wrote them."""

import io

import numpy as np
import pytest
from PIL import Image

from glossator.datasets.masks import read_mask
from glossator.datasets.pictures import Picture
from glossator.datasets.unreadable import Unreadable

MARKED = np.zeros((12, 20), bool)
MARKED[2:5, 3:10] = True
PICTURE = Picture(Image.new("L", (20, 12)), orientation=1)


def saved(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def marked(content: bytes, picture: Picture = PICTURE) -> np.ndarray:
    mask = read_mask(content, picture)
    assert mask is not None
    opened = Image.open(io.BytesIO(mask))
    assert opened.mode == "1"
    return np.asarray(opened)


def test_marks_are_found_however_they_are_written() -> None:
    palette = Image.fromarray(MARKED.astype(np.uint8)).convert("L")
    palette = Image.frombytes("P", (20, 12), MARKED.astype(np.uint8).tobytes())
    palette.putpalette([0, 0, 0, 30, 0, 0])
    for content in (
        saved(Image.fromarray(MARKED)),
        saved(Image.fromarray(MARKED.astype(np.uint8) * 255)),
        saved(Image.fromarray(MARKED.astype(np.uint8))),  # 0 and 1, which looks black
        saved(Image.fromarray(np.where(MARKED, 140, 100).astype(np.uint8))),  # grey edges: half decides
        saved(Image.fromarray(MARKED.astype(np.uint16) * 65535)),
        saved(Image.fromarray(MARKED.astype(np.uint8) * 255).convert("RGB"), "BMP"),
        saved(palette),
    ):
        assert np.array_equal(marked(content), MARKED)


def test_noise_of_a_jpeg_marks_nothing() -> None:
    content = saved(Image.fromarray(np.full((12, 20), 7, np.uint8)), "JPEG")

    assert read_mask(content, PICTURE) is None


def test_an_empty_mask_is_no_mask() -> None:
    assert read_mask(saved(Image.new("1", (20, 12))), PICTURE) is None


def test_a_mask_of_another_size_is_refused_with_both_sizes() -> None:
    with pytest.raises(Unreadable, match="10 × 6 pixels and its picture 20 × 12"):
        read_mask(saved(Image.new("1", (10, 6), 1)), PICTURE)


def test_a_mask_drawn_before_the_exif_rotation_turns_with_its_picture() -> None:
    upright = Picture(Image.new("L", (12, 20)), orientation=6)  # shown turned clockwise

    assert np.array_equal(marked(saved(Image.fromarray(MARKED)), upright), np.rot90(MARKED, -1))
    assert np.array_equal(
        marked(saved(Image.fromarray(np.rot90(MARKED, -1).copy())), upright), np.rot90(MARKED, -1)
    )


def test_what_is_no_mask_says_so() -> None:
    with pytest.raises(Unreadable, match="the mask can't be read"):
        read_mask(b"no mask", PICTURE)
