"""A Word file taken apart, checked before anything in it is believed."""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.errors import FormatError
from pipeline.formats.zip_damage import damage_told

MAX_FILE = 50_000_000
MAX_UNPACKED = 200_000_000
MAX_MEMBERS = 5_000
MAX_RATIO = 200
MAX_XML = 10_000_000
"""Of one part: as a tree in memory it takes a hundred times its size."""

DOCUMENT = "word/document.xml"

OLE_HEADER = b"\xd0\xcf\x11\xe0"
"""How encrypted Office files, and Word files from before 2007, begin ([MS-CFB] 2.2)."""

_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a Word file."""

    texts: Mapping[str, bytes]
    """The XML parts by their names; `word/document.xml` is one of them."""
    names: frozenset[str]
    """Of all parts."""


def open_package(data: bytes, name: str) -> Package:
    """Return the parts of a .docx file.

    Args:
        data: the whole file.
        name: what the user calls it, for errors.

    Raises:
        FormatError: encrypted, too old, truncated, damaged, no Word file, a part twice, XML entities, or larger
            inside than any press release.
    """
    if not data:
        raise FormatError("is empty", path=name)
    if data.startswith(OLE_HEADER):
        message = "is protected by a password, or a .doc file; save it in Word as .docx without a password"
        raise FormatError(message, path=name)
    if len(data) > MAX_FILE:
        raise FormatError(f"has {len(data) / 1e6:.0f} MB; a press release has less than 50 MB", path=name)
    damaged = damage_told("is damaged or not complete; get the whole file", name)
    with damaged, zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        _check_sizes(members, len(data), name)
        names = frozenset(archive.namelist())
        if DOCUMENT not in names:
            raise FormatError("is no Word file (.docx)", path=name)
        texts = {info.filename: archive.read(info) for info in members if _is_xml(info.filename)}
    if len(names) < len(members):
        raise FormatError("holds a part twice, which no Word file does; it is not opened", path=name)
    if any(_DECLARES.search(text.replace(b"\0", b"")) for text in texts.values()):
        raise FormatError("declares XML entities, which no Word file does; it is not opened", path=name)
    return Package(texts=texts, names=names)


def _is_xml(member: str) -> bool:
    return member.lower().endswith((".xml", ".rels"))


def _check_sizes(members: list[zipfile.ZipInfo], size: int, name: str) -> None:
    unpacked = sum(member.file_size for member in members)
    largest_xml = max((member.file_size for member in members if _is_xml(member.filename)), default=0)
    bomb = unpacked > MAX_RATIO * max(size, 10_000) or unpacked > MAX_UNPACKED or largest_xml > MAX_XML
    if bomb or len(members) > MAX_MEMBERS:
        raise FormatError("unpacks to far more than a press release holds; it is not opened", path=name)
