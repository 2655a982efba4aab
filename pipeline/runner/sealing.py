"""The seals of PDFs, alone or in a bundle, and that of a bundle as a whole."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile, is_zipfile

from pipeline.errors import FormatError
from pipeline.formats.zip_damage import damage_told
from pipeline.model.manifest import MANIFEST_NAME, SEAL_NAME
from pipeline.model.seal import Seal
from pipeline.workspace.files import read_bytes, reported

MAX_PDF = 100_000_000
MAX_CERTIFICATE = 1_000_000
_SEALED = b"/ByteRange"
"""Stands in every file that was ever sealed (ISO 32000-1, 12.8.1), outside of any packing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedFile:
    """A file and its seals: a PDF, or the manifest of a bundle, which speaks for all files in it."""

    name: str
    seals: tuple[Seal, ...]
    """The oldest first; empty for a file that is not sealed."""

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against any of its seals."""
        return all(not seal.faults for seal in self.seals)


def is_pdf(path: Path) -> bool:
    """Return whether a file begins as a PDF does."""
    with reported(path, "read"), path.open("rb") as file:
        return file.read(5) == b"%PDF-"


def seals_of(path: Path, trust: tuple[Path, ...], at: datetime) -> tuple[SealedFile, ...]:
    """Return files with their seals: a PDF alone, or the manifest of a bundle and then the PDFs in it.

    Args:
        path: a PDF, or a bundle that is whole.
        trust: files with certificates to trust.
        at: the time at which certificates have to be valid.

    Raises:
        FormatError: a PDF cannot be read, or a file holds no certificate.
        SealError: what checks seals is not installed.
        WorkspaceError: a file cannot be read.
    """
    anchors = tuple(read_bytes(file, MAX_CERTIFICATE) for file in trust)
    if not is_zipfile(path):
        return (SealedFile(name=path.name, seals=_seals(read_bytes(path, MAX_PDF), anchors, at)),)
    damaged = damage_told("is damaged; get the bundle again", path)
    with reported(path, "read"), damaged, ZipFile(path) as archive:
        members = [item for item in archive.infolist() if item.filename.endswith(".pdf")]
        if any(item.file_size > MAX_PDF for item in members):
            raise FormatError("holds a PDF larger than 100 MB, so its seals are not checked", path=path)
        sealed = [SealedFile(name=MANIFEST_NAME, seals=_kit_seals(archive, anchors, at))]
        sealed += [
            SealedFile(name=item.filename, seals=_seals(archive.read(item), anchors, at)) for item in members
        ]
    return tuple(sealed)


def _kit_seals(archive: ZipFile, trust: tuple[bytes, ...], at: datetime) -> tuple[Seal, ...]:
    if SEAL_NAME not in archive.namelist():
        return ()
    from pipeline.engines.seal import read_detached_seal

    return (read_detached_seal(archive.read(SEAL_NAME), archive.read(MANIFEST_NAME), trust, at=at),)


def _seals(pdf: bytes, trust: tuple[bytes, ...], at: datetime) -> tuple[Seal, ...]:
    if _SEALED not in pdf and not trust:
        return ()
    from pipeline.engines.seal import read_seals

    return read_seals(pdf, trust, at=at)
