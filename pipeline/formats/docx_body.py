"""The blocks of a release as paragraphs, tables and pictures of a Word file."""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.formats.docx_letterhead import NUMBERS, Sheet, Style
from pipeline.formats.docx_picture import figure
from pipeline.formats.docx_sideways import room
from pipeline.formats.docx_text import paragraph
from pipeline.formats.docx_xml import element, value
from pipeline.formats.wide_table import cell_line, is_wide, longest_whole
from pipeline.model.edition import Edition
from pipeline.model.inline import Inlines, plain
from pipeline.model.release import BulletList, Figure, Heading, Paragraph, Quote, Table

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_HEADINGS = (Style.HEADING_1, Style.HEADING_2, Style.HEADING_3)
_BULLETS = (Style.BULLET_1, Style.BULLET_2, Style.BULLET_3, Style.BULLET_4)
_AMOUNT = re.compile(r"(?=.*\d)[\s\d.,:%‰€$£+−–-]+|[–-]", re.DOTALL)
"""A cell that says an amount: such columns are set flush right."""
_WIDEST_CELL, _NARROWEST_CELL = 40, 6
"""Characters between which a column's longest text counts for its width."""


def blocks(sheet: Sheet, edition: Edition) -> "Iterator[BaseOxmlElement]":
    """Yield the text of the release, from lead to the last block.

    Raises:
        FormatError: a picture is missing or of a kind that Word files cannot hold.
    """
    for index, (block, next_block) in enumerate(pairwise((*edition.release.blocks, None))):
        match block:
            case Paragraph():
                introduces = isinstance(next_block, BulletList | Table)
                style = Style.LEAD if index == 0 else Style.LEAD_IN if introduces else Style.BODY
                yield paragraph(sheet, style, block.text)
            case Heading():
                yield paragraph(sheet, _HEADINGS[min(max(block.level - 2, 0), 2)], block.text)
            case Quote():
                yield from (paragraph(sheet, Style.QUOTE, text) for text in block.paragraphs)
            case BulletList():
                yield from _list(sheet, block, 0)
            case Table():
                yield _table(sheet, block)
                if isinstance(next_block, Table):  # with nothing between them, Word makes one table of the two
                    yield paragraph(sheet, Style.TABLE_TEXT, ())
            case Figure():
                yield from figure(sheet, edition, block)


def _list(sheet: Sheet, block: BulletList, depth: int) -> "Iterator[BaseOxmlElement]":
    style = (NUMBERS if block.ordered else _BULLETS)[min(depth, len(NUMBERS) - 1)]
    numbering = [_new_numbering(sheet, style)] if block.ordered else []
    for item in block.items:
        yield paragraph(sheet, style, item.text, *deepcopy(numbering))
        for sublist in item.sublists:
            yield from _list(sheet, sublist, depth + 1)


def _new_numbering(sheet: Sheet, style: Style) -> "BaseOxmlElement":
    """Return the numbering of a list that starts anew, in the manner the letterhead gives to `style`."""
    definition, level = sheet.numberings[style]
    made = sheet.numbering.add_num(definition)
    made.add_lvlOverride(ilvl=level).add_startOverride(1)
    return element("w:numPr", value("w:ilvl", str(level)), value("w:numId", str(made.numId)))


def _table(sheet: Sheet, table: Table) -> "BaseOxmlElement":
    """Return a table as wide as the text, its header repeated on every page it runs to."""
    widths = _widths(table, room(sheet, len(table.header)))
    look = {"w:val": "0020", "w:firstRow": "1", "w:lastRow": "0", "w:firstColumn": "0", "w:lastColumn": "0"}
    made = element(
        "w:tbl",
        element(
            "w:tblPr",
            value("w:tblStyle", sheet.styles[Style.TABLE]),
            element("w:tblW", attributes={"w:w": "5000", "w:type": "pct"}),  # fiftieths of a per cent
            element("w:tblLook", attributes={**look, "w:noHBand": "1", "w:noVBand": "1"}),
        ),
        element("w:tblGrid", *(element("w:gridCol", attributes={"w:w": str(width)}) for width in widths)),
    )
    amounts = [_is_amounts([row[column] for row in table.rows]) for column in range(len(widths))]
    heads = [Style.TABLE_HEAD_NUMBER if amount else Style.TABLE_HEAD for amount in amounts]
    texts = [Style.TABLE_NUMBER if amount else Style.TABLE_TEXT for amount in amounts]
    made.append(_row(sheet, table.header, heads, widths, element("w:tblHeader")))
    made.extend(_row(sheet, row, texts, widths) for row in table.rows)
    return made


def _row(
    sheet: Sheet,
    cells: Sequence[Inlines],
    styles: Sequence[Style],
    widths: Sequence[int],
    *properties: "BaseOxmlElement",
) -> "BaseOxmlElement":
    made = element("w:tr", element("w:trPr", element("w:cantSplit"), *properties))
    for text, style, width in zip(cells, styles, widths, strict=True):
        wide = element("w:tcPr", element("w:tcW", attributes={"w:w": str(width), "w:type": "dxa"}))
        made.append(element("w:tc", wide, paragraph(sheet, style, text)))
    return made


def _widths(table: Table, total: int) -> list[int]:
    """Return the width of each column, in the unit of `total`, by its longest text, or word if there are many."""
    rows = (table.header, *table.rows)
    wide = is_wide(len(table.header))
    measure, widest = (longest_whole, cell_line(rows)) if wide else (_length, _WIDEST_CELL)
    longest = [min(max(_NARROWEST_CELL, *map(measure, column)), widest) for column in zip(*rows, strict=True)]
    return [total * length // sum(longest) for length in longest]


def _length(cell: Inlines) -> int:
    return len(plain(cell))


def _is_amounts(cells: Sequence[Inlines]) -> bool:
    texts = [plain(cell).strip() for cell in cells]
    return any(texts) and all(not text or _AMOUNT.fullmatch(text[:_WIDEST_CELL]) for text in texts)
