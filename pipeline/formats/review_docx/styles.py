"""The looks of a review document: every look is a style, so that the texts carry only what means something."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pipeline.formats.docx_xml import element, language_tag, value

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

FONT = "Calibri"
INK, QUIET, GOOD, WRONG, DOUBTFUL, LINK = "1A1A1A", "5F6368", "1E6B3A", "A3261B", "7A5200", "1F4E9E"
LOCKED, MISSING, HEAD = "EEF0F2", "FBE3D6", "24415C"
FLAGGED = "FFF0A6"


class Look(StrEnum):
    """Styles by the names Word shows."""

    TITLE = "Review Title"
    SUBTITLE = "Review Subtitle"
    NOTICE = "Review Notice"
    FACTS = "Review Facts"
    HOW = "Review Instructions"
    HEAD = "Review Column Head"
    NUMBER = "Review Number"
    SOURCE = "Review Source"
    TARGET = "Review Target"
    REMARK = "Review Remark"
    GAP = "Review Gap"
    FLAG = "Review Flagged"
    ERROR = "Review Error"
    DOUBT = "Review Doubt"
    GOOD = "Review Good"
    QUIET = "Review Quiet"
    GONE = "Review Gone"
    NEW = "Review New"
    LINK = "Review Link"
    CODE = "Code"
    TABLE = "Review Table"


@dataclass(frozen=True, slots=True)
class _Paragraph:
    size: float
    colour: str = INK
    bold: bool = False
    before: float = 0
    after: float = 0


_PARAGRAPHS = {
    Look.TITLE: _Paragraph(18, HEAD, bold=True, after=2),
    Look.SUBTITLE: _Paragraph(12, INK, after=2),
    Look.NOTICE: _Paragraph(12, WRONG, bold=True, before=2, after=4),
    Look.FACTS: _Paragraph(9, QUIET, after=1),
    Look.HOW: _Paragraph(9.5, INK, after=2),
    Look.HEAD: _Paragraph(9, "FFFFFF", bold=True, before=2, after=2),
    Look.NUMBER: _Paragraph(8.5, QUIET),
    Look.SOURCE: _Paragraph(10.5, INK),
    Look.TARGET: _Paragraph(10.5, INK),
    Look.REMARK: _Paragraph(8.5, INK, after=1.5),
    Look.GAP: _Paragraph(4),
}
_CHARACTERS: dict[Look, tuple[tuple[str, str], ...]] = {
    Look.FLAG: (("w:shd", FLAGGED),),
    Look.ERROR: (("w:b", ""), ("w:color", WRONG)),
    Look.DOUBT: (("w:b", ""), ("w:color", DOUBTFUL)),
    Look.GOOD: (("w:color", GOOD),),
    Look.QUIET: (("w:color", QUIET),),
    Look.GONE: (("w:strike", ""), ("w:color", WRONG)),
    Look.NEW: (("w:color", GOOD), ("w:u", "single")),
    Look.LINK: (("w:color", LINK), ("w:u", "single")),
}


def define(document: "Document", source: str, target: str) -> None:
    """Give `document` its styles; `source` and `target` are the languages' tags."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    styles = document.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10)
    _set_font(normal.element.get_or_add_rPr())
    for look, form in _PARAGRAPHS.items():
        style = styles.add_style(look, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.font.size, style.font.bold = Pt(form.size), form.bold or None
        style.font.color.rgb = _rgb(form.colour)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(form.before), Pt(form.after)
        style.paragraph_format.line_spacing = 1.08
        language = source if look is Look.SOURCE else target
        style.element.get_or_add_rPr().append(value("w:lang", language_tag(language)))
    styles[Look.NUMBER].element.get_or_add_rPr().insert(0, element("w:noProof"))
    for look, properties in _CHARACTERS.items():
        style = styles.add_style(look, WD_STYLE_TYPE.CHARACTER)
        style.element.get_or_add_rPr().extend(_property(tag, setting) for tag, setting in properties)
    code = styles.add_style(Look.CODE, WD_STYLE_TYPE.CHARACTER)
    code.font.name = "Courier New"
    styles.element.append(_table_style())


def _set_font(properties: "BaseOxmlElement") -> None:
    from docx.oxml.ns import qn

    fonts = properties.find(qn("w:rFonts"))
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)


def _property(tag: str, setting: str) -> "BaseOxmlElement":
    if tag == "w:shd":
        return element(tag, attributes={"w:val": "clear", "w:color": "auto", "w:fill": setting})
    return value(tag, setting) if setting else element(tag)


def _rgb(colour: str) -> object:
    from docx.shared import RGBColor

    return RGBColor.from_string(colour)


def _table_style() -> "BaseOxmlElement":
    """Return the style of the table: hairlines between rows, air in the cells."""
    line = {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "C3C8CE"}
    borders = element(
        "w:tblBorders", *(element(f"w:{side}", attributes=line) for side in ("top", "bottom", "insideH"))
    )
    sides = (("top", "50"), ("left", "100"), ("bottom", "50"), ("right", "100"))
    margins = element(
        "w:tblCellMar",
        *(element(f"w:{side}", attributes={"w:w": width, "w:type": "dxa"}) for side, width in sides),
    )
    return element(
        "w:style",
        value("w:name", Look.TABLE),
        value("w:basedOn", "TableNormal"),
        element("w:tblPr", borders, margins),
        attributes={"w:type": "table", "w:customStyle": "1", "w:styleId": "ReviewTable"},
    )
