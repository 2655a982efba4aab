"""A file of any encoding as a stream of text, so that a large one needs no more memory than a small one."""

import codecs
import io
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from pipeline.errors import FormatError
from pipeline.formats.decode import SAMPLE, decode

MAX_LINES = 2_000_000
"""Of a file that people or their programs made; more cost minutes and mean nothing."""

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def lines(stream: BinaryIO, *, longest: int, path: str) -> Iterator[str]:
    """Yield the lines of `stream` as text, with their ends; one that is longer than `longest` comes in pieces.

    Args:
        stream: the file, which can be read from its beginning; whoever opened it closes it.
        longest: characters of a piece.
        path: what the user calls it.

    Raises:
        FormatError: it is empty, no text, not in one encoding that we know, or has too many lines.
    """
    encoding = _encoding(stream, path)
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    try:
        for _ in range(MAX_LINES):
            line = text.readline(longest)
            if not line:
                return
            yield line
        raise FormatError(f"has more than {MAX_LINES} lines; take it in by parts", path=path)
    except UnicodeDecodeError:
        message = f"is not {encoding.upper().removesuffix('-SIG')} throughout; save it as UTF-8"
        raise FormatError(message, path=path) from None
    finally:
        if not text.closed:
            text.detach()


def _encoding(stream: BinaryIO, path: str) -> str:
    """Return the encoding: by the mark at the beginning, or UTF-8, or what the first bytes that are not hint at."""
    stream.seek(0)
    before = stream.read(SAMPLE)
    if before.startswith(_UTF16):
        return "utf-16"
    if not before.strip():
        raise FormatError("is empty", path=path)
    decoder = codecs.getincrementaldecoder("utf-8")()
    stream.seek(0)
    before = b""
    for piece in iter(partial(stream.read, SAMPLE), b""):
        if b"\0" in piece:
            raise FormatError("is no text; in a spreadsheet, save it as “CSV UTF-8”", path=path)
        try:
            decoder.decode(piece)
        except UnicodeDecodeError:
            return decode(before + piece, path).encoding
        before = piece
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return decode(before, path).encoding
    return "utf-8-sig"
