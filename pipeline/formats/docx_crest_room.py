"""The place of the crest in the header of a Word file: as wide as the crest, and gone where there is none."""

from typing import TYPE_CHECKING

from pipeline.formats.docx_crest import TAG
from pipeline.formats.picture_raster import drawn_size, is_drawing

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_HEIGHT, _GAP = 850, 260
"""Of the crest, 15 mm, and what stays white beside it, in twentieths of a point."""
_SQUARE = (1.0, 1.0)
"""Taken for the form of a crest that is no drawing: the settings take drawings only."""


def make_room(root: "BaseOxmlElement", crest: bytes | None) -> None:
    """Make room for the crest in a header or footer.

    The first cell of a table of one row that holds nothing but the crest becomes as wide as it, at the cost of its
    neighbour. Without a crest that cell goes, as does a paragraph that holds nothing else. All else stays.

    Args:
        root: of the header or footer.
        crest: as `picture.prepared` returned it; None for none.
    """
    from docx.oxml.ns import qn

    for control in root.xpath(f".//w:sdt[w:sdtPr/*[self::w:tag or self::w:alias][@w:val='{TAG}']]"):
        paragraph = next(control.iterancestors(qn("w:p")), None)
        holder = control if paragraph is None else paragraph
        inside = set(control.iter())
        if any(run not in inside for run in holder.iter(qn("w:r"))):
            continue
        cell = next(control.iterancestors(qn("w:tc")), None)
        if cell is None and crest is None:
            holder.getparent().remove(holder)
        elif cell is not None and _can_be_resized(cell, holder):
            _resize(cell, _width(crest))


def _can_be_resized(cell: "BaseOxmlElement", holder: "BaseOxmlElement") -> bool:
    """Return whether a cell is the first of several, in a table of one row, and holds nothing else."""
    from docx.oxml.ns import qn

    row = cell.getparent()
    table = row.getparent()
    cells, rows = row.findall(qn("w:tc")), table.findall(qn("w:tr"))
    contents = [child for child in cell if child.tag != qn("w:tcPr")]
    plain = len(cells) == len(table.tblGrid.gridCol_lst) and len(rows) == 1
    return plain and len(cells) > 1 and cells[0] is cell and contents == [holder]


def _width(crest: bytes | None) -> int:
    """Return how wide the crest's cell is; 0 for none at all."""
    if crest is None:
        return 0
    width, height = drawn_size(crest, TAG) if is_drawing(crest) else _SQUARE
    return round(_HEIGHT * width / height) + _GAP


def _resize(cell: "BaseOxmlElement", wanted: int) -> None:
    """Give a cell its width, at most half of the two, and the rest to the next one; a cell without width goes."""
    from docx.oxml.ns import qn

    row = cell.getparent()
    columns = row.getparent().tblGrid.gridCol_lst
    total = sum(int(column.get(qn("w:w"), "0")) for column in columns[:2])
    width = min(wanted, total // 2)
    for column, resized, size in zip(columns, row.findall(qn("w:tc")), (width, total - width), strict=False):
        column.set(qn("w:w"), str(size))
        resized.get_or_add_tcPr().get_or_add_tcW().set(qn("w:w"), str(size))
    if wanted == 0:
        row.remove(cell)
        columns[0].getparent().remove(columns[0])
