"""The seals of PDFs, alone or in a bundle."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile, is_zipfile

from pipeline.errors import FormatError
from pipeline.formats.zip_damage import damage_told
from pipeline.model.seal import Seal
from pipeline.workspace.files import read_bytes, reported

MAX_PDF = 100_000_000
MAX_CERTIFICATE = 1_000_000
_SEALED = b"/ByteRange"
"""Stands in every file that was ever sealed (ISO 32000-1, 12.8.1), outside of any packing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedFile:
    """A PDF and its seals."""

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
    """Return the PDFs in a file with their seals: the file itself, or those of a bundle.

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
        return tuple(
            SealedFile(name=item.filename, seals=_seals(archive.read(item), anchors, at)) for item in members
        )


def _seals(pdf: bytes, trust: tuple[bytes, ...], at: datetime) -> tuple[Seal, ...]:
    if _SEALED not in pdf and not trust:
        return ()
    from pipeline.engines.seal import read_seals

    return read_seals(pdf, trust, at=at)
