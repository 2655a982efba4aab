"""The blocks of a release as paragraphs, tables and pictures of a Word file."""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.errors import FormatError
from pipeline.formats.docx_letterhead import NAME, Paper, Style
from pipeline.formats.docx_picture import figure
from pipeline.formats.docx_text import paragraph
from pipeline.formats.docx_xml import element, value
from pipeline.model.edition import Edition
from pipeline.model.inline import Inlines, plain
from pipeline.model.release import BulletList, Figure, Heading, Paragraph, Quote, Table

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_HEADINGS = (Style.HEADING_1, Style.HEADING_2, Style.HEADING_3)
_BULLETS = (Style.BULLET_1, Style.BULLET_2, Style.BULLET_3, Style.BULLET_4)
_NUMBERS = (Style.NUMBER_1, Style.NUMBER_2, Style.NUMBER_3, Style.NUMBER_4)
_AMOUNT = re.compile(r"(?=.*\d)[\s\d.,:%‰€$£+−–-]+|[–-]", re.DOTALL)
"""A cell that says an amount: such columns are set flush right."""
_WIDEST_CELL, _NARROWEST_CELL = 40, 6
"""Characters between which a column's longest text counts for its width."""


def blocks(paper: Paper, edition: Edition) -> "Iterator[BaseOxmlElement]":
    """Yield the text of the release, from lead to the last block.

    Raises:
        FormatError: a picture is missing or of a kind that Word files cannot hold.
    """
    for index, (block, next_block) in enumerate(pairwise((*edition.release.blocks, None))):
        match block:
            case Paragraph():
                introduces = isinstance(next_block, BulletList | Table)
                style = Style.LEAD if index == 0 else Style.LEAD_IN if introduces else Style.BODY
                yield paragraph(paper, style, block.text)
            case Heading():
                yield paragraph(paper, _HEADINGS[min(max(block.level - 2, 0), 2)], block.text)
            case Quote():
                yield from (paragraph(paper, Style.QUOTE, text) for text in block.paragraphs)
            case BulletList():
                yield from _list(paper, block, 0)
            case Table():
                yield _table(paper, block)
            case Figure():
                yield from figure(paper, edition, block)


def _list(paper: Paper, block: BulletList, depth: int) -> "Iterator[BaseOxmlElement]":
    level = min(depth, len(_BULLETS) - 1)
    style = (_NUMBERS if block.ordered else _BULLETS)[level]
    numbering = _new_numbering(paper, style) if block.ordered else None
    for item in block.items:
        yield paragraph(paper, style, item.text, *([deepcopy(numbering)] if numbering is not None else []))
        for sublist in item.sublists:
            yield from _list(paper, sublist, depth + 1)


def _new_numbering(paper: Paper, style: Style) -> "BaseOxmlElement":
    """Return the numbering of a list that starts anew, in the manner the letterhead gives to `style`."""
    own = paper.document.styles[style].element.xpath("w:pPr/w:numPr")
    numbers = [int(number) for found in own for number in found.xpath("w:numId/@w:val")]
    if not numbers:
        raise FormatError(f"the style “{style}” has no numbering; give it one in Word", path=NAME)
    level = own[0].xpath("string(w:ilvl/@w:val)") or "0"
    made = paper.numbering.add_num(paper.numbering.num_having_numId(numbers[0]).abstractNumId.val)
    made.add_lvlOverride(ilvl=int(level)).add_startOverride(1)
    return element("w:numPr", None, value("w:ilvl", level), value("w:numId", str(made.numId)))


def _table(paper: Paper, table: Table) -> "BaseOxmlElement":
    """Return a table as wide as the text, its header repeated on every page it runs to."""
    widths = _widths(table, paper.text_width)
    look = {"w:val": "0020", "w:firstRow": "1", "w:lastRow": "0", "w:firstColumn": "0", "w:lastColumn": "0"}
    made = element(
        "w:tbl",
        None,
        element(
            "w:tblPr",
            None,
            value("w:tblStyle", paper.styles[Style.TABLE]),
            element("w:tblW", {"w:w": "5000", "w:type": "pct"}),  # fiftieths of a per cent
            element("w:tblLook", {**look, "w:noHBand": "1", "w:noVBand": "1"}),
        ),
        element("w:tblGrid", None, *(element("w:gridCol", {"w:w": str(width)}) for width in widths)),
    )
    amounts = [_is_amounts([row[column] for row in table.rows]) for column in range(len(widths))]
    heads = [Style.TABLE_HEAD_NUMBER if amount else Style.TABLE_HEAD for amount in amounts]
    texts = [Style.TABLE_NUMBER if amount else Style.TABLE_TEXT for amount in amounts]
    made.append(_row(paper, table.header, heads, widths, element("w:tblHeader")))
    made.extend(_row(paper, row, texts, widths) for row in table.rows)
    return made


def _row(
    paper: Paper,
    cells: Sequence[Inlines],
    styles: Sequence[Style],
    widths: Sequence[int],
    *properties: "BaseOxmlElement",
) -> "BaseOxmlElement":
    made = element("w:tr", None, element("w:trPr", None, element("w:cantSplit"), *properties))
    for text, style, width in zip(cells, styles, widths, strict=True):
        wide = element("w:tcPr", None, element("w:tcW", {"w:w": str(width), "w:type": "dxa"}))
        made.append(element("w:tc", None, wide, paragraph(paper, style, text)))
    return made


def _widths(table: Table, total: int) -> list[int]:
    """Return the width of each column, in the unit of `total`, by its longest text."""
    longest = [
        min(max(_NARROWEST_CELL, *(len(plain(cell)) for cell in column)), _WIDEST_CELL)
        for column in zip(table.header, *table.rows, strict=True)
    ]
    return [total * length // sum(longest) for length in longest]


def _is_amounts(cells: Sequence[Inlines]) -> bool:
    texts = [plain(cell).strip() for cell in cells]
    return any(texts) and all(not text or _AMOUNT.fullmatch(text[:_WIDEST_CELL]) for text in texts)
