"""The blocks of two editions of a release in pairs, as a page shows them side by side."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from pipeline.errors import FormatError
from pipeline.formats.page import Shown, ShownTable, pictures, prepared
from pipeline.model.edition import Edition
from pipeline.model.inline import Inlines, plain
from pipeline.model.release import Block, BulletList, Figure, Heading, ListItem, Paragraph, Quote

LONG = 350
"""Signs of a text that is not kept on one page; a shorter one has eight lines at most."""
NARROW_COLUMNS, NARROW_LINE = 3, 34
"""What a table may have that stands beside the other language’s: columns, and signs of its longest lines."""

Content: TypeAlias = Inlines | ListItem | Shown | ShownTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What stands side by side."""

    contents: tuple[Content, ...]
    """In each language, the source's first."""
    long: bool
    """It may run on over pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A block in both languages."""

    kind: str
    """Name of its class in small letters."""
    rows: tuple[Row, ...]
    level: int = 0
    """Of a heading."""
    ordered: bool = False
    """It is a numbered list."""
    narrow: bool = False
    """It is a table that leaves room for the other language's beside it."""


def block_pairs(source: Edition, target: Edition) -> Iterator[Pair]:
    """Yield the blocks; headings say something and never skip a level, which screen readers count.

    Quotations are paired paragraph by paragraph, lists item by item.

    Raises:
        FormatError: the editions differ in more than their language, or a picture has no alternative text in one of
            the languages, or is not listed.
    """
    _refuse_unlike(source, target)
    figures = (pictures(source), pictures(target))
    languages = (source.release.language, target.release.language)
    level = 1
    for blocks in zip(source.release.blocks, target.release.blocks, strict=True):
        shown = [prepared(*values) for values in zip(blocks, figures, languages, strict=True)]
        rows = tuple(
            Row(contents=contents, long=max(map(_signs, contents)) > LONG)
            for contents in zip(*map(_contents, shown), strict=True)
        )
        first, _ = blocks
        if isinstance(first, Heading):
            if not any(map(_signs, rows[0].contents)):
                continue
            level = min(first.level, level + 1)
        yield Pair(
            kind=type(first).__name__.lower(),
            rows=rows,
            level=level,
            ordered=isinstance(first, BulletList) and first.ordered,
            narrow=all(isinstance(item, ShownTable) and _is_narrow(item) for item in shown),
        )


def _refuse_unlike(source: Edition, target: Edition) -> None:
    """Make sure that each block of one language has its like in the other."""
    left, right = source.release, target.release
    place, advice = f"{left.id} ({left.language}, {right.language})", "run “communique draft” again, then build"
    found = f"of “{left.language}” and “{right.language}” cannot be set side by side"
    if len(left.blocks) != len(right.blocks):
        counts = f"{len(left.blocks)} in one, {len(right.blocks)} in the other"
        raise FormatError(f"the texts {found}: they differ in the number of blocks, {counts}; {advice}", path=place)
    for number, blocks in enumerate(zip(left.blocks, right.blocks, strict=True), 1):
        one, other = map(_shape, blocks)
        if one != other:
            raise FormatError(f"block {number} of the texts {found}: {one}, and {other}; {advice}", path=place)


def _shape(block: Block) -> str:
    """Return in words what a block must have in common with that of the other language."""
    match block:
        case Quote():
            return f"a quotation (paragraphs: {len(block.paragraphs)})"
        case BulletList():
            return f"a {'numbered' if block.ordered else 'bulleted'} list (items: {len(block.items)})"
        case Figure():
            return f"the picture “{block.file}”"
    return f"a {type(block).__name__.lower()}"


def _contents(block: Block | Shown | ShownTable) -> tuple[Content, ...]:
    """Return what a block sets side by side, one after another."""
    match block:
        case Heading() | Paragraph():
            return (block.text,)
        case Quote():
            return block.paragraphs
        case BulletList():
            return block.items
        case Shown() | ShownTable():
            return (block,)
    raise TypeError(type(block).__name__)


def _signs(content: Content) -> int:
    match content:
        case ListItem():
            below = (item for sublist in content.sublists for item in sublist.items)
            return _signs(content.text) + sum(map(_signs, below))
        case Shown() | ShownTable():
            return 0
    return len(plain(content).strip())


def _is_narrow(table: ShownTable) -> bool:
    columns = list(zip(table.header, *table.rows, strict=True))
    lines = (max(len(plain(cell)) for cell in column) for column in columns)
    return len(columns) <= NARROW_COLUMNS and not table.long and sum(lines) <= NARROW_LINE
