"""Check a bundle against its own manifest, and against the one way in which bundles are written.

Every deviation comes back as a value. Nothing is unpacked to disk, nothing that has no place in a bundle is read,
and memory stays the same however large the files are. docs/bundle.md says what a check proves and what it does not.
"""

import hashlib
import stat
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import BinaryIO

from pipeline.errors import FormatError
from pipeline.formats import manifest as manifest_json
from pipeline.formats.zip_content import blocks
from pipeline.formats.zip_layout import MAX_ARCHIVE_BYTES, Entry, read_layout
from pipeline.formats.zip_reference import odd_headers
from pipeline.model.edition import EditionStatus
from pipeline.model.manifest import (
    MANIFEST_NAME,
    SEAL_NAME,
    UNLISTED,
    Deviation,
    DeviationKind,
    Manifest,
    ManifestFile,
    Verification,
)
from pipeline.model.member_names import name_fault, printable, twin_key
from pipeline.model.seal import MAX_SEAL

_DAMAGED = "The archive’s own checksum (CRC-32) fails: it was damaged on the way."
_MISSTATED = "The archive states another size than it has."


def verify(bundle: bytes | BinaryIO) -> Verification:
    """Return the manifest of `bundle` and everything that deviates from it.

    Args:
        bundle: the archive, or a seekable binary file that holds it; read in blocks of 1 MiB.

    Raises:
        OSError: the file itself cannot be read.
    """
    file = BytesIO(bundle) if isinstance(bundle, bytes) else bundle
    layout = read_layout(file)
    if layout.entries is None:
        return Verification(manifest=None, deviations=layout.deviations)
    members = {entry.name: entry for entry in layout.entries}  # of two, the last: unpacked last, it stays
    manifest, found = _read_manifest(file, members.get(MANIFEST_NAME))
    deviations = [*layout.deviations, *_check_names(layout.entries), *found]
    if manifest is not None:
        deviations += _check_files(file, members, manifest)
        deviations += odd_headers(layout.entries, manifest.made)
    return Verification(manifest=manifest, deviations=tuple(deviations))


def _check_names(entries: tuple[Entry, ...]) -> Iterator[Deviation]:
    """Yield what is wrong with members whatever they contain."""
    spellings: dict[str, set[str]] = defaultdict(set)
    for name, count in Counter(entry.name for entry in entries).items():
        spellings[twin_key(name)].add(name)
        if count > 1:
            yield _deviation(DeviationKind.DUPLICATE, name, f"The archive holds {count} files of this name.")
        if fault := name_fault(name):
            yield _deviation(DeviationKind.PATH, name, f"The name {fault}.")
    for names in spellings.values():
        first, *others = sorted(names)
        for other in others:
            detail = f"Some systems take this for the same file as “{first}”."
            yield _deviation(DeviationKind.TWIN, other, detail)
    for entry in entries:
        if stat.S_ISLNK(entry.mode):
            detail = "It is a symbolic link, which can lead an unpacker out of its folder."
            yield _deviation(DeviationKind.LINK, entry.name, detail)
        if entry.encrypted:
            detail = "It is encrypted; bundles never are, and its content cannot be checked."
            yield _deviation(DeviationKind.ENCRYPTED, entry.name, detail)


def _read_manifest(file: BinaryIO, entry: Entry | None) -> tuple[Manifest | None, list[Deviation]]:
    if entry is None:
        detail = "There is no manifest, so nothing can be checked: this is not a bundle, or not all of one."
        return None, [_deviation(DeviationKind.MISSING, MANIFEST_NAME, detail)]
    if entry.encrypted:
        return None, []
    try:
        raw = b"".join(blocks(file, entry, limit=manifest_json.MAX_BYTES))
    except FormatError as error:
        return None, [_deviation(DeviationKind.UNREADABLE, MANIFEST_NAME, str(error))]
    found: list[Deviation] = []
    if zlib.crc32(raw) != entry.crc:
        found.append(_deviation(DeviationKind.CHECKSUM, MANIFEST_NAME, _DAMAGED))
    if len(raw) != entry.size:
        found.append(_deviation(DeviationKind.SIZE, MANIFEST_NAME, _MISSTATED))
    try:
        manifest = manifest_json.parse(raw, path=None)
    except FormatError as error:
        return None, [*found, _deviation(DeviationKind.MANIFEST, MANIFEST_NAME, str(error))]
    faults = [f"It {fault}." for fault in manifest.faults()]
    if manifest_json.dump(manifest) != raw:
        faults.append("Its text is not as the bundler writes it.")
    found += [_deviation(DeviationKind.MANIFEST, MANIFEST_NAME, fault) for fault in faults]
    return manifest, found


def _check_files(file: BinaryIO, members: Mapping[str, Entry], manifest: Manifest) -> Iterator[Deviation]:
    known = {item.name for item in manifest.files}.union(UNLISTED)
    for name in members:
        if name not in known:
            yield _deviation(DeviationKind.EXTRA, name, "The manifest does not list it.")
    if SEAL_NAME in members:
        yield from _check_seal(file, members[SEAL_NAME], manifest)
    if sum(item.size for item in manifest.files) > MAX_ARCHIVE_BYTES:
        yield _deviation(DeviationKind.TOO_LARGE, None, "The manifest promises more than 4 GB; no file is read.")
        return
    for item in manifest.files:
        entry = members.get(item.name)
        if entry is None:
            yield _deviation(DeviationKind.MISSING, item.name, "The manifest lists it, but it is not there.")
        elif not entry.encrypted:
            yield from _check_content(file, entry, item)


def _check_seal(file: BinaryIO, entry: Entry, manifest: Manifest) -> Iterator[Deviation]:
    """Yield what is wrong with the seal as a member of the archive; whether it holds is another question."""
    if manifest.status is not EditionStatus.FINAL:
        yield _deviation(DeviationKind.EXTRA, SEAL_NAME, "A draft is never sealed.")
    if entry.encrypted:
        return
    try:
        seal = b"".join(blocks(file, entry, limit=MAX_SEAL))
    except FormatError as error:
        yield _deviation(DeviationKind.UNREADABLE, SEAL_NAME, str(error))
        return
    if len(seal) > MAX_SEAL:
        detail = f"It has more than {MAX_SEAL:,} bytes, which no seal has; the rest was not read."
        yield _deviation(DeviationKind.TOO_LARGE, SEAL_NAME, detail)
        return
    if zlib.crc32(seal) != entry.crc:
        yield _deviation(DeviationKind.CHECKSUM, SEAL_NAME, _DAMAGED)
    if len(seal) != entry.size:
        yield _deviation(DeviationKind.SIZE, SEAL_NAME, _MISSTATED)


def _check_content(file: BinaryIO, entry: Entry, item: ManifestFile) -> Iterator[Deviation]:
    sha256, crc, size = hashlib.sha256(), 0, 0
    try:
        for block in blocks(file, entry, limit=item.size):
            sha256.update(block)
            crc = zlib.crc32(block, crc)
            size += len(block)
    except FormatError as error:
        yield _deviation(DeviationKind.UNREADABLE, item.name, str(error))
        return
    if size > item.size:
        detail = f"It has more than the {item.size:,} bytes of the manifest; the rest was not read."
        yield _deviation(DeviationKind.SIZE, item.name, detail)
        return
    if size < item.size:
        detail = f"It has {size:,} bytes; the manifest says {item.size:,}."
        yield _deviation(DeviationKind.SIZE, item.name, detail)
    elif sha256.hexdigest() != item.sha256:
        detail = "Its content is not the one that was bundled (SHA-256 differs from the manifest)."
        yield _deviation(DeviationKind.CHANGED, item.name, detail)
    if crc != entry.crc:
        yield _deviation(DeviationKind.CHECKSUM, item.name, _DAMAGED)
    if size != entry.size:
        yield _deviation(DeviationKind.STRUCTURE, item.name, _MISSTATED)


def _deviation(kind: DeviationKind, name: str | None, detail: str) -> Deviation:
    return Deviation(kind=kind, name=None if name is None else printable(name), detail=printable(detail))
