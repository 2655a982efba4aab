"""A review sheet as a Word file."""

from datetime import UTC
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from pipeline.errors import FormatError
from pipeline.formats.docx_xml import language_tag
from pipeline.formats.review_docx.base import empty_sheet
from pipeline.formats.review_docx.carriers import carry
from pipeline.formats.review_docx.head import foot, head, office
from pipeline.formats.review_docx.styles import Look, define
from pipeline.formats.review_docx.table import table
from pipeline.formats.review_docx.text import paragraph
from pipeline.formats.xml_characters import forbidden_characters
from pipeline.formats.zip_file import write_zip
from pipeline.locales import Locale
from pipeline.locales.review_words import review_words
from pipeline.model.exchange import ReviewSheet
from pipeline.model.inline import plain
from pipeline.model.strings import Path

if TYPE_CHECKING:
    from docx.document import Document

_LONGEST_PROPERTY = 255
_UNSEEN = {"raw", "history"}
"""Texts of a segment that no review document shows."""


def write_review(sheet: ReviewSheet, source: Locale, target: Locale) -> bytes:
    """Return the review document of `sheet` as a .docx file; equal arguments give equal bytes.

    Args:
        sheet: what to show.
        source: the language translated from.
        target: the language of the translation, and of the reviewer.

    Raises:
        FormatError: a text holds a character that a Word file cannot.
    """
    _refuse_forbidden(sheet)
    document = empty_sheet(target.tag)
    words = review_words(target.tag)
    define(document, source.tag, target.tag)
    end = document.element.body.sectPr
    for made in (*head(document, sheet, source, target), table(document, sheet, words), paragraph(Look.GAP)):
        end.addprevious(made)
    foot(document, sheet, target)
    _describe(document, sheet, f"{words.title} · {plain(sheet.title)}", target)
    carry(document, sheet.export)
    return _packed(document, sheet)


def _refuse_forbidden(sheet: ReviewSheet) -> None:
    for path, character in forbidden_characters(sheet):
        if not _UNSEEN.intersection(path):
            message = f"holds U+{ord(character):04X}, a character that no Word file can hold; delete it"
            raise FormatError(f"{_place(sheet, path)} {message}", path=sheet.export.release)


def _place(sheet: ReviewSheet, path: Path) -> str:
    """Return where in a sheet a text stands: `S014`, `the “title”`."""
    if path[0] == "export" and path[1] == "segments" and isinstance(path[2], int):
        return sheet.export.segments[path[2]].segment
    if path[0] == "rows" and isinstance(path[1], int):
        return sheet.rows[path[1]].segment.id
    return f"the “{path[0]}”"


def _describe(document: "Document", sheet: ReviewSheet, title: str, target: Locale) -> None:
    properties = document.core_properties
    properties.title = title[:_LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = office(sheet, target)[:_LONGEST_PROPERTY]
    properties.comments = properties.keywords = ""
    properties.identifier = sheet.export.release[:_LONGEST_PROPERTY]
    properties.language = language_tag(target.tag)
    made = sheet.export.at
    properties.created = properties.modified = made.astimezone(UTC).replace(tzinfo=None) if made.tzinfo else made
    properties.revision = 1


def _packed(document: "Document", sheet: ReviewSheet) -> bytes:
    """Return the file, packed anew because python-docx stamps the members with the time of the day."""
    file = BytesIO()
    document.save(file)
    with ZipFile(file) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    return write_zip(members, sheet.export.at, compress=True)
