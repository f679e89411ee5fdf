"""Looks into an uploaded zip without unpacking it to disk; what is dangerous is refused with its name."""

import lzma
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from glossator.refusal import Refusal

LONGEST_NAME = 500
LARGEST_FILE = 256 * 2**20  # an entry is read into memory as a whole
LARGEST_DIRECTORY = 64 * 2**20  # bytes of the zip's list of files, some 600,000 names
_END = b"PK\x05\x06"
_END64_LOCATOR = b"PK\x06\x07"
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}


@dataclass(frozen=True)
class Item:
    """A file of the archive: `name` as people read it (NFC, slashes), `stored` as the archive spells it."""

    name: str
    stored: str
    size: int
    problem: str | None = None  # why it can't be read although it is listed


class Damaged(Exception):  # noqa: N818 - about the file, turned into a line of the report
    """An entry whose bytes don't come out of the archive."""


class Archive:
    """An opened, checked zip."""

    def __init__(self, opened: zipfile.ZipFile, items: tuple[Item, ...]) -> None:
        self._opened = opened
        self.items = items

    def read(self, stored: str) -> bytes:
        """The bytes of one entry; raises Damaged where checksum, length or packing are wrong."""
        try:
            return self._opened.read(stored)
        except (zipfile.BadZipFile, EOFError, OSError, ValueError, zlib.error, lzma.LZMAError) as error:
            raise Damaged("the archive is damaged at this file; pack it again.") from error


@contextmanager
def opened_archive(file: BinaryIO, *, unpacked_limit: int) -> Iterator[Archive]:
    """The archive in a seekable file; raises Refusal for what must not be imported at all."""
    _check_directory_size(file)
    try:
        opened = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error):
        raise Refusal(
            "The file is not a zip archive, or it is damaged; pack the folder as zip again.", code="not_a_zip"
        ) from None
    with opened:
        yield Archive(opened, _checked(opened.infolist(), unpacked_limit))


def _checked(infos: list[zipfile.ZipInfo], unpacked_limit: int) -> tuple[Item, ...]:
    unpacked = sum(info.file_size for info in infos)
    if unpacked > unpacked_limit:
        raise Refusal(
            f"Unpacked, the archive would take {unpacked / 2**20:,.0f} MB; at most "
            f"{unpacked_limit / 2**20:,.0f} MB are imported. Divide it, or raise UNPACKED_LIMIT_MB.",
            code="too_large_unpacked",
            status=413,
        )
    items = [_item(info) for info in infos if not info.is_dir()]
    seen: set[str] = set()
    for item in items:
        if item.name in seen:
            raise Refusal(f"The archive holds '{item.name}' twice; pack it again.", code="unsafe_archive")
        seen.add(item.name)
    return tuple(items)


def _item(info: zipfile.ZipInfo) -> Item:
    name = readable_name(info)
    _check_name(name)
    if info.flag_bits & _ENCRYPTED:
        raise Refusal(
            f"'{name}' in the archive is protected by a password; pack it without one.", code="unsafe_archive"
        )
    if info.compress_type not in _METHODS:
        raise Refusal(
            f"'{name}' is packed by a method that can't be read here ({info.compress_type}; 9 is Deflate64 "
            "of large Windows archives); pack the folder with another program.",
            code="unsafe_archive",
        )
    return Item(name, info.filename, info.file_size, _problem(info))


def readable_name(info: zipfile.ZipInfo) -> str:
    """The entry's path with slashes, in NFC; UTF-8 names without the flag (macOS) are recognised."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = info.filename
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def _check_name(name: str) -> None:
    leaves = ".." in name.split("/") or name.startswith("/") or re.match(r"[A-Za-z]:", name)
    if leaves:
        raise Refusal(
            f"The archive holds the path '{name[:200]}', which leads out of it; pack the folder itself.",
            code="unsafe_archive",
        )
    if len(name) > LONGEST_NAME:
        raise Refusal(
            f"The archive holds a path of {len(name)} characters ('{name[:60]}…'); at most "
            f"{LONGEST_NAME} are expected.",
            code="unsafe_archive",
        )


def _problem(info: zipfile.ZipInfo) -> str | None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in {0, stat.S_IFREG}:
        return "it is a link or another special file; put the picture itself into the archive."
    if info.file_size > LARGEST_FILE:
        return f"it has {info.file_size / 2**20:,.0f} MB; at most {LARGEST_FILE // 2**20} MB are read."
    return None


def _check_directory_size(file: BinaryIO) -> None:
    """Refuses a zip whose list of files alone would fill the memory, before zipfile reads it."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 65_600))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        return
    length: int = struct.unpack_from("<L", tail, at + 12)[0]
    locator = tail.rfind(_END64_LOCATOR, 0, at)
    if locator >= 0:
        # where zipfile looks too, whatever the locator says
        length = struct.unpack_from("<Q", tail, locator - 16)[0] if locator >= 16 else LARGEST_DIRECTORY + 1
    if length > LARGEST_DIRECTORY:
        raise Refusal(
            "The archive lists more files than can be imported at once; divide it.", code="unsafe_archive"
        )
