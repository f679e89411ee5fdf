"""An archive that could do harm is refused with the name of what is wrong in it."""

import io
import stat
import struct
import zipfile

import pytest

from glossator.datasets.archive import LARGEST_DIRECTORY, Damaged, opened_archive
from glossator.refusal import Refusal

LIMIT = 10 * 2**20


def zipped(*entries: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return out.getvalue()


def names(content: bytes) -> list[str]:
    with opened_archive(io.BytesIO(content), unpacked_limit=LIMIT) as archive:
        return [item.name for item in archive.items]


def refusal(content: bytes) -> str:
    with pytest.raises(Refusal) as refused:
        names(content)
    return str(refused.value)


@pytest.mark.parametrize(
    "name",
    ["../evil.png", "a/../../evil.png", "/etc/evil.png", "C:\\evil.png", "c:/evil.png", "a\\..\\evil.png"],
)
def test_a_path_that_leads_out_is_refused(name: str) -> None:
    assert "leads out of it" in refusal(zipped((name, b"x")))


def test_a_name_with_two_dots_inside_is_harmless() -> None:
    assert names(zipped(("a/photo..png", b"x"))) == ["a/photo..png"]


def test_a_bomb_is_refused_by_its_unpacked_size() -> None:
    content = zipped(("zeros.png", bytes(LIMIT + 1)), method=zipfile.ZIP_DEFLATED)
    assert len(content) < LIMIT / 100

    assert "Unpacked, the archive would take 10 MB" in refusal(content)


def test_an_entry_that_lies_about_its_size_gives_no_more_than_it_declares() -> None:
    content = bytearray(zipped(("zeros.png", bytes(2**20)), method=zipfile.ZIP_DEFLATED))
    central = content.rindex(b"PK\x01\x02")
    struct.pack_into("<L", content, central + 24, 10)  # declares 10 bytes

    with opened_archive(io.BytesIO(content), unpacked_limit=LIMIT) as archive, pytest.raises(Damaged):
        archive.read("zeros.png")


def test_links_are_listed_but_not_followed() -> None:
    link = zipfile.ZipInfo("A/link.png")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    content = zipped((link, b"/etc/passwd"), ("A/a.png", b"x"))

    with opened_archive(io.BytesIO(content), unpacked_limit=LIMIT) as archive:
        problems = {item.name: item.problem for item in archive.items}

    assert "link" in str(problems["A/link.png"])
    assert problems["A/a.png"] is None


def test_a_password_and_a_strange_method_are_named() -> None:
    encrypted = bytearray(zipped(("a.png", b"x")))
    encrypted[encrypted.rindex(b"PK\x01\x02") + 8] |= 1
    assert "'a.png' in the archive is protected by a password" in refusal(bytes(encrypted))

    deflate64 = bytearray(zipped(("a.png", b"x")))
    struct.pack_into("<H", deflate64, deflate64.rindex(b"PK\x01\x02") + 10, 9)
    assert "Deflate64" in refusal(bytes(deflate64))


def test_the_same_name_twice_is_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = zipped(("a.png", b"x"), ("a.png", b"y"))

    assert "'a.png' twice" in refusal(content)


@pytest.mark.parametrize(
    "content",
    [b"", b"no zip", b"PK\x05\x06" + bytes(10), zipped(("a", b"x"))[:-30]],
    ids=["empty", "text", "only an end", "cut off"],
)
def test_what_is_no_archive_says_so(content: bytes) -> None:
    assert "not a zip archive" in refusal(content)


def test_a_list_of_files_that_would_fill_the_memory_is_refused_before_it_is_read() -> None:
    content = bytearray(zipped(("a.png", b"x")))
    struct.pack_into("<L", content, content.rindex(b"PK\x05\x06") + 12, LARGEST_DIRECTORY + 1)

    assert "lists more files" in refusal(bytes(content))


def test_a_damaged_entry_is_named_and_the_others_are_read() -> None:
    content = bytearray(zipped(("a.png", b"aaaa"), ("b.png", b"bbbb")))
    content[content.index(b"aaaa")] = ord("x")

    with opened_archive(io.BytesIO(content), unpacked_limit=LIMIT) as archive:
        assert archive.read("b.png") == b"bbbb"
        with pytest.raises(Damaged, match="pack it again"):
            archive.read("a.png")


def test_names_are_read_as_people_wrote_them() -> None:
    windows = zipfile.ZipInfo("A")
    windows.filename = "A\\photo.png"
    decomposed = "A/u\u0308ber.png"
    assert names(zipped((windows, b"x"), (decomposed, b"y"))) == ["A/photo.png", "A/über.png"]

    unflagged = bytearray(zipped(("A/über.png", b"x")))
    for at in (unflagged.index(b"PK\x03\x04") + 6, unflagged.rindex(b"PK\x01\x02") + 8):
        struct.pack_into("<H", unflagged, at, struct.unpack_from("<H", unflagged, at)[0] & ~0x800)
    assert names(bytes(unflagged)) == ["A/über.png"]


def test_a_path_of_thousands_of_characters_is_refused() -> None:
    assert "600 characters" in refusal(zipped(("a" * 596 + ".png", b"x")))
