"""What stands in a review document: numbered rows, and everything around them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.formats.review_docx.read_atoms import AtomReader, W
from pipeline.formats.review_docx.read_cells import Cell
from pipeline.formats.review_docx.read_comments import Said
from pipeline.formats.review_docx.read_rows import Row, read_rows
from pipeline.model.inline import plain

if TYPE_CHECKING:
    from lxml.etree import _Element

_NUMBER = re.compile(r"S\d{3,}")
_AROUND = {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What stands in a review document."""

    rows: tuple[Row, ...]
    """Of all tables that hold numbered rows, their column heads included."""
    outside: tuple[Cell, ...]
    """Everything else: paragraphs, and the cells of other tables."""
    comments: tuple[Said, ...]


def read_contents(body: "_Element", reader: AtomReader, comments: tuple[Said, ...]) -> Contents:
    """Return what stands in `body`, read in the order of the document."""
    rows: list[Row] = []
    outside: list[Cell] = []
    for block in _blocks(body):
        if block.tag == f"{W}p":
            outside.append(Cell(atoms=reader.paragraph(block)))
            continue
        found = tuple(read_rows(block, reader))
        if any(row.bookmarks or _is_numbered(row) for row in found):
            rows += found
        else:
            outside += (cell for row in found for cell in row.cells)
    return Contents(rows=tuple(rows), outside=tuple(outside), comments=comments)


def _blocks(parent: "_Element") -> "Iterator[_Element]":
    for child in parent.iterchildren():
        if child.tag in {f"{W}p", f"{W}tbl"}:
            yield child
        elif child.tag in _AROUND:
            yield from _blocks(child)


def _is_numbered(row: Row) -> bool:
    """Return whether a row shows a number in its first cell, now or before."""
    first = row.cells[:1]
    return any(_NUMBER.fullmatch(plain(text).strip()) for cell in first for text in (cell.accepted, cell.original))
