"""A letterhead made in Word, opened as the sheet that an edition is written on.

What an office may change in it, and how, is in docs/word-briefkopf.de.md. Everything that tells about the person
who changed it (author, comments, earlier text, template path) is left behind.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from pipeline.errors import FormatError

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.part import Part
    from docx.opc.rel import Relationships
    from docx.oxml.xmlchemy import BaseOxmlElement

NAME = "letterhead.docx"
MAX_BYTES = 5_000_000
MAX_UNPACKED_BYTES = 50_000_000
EMU_PER_TWIP = 635


class Style(StrEnum):
    """Styles that a letterhead must define, by the names Word shows in an English version."""

    DATELINE = "Dateline"
    TIMING = "Timing"
    EMBARGO = "Embargo"
    TITLE = "Title"
    SUBTITLE = "Subtitle"
    LEAD = "Lead"
    BODY = "Body Text"
    LEAD_IN = "Lead-In"
    HEADING_1 = "Heading 1"
    HEADING_2 = "Heading 2"
    HEADING_3 = "Heading 3"
    QUOTE = "Quote"
    BULLET_1 = "List Bullet"
    BULLET_2 = "List Bullet 2"
    BULLET_3 = "List Bullet 3"
    BULLET_4 = "List Bullet 4"
    NUMBER_1 = "List Number"
    NUMBER_2 = "List Number 2"
    NUMBER_3 = "List Number 3"
    NUMBER_4 = "List Number 4"
    FIGURE = "Figure"
    CAPTION = "Caption"
    TABLE = "Press Table"
    TABLE_TEXT = "Table Text"
    TABLE_NUMBER = "Table Number"
    TABLE_HEAD = "Table Head"
    TABLE_HEAD_NUMBER = "Table Head Number"
    BOILERPLATE_HEADING = "Boilerplate Heading"
    BOILERPLATE = "Boilerplate"
    CONTACT_HEADING = "Contact Heading"
    CONTACT = "Contact"
    END_MARK = "End Mark"
    DRAFT_NOTE = "Draft Note"
    DRAFT_MARK = "Draft Mark"
    LINK = "Hyperlink"
    UNTRANSLATED = "Untranslated"
    CODE = "Code"


NUMBERS = (Style.NUMBER_1, Style.NUMBER_2, Style.NUMBER_3, Style.NUMBER_4)
"""Styles of numbered lists by depth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """An opened letterhead, its sample text taken off."""

    document: "Document"
    styles: Mapping[str, str]
    """Identifier of each `Style`."""
    numbering: "BaseOxmlElement"
    """Root of the part that defines lists."""
    numberings: Mapping[str, tuple[int, int]]
    """Definition and level (from 0) that each of `NUMBERS` uses."""
    stories: "tuple[BaseOxmlElement, ...]"
    """Headers and footers, also those that only some pages show."""
    text_width: int
    """Between the margins, in twentieths of a point."""


def open_letterhead(base: bytes) -> Sheet:
    """Return the letterhead in the Word file `base`, empty.

    Raises:
        FormatError: it is no .docx file, is too large, or lacks a style or numbering.
    """
    try:
        return _opened(base)
    except FormatError:
        raise
    except Exception as error:  # python-docx meets a damaged file with nearly every kind of error
        message = "is no Word document that can be opened; save it in Word as .docx, without macros or password"
        raise FormatError(message, path=NAME) from error


def xml_root(part: "Part") -> "BaseOxmlElement":
    """Return the root element of a part that python-docx has parsed."""
    from docx.opc.part import XmlPart

    if not isinstance(part, XmlPart):
        raise FormatError(f"holds {part.partname} in a form that cannot be read; save it anew in Word", path=NAME)
    root: BaseOxmlElement = part.element
    return root


def _opened(base: bytes) -> Sheet:
    from docx import Document
    from docx.opc.constants import RELATIONSHIP_TYPE as KIND

    with ZipFile(BytesIO(base)) as archive:
        unpacked = sum(member.file_size for member in archive.infolist())
    if len(base) > MAX_BYTES or unpacked > MAX_UNPACKED_BYTES:
        raise FormatError("is larger than 5 MB (50 MB unpacked); use smaller pictures in it", path=NAME)
    document = Document(BytesIO(base))
    _strip(document)
    known = {style.name: style for style in document.styles if style.style_id}
    if lacking := [f"“{style}”" for style in Style if style not in known]:
        raise FormatError(f"lacks the style {', '.join(lacking)}; copy it from the original letterhead", path=NAME)
    numbering = xml_root(document.part.part_related_by(KIND.NUMBERING))
    links = document.part.rels.values()
    return Sheet(
        document=document,
        styles={style: known[style].style_id for style in Style},
        numbering=numbering,
        numberings={style: _numbering(numbering, style, known[style].element) for style in NUMBERS},
        stories=tuple(xml_root(link.target_part) for link in links if link.reltype in {KIND.HEADER, KIND.FOOTER}),
        text_width=_text_width(document),
    )


def _numbering(numbering: "BaseOxmlElement", name: str, style: "BaseOxmlElement") -> tuple[int, int]:
    own = style.xpath("w:pPr/w:numPr[w:numId]")
    if not own:
        raise FormatError(f"gives no numbers to the style “{name}”; choose a numbering for it in Word", path=NAME)
    level = own[0].xpath("string(w:ilvl/@w:val)") or "0"
    return numbering.num_having_numId(own[0].numId.val).abstractNumId.val, int(level)


def _strip(document: "Document") -> None:
    """Take off the sample text and every part that serves only text, or tells who made the letterhead."""
    from docx.opc.constants import RELATIONSHIP_TYPE as KIND

    body = document.element.body
    section = body.get_or_add_sectPr()
    for child in list(body):
        if child is not section:
            body.remove(child)
    wanted = {KIND.STYLES, KIND.NUMBERING, KIND.SETTINGS, KIND.THEME, KIND.FONT_TABLE, KIND.HEADER, KIND.FOOTER}
    notes = {KIND.FOOTNOTES, KIND.ENDNOTES}  # their separators are named in the settings
    settings = document.settings.element
    for linked in settings.xpath(".//*[@r:id]"):  # an attached template, the data source of a mail merge
        linked.getparent().remove(linked)
    _keep(document.part.part_related_by(KIND.SETTINGS).rels, frozenset())
    _keep(document.part.rels, wanted | notes)
    _keep(document.part.package.rels, {KIND.OFFICE_DOCUMENT})


def _keep(relations: "Relationships", kinds: Set[str]) -> None:
    for key, relation in list(relations.items()):
        if relation.reltype not in kinds:
            del relations[key]


def _text_width(document: "Document") -> int:
    section = document.sections[0]
    lengths = (section.page_width, section.left_margin, section.right_margin)
    page, left, right = (0 if length is None else length for length in lengths)
    return (page - left - right) // EMU_PER_TWIP
