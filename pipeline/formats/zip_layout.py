"""The bytes of a ZIP file as they lie, for a check that trusts nothing: every header kept, every gap named.

`zipfile` reads leniently: it skips what stands before, between and after the members and believes whichever of
two headers it meets. A check must see what every other program could see, so the records are read here one by one
(PKWARE APPNOTE 6.3.10, sections 4.3 and 4.4). Nothing goes to disk, and memory does not grow with a member.
"""

import os
import struct
from dataclasses import dataclass
from typing import BinaryIO

from pipeline.model.manifest import Deviation, DeviationKind
from pipeline.model.member_names import printable

MAX_ARCHIVE_BYTES = 4_000_000_000
"""ZIP without its 64-bit extension ends at 4 GiB."""
MAX_MEMBERS = 1000
MAX_DIRECTORY_BYTES = 1_000_000
MAX_HEADER_BYTES = 5000
"""Name and extra fields of one member."""

_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_END_SIGN, _CENTRAL_SIGN, _LOCAL_SIGN = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
_LONGEST_COMMENT = 65_535
_ENCRYPTED = 0x2041  # flag bits 0, 6 and 13: traditional, strong, hidden directory
_UTF8 = 0x0800


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A member as the directory lists it, with both its headers."""

    name: str
    """As any program would decode it; may hold anything."""
    central: bytes
    """Its record in the directory, with name, extra fields and comment."""
    local: bytes | None
    """The header before its data, with name and extra fields; None where there is none."""
    flags: int
    method: int
    crc: int
    packed: int
    """Bytes in the archive."""
    size: int
    """Bytes unpacked, as promised."""
    mode: int
    """Unix file mode; 0 for none."""
    offset: int
    """Where `local` starts in the file."""

    @property
    def encrypted(self) -> bool:
        """Whether any kind of encryption is declared."""
        return bool(self.flags & _ENCRYPTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The members in the order of the directory, and what is odd about the archive around them."""

    entries: tuple[Entry, ...] | None
    """None where there is no directory to read."""
    deviations: tuple[Deviation, ...]


def read_layout(file: BinaryIO) -> Layout:
    """Return how the ZIP archive in `file` (seekable) lies; damage comes back as deviations, never as an error."""
    end = _read_end(file)
    if isinstance(end, Deviation):
        return Layout(entries=None, deviations=(end,))
    file.seek(end.directory)
    size = end.position - end.directory
    entries, deviations = _read_directory(file, file.read(size), end.count, end.shift)
    deviations += _gaps(entries, end.directory)
    if end.after:
        deviations.append(_foreign(end.after, "after the end of the archive"))
    if end.record != _END.pack(_END_SIGN, 0, 0, len(entries), len(entries), size, end.directory - end.shift, 0):
        deviations.append(_structure(None, "The archive’s end record is not as the bundler writes it."))
    return Layout(entries=entries, deviations=tuple(deviations))


@dataclass(frozen=True, slots=True, kw_only=True)
class _End:
    record: bytes
    position: int
    directory: int
    """Where the directory starts in the file."""
    count: int
    shift: int
    """What to add to every offset: they count from the archive's first byte, and something may stand before it."""
    after: int
    """Bytes after the record."""


def _read_end(file: BinaryIO) -> _End | Deviation:
    """Return the record at the end of the archive, or why there is no directory to read."""
    length = file.seek(0, os.SEEK_END)
    if length > MAX_ARCHIVE_BYTES:
        return _deviation(DeviationKind.TOO_LARGE, None, f"It has {length:,} bytes; a bundle stays below 4 GB.")
    position = _find_end(file, length)
    if position is None and _is_local(file, 0):
        return _deviation(DeviationKind.TRUNCATED, None, _BROKEN_OFF)
    if position is None:
        return _deviation(DeviationKind.NOT_A_ZIP, None, "This is not a ZIP archive." if length else "It is empty.")
    file.seek(position)
    record = file.read(_END.size)
    _, _, _, _, count, size, offset, _ = _END.unpack(record)
    if count > MAX_MEMBERS or size > MAX_DIRECTORY_BYTES:
        return _deviation(
            DeviationKind.TOO_LARGE, None, "It lists more files than a bundle can hold; it is not read."
        )
    directory = position - size
    shift = directory - offset if _is_local(file, directory - offset) else 0
    # A Word file is an archive itself: what was found may be the end of the last one that is still there.
    if directory < 0 or (shift and _is_local(file, 0)):
        return _deviation(DeviationKind.TRUNCATED, None, _BROKEN_OFF)
    return _End(
        record=record,
        position=position,
        directory=directory,
        count=count,
        shift=shift,
        after=length - position - _END.size,
    )


def _find_end(file: BinaryIO, length: int) -> int | None:
    """Return where the last complete end record starts; a comment may follow it."""
    start = max(length - _END.size - _LONGEST_COMMENT, 0)
    file.seek(start)
    tail = file.read(length - start)
    found = tail.rfind(_END_SIGN, 0, max(len(tail) - _END.size + len(_END_SIGN), 0))
    return None if found < 0 else start + found


def _is_local(file: BinaryIO, offset: int) -> bool:
    if offset < 0:
        return False
    file.seek(offset)
    return file.read(len(_LOCAL_SIGN)) == _LOCAL_SIGN


def _read_directory(
    file: BinaryIO, directory: bytes, count: int, shift: int
) -> tuple[tuple[Entry, ...], list[Deviation]]:
    entries: list[Entry] = []
    position = 0
    while len(entries) < count and directory[position : position + 4] == _CENTRAL_SIGN:
        if len(directory) - position < _CENTRAL.size:
            break
        fields = _CENTRAL.unpack_from(directory, position)
        length = _CENTRAL.size + sum(fields[10:13])
        entries.append(_entry(file, directory[position : position + length], fields, shift))
        position += length
    damaged = position != len(directory) or len(entries) != count
    problem = f"The directory of the archive is damaged after {len(entries)} of {count} files."
    return tuple(entries), [_structure(None, problem)] if damaged else []


def _entry(file: BinaryIO, central: bytes, fields: tuple[int, ...], shift: int) -> Entry:
    flags, method, crc, packed, size, name_length = fields[3], fields[4], *fields[7:11]
    raw = central[_CENTRAL.size : _CENTRAL.size + name_length]
    offset = fields[16] + shift
    return Entry(
        name=raw.decode("utf-8" if flags & _UTF8 else "cp437", errors="backslashreplace"),
        central=central,
        local=_read_local(file, offset),
        flags=flags,
        method=method,
        crc=crc,
        packed=packed,
        size=size,
        mode=fields[15] >> 16,
        offset=offset,
    )


def _read_local(file: BinaryIO, offset: int) -> bytes | None:
    if not _is_local(file, offset):
        return None
    file.seek(offset)
    head = file.read(_LOCAL.size)
    if len(head) < _LOCAL.size:
        return None
    length = sum(_LOCAL.unpack(head)[9:11])
    rest = file.read(min(length, MAX_HEADER_BYTES))
    return head + rest if len(rest) == length else None


def _gaps(entries: tuple[Entry, ...], directory_start: int) -> list[Deviation]:
    """Name the bytes that belong to no member, and the members that share bytes."""
    deviations = []
    position = 0
    for entry in sorted((item for item in entries if item.local is not None), key=lambda item: item.offset):
        if entry.offset > position:
            where = f"between the files, at byte {position:,}" if position else "before the archive"
            deviations.append(_foreign(entry.offset - position, where))
        elif entry.offset < position:
            deviations.append(_structure(entry.name, "Its data overlaps with another file’s."))
        position = max(position, entry.offset + len(entry.local or b"") + entry.packed)
    if position > directory_start:
        deviations.append(_structure(None, "A file’s data overlaps with the directory of the archive."))
    elif position < directory_start:
        where = "between the files and the directory" if position else "before the archive"
        deviations.append(_foreign(directory_start - position, where))
    return deviations


def _structure(name: str | None, detail: str) -> Deviation:
    return _deviation(DeviationKind.STRUCTURE, name, detail)


def _foreign(count: int, where: str) -> Deviation:
    return _deviation(DeviationKind.FOREIGN_DATA, None, f"Bytes that belong to no file {where}: {count:,}.")


def _deviation(kind: DeviationKind, name: str | None, detail: str) -> Deviation:
    return Deviation(kind=kind, name=None if name is None else printable(name), detail=detail)


_BROKEN_OFF = "The end of the archive is missing or damaged; get the whole file again."
