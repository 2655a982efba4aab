"""Any file a press officer may have, to raw blocks: by what it holds, then by what it is called."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath

from pipeline.errors import FormatError
from pipeline.formats.decode import decode
from pipeline.formats.office_package import OLE_HEADER
from pipeline.formats.plain_text import read_plain_text
from pipeline.formats.web_page import read_web_page
from pipeline.formats.word_in import read_word
from pipeline.model.inline import Inlines
from pipeline.model.intake import RawBlock, RawContent

SUFFIXES = (".txt", ".html", ".htm", ".docx", ".md")
SAMPLE_BYTES = 1_000
MAX_CHARACTERS = 1_500_000
"""A source file holds two million; Markdown adds a little."""
MAX_BLOCKS = 10_000

_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|\?xml)", re.IGNORECASE)


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
    if _PAGE.match(data[:SAMPLE_BYTES]):
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
        return _bounded(read_word(data, name), name)
    decoded = decode(data, name)
    if suffix in {".html", ".htm"} or (suffix == ".txt" and _PAGE.match(data[:SAMPLE_BYTES])):
        content = read_web_page(decoded.text, name)
    else:
        content = read_plain_text(decoded.text)
    if not content.blocks:
        raise FormatError("is empty", path=name)
    if decoded.encoding != "utf-8":
        content = replace(content, notes=(f"the file was read as {decoded.encoding.upper()}", *content.notes))
    return _bounded(content, name)


def _bounded(content: RawContent, name: str) -> RawContent:
    """Return `content` if it is no longer than a source file may be.

    Raises:
        FormatError: it is.
    """
    characters = sum(len(run.text) for block in content.blocks for text in _texts(block) for run in text)
    if characters > MAX_CHARACTERS or len(content.blocks) > MAX_BLOCKS:
        message = (
            f"holds more than {MAX_CHARACTERS:,} characters or {MAX_BLOCKS:,} paragraphs; a press release does not,"
            " so cut out its text and import that"
        )
        raise FormatError(message, path=name)
    return content


def _texts(block: RawBlock) -> Iterator[Inlines]:
    yield block.text
    for row in block.rows:
        yield from row
