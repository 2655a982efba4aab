"""Markdown without front matter to raw blocks, so that it is imported like any other text."""

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.errors import FormatError
from pipeline.formats.markdown import MAX_CHARACTERS, parse_blocks
from pipeline.model.intake import RawBlock, RawContent, RawKind
from pipeline.model.release import Block, BulletList, Figure, Heading, Paragraph, Quote, Table


def read_markdown(text: str, name: str) -> RawContent:
    """Return the blocks of a Markdown text; a first heading `# …` is its title.

    Raises:
        FormatError: it holds nothing, or something that a release does not have; with its line.
    """
    if len(text) > MAX_CHARACTERS:
        raise FormatError(f"is longer than {MAX_CHARACTERS:,} characters; a press release is not", path=name)
    title = re.match(r"\s*#[ \t]+(.+)\n?", text)
    body = text[title.end() :] if title else text
    first_line = text.count("\n", 0, title.end()) + 1 if title else 1
    blocks = [raw for block in parse_blocks(body, path=name, first_line=first_line) for raw in _raw(block)]
    if title:
        head = parse_blocks(title[1])
        words = head[0].text if head and isinstance(head[0], Paragraph) else ()
        blocks.insert(0, RawBlock(kind=RawKind.TITLE, text=words))
    if not blocks:
        raise FormatError("is empty", path=name)
    notes = ("pictures were left out; put them into the release's media folder",) if "![" in text else ()
    return RawContent(blocks=tuple(replace(raw, group=number) for number, raw in enumerate(blocks)), notes=notes)


def _raw(block: Block) -> Iterator[RawBlock]:
    match block:
        case Heading():
            yield RawBlock(kind=RawKind.HEADING, level=block.level, text=block.text)
        case Paragraph():
            yield RawBlock(kind=RawKind.TEXT, text=block.text)
        case Quote():
            yield from (RawBlock(kind=RawKind.QUOTE, text=part) for part in block.paragraphs)
        case BulletList():
            yield from _items(block, 0)
        case Table():
            yield RawBlock(kind=RawKind.TABLE, rows=(block.header, *block.rows))
        case Figure():
            return


def _items(block: BulletList, level: int) -> Iterator[RawBlock]:
    for item in block.items:
        yield RawBlock(kind=RawKind.ITEM, level=level, ordered=block.ordered, text=item.text)
        for sublist in item.sublists:
            yield from _items(sublist, level + 1)
