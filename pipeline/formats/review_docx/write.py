"""A review sheet as a Word file."""

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from pipeline.errors import FormatError
from pipeline.formats.docx_xml import element, language_tag
from pipeline.formats.review_docx.carriers import carry
from pipeline.formats.review_docx.head import head
from pipeline.formats.review_docx.styles import define
from pipeline.formats.review_docx.table import table
from pipeline.formats.xml_characters import forbidden_characters
from pipeline.formats.zip_file import write_zip
from pipeline.locales import Locale
from pipeline.locales.review_words import review_words
from pipeline.model.exchange import ReviewSheet
from pipeline.model.inline import plain

if TYPE_CHECKING:
    from docx.document import Document

_PAGE = {"width": 29.7, "height": 21.0, "margin": 1.3}
"""A4 on its side, in centimetres."""
_LONGEST_PROPERTY = 255


def write_review(sheet: ReviewSheet, source: Locale, target: Locale) -> bytes:
    """Return the review document of `sheet` as a .docx file; equal arguments give equal bytes.

    Args:
        sheet: what to show.
        source: the language translated from.
        target: the language of the translation, and of the reviewer.

    Raises:
        FormatError: a text holds a character that a Word file cannot.
    """
    from docx import Document

    _refuse_forbidden(sheet)
    document = Document()
    words = review_words(target.tag)
    define(document, source.tag, target.tag)
    _lay_out(document)
    end = document.element.body.sectPr
    for made in (*head(document, sheet, source, target), table(document, sheet, words)):
        end.addprevious(made)
    end.addprevious(element("w:p"))
    _track(document)
    _describe(document, sheet, f"{words.title} · {plain(sheet.title)}", target)
    carry(document, sheet.export)
    return _packed(document, sheet)


def _refuse_forbidden(sheet: ReviewSheet) -> None:
    for row in sheet.rows:
        for _, character in forbidden_characters(row):
            message = f"holds U+{ord(character):04X}, a character that no Word file can hold; delete it"
            raise FormatError(f"{row.segment.id} {message}", path=sheet.export.release)


def _lay_out(document: "Document") -> None:
    from docx.enum.section import WD_ORIENTATION
    from docx.shared import Cm

    section = document.sections[0]
    section.orientation = WD_ORIENTATION.LANDSCAPE
    section.page_width, section.page_height = Cm(_PAGE["width"]), Cm(_PAGE["height"])
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Cm(_PAGE["margin"]))


def _track(document: "Document") -> None:
    """Switch change tracking on, in the place that the schema gives it (ISO/IEC 29500-1, 17.15.1.90)."""
    document.settings.element.insert_element_before(
        element("w:trackRevisions"),
        *("w:doNotTrackMoves", "w:doNotTrackFormatting", "w:documentProtection", "w:autoFormatOverride"),
        *("w:styleLockTheme", "w:styleLockQFSet", "w:defaultTabStop", "w:autoHyphenation"),
        *("w:characterSpacingControl", "w:compat", "w:rsids", "w:themeFontLang", "w:clrSchemeMapping"),
    )


def _describe(document: "Document", sheet: ReviewSheet, title: str, target: Locale) -> None:
    properties = document.core_properties
    properties.title = title[:_LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = sheet.office[0][1][:_LONGEST_PROPERTY]
    properties.comments = ""
    properties.identifier = sheet.export.release
    properties.language = language_tag(target.tag)
    properties.created = properties.modified = sheet.export.at.replace(tzinfo=None)
    properties.revision = 1


def _packed(document: "Document", sheet: ReviewSheet) -> bytes:
    """Return the file, packed anew because python-docx stamps the members with the time of the day."""
    file = BytesIO()
    document.save(file)
    with ZipFile(file) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    return write_zip(members, sheet.export.at, compress=True)
