"""Any file a press officer may have, to raw blocks: by what it holds, then by what it is called."""

import re
from pathlib import PurePath

from pipeline.errors import FormatError
from pipeline.formats.decode import decode
from pipeline.formats.plain_text import read_plain_text
from pipeline.formats.web_page import read_web_page
from pipeline.formats.word_in import OLE_HEADER, read_word
from pipeline.model.intake import RawContent

SUFFIXES = (".txt", ".html", ".htm", ".docx", ".md")


def suffix_of(data: bytes, name: str) -> str:
    """Return the kind of a file as one of `SUFFIXES`, from its name or else from its content.

    Raises:
        FormatError: the name says that it is something else.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in SUFFIXES:
        return suffix
    if data.startswith((b"PK\x03\x04", OLE_HEADER)) or suffix == ".docm":
        return ".docx"
    if re.match(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|\?xml)", data[:200], re.IGNORECASE):
        return ".html"
    if re.match(rb"(?:\xef\xbb\xbf)?---\r?\n", data):
        return ".md"
    if suffix in {"", ".text"}:
        return ".txt"
    raise FormatError(f"is a {suffix} file; Communiqué reads .txt, .html, .docx and .md", path=name)


def read_original(data: bytes, name: str, suffix: str) -> RawContent:
    """Return the content of a text, web page or Word file.

    Args:
        data: the whole file.
        name: what the user calls it, for errors.
        suffix: its kind, from `suffix_of`.

    Raises:
        FormatError: it cannot be read as what it is.
    """
    if suffix == ".docx":
        return read_word(data, name)
    decoded = decode(data, name)
    if suffix in {".html", ".htm"}:
        return read_web_page(decoded.text, name)
    content = read_plain_text(decoded.text)
    if not content.blocks:
        raise FormatError("is empty", path=name)
    return content
