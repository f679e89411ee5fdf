"""From the bytes of a file to its records: physical lines, RFC 4180 quotes, UTF-8."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from glossator.refusal import Refusal

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_BLOCK = 1 << 20
_CELL = re.compile(r'(?:"([^"]*+(?:""[^"]*+)*+)"|([^",]*+))(,|\Z)')


def problem(file: str, line: int, sentence: str) -> Refusal:
    """What is wrong with the content of a file: `line` is where the record starts, the first line being 1."""
    return Refusal(f"{file}: line {line}: {sentence}.")


def physical_lines(file: BinaryIO, seen: Callable[[bytes], object]) -> Iterator[bytes]:
    """Lines without their line feed and without a byte order mark; `seen` is handed every byte in blocks."""
    rest = b""
    first = True
    while block := file.read(_BLOCK):
        seen(block)
        lines = (rest + block).split(b"\n")
        rest = lines.pop()
        if first and lines:
            lines[0] = lines[0].removeprefix(BYTE_ORDER_MARK)
            first = False
        yield from lines
    if first:
        rest = rest.removeprefix(BYTE_ORDER_MARK)
    if rest:
        yield rest


def records(lines: Iterator[bytes]) -> Iterator[tuple[int, bytes]]:
    """Number of the first physical line and bytes of each record; empty lines are left out.

    Quotes are only counted: a record ends with a line before which their number is even. That is RFC 4180 for
    records that keep to it, and `split` finds those that do not.
    """
    pending: list[bytes] = []
    started = 0
    is_open = False
    for number, line in enumerate(lines, 1):
        if not is_open and b'"' not in line:
            content = line.removesuffix(b"\r")
            if content:
                yield number, content
            continue
        if not is_open:
            started = number
        pending.append(line)
        is_open ^= bool(line.count(b'"') & 1)
        if not is_open:
            yield started, b"\n".join(pending).removesuffix(b"\r")
            pending.clear()
    if pending:
        yield started, b"\n".join(pending)


def split(file: str, line: int, record: bytes) -> list[str]:
    """The cells of a record as they stand.

    Raises:
        Refusal: it is not UTF-8, has a NUL character or quotes where RFC 4180 has none, in this order.
    """
    try:
        text = record.decode()
    except UnicodeDecodeError as error:
        byte = f"0x{record[error.start]:02x}"
        raise problem(file, line, f"the byte {byte} is not UTF-8, expected is text in UTF-8") from None
    if "\0" in text:
        raise problem(file, line, "it has a NUL character, expected is text in UTF-8")
    return text.split(",") if '"' not in text else _split_quoted(file, line, text)


def _split_quoted(file: str, line: int, text: str) -> list[str]:
    found: list[str] = []
    position = 0
    while match := _CELL.match(text, position):
        inside, plain, comma = match.groups()
        found.append(plain if inside is None else inside.replace('""', '"'))
        position = match.end()
        if not comma:
            return found
    if not text.startswith('"', position):
        wrong = "a quote stands inside a cell that does not begin with one, expected is a cell in quotes"
    elif text.count('"', position) % 2:
        wrong = "a quote is never closed, expected is a second one at the end of the cell"
    else:
        wrong = "text follows a closing quote, expected is a comma or the end of the line"
    raise problem(file, line, wrong)
