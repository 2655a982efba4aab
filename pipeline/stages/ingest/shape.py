"""Shape: lines to paragraphs and lists, as their author meant them."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.model.inline import Inlines, Run, cut, merge, plain
from pipeline.model.intake import RawBlock, RawKind, Repair
from pipeline.model.release import Block, BulletList, Heading, ListItem, Paragraph, Quote, Table

_BULLET = re.compile(r"[ \u00a0\t]*[•·▪‣●○◦*–—-][ \u00a0\t]+(?=\S)")
_NUMBER = re.compile(r"[ \u00a0\t]*(\d{1,2})[.)][ \u00a0\t]+(?=\S)")
MAX_LEVEL = 3
"""Lists nested deeper are read as if they were on this level, counted from 0; a source file has four."""
_WRAPPED = range(60, 121)
"""How long the lines of a paragraph are that a mail program has wrapped."""


def shape_lines(blocks: Sequence[RawBlock]) -> tuple[tuple[RawBlock, ...], tuple[Repair, ...]]:
    """Return `blocks` with listed lines as items and wrapped lines joined, and which lines became items."""
    shaped: list[RawBlock] = []
    itemized = tuple(_itemized(tuple(blocks)))
    repairs = tuple(
        Repair(what="typed mark made a list item", line=after.line, count=1)
        for before, after in zip(blocks, itemized, strict=True)
        if before.kind is not after.kind
    )
    joined: list[Repair] = []
    for _, group in itertools.groupby(itemized, key=lambda block: (block.group, block.kind)):
        lines = tuple(group)
        if lines[0].kind is RawKind.TEXT and _is_wrapped(lines):
            shaped.append(_joined(lines))
            joined.append(Repair(what="wrapped lines joined", line=lines[0].line, count=len(lines) - 1))
        else:
            shaped += lines
    return tuple(shaped), (*repairs, *joined)


def _itemized(blocks: tuple[RawBlock, ...]) -> Iterator[RawBlock]:
    """Yield `blocks`; a bullet makes an item, a number only in a row that begins with 1 (else it is a date)."""
    numbered = _numbered(blocks)
    for index, block in enumerate(blocks):
        text = plain(block.text)
        match = _BULLET.match(text) if block.kind is RawKind.TEXT else None
        if index in numbered:
            match = _NUMBER.match(text)
        if match is None:
            yield block
        else:
            words = cut(block.text, match.end(), len(text))
            yield replace(block, kind=RawKind.ITEM, text=words, ordered=index in numbered)


def _numbered(blocks: tuple[RawBlock, ...]) -> set[int]:
    found: set[int] = set()
    row: list[int] = []
    for index, block in enumerate((*blocks, RawBlock(kind=RawKind.TITLE))):
        match = _NUMBER.match(plain(block.text)) if block.kind is RawKind.TEXT else None
        if match and int(match[1]) == len(row) + 1:
            row.append(index)
            continue
        if len(row) > 1:
            found.update(row)
        row = [index] if match and int(match[1]) == 1 else []
    return found


def _is_wrapped(lines: tuple[RawBlock, ...]) -> bool:
    """Return whether lines without an empty one between them are one paragraph that was cut into lines."""
    texts = [plain(line.text) for line in lines]
    longest = max(map(len, texts))
    # A program breaks a line where the next word would not fit; a person, where something ends.
    full = all(len(text) + 1 + len(below.split()[0]) > longest for text, below in itertools.pairwise(texts))
    return (
        len(lines) > 1
        and longest in _WRAPPED
        and full
        and not all(text.endswith((".", "!", "?")) for text in texts)
    )


def _joined(lines: tuple[RawBlock, ...]) -> RawBlock:
    runs = [run for line in lines for run in (Run(text=" "), *line.text)][1:]
    return replace(lines[0], text=merge(runs))


def to_blocks(blocks: Iterable[RawBlock]) -> tuple[Block, ...]:
    """Return the body of a release from what is left after title and the like were taken out."""
    body: list[Block] = []
    for kind, group in itertools.groupby(blocks, key=lambda block: (block.kind, block.kind is RawKind.ITEM)):
        raw = tuple(group)
        match kind[0]:
            case RawKind.ITEM:
                body += _lists(raw)
            case RawKind.QUOTE:
                body.append(Quote(paragraphs=tuple(block.text for block in raw)))
            case RawKind.TABLE:
                body += [Table(header=block.rows[0], rows=block.rows[1:]) for block in raw if block.rows]
            case RawKind.HEADING | RawKind.TITLE:
                body += [Heading(level=min(max(block.level, 2), 4), text=_one_line(block.text)) for block in raw]
            case RawKind.TEXT:
                body += [_text(block.text) for block in raw]
    return tuple(body)


def _one_line(text: Inlines) -> Inlines:
    return merge(replace(run, text=run.text.replace("\n", " ")) for run in text)


def _text(text: Inlines) -> Block:
    """Return a paragraph, or a quotation where the whole paragraph is one."""
    words = plain(text)
    pairs = {"„": "“”", "«": "»", "“": "”", "»": "«"}
    closing = pairs.get(words[:1])
    if closing and words[-1:] in closing and not any(mark in words[1:-1] for mark in (*closing, words[0])):
        return Quote(paragraphs=(text,))
    return Paragraph(text=text)


def _lists(raw: tuple[RawBlock, ...]) -> list[BulletList]:
    """Return nested lists from a row of items; a change between bullets and numbers begins a new list."""
    lists: list[BulletList] = []
    for ordered, group in itertools.groupby(_nested(raw), key=lambda pair: pair[1]):
        lists.append(BulletList(items=tuple(item for item, _ in group), ordered=ordered))
    return lists


def _nested(raw: tuple[RawBlock, ...]) -> Iterator[tuple[ListItem, bool]]:
    index = 0
    while index < len(raw):
        head = raw[index]
        end = index + 1
        while end < len(raw) and min(raw[end].level, MAX_LEVEL) > min(head.level, MAX_LEVEL):
            end += 1
        below = tuple(_lists(raw[index + 1 : end]))
        yield ListItem(text=head.text, sublists=below), head.ordered
        index = end
