"""What the headers of a bundle must be, byte for byte: those that the writer of bundles gives the same members."""

import struct
from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO

from pipeline.formats.zip_file import write_zip
from pipeline.formats.zip_layout import Entry, read_layout
from pipeline.model.manifest import Deviation, DeviationKind
from pipeline.model.member_names import name_fault, printable


def odd_headers(entries: Sequence[Entry], made: datetime) -> Iterator[Deviation]:
    """Yield each member whose headers are not those that `write_zip` gives it at `made`.

    The reference is an archive of one empty member of the same name: checksum, sizes and place, the only fields in
    which it may differ, are checked elsewhere against the content. So times, attributes, extra fields, comments and
    the two copies of every field are all pinned, without a second list of what the writer does.
    """
    names = [entry.name for entry in entries]
    if names != sorted(names) or [entry.offset for entry in entries] != sorted(entry.offset for entry in entries):
        yield _odd(None, "The files are not in the order of their names.")
    for entry in entries:
        if entry.local is None or name_fault(entry.name):
            continue
        reference = _reference(entry.name, made)
        if entry.method != reference.method or entry.packed != entry.size:
            yield _odd(entry.name, "Another program packed it anew.")
        elif (entry.central, entry.local) != _with_content_of(entry, reference):
            yield _odd(entry.name, "Another program wrote its header (time, attributes, extra fields, comment).")


def _reference(name: str, made: datetime) -> Entry:
    layout = read_layout(BytesIO(write_zip([(name, b"")], made)))
    assert layout.entries is not None  # noqa: S101  # our own writer's archive of one member
    return layout.entries[0]


def _with_content_of(entry: Entry, reference: Entry) -> tuple[bytes, bytes]:
    assert reference.local is not None  # noqa: S101  # as above
    content = struct.pack("<3L", entry.crc, entry.packed, entry.size)
    central, local = reference.central, reference.local
    # APPNOTE 4.3.7 and 4.3.12: CRC and sizes at byte 14 and 16; the place of the local header at byte 42.
    return (
        central[:16] + content + central[28:42] + entry.central[42:46] + central[46:],
        local[:14] + content + local[26:],
    )


def _odd(name: str | None, detail: str) -> Deviation:
    return Deviation(kind=DeviationKind.STRUCTURE, name=None if name is None else printable(name), detail=detail)
