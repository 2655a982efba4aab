"""Unpacking a model's archive: plain files in one folder, within bounds, nothing beside it."""

import stat
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from pipeline.engines.models.disk import reported
from pipeline.errors import FormatError
from pipeline.formats.zip_damage import damage_told
from pipeline.model.member_names import name_fault, printable, twin_key

MAX_MEMBERS = 200
MAX_UNPACKED = 4_000_000_000
_CHUNK = 1 << 20
_ENCRYPTED = 0x1


def unpack(archive: Path, folder: Path, name: str) -> None:
    """Unpack `archive` into `folder`, which is there and empty.

    Args:
        archive: a ZIP file.
        folder: where its files go.
        name: what the archive is called, for errors.

    Raises:
        FormatError: it is no ZIP file, damaged, too large, or has a member that is no plain file inside `folder`.
        WorkspaceError: a file cannot be written.
    """
    with damage_told("is no ZIP file or is damaged; get it again", name), ZipFile(archive) as source:
        members = [item for item in source.infolist() if not item.is_dir()]
        _check(members, name)
        for item in members:
            _extract(source, item, folder, name)


def _check(members: list[ZipInfo], name: str) -> None:
    if len(members) > MAX_MEMBERS:
        raise FormatError(f"holds more than {MAX_MEMBERS} files; that is no model", path=name)
    if sum(item.file_size for item in members) > MAX_UNPACKED:
        raise FormatError(f"unpacks to more than {MAX_UNPACKED // 10**9} GB; that is no model", path=name)
    for item in members:
        fault = name_fault(item.filename)
        kind = stat.S_IFMT(item.external_attr >> 16)
        if kind not in {0, stat.S_IFREG}:
            fault = "is a link or a device, not a file"
        elif item.flag_bits & _ENCRYPTED:
            fault = "is encrypted"
        elif item.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            fault = "is packed in a rare way"
        if fault:
            message = f"was not unpacked: its member “{printable(item.filename)[:80]}” {fault}"
            raise FormatError(message, path=name)
    if len({twin_key(item.filename) for item in members}) < len(members):
        raise FormatError("was not unpacked: two of its files have the same name", path=name)


def _extract(source: ZipFile, item: ZipInfo, folder: Path, name: str) -> None:
    path = folder / item.filename
    with reported(path, "written"):
        path.parent.mkdir(parents=True, exist_ok=True)
        left = item.file_size
        with source.open(item) as packed, path.open("xb") as out:
            while chunk := packed.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise FormatError("is damaged: a file in it is larger than it says; get it again", path=name)
                out.write(chunk)
