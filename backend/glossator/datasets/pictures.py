"""Decodes a picture of any common kind into upright 8-bit grey or RGB, and encodes it without metadata."""

import io
from dataclasses import dataclass
from functools import cache
from typing import cast

import numpy as np
from PIL import Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

from glossator.datasets.kinds import recognised
from glossator.datasets.unreadable import Unreadable

# files of format MPO are opened as JPEG
FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "BMP", "DIB", "GIF", "JPEG2000", "PPM", "TGA", "AVIF")
THUMBNAIL_SIDE = 256
LARGEST_WITHOUT_THUMBNAIL = 384  # pictures up to this long side are small enough to be shown as they are
_ORIENTATION, _SUBFILE_TYPE = 0x0112, 0x00FE
_COMPRESSION = 3  # a tenth larger than 6 and twice as fast
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

Image.init()  # registers all decoders, of which FORMATS are used
# our own limit is checked on the header, before anything is decoded
Image.MAX_IMAGE_PIXELS = None
ImageFile.LOAD_TRUNCATED_IMAGES = False


@dataclass(frozen=True)
class Picture:
    """Decoded: `pixels` is upright, mode L or RGB; `orientation` is what the file declared (1 = upright)."""

    pixels: Image.Image
    orientation: int
    remark: str | None = None


def read_picture(content: bytes, name: str, *, limit_megapixels: int) -> Picture:
    """The picture in a file's bytes; raises Unreadable with a reason for people, whatever the decoder did."""
    found = recognised(content, name)
    if found is not None:
        raise Unreadable(found)
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            _check_size(image, limit_megapixels)
            _check_sums(content)
            _check_frames(image)
            declared = _orientation(image)
            image.load()
            remark = _remark(image)
            pixels = turned(_flat(image), _orientation(image))
    except Unreadable:
        raise
    except UnidentifiedImageError:
        raise Unreadable("it is not a picture of a kind that can be read; save it as PNG or JPEG.") from None
    except Exception as error:
        # decoders of damaged files raise nearly everything; whatever it is, it is about this one file
        raise Unreadable(_sentence(error)) from error
    return Picture(_clean(pixels), declared, remark)


def turned(image: Image.Image, orientation: int) -> Image.Image:
    """The image as EXIF orientation 1 to 8 wants it shown."""
    method = _UPRIGHT.get(orientation)
    return image if method is None else image.transpose(method)


def encoded(pixels: Image.Image) -> bytes:
    """PNG without metadata; equal pixels give equal bytes."""
    out = io.BytesIO()
    pixels.save(out, "PNG", compress_level=_COMPRESSION)
    return out.getvalue()


def thumbnail(pixels: Image.Image) -> bytes | None:
    """A WebP with a long side of 256 pixels; none if the picture is not much larger than that."""
    if max(pixels.size) <= LARGEST_WITHOUT_THUMBNAIL:
        return None
    small = pixels.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS, reducing_gap=3)
    out = io.BytesIO()
    small.save(out, "WEBP", quality=82, method=2)
    return out.getvalue()


def decoded(blob: bytes) -> np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]:
    """A stored picture as uint8 height × width × 3."""
    with Image.open(io.BytesIO(blob), formats=("PNG",)) as image:
        return np.asarray(image.convert("RGB"))


def _check_sums(content: bytes) -> None:
    """PNG has checksums, which the decoder passes over."""
    if content.startswith(b"\x89PNG"):
        with Image.open(io.BytesIO(content), formats=("PNG",)) as image:
            image.verify()


def _check_size(image: Image.Image, limit_megapixels: int) -> None:
    width, height = image.size
    if width * height > limit_megapixels * 1_000_000:
        raise Unreadable(
            f"it has {width} × {height} pixels; at most {limit_megapixels} million are read. Make it smaller."
        )


def _check_frames(image: Image.Image) -> None:
    """Of a GIF and of a camera's multi-picture JPEG the first frame counts; other stacks are ambiguous."""
    frames = getattr(image, "n_frames", 1)
    if frames == 1 or image.format in {"GIF", "MPO"}:
        return
    if image.format == "TIFF":
        pages = 0
        for number in range(frames):
            image.seek(number)
            pages += not image.getexif().get(_SUBFILE_TYPE, 0) & 1
        image.seek(0)
        if pages <= 1:
            return
        raise Unreadable(f"it is a stack of {pages} pages; save each picture as a file of its own.")
    raise Unreadable(f"it is an animation of {frames} frames; save the frame you mean as PNG.")


def _orientation(image: Image.Image) -> int:
    try:
        found = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # damaged EXIF blocks are common and say nothing about the pixels
        return 1
    return found if isinstance(found, int) and 1 <= found <= 8 else 1


def _flat(image: Image.Image) -> Image.Image:
    """The pixels as L or RGB: transparency on white, colours in sRGB as well as the profile allows."""
    if image.mode.startswith("I"):
        return _from_integers(image)
    if image.mode == "F":
        raise Unreadable("its pixels are floating-point numbers; save it with 8 or 16 bits per channel.")
    if image.mode == "CMYK":
        return _from_cmyk(image)
    if image.has_transparency_data:
        return _in_srgb(_on_white(image.convert("RGBA")), image)
    if image.mode in {"1", "L"}:
        return image.convert("L")
    return _in_srgb(image.convert("RGB"), image)


def _on_white(image: Image.Image) -> Image.Image:
    white = Image.new("RGBA", image.size, (255, 255, 255, 255))
    return Image.alpha_composite(white, image).convert("RGB")


def _from_integers(image: Image.Image) -> Image.Image:
    """16-bit grey, 0 to 65535 mapped to 0 to 255 and rounded; the same for every picture of a data set."""
    values = np.asarray(image).astype(np.int64)
    if values.min() < 0 or values.max() > 65535:
        raise Unreadable("its values are not between 0 and 65535; save it with 8 or 16 bits per pixel.")
    return Image.fromarray(((values + 128) // 257).astype(np.uint8))


def _remark(image: Image.Image) -> str | None:
    if not image.mode.startswith("I"):
        return None
    extrema = cast("tuple[float, float]", image.getextrema())
    if 0 < extrema[1] < 4096:
        return (
            f"imported nearly black: its largest 16-bit value is {int(extrema[1])} of 65535; scale the "
            "values of all pictures up if that is not meant."
        )
    return None


def _from_cmyk(image: Image.Image) -> Image.Image:
    if image.format == "JPEG" and "adobe" not in image.info:
        # the decoder assumes Adobe's inverted inks; files without Adobe's marker hold them as they are
        profile = image.info.get("icc_profile")
        image = Image.merge("CMYK", [ImageOps.invert(band) for band in image.split()])
        image.info["icc_profile"] = profile
    return _in_srgb(image, image)


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _in_srgb(pixels: Image.Image, source: Image.Image) -> Image.Image:
    """Converted by the embedded profile; without one, or with a wrong one, by the plain rule."""
    raw = source.info.get("icc_profile")
    if raw:
        try:
            profile = ImageCms.ImageCmsProfile(io.BytesIO(raw))
            space = profile.profile.xcolor_space.strip()
            if space == pixels.mode and "sRGB" not in (profile.profile.profile_description or ""):
                converted = ImageCms.profileToProfile(pixels, profile, _srgb(), outputMode="RGB")
                if converted is not None:
                    return converted
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return pixels.convert("RGB")


def _clean(pixels: Image.Image) -> Image.Image:
    """Without metadata, and grey if all channels are equal, so that equal pixels are equal bytes."""
    if pixels.mode == "RGB":
        values = np.asarray(pixels)
        red = values[..., 0]
        if (red == values[..., 1]).all() and (red == values[..., 2]).all():
            return Image.fromarray(red)
    cleaned = pixels.copy()
    cleaned.info = {}
    return cleaned


def _sentence(error: Exception) -> str:
    text = str(error).strip().rstrip(".") or type(error).__name__
    if "truncated" in text.lower() or isinstance(error, EOFError):
        return "the file ends too early, part of the picture is missing; copy it again from its source."
    return f"it is damaged or of a rare kind ({text[:160]}); open it in an image program and save it as PNG."
