"""Pages of a Word file turned on their side, for tables of many columns."""

from copy import deepcopy
from typing import TYPE_CHECKING

from pipeline.formats.docx_letterhead import EMU_PER_TWIP, Sheet, Style
from pipeline.formats.docx_text import paragraph
from pipeline.formats.wide_table import is_wide

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_SMALL = 7.5
"""Points, as in the PDF."""
_ONCE = ("w:titlePg", "w:pgNumType")
"""What only the first section says: that a first page differs, and with which number pages begin."""


def room(sheet: Sheet, columns: int) -> int:
    """Return how wide a table of so many columns is, in twentieths of a point."""
    if not is_wide(columns):
        return sheet.text_width
    section = sheet.document.sections[0]
    width, height = section.page_width or 0, section.page_height or 0
    return sheet.text_width + max(height - width, 0) // EMU_PER_TWIP


def turn_wide_tables(sheet: Sheet) -> None:
    """Put each table of many columns into a section of its own, on pages turned on their side.

    The last paragraph of a section carries its properties; those of the last section stand at the end of the text.
    """
    from docx.oxml.ns import qn

    body = sheet.document.element.body
    section = deepcopy(body.sectPr)
    for table in body.findall(qn("w:tbl")):
        if is_wide(len(table.tblGrid.gridCol_lst)):
            before = _paragraph_before(sheet, table)
            if not before.xpath("w:pPr/w:sectPr"):
                before.get_or_add_pPr().append(section)
                section = _later(section)
            _empty_paragraph_after(sheet, table).get_or_add_pPr().append(_turned(section))
            _set_small(table)
    body.replace(body.sectPr, section)


def _paragraph_before(sheet: Sheet, table: "BaseOxmlElement") -> "BaseOxmlElement":
    from docx.oxml.ns import qn

    before: BaseOxmlElement | None = table.getprevious()
    if before is None or before.tag != qn("w:p"):
        before = paragraph(sheet, Style.TABLE_TEXT, ())
        table.addprevious(before)
    return before


def _empty_paragraph_after(sheet: Sheet, table: "BaseOxmlElement") -> "BaseOxmlElement":
    from docx.oxml.ns import qn

    after: BaseOxmlElement | None = table.getnext()
    if after is None or after.tag != qn("w:p") or len(after) > 1:  # more than its properties
        after = paragraph(sheet, Style.TABLE_TEXT, ())
        table.addnext(after)
    return after


def _set_small(table: "BaseOxmlElement") -> None:
    """Set the text of a table smaller than its style says: that is made for few columns."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    for run in table.iter(qn("w:r")):
        run.get_or_add_rPr().sz_val = Pt(_SMALL)


def _later(section: "BaseOxmlElement") -> "BaseOxmlElement":
    """Return the properties of a section that follows `section` and is like it."""
    from docx.oxml.ns import qn

    later: BaseOxmlElement = deepcopy(section)
    for tag in _ONCE:
        for found in later.findall(qn(tag)):
            later.remove(found)
    return later


def _turned(section: "BaseOxmlElement") -> "BaseOxmlElement":
    from docx.enum.section import WD_ORIENTATION

    turned = deepcopy(section)
    sides = sorted(side for side in (turned.page_width, turned.page_height) if side)
    if sides:
        turned.page_height, turned.page_width = sides[0], sides[-1]
        turned.orientation = WD_ORIENTATION.LANDSCAPE
    return turned
