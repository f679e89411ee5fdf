"""Recognises, by content first, what is certainly no picture that can be read, with the remedy for each."""

from pathlib import PurePosixPath

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "it is an archive inside the archive; unpack it and put its pictures beside the others."),
    (b"\x1f\x8b", "it is packed with gzip; unpack it first."),
    (b"7z\xbc\xaf\x27\x1c", "it is an archive inside the archive; unpack it first."),
    (b"Rar!", "it is an archive inside the archive; unpack it first."),
    (b"%PDF", "it is a PDF; save its pages as PNG."),
    (b"8BPS", "it is a Photoshop document; save it as PNG or TIFF."),
    (b"%!PS", "it is PostScript; save it as PNG."),
    (b"\x1a\x45\xdf\xa3", "it is a video; save the frames you mean as PNG."),
    (
        b"version https://git-lfs",
        "it is a Git LFS pointer; run git lfs pull and pack again.",
    ),
)
_HEIC = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
_AVIF = {b"avif", b"avis"}
_RAW = {".cr2", ".cr3", ".nef", ".arw", ".orf", ".rw2", ".raf", ".dng", ".pef", ".srw"}
# never a picture: ignored, with one line in the report
OTHER_FILES = {
    ".txt", ".csv", ".tsv", ".json", ".jsonl", ".xml", ".yaml", ".yml", ".md", ".html", ".htm", ".log", ".py",
    ".ipynb", ".mat", ".npy", ".npz", ".pkl", ".h5", ".db", ".ini", ".sh", ".doc", ".docx", ".xls", ".xlsx",
    ".url", ".lnk",
}  # fmt: skip
_SYSTEM_FOLDERS = {"__macosx", "@eadir", "$recycle.bin", "system volume information"}
_SYSTEM_FILES = {"thumbs.db", "desktop.ini", "icon\r"}


def is_system_file(name: str) -> bool:
    """What operating systems leave behind: passed over without a word."""
    *folders, last = name.lower().split("/")
    hidden = any(part.startswith(".") for part in (*folders, last))
    return hidden or last in _SYSTEM_FILES or any(folder in _SYSTEM_FOLDERS for folder in folders)


def is_other_file(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in OTHER_FILES


def recognised(content: bytes, name: str) -> str | None:
    """The reason why this is no picture, if that can be told; none if a decoder should try."""
    if not content:
        return "the file is empty; copy it again from its source."
    for signature, reason in _SIGNATURES:
        if content.startswith(signature):
            return reason
    if PurePosixPath(name).suffix.lower() in _RAW:
        return "it is a camera's raw file; develop it and save it as TIFF, PNG or JPEG."
    return _boxed(content) or _written(content)


def _boxed(content: bytes) -> str | None:
    """HEIC and videos share a container with AVIF, which can be read."""
    if content[4:8] != b"ftyp":
        return None
    brands = {content[at : at + 4] for at in (8, *range(16, min(len(content), 64), 4))}
    if brands & _AVIF:
        return None
    if brands & _HEIC:
        return "it is an HEIC photograph, which can't be read here; save it as JPEG or PNG."
    return "it is a video; save the frames you mean as PNG."


def _written(content: bytes) -> str | None:
    head = content[:512]
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<svg", b"<?xml")):
        return "it is a drawing (SVG or XML), not a picture of pixels; save it as PNG."
    if head.lstrip().lower().startswith((b"<!doctype html", b"<html")):
        return "it is a web page, perhaps of a failed download; fetch the picture again."
    is_netpbm = head[:1] == b"P" and head[1:2] in b"123456"
    if not is_netpbm and all(byte in b"\t\n\r" or 32 <= byte < 127 for byte in head):
        return "it holds text, not a picture; check what was saved under this name."
    return None
