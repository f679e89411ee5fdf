"""Every kind of picture a camera or a tool writes becomes upright grey or RGB; the rest says why not."""

import io
import struct
import zlib
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageCms

from glossator.datasets.pictures import Picture, decoded, encoded, read_picture, thumbnail
from glossator.datasets.unreadable import Unreadable

RNG = np.random.default_rng(0)
# no symmetry: each of the eight orientations looks different
SCENE = RNG.integers(0, 256, (12, 20, 3), dtype=np.uint8)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def read(content: bytes, name: str = "x") -> Picture:
    return read_picture(content, name, limit_megapixels=10)


def pixels(content: bytes) -> np.ndarray:
    return np.asarray(read(content).pixels.convert("RGB"))


def reason(content: bytes, name: str = "x") -> str:
    with pytest.raises(Unreadable) as refused:
        read(content, name)
    return str(refused.value)


def as_seen(orientation: int) -> np.ndarray:
    """The scene as a viewer must show it, after the definition in the EXIF standard: where row 0 and column 0
    of the stored pixels are in the picture that is seen."""
    rows_first = {
        1: lambda a: a,  # top, left
        2: lambda a: a[:, ::-1],  # top, right
        3: lambda a: a[::-1, ::-1],  # bottom, right
        4: lambda a: a[::-1],  # bottom, left
        5: lambda a: a.swapaxes(0, 1),  # left, top
        6: lambda a: a.swapaxes(0, 1)[:, ::-1],  # right, top
        7: lambda a: a.swapaxes(0, 1)[::-1, ::-1],  # right, bottom
        8: lambda a: a.swapaxes(0, 1)[::-1],  # left, bottom
    }
    return rows_first[orientation](SCENE)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WEBP"])
def test_a_rotated_photograph_stands_upright(kind: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = {"lossless": True} if kind == "WEBP" else {}
    content = saved(Image.fromarray(SCENE), kind, exif=exif, **options)

    assert np.array_equal(pixels(content), as_seen(orientation))
    assert read(content).orientation == orientation


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_rotated_jpeg_stands_upright(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    smooth = np.kron(SCENE, np.ones((16, 16, 1), np.uint8))
    content = saved(Image.fromarray(smooth), "JPEG", exif=exif, quality=95, subsampling=0)

    seen = pixels(content)[8::16, 8::16].astype(int)

    assert np.abs(seen - as_seen(orientation)).max() < 8


def test_damaged_exif_does_not_cost_the_picture() -> None:
    content = saved(Image.fromarray(SCENE), "PNG", exif=b"Exif\0\0II*\0\xff\xff\xff\x7f")

    assert np.array_equal(pixels(content), SCENE)


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "BMP", "PPM", "TGA", "JPEG2000"])
def test_lossless_kinds_keep_every_pixel(kind: str) -> None:
    options = {"irreversible": False} if kind == "JPEG2000" else {}

    assert np.array_equal(pixels(saved(Image.fromarray(SCENE), kind, **options)), SCENE)


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "AVIF"])
def test_lossy_kinds_stay_close(kind: str) -> None:
    smooth = np.kron(SCENE // 2, np.ones((16, 16, 1), np.uint8))

    seen = pixels(saved(Image.fromarray(smooth), kind, quality=95)).astype(int)

    assert np.abs(seen - smooth).mean() < 4


def test_grey_black_and_white_and_palettes_keep_their_values() -> None:
    grey = SCENE[..., 0]
    assert np.array_equal(np.asarray(read(saved(Image.fromarray(grey), "PNG")).pixels), grey)

    bits = grey > 128
    assert np.array_equal(np.asarray(read(saved(Image.fromarray(bits), "PNG")).pixels), bits * 255)

    palette = Image.fromarray(SCENE).quantize(16)
    assert np.array_equal(pixels(saved(palette, "GIF")), np.asarray(palette.convert("RGB")))


def test_sixteen_bits_of_grey_become_eight_by_their_full_range() -> None:
    values = np.array([[0, 128, 129, 257, 32768], [65535, 65407, 65406, 65000, 1]], np.uint16)

    seen = np.asarray(read(saved(Image.fromarray(values), "PNG")).pixels)

    assert np.array_equal(seen, np.round(values / 65535 * 255).astype(np.uint8))
    assert np.array_equal(np.asarray(read(saved(Image.fromarray(values), "TIFF")).pixels), seen)


def test_twelve_bit_values_in_sixteen_are_imported_with_a_remark() -> None:
    dim = Image.fromarray(np.full((4, 4), 4000, np.uint16))

    assert "4000 of 65535" in str(read(saved(dim, "PNG")).remark)
    assert read(saved(Image.fromarray(np.full((4, 4), 60000, np.uint16)), "PNG")).remark is None


def test_transparency_stands_on_white() -> None:
    colours = np.array([[[200, 0, 0, 0], [200, 0, 0, 255], [0, 0, 0, 128]]], np.uint8)

    seen = pixels(saved(Image.fromarray(colours), "PNG"))

    assert seen.tolist() == [[[255, 255, 255], [200, 0, 0], [127, 127, 127]]]


def test_transparency_of_grey_and_of_palettes_stands_on_white() -> None:
    grey = np.array([[[10, 0], [10, 255]]], np.uint8)
    assert np.asarray(read(saved(Image.fromarray(grey), "PNG")).pixels).tolist() == [[255, 10]]

    palette = Image.new("P", (2, 1))
    palette.putpalette([1, 2, 3, 40, 50, 60])
    palette.putpixel((1, 0), 1)
    assert pixels(saved(palette, "PNG", transparency=0)).tolist() == [[[255, 255, 255], [40, 50, 60]]]


def inks(cyan: int, magenta: int, yellow: int, black: int) -> Image.Image:
    return Image.new("CMYK", (16, 16), (cyan, magenta, yellow, black))


def test_the_inverted_inks_of_adobe_are_turned_back() -> None:
    content = saved(inks(0, 255, 255, 0), "JPEG", quality=100)  # pure red; written with Adobe's marker
    assert b"Adobe" in content

    red, green, blue = pixels(content)[8, 8]

    assert red > 240
    assert max(green, blue) < 15


def test_cmyk_without_adobes_marker_is_not_inverted() -> None:
    inverted = Image.fromarray(255 - np.asarray(inks(0, 255, 255, 0)), "CMYK")
    content = without_segment(saved(inverted, "JPEG", quality=100), b"\xff\xee")
    assert b"Adobe" not in content

    red, green, blue = pixels(content)[8, 8]

    assert red > 240
    assert max(green, blue) < 15


def without_segment(jpeg: bytes, marker: bytes) -> bytes:
    start = jpeg.index(marker)
    length = struct.unpack_from(">H", jpeg, start + 2)[0]
    return jpeg[:start] + jpeg[start + 2 + length :]


def test_cmyk_tiff_is_read() -> None:
    red, green, blue = pixels(saved(inks(0, 255, 255, 0), "TIFF"))[8, 8]

    assert (red, green, blue) == (255, 0, 0)


def test_a_colour_profile_is_converted_to_srgb() -> None:
    swapped = swapped_profile()
    plain = pixels(saved(Image.new("RGB", (4, 4), (200, 40, 10)), "PNG"))[0, 0]
    seen = pixels(saved(Image.new("RGB", (4, 4), (200, 40, 10)), "PNG", icc_profile=swapped))[0, 0]

    assert plain.tolist() == [200, 40, 10]
    assert np.abs(seen.astype(int) - [10, 40, 200]).max() <= 2


def swapped_profile() -> bytes:
    """sRGB with the colourants of red and blue exchanged, and another name."""
    raw = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = struct.unpack_from(">L", raw, 128)[0]
    at = {bytes(raw[p : p + 4]): p for p in range(132, 132 + 12 * count, 12)}
    red, blue = at[b"rXYZ"], at[b"bXYZ"]
    raw[red : red + 4], raw[blue : blue + 4] = raw[blue : blue + 4], raw[red : red + 4]
    for name in ("sRGB", "sRGB".encode("utf-16-be")):
        raw = raw.replace(name if isinstance(name, bytes) else name.encode(), b"X" * len(name))
    return bytes(raw)


def test_a_broken_colour_profile_is_ignored() -> None:
    content = saved(Image.fromarray(SCENE), "PNG", icc_profile=b"no profile at all")

    assert np.array_equal(pixels(content), SCENE)


def test_of_a_gif_and_of_a_cameras_multi_picture_file_the_first_picture_counts() -> None:
    first, second = (Image.new("RGB", (8, 8), colour) for colour in ((255, 0, 0), (0, 0, 255)))
    gif = saved(first, "GIF", save_all=True, append_images=[second])
    mpo = saved(first, "MPO", save_all=True, append_images=[second])

    assert pixels(gif)[0, 0].tolist() == [255, 0, 0]
    assert pixels(mpo)[0, 0][0] > 240


@pytest.mark.parametrize("kind", ["WEBP", "PNG", "AVIF"])
def test_an_animation_names_its_remedy(kind: str) -> None:
    first, second = (Image.new("RGB", (16, 16), colour) for colour in ((255, 0, 0), (0, 0, 255)))
    content = saved(first, kind, save_all=True, append_images=[second], duration=100)

    assert "2 frames" in reason(content)
    assert "save the frame you mean" in reason(content)


def test_a_stack_of_pages_is_ambiguous_but_a_reduced_copy_inside_is_not() -> None:
    first, second = Image.fromarray(SCENE), Image.fromarray(255 - SCENE)
    stack = saved(first, "TIFF", save_all=True, append_images=[second])
    assert "2 pages" in reason(stack)

    reduced = second.copy()
    reduced.encoderinfo = {"tiffinfo": {254: 1}}
    with_reduced = saved(first, "TIFF", save_all=True, append_images=[reduced])
    assert np.array_equal(pixels(with_reduced), SCENE)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.jpg", "the file is empty"),
        (b"Dear reader, this is no picture.\n", "letter.jpg", "holds text"),
        (b"\0\0\0\x1cftypheic\0\0\0\0mif1heic", "IMG_1.HEIC", "HEIC"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "clip.jpg", "video"),
        (b"%PDF-1.7 \x80", "scan.png", "PDF"),
        (b"<svg xmlns='x'/>", "drawing.png", "SVG"),
        (b"<!DOCTYPE html><html>", "download.jpg", "web page"),
        (b"PK\x03\x04\0\0", "more.zip", "archive inside the archive"),
        (b"II*\0\x08\0\0\0", "photo.NEF", "raw"),
        (b"8BPS\0\x01", "layers.psd", "Photoshop"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "a.eps", "PostScript"),
        (bytes(range(256)), "noise.png", "not a picture of a kind"),
    ],
)
def test_what_is_no_picture_says_what_it_is(content: bytes, name: str, said: str) -> None:
    assert said in reason(content, name)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "BMP"])
def test_a_truncated_picture_says_so(kind: str) -> None:
    content = saved(Image.fromarray(np.kron(SCENE, np.ones((8, 8, 1), np.uint8))), kind)

    assert "ends too early" in reason(content[: len(content) * 2 // 3])


def test_a_flipped_byte_in_a_png_is_found() -> None:
    content = bytearray(saved(Image.fromarray(SCENE), "PNG"))
    content[len(content) // 2] ^= 0xFF

    assert "damaged" in reason(bytes(content))


def test_a_picture_that_claims_to_be_huge_is_refused_before_it_is_decoded() -> None:
    header = struct.pack(">LLBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">L", 13) + b"IHDR" + header + struct.pack(">L", zlib.crc32(b"IHDR" + header))
    data = zlib.compress(b"\0" * 1000)
    body = struct.pack(">L", len(data)) + b"IDAT" + data + struct.pack(">L", zlib.crc32(b"IDAT" + data))
    bomb = b"\x89PNG\r\n\x1a\n" + chunk + body

    assert "60000 × 60000" in reason(bomb)


def test_floating_point_pixels_are_named() -> None:
    assert "floating-point" in reason(saved(Image.fromarray(np.zeros((4, 4), np.float32)), "TIFF"))


MAKERS: list[Callable[[Image.Image], bytes]] = [
    lambda image: saved(image, "PNG", dpi=(300, 300)),
    lambda image: saved(image, "TIFF", compression="tiff_lzw"),
    lambda image: saved(image.convert("RGBA"), "PNG"),
    lambda image: saved(image, "WEBP", lossless=True),
]


@pytest.mark.parametrize("make", MAKERS)
def test_equal_pixels_become_equal_bytes_without_metadata(make: Callable[[Image.Image], bytes]) -> None:
    image = Image.fromarray(SCENE)
    image.info["comment"] = "where it was taken"
    reference = encoded(read(saved(Image.fromarray(SCENE), "PNG")).pixels)

    written = encoded(read(make(image)).pixels)

    assert written == reference
    assert set(chunks_of(written)) == {b"IHDR", b"IDAT", b"IEND"}
    assert np.array_equal(decoded(written), SCENE)


def chunks_of(png: bytes) -> list[bytes]:
    found, at = [], 8
    while at < len(png):
        length = struct.unpack_from(">L", png, at)[0]
        found.append(png[at + 4 : at + 8])
        at += 12 + length
    return found


def test_colour_files_of_grey_pictures_equal_grey_files() -> None:
    grey = Image.fromarray(SCENE[..., 0])

    assert encoded(read(saved(grey.convert("RGB"), "PNG")).pixels) == encoded(read(saved(grey, "PNG")).pixels)


def test_metadata_of_the_source_reaches_nobody() -> None:
    exif = Image.Exif()
    exif[0x010E] = "GPS of the patient's home"
    content = saved(Image.fromarray(SCENE), "JPEG", exif=exif, comment=b"secret")
    assert b"secret" in content

    written = encoded(read(content).pixels)

    assert b"secret" not in written
    assert b"GPS" not in written


def test_large_pictures_get_a_thumbnail_and_small_ones_need_none() -> None:
    large = Image.fromarray(np.kron(SCENE, np.ones((50, 50, 1), np.uint8)))
    small = thumbnail(large)

    assert small is not None
    assert max(Image.open(io.BytesIO(small)).size) == 256
    assert thumbnail(Image.fromarray(SCENE)) is None
