"""The content of a ZIP member, in blocks, never more of it than was asked for."""

import zlib
from collections.abc import Iterator
from typing import BinaryIO

from pipeline.errors import FormatError
from pipeline.formats.zip_layout import Entry

BLOCK = 1 << 20
_STORED, _DEFLATED = 0, 8


def blocks(file: BinaryIO, entry: Entry, *, limit: int) -> Iterator[bytes]:
    """Yield the content of `entry` in blocks of at most 1 MiB, and never more than `limit` + 1 bytes in all.

    Raises:
        FormatError: it has no local header, an unknown method packed it, or its data is damaged.
    """
    if entry.local is None:
        raise FormatError("The directory points to a place where the file is not.")
    if entry.method not in {_STORED, _DEFLATED}:
        raise FormatError(f"It is packed by method {entry.method}, which bundles never use.")
    file.seek(entry.offset + len(entry.local))
    # Packed data is hardly longer than its content (RFC 1951, 3.2.4), unless it was made to keep a reader busy.
    pieces = _raw(file, min(entry.packed, 2 * limit + 1000))
    left = limit + 1
    for piece in pieces if entry.method == _STORED else _inflated(pieces):
        yield piece[:left]
        left -= len(piece)
        if left <= 0:
            return


def _raw(file: BinaryIO, length: int) -> Iterator[bytes]:
    while length > 0:
        piece = file.read(min(BLOCK, length))
        if not piece:
            return
        length -= len(piece)
        yield piece


def _inflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
    try:
        for packed in pieces:
            piece = inflater.decompress(packed, BLOCK)
            while piece:
                yield piece
                piece = inflater.decompress(inflater.unconsumed_tail, BLOCK)
            if inflater.eof:
                return
    except zlib.error:
        raise FormatError("Its packed data is damaged.") from None
    raise FormatError("Its packed data breaks off.")
