"""The rows of a returned table, and which segment each of them surely is."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.formats.review_docx.identity import COLUMNS, bookmarked
from pipeline.formats.review_docx.read_atoms import AtomReader, Mark, W, mark
from pipeline.formats.review_docx.read_cells import Cell, lines
from pipeline.model.exchange import ChangeKind, Export
from pipeline.model.inline import plain

if TYPE_CHECKING:
    from lxml.etree import _Element

_ID = re.compile(r"S\d{3,}\Z")
_MERGED = ("gridSpan", "vMerge", "hMerge", "cellMerge", "cellIns", "cellDel")
_CERTAIN = 2
"""Kinds of identity that must agree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table in a returned document."""

    cells: tuple[Cell, ...]
    bookmarks: tuple[str, ...]
    """Segments that its bookmarks name."""
    merged: bool
    """Cells of it were merged, split, or changed as a whole."""
    deleted: Mark | None
    """Who deleted it, if somebody did."""

    @property
    def text(self) -> str:
        """Everything that is written in it now, cell by cell."""
        words = (" ".join(lines(cell.accepted)) for cell in self.cells)
        return " | ".join(word for word in words if word)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Which segment a row is, by each kind of evidence."""

    shown: frozenset[str]
    """By its visible id, as it stands now and as it stood."""
    bookmarked: frozenset[str]
    source: frozenset[str]
    """By its source text, as it stands now and as it stood."""
    untouched: bool
    """Whether the visible id is the same now as it was."""

    @property
    def all(self) -> frozenset[str]:
        """Every segment that something speaks for."""
        return self.shown | self.bookmarked | self.source

    def certain(self) -> str | None:
        """Return the segment if all that is known agrees on one and that is enough, else None.

        Enough are two kinds of evidence, or a visible id that nobody touched: where only that is left, the program
        that kept it (Google Docs) keeps no bookmarks, and the source was corrected.
        """
        named = [kind for kind in (self.shown, self.bookmarked, self.source) if kind]
        if len(self.all) != 1 or (len(named) < _CERTAIN and not (self.shown and self.untouched)):
            return None
        return next(iter(self.all))


class Evidence:
    """What tells the rows of one export apart.

    Args:
        export: what was sent.
    """

    def __init__(self, export: Export) -> None:
        self._ids = {item.segment for item in export.segments}
        by_source: dict[str, list[str]] = {}
        for item in export.segments:
            by_source.setdefault(_words(plain(item.source)), []).append(item.segment)
        self._by_source: Mapping[str, list[str]] = by_source

    def of(self, row: Row) -> Identity:
        """Return which segment `row` may be."""
        if not row.cells:
            return Identity(shown=frozenset(), bookmarked=frozenset(), source=frozenset(), untouched=False)
        first = row.cells[0]
        now, then = self._shown(plain(first.accepted)), self._shown(plain(first.original))
        marks = frozenset(row.bookmarks) & self._ids
        shown = frozenset(name for name in (now, then) if name)
        return Identity(
            shown=shown,
            bookmarked=marks,
            source=self._source(row, shown | marks),
            untouched=now is not None and now == then,
        )

    def _shown(self, text: str) -> str | None:
        text = text.strip()
        return text if _ID.match(text) and text in self._ids else None

    def _source(self, row: Row, others: frozenset[str]) -> frozenset[str]:
        """Return the segments that the source text tells; of several with the same text, those that others name."""
        if len(row.cells) < len(COLUMNS):
            return frozenset()
        found: set[str] = set()
        for text in (row.cells[1].accepted, row.cells[1].original):
            same = self._by_source.get(_words(plain(text)), [])
            found |= set(same) if len(same) == 1 else set(same) & others
        return frozenset(found)


def read_rows(table: "_Element", reader: AtomReader) -> Iterator[Row]:
    """Yield the rows of a table in order."""
    for row in _children(table, "tr"):
        cells = tuple(_children(row, "tc"))
        removed = row.find(f"{W}trPr/{W}del")
        names = (bookmarked(item.get(f"{W}name", "")) for item in row.iter(f"{W}bookmarkStart"))
        yield Row(
            cells=tuple(Cell(atoms=reader.cell(cell)) for cell in cells),
            bookmarks=tuple(name for name in names if name),
            merged=len(cells) != len(COLUMNS) or any(_is_merged(cell) for cell in cells),
            deleted=None if removed is None else mark(removed, ChangeKind.DELETED),
        )


def _children(parent: "_Element", tag: str) -> "Iterator[_Element]":
    """Yield the rows of a table or the cells of a row, through whatever is wrapped around them."""
    for child in parent.iterchildren():
        if child.tag == f"{W}{tag}":
            yield child
        elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}del"}:
            yield from _children(child, tag)


def _is_merged(cell: "_Element") -> bool:
    properties = cell.find(f"{W}tcPr")
    if properties is None:
        return False
    found = (properties.find(f"{W}{tag}") for tag in _MERGED)
    return any(item is not None and item.get(f"{W}val") != "1" for item in found)


def _words(text: str) -> str:
    return " ".join(text.split())
