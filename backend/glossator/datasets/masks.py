"""Reads a mask: which pixels of a picture are marked."""

import io

import numpy as np
from PIL import Image

from glossator.datasets.pictures import FORMATS, Picture, turned
from glossator.datasets.unreadable import Unreadable

HALF = 128


def read_mask(content: bytes, picture: Picture) -> bytes | None:
    """The mask as a 1-bit PNG of the upright picture's size; none if nothing is marked.

    Marked is what is 128 or brighter; in a palette, or in a lossless picture darker than that throughout
    (masks saved as 0 and 1), whatever is not 0. A mask in the orientation of the file before its EXIF
    rotation is turned with it. Raises Unreadable if it can't be read or has another size than the picture.
    """
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            _check_size(image.size, picture)
            marked = _marked(image)
    except Unreadable:
        raise
    except Exception as error:  # as for pictures: whatever a decoder raises is about this one file
        raise Unreadable("the mask can't be read; save it as PNG.") from error
    if marked.size != picture.pixels.size:
        marked = turned(marked, picture.orientation)
    if not marked.getbbox():
        return None
    out = io.BytesIO()
    marked.save(out, "PNG")
    return out.getvalue()


def _check_size(size: tuple[int, int], picture: Picture) -> None:
    upright = picture.pixels.size
    turned_by_quarter = picture.orientation >= 5
    if size == upright or (turned_by_quarter and size == upright[::-1]):
        return
    raise Unreadable(
        f"the mask has {size[0]} × {size[1]} pixels and its picture {upright[0]} × {upright[1]}; they "
        "must be equal. The picture was imported without it."
    )


def _marked(image: Image.Image) -> Image.Image:
    if image.mode == "P":
        values = np.asarray(image)
        return Image.fromarray(values > 0)
    if image.mode.startswith("I") or image.mode == "F":
        return Image.fromarray(np.asarray(image) > 0)
    values = np.asarray(image.convert("L"))
    lossy = image.format in {"JPEG", "MPO"}
    dark = not lossy and values.max() < HALF
    return Image.fromarray(values > 0 if dark else values >= HALF)
