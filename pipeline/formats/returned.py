"""A file that came back from a reviewer, whatever program it went through."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.errors import FormatError
from pipeline.formats.office_package import OLE_HEADER
from pipeline.formats.zip_damage import damage_told
from pipeline.model.exchange import Export, Return, Ticket

_ZIP = b"PK"
_WORD_MEMBER = "[Content_Types].xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedFile:
    """A returned file, opened and checked."""

    ticket: Ticket
    """The export that it says it is a copy of."""
    read: Callable[[Export, bytes], Return]
    """Reads it against the export and the document that was sent; raises FormatError."""


def open_return(data: bytes, name: str) -> ReturnedFile:
    """Return what came back, opened: a Word file, an XLIFF file, or an OmegaT project in a ZIP.

    Args:
        data: the whole file.
        name: what the user calls it, for errors.

    Raises:
        FormatError: it is none of these, is damaged or hostile, or carries no sign of an export.
    """
    if data.startswith(OLE_HEADER) or (data.startswith(_ZIP) and _is_word(data, name)):
        return _word(data, name)
    if data.startswith(_ZIP):
        from pipeline.formats.xliff.kit import open_kit

        kit = open_kit(data, name)
        return ReturnedFile(ticket=kit.ticket, read=lambda export, _: kit.read(export))
    if data.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<"):
        from pipeline.formats.xliff.read import open_xliff

        xliff = open_xliff(data, name)
        return ReturnedFile(ticket=xliff.ticket, read=lambda export, _: xliff.read(export))
    raise FormatError(
        "is neither a Word file (.docx) nor XLIFF nor a zipped OmegaT project; ask for the file that was sent",
        path=name,
    )


def _is_word(data: bytes, name: str) -> bool:
    damaged = damage_told("is damaged or was not received completely; ask for it again", name)
    with damaged, zipfile.ZipFile(io.BytesIO(data)) as archive:
        return _WORD_MEMBER in archive.namelist()


def _word(data: bytes, name: str) -> ReturnedFile:
    from pipeline.formats.review_docx.read import open_review

    word = open_review(data, name)
    return ReturnedFile(ticket=word.ticket, read=word.read)
