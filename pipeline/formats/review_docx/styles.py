"""The looks of a review document: every look is a style, so that the texts carry only what means something."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pipeline.formats.docx_xml import element, language_tag, value
from pipeline.formats.review_docx.base import WIDTH
from pipeline.formats.review_docx.identity import CODE_STYLE

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

FONT = "Calibri"
INK, QUIET, GOOD, WRONG, DOUBTFUL, LINK = "1A1A1A", "5F6368", "1E6B3A", "A3261B", "7A5200", "1F4E9E"
LOCKED, MISSING, FLAGGED = "EEF0F2", "FBE3D6", "FFF0A6"
HEAD, HEAD_ASIDE = "24415C", "66727E"
"""Of the column to work in, and of the others."""
LINE, NOTICE = "C3C8CE", "FBE9E7"


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
    FOOT = "Review Foot"
    ASIDE = "Review Aside"
    ERROR = "Review Error"
    DOUBT = "Review Doubt"
    GOOD = "Review Good"
    QUIET = "Review Quiet"
    GONE = "Review Gone"
    NEW = "Review New"
    LINK = "Review Link"
    CODE = CODE_STYLE
    TABLE = "Review Table"

    @property
    def identifier(self) -> str:
        """How a paragraph or run names it: as python-docx makes it of the name."""
        return self.replace(" ", "")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    size: float
    colour: str = INK
    bold: bool = False
    before: float = 0
    after: float = 0


_PARAGRAPHS = {
    Look.TITLE: _Paragraph(20, HEAD, bold=True, before=6, after=1),
    Look.SUBTITLE: _Paragraph(12.5, INK, after=2),
    Look.NOTICE: _Paragraph(12, WRONG, bold=True),
    Look.FACTS: _Paragraph(9, QUIET, before=2, after=4),
    Look.HOW: _Paragraph(9.5, INK, after=1.5),
    Look.HEAD: _Paragraph(9.5, "FFFFFF", bold=True, before=2, after=2),
    Look.NUMBER: _Paragraph(8.5, QUIET, before=1.5),
    Look.SOURCE: _Paragraph(10.5, INK),
    Look.TARGET: _Paragraph(10.5, INK),
    Look.REMARK: _Paragraph(8.5, INK, after=1.5),
    Look.GAP: _Paragraph(4),
    Look.FOOT: _Paragraph(8, QUIET),
}
_CHARACTERS: dict[Look, tuple[tuple[str, str], ...]] = {
    Look.ASIDE: (("w:b", "0"), ("w:color", QUIET), ("w:sz", "24")),
    Look.ERROR: (("w:b", ""), ("w:color", WRONG)),
    Look.DOUBT: (("w:b", ""), ("w:color", DOUBTFUL)),
    Look.GOOD: (("w:b", ""), ("w:color", GOOD)),
    Look.QUIET: (("w:color", QUIET),),
    Look.GONE: (("w:strike", ""), ("w:color", WRONG)),
    Look.NEW: (("w:color", GOOD), ("w:u", "single")),
    Look.LINK: (("w:color", LINK), ("w:u", "single")),
}


def define(document: "Document", source: str, target: str) -> None:
    """Give `document` its styles; `source` and `target` are the languages' tags."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Pt, Twips

    styles = document.styles
    _set_language(styles.element, target)
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
        language = source if look in {Look.SOURCE, Look.SUBTITLE} else target
        style.element.get_or_add_rPr().append(value("w:lang", language_tag(language)))
    styles[Look.NUMBER].element.get_or_add_rPr().insert(0, element("w:noProof"))
    indent = styles[Look.HOW].paragraph_format
    indent.left_indent, indent.first_line_indent = Pt(14), Pt(-14)
    styles[Look.FOOT].paragraph_format.tab_stops.add_tab_stop(Twips(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    styles[Look.NOTICE].paragraph_format.left_indent = Pt(10)
    _frame(styles[Look.NOTICE].element.get_or_add_pPr())
    for look, properties in _CHARACTERS.items():
        style = styles.add_style(look, WD_STYLE_TYPE.CHARACTER)
        style.element.get_or_add_rPr().extend(
            value(tag, setting) if setting else element(tag) for tag, setting in properties
        )
    styles.add_style(Look.CODE, WD_STYLE_TYPE.CHARACTER).font.name = "Courier New"
    styles.element.append(_table_style())


def _set_font(properties: "BaseOxmlElement") -> None:
    from docx.oxml.ns import qn

    fonts = properties.find(qn("w:rFonts"))
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)


def _set_language(styles: "BaseOxmlElement", target: str) -> None:
    """Make `target` the language of whatever says nothing else; the template's is English."""
    from docx.oxml.ns import qn

    for language in styles.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:lang"):
        language.set(qn("w:val"), language_tag(target))


def _frame(properties: "BaseOxmlElement") -> None:
    """Give a paragraph style a tinted ground and a bar on its left; the schema wants both before the spacing."""
    air = {"w:val": "single", "w:sz": "4", "w:space": "3", "w:color": NOTICE}
    bar = {"w:val": "single", "w:sz": "36", "w:space": "6", "w:color": WRONG}
    edges = (("top", air), ("left", bar), ("bottom", air))
    ground = {"w:val": "clear", "w:color": "auto", "w:fill": NOTICE}
    properties.insert(0, element("w:pBdr", *(element(f"w:{side}", attributes=edge) for side, edge in edges)))
    properties.insert(1, element("w:shd", attributes=ground))


def _rgb(colour: str) -> object:
    from docx.shared import RGBColor

    return RGBColor.from_string(colour)


def _table_style() -> "BaseOxmlElement":
    """Return the style of the table: hairlines between rows and columns, air in the cells."""
    line = {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": LINE}
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = element("w:tblBorders", *(element(f"w:{side}", attributes=line) for side in sides))
    room = (("top", "50"), ("left", "100"), ("bottom", "50"), ("right", "100"))
    margins = element(
        "w:tblCellMar",
        *(element(f"w:{side}", attributes={"w:w": width, "w:type": "dxa"}) for side, width in room),
    )
    return element(
        "w:style",
        value("w:name", Look.TABLE),
        value("w:basedOn", "TableNormal"),
        element("w:tblPr", borders, margins),
        attributes={"w:type": "table", "w:customStyle": "1", "w:styleId": Look.TABLE.identifier},
    )
