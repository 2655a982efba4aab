"""Bytes of unknown origin to text: size, binary content, encoding."""

from dataclasses import dataclass

from pipeline.errors import FormatError

MAX_BYTES = 10_000_000
SAMPLE = 65_536

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
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
    if data[1:2] == b"\0" or data[:1] == b"\0":
        return _utf16_without_mark(data, name)
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


def _utf16_without_mark(data: bytes, name: str) -> Decoded:
    encoding = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
    text = _strictly(data, encoding, name)
    if _is_binary(text.encode("utf-8")):
        raise FormatError("is no text file; Communiqué reads .txt, .html, .docx and .md", path=name)
    return Decoded(text=text, encoding="utf-16")


def _is_binary(data: bytes) -> bool:
    sample = data[:SAMPLE]
    controls = sum(byte < ord(" ") and byte not in b"\t\n\r\f\x0b\x1b" for byte in sample)
    return b"\0" in sample or controls > _MAX_CONTROLS * len(sample)


def _legacy(data: bytes, name: str) -> Decoded:
    """Return text in a one-byte encoding: Windows-1252, as offices here use it, unless it cannot be."""
    try:
        return Decoded(text=data.decode("cp1252"), encoding="windows-1252")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(data[:SAMPLE]).best()
        if best is None:
            raise FormatError("is in an encoding that is not known; save it as UTF-8", path=name) from None
        return Decoded(text=_strictly(data, best.encoding, name), encoding=best.encoding)
