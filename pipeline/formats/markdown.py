"""`source.md`: front matter and CommonMark to a release, and back.

A release has headings from level 2 (the title is in the front matter), paragraphs, quotations, lists, tables and
pictures. Anything else CommonMark knows is refused with its line, so that nothing is lost on the way to Word.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pipeline.errors import FormatError
from pipeline.formats.front_matter import dump_front_matter, parse_front_matter, with_revision
from pipeline.formats.inline_markdown import UnsupportedInlineError, dump_inline, parser, runs_of
from pipeline.model.inline import Inlines
from pipeline.model.release import (
    Block,
    BulletList,
    Figure,
    Heading,
    ListItem,
    Paragraph,
    Quote,
    Release,
    Revision,
    Table,
)

if TYPE_CHECKING:
    from markdown_it.token import Token

MAX_CHARACTERS = 2_000_000
HEADING_LEVELS = range(2, 5)
MAX_LIST_DEPTH = 4

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def parse(text: str, *, language: str, path: Path | str | None = None) -> Release:
    """Return the release written in `text`.

    Args:
        text: the whole file.
        language: the source language of the workspace.
        path: the file, for errors.

    Raises:
        FormatError: no front matter, a bad key or value, or Markdown that a release does not have; with its line.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > MAX_CHARACTERS:
        raise FormatError(f"is longer than {MAX_CHARACTERS:,} characters; a press release is not", path=path)
    match = _FRONT_MATTER.match(text)
    if match is None:
        message = "must begin with front matter between two lines of “---”"
        raise FormatError(message, path=path, line=1)
    release = parse_front_matter(match[1], language=language, path=path, first_line=2)
    first_line = text.count("\n", 0, match.end()) + 1
    return replace(release, blocks=parse_blocks(text[match.end() :], path=path, first_line=first_line))


def parse_blocks(text: str, *, path: Path | str | None = None, first_line: int = 1) -> tuple[Block, ...]:
    """Return the blocks of a CommonMark text without front matter; errors as in `parse`."""
    return _Builder(parser().parse(text), path, first_line).blocks()


def revised(text: str, revision: Revision, *, language: str) -> str:
    """Return a `source.md` that says of itself to be another version; nothing else in it changes.

    Args:
        text: a file that `parse` reads.
        revision: what it shall say.
        language: the source language of the workspace.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    match = _FRONT_MATTER.match(text)
    if match is None:
        raise FormatError("must begin with front matter between two lines of “---”", line=1)
    return text[: match.start(1)] + with_revision(match[1], revision, language) + text[match.end(1) :]


def dump(release: Release) -> str:
    """Return the text of a `source.md` that `parse` reads back to an equal release."""
    blocks: list[str] = []
    other_mark = False
    for before, block in zip((None, *release.blocks), release.blocks, strict=False):
        # CommonMark joins neighbouring lists unless their marks differ.
        other_mark = isinstance(before, BulletList) and isinstance(block, BulletList) and not other_mark
        blocks.append(_dump_list(block, other_mark) if isinstance(block, BulletList) else _dump_block(block))
    return f"---\n{dump_front_matter(release)}---\n" + "".join(f"\n{block}\n" for block in blocks)


class _Builder:
    """Builds blocks from the flat token list, which opens and closes like brackets."""

    def __init__(self, tokens: "Sequence[Token]", path: Path | str | None, first_line: int) -> None:
        self.tokens = tokens
        self.position = 0
        self.path = path
        self.first_line = first_line

    def blocks(self) -> tuple[Block, ...]:
        found: list[Block] = []
        while self.position < len(self.tokens):
            found.append(self._block())
        return tuple(found)

    def _block(self) -> Block:
        token = self._next()
        match token.type:
            case "heading_open":
                return self._heading(token)
            case "paragraph_open":
                return self._paragraph()
            case "blockquote_open":
                return Quote(paragraphs=tuple(self._texts_until("blockquote_close", "a quotation")))
            case "bullet_list_open" | "ordered_list_open":
                return self._list(token, depth=1)
            case "table_open":
                return self._table()
            case "hr":
                raise self._error(token, "a horizontal rule has no place in a release; delete this line")
            case _:
                raise self._error(token, f"“{token.type}” has no place in a release")

    def _heading(self, token: "Token") -> Heading:
        level = int(token.tag[1:])
        if level not in HEADING_LEVELS:
            message = "headings in the text begin with ## to ####; the title belongs into the front matter"
            raise self._error(token, message)
        text = self._inline(self._next())
        self._next()
        return Heading(level=level, text=text)

    def _paragraph(self) -> Paragraph | Figure:
        token = self._next()
        self._next()
        children = token.children or []
        if len(children) == 1 and children[0].type == "image":
            return Figure(file=unquote(str(children[0].attrs["src"])).removeprefix("media/"))
        return Paragraph(text=self._inline(token))

    def _texts_until(self, end: str, where: str) -> Iterable[Inlines]:
        while (token := self._next()).type != end:
            if token.type != "paragraph_open":
                raise self._error(token, f"{where} holds paragraphs only")
            yield self._inline(self._next())
            self._next()

    def _list(self, opening: "Token", depth: int) -> BulletList:
        if depth > MAX_LIST_DEPTH:
            raise self._error(opening, f"lists go at most {MAX_LIST_DEPTH} levels deep")
        ordered = opening.type == "ordered_list_open"
        items: list[ListItem] = []
        while (token := self._next()).type == "list_item_open":
            items.append(self._item(token, depth))
        return BulletList(items=tuple(items), ordered=ordered)

    def _item(self, opening: "Token", depth: int) -> ListItem:
        text: Inlines = ()
        sublists: list[BulletList] = []
        while (token := self._next()).type != "list_item_close":
            if token.type == "paragraph_open" and not text and not sublists:
                text = self._inline(self._next())
                self._next()
            elif token.type in {"bullet_list_open", "ordered_list_open"}:
                sublists.append(self._list(token, depth + 1))
            else:
                raise self._error(token, "an item of a list holds one paragraph and lists below it")
        if not text:
            raise self._error(opening, "an item of this list is empty; delete its mark or write its text")
        return ListItem(text=text, sublists=tuple(sublists))

    def _table(self) -> Table:
        rows: list[list[Inlines]] = []
        while (token := self._next()).type != "table_close":
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(self._inline(token))
        return Table(header=tuple(rows[0]), rows=tuple(tuple(row) for row in rows[1:]))

    def _inline(self, token: "Token") -> Inlines:
        try:
            return runs_of(token.children or [])
        except UnsupportedInlineError as error:
            raise self._error(token, str(error)) from None

    def _next(self) -> "Token":
        token = self.tokens[self.position]
        self.position += 1
        return token

    def _error(self, token: "Token", message: str) -> FormatError:
        line = self.first_line + token.map[0] if token.map else None
        return FormatError(message, path=self.path, line=line)


def _dump_block(block: Heading | Paragraph | Quote | Table | Figure) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {_paragraph(block.text)}"
        case Paragraph():
            return _paragraph(block.text)
        case Quote():
            body = "\n\n".join(_paragraph(part) for part in block.paragraphs)
            return re.sub(r"^", "> ", body, flags=re.MULTILINE).replace("> \n", ">\n")
        case Table():
            return _dump_table(block)
        case Figure():
            return f"![](<media/{block.file}>)" if re.search(r"[\s()]", block.file) else f"![](media/{block.file})"


def _paragraph(text: Inlines) -> str:
    """Return a paragraph whose lines cannot be taken for headings, lists, quotations, rules or tables."""
    lines = dump_inline(text).split("\n")
    return "\n".join(re.sub(r"^( *)(?:(\d{1,9})(?=[.)])|(?=[#>+=~|:-]))", r"\1\2\\", line) for line in lines)


def _dump_list(block: BulletList, other_mark: bool = False) -> str:
    lines: list[str] = []
    for number, item in enumerate(block.items, 1):
        mark = (f"{number}) " if other_mark else f"{number}. ") if block.ordered else ("* " if other_mark else "- ")
        sublists = (_dump_list(sub, bool(index % 2)) for index, sub in enumerate(item.sublists))
        body = "\n".join([_paragraph(item.text), *sublists])
        lines.append(mark + body.replace("\n", "\n" + " " * len(mark)))
    return "\n".join(lines)


def _dump_table(block: Table) -> str:
    rows = [[_cell(cell) for cell in row] for row in (block.header, *block.rows)]
    rule = ["---"] * len(block.header)
    return "\n".join(f"| {' | '.join(row)} |" for row in (rows[0], rule, *rows[1:]))


def _cell(text: Inlines) -> str:
    # A table cell is one line of Markdown; a hard break in it can only become a blank.
    return dump_inline(tuple(replace(run, text=run.text.replace("\n", " ")) for run in text)).replace("|", "\\|")
