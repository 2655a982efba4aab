"""Bytes of unknown origin to text: size, binary content, encoding."""

import contextlib
from dataclasses import dataclass

from pipeline.errors import FormatError

MAX_BYTES = 10_000_000
SAMPLE = 65_536

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_WESTERN = frozenset("äöüßÄÖÜàâçèéêëîïôœùûÿÀÂÇÈÉÊËÎÏÔŒÙÛáíóúñãõåæøÁÍÓÚÑÅÆØ„“”‚‘’«»‹›–—…•·´€§°©®²³½×\xa0\xad")
_MIN_WESTERN = 0.9
"""Share of letters and marks of Western languages from which on bytes are believed to be Windows-1252."""
_MAX_CONTROLS = 0.01
"""Share of control characters from which on a file is binary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text and the encoding it was in."""

    text: str
    encoding: str


def decode(data: bytes, name: str) -> Decoded:
    """Return `data` as text.

    Args:
        data: the whole file.
        name: what the user calls it, for errors.

    Raises:
        FormatError: empty, too large, binary, cut off in the middle of a character, or in no encoding we know.
    """
    if len(data) > MAX_BYTES:
        size = f"{len(data) / 1e6:.0f} MB"
        raise FormatError(f"has {size}; a press release has less than {MAX_BYTES // 1_000_000} MB", path=name)
    if not data.strip(b"\0 \t\r\n"):
        raise FormatError("is empty", path=name)
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return Decoded(text=_strictly(data, encoding, name), encoding=encoding.removesuffix("-sig"))
    if order := _utf16_without_mark(data):
        return Decoded(text=_strictly(data, order, name), encoding="utf-16")
    if _is_binary(data):
        raise FormatError("is no text file; Communiqué reads .txt, .html, .docx and .md", path=name)
    try:
        return Decoded(text=data.decode("utf-8"), encoding="utf-8")
    except UnicodeDecodeError as error:
        if error.end >= len(data) and error.reason == "unexpected end of data":
            raise FormatError("breaks off in the middle of a character; get the whole file", path=name) from None
    return _legacy(data, name)


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        message = (
            f"is marked as {encoding.removesuffix('-sig').upper()} and is not, or breaks off; get the whole file"
        )
        raise FormatError(message, path=name) from None


def _utf16_without_mark(data: bytes) -> str | None:
    """Return the byte order of UTF-16 without its mark: of Latin letters every other byte is zero."""
    sample = data[:SAMPLE]
    for encoding, zeros, letters in (
        ("utf-16-le", sample[1::2], sample[::2]),
        ("utf-16-be", sample[::2], sample[1::2]),
    ):
        if zeros.count(0) > len(zeros) / 2 and letters.count(0) == 0:
            return encoding
    return None


def _is_binary(data: bytes) -> bool:
    sample = data[:SAMPLE]
    controls = sum(byte < ord(" ") and byte not in b"\t\n\r\f\x0b\x1b" for byte in sample)
    return b"\0" in sample or controls > _MAX_CONTROLS * len(sample)


def _legacy(data: bytes, name: str) -> Decoded:
    """Return text in a one-byte encoding: Windows-1252, as offices here use it, unless it cannot be."""
    with contextlib.suppress(UnicodeDecodeError):
        text = data.decode("cp1252")
        beyond = [character for character in text if character > "\x7f"]
        if sum(character in _WESTERN for character in beyond) >= _MIN_WESTERN * len(beyond):
            return Decoded(text=text, encoding="windows-1252")
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE]).best()
    if best is None:
        raise FormatError("is in an encoding that is not known; save it as UTF-8", path=name)
    return Decoded(text=_strictly(data, best.encoding, name), encoding=best.encoding)
