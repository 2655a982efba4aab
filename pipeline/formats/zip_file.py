"""Writing ZIP files whose bytes depend on nothing but their members and one given time."""

import stat
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from pipeline.errors import FormatError
from pipeline.model.member_names import name_fault, printable, twin_key

_UNIX = 3
_MODE = stat.S_IFREG | 0o644
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_LATEST = (2107, 12, 31, 23, 59, 58)
"""What the seven bits for the year can say (PKWARE APPNOTE 4.4.6, MS-DOS date and time)."""


def write_zip(members: Sequence[tuple[str, bytes]], made: datetime, *, compress: bool = False) -> bytes:
    """Return an archive of `members` in the order given.

    Stored members give the same bytes with every version of zlib, which is what a bundle of PDF and Word files
    wants: those are packed already. `compress` is for members that are not.

    Args:
        members: names, with `/` between folders, and contents.
        made: time of every member, written as UTC; a time without zone is taken for UTC. Times outside 1980–2107,
            which ZIP cannot say, become the nearest it can.
        compress: deflate the members.

    Raises:
        FormatError: two names are one file on some system, or a name leads out of the folder it is unpacked to.
    """
    moment = made.astimezone(UTC) if made.tzinfo else made
    stamp = min(max(moment.timetuple()[:6], _EARLIEST), _LATEST)
    method = ZIP_DEFLATED if compress else ZIP_STORED
    names: dict[str, str] = {}
    file = BytesIO()
    with ZipFile(file, "w", method) as archive:
        for name, data in members:
            _check_name(name, names)
            info = ZipInfo(name, stamp)
            info.create_system = _UNIX  # the default tells the system of whoever builds
            info.external_attr = _MODE << 16
            archive.writestr(info, data, method, compresslevel=9)
    return file.getvalue()


def _check_name(name: str, names: dict[str, str]) -> None:
    if fault := name_fault(name):
        raise FormatError(f"the name of the file “{printable(name)}” {fault}; rename the file")
    key = twin_key(name)
    if key in names:
        raise FormatError(f"“{names[key]}” and “{name}” are one and the same file on some systems; rename one")
    names[key] = name
