"""A web page to raw blocks: the article, as trafilatura finds it; what lies around it is named line by line.

The extractor only says which text belongs to the article. The blocks come from the page itself, so that languages,
emphasis and links are those of the page.
"""

import contextlib
import logging
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.errors import FormatError
from pipeline.formats.html_blocks import read_blocks
from pipeline.formats.inline_markdown import SAFE_LINK
from pipeline.model.inline import plain
from pipeline.model.intake import RawBlock, RawContent, RawKind, Removal

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_ELEMENTS = 50_000
MAX_FOR_EXTRACTOR = 20_000
"""The extractor takes time that grows faster than the page; larger pages are taken whole."""

_HIDDEN_BLOCKS = ("nav", "form", "button", "select", "option", "noscript", "iframe", "object")
"""What is never part of a text, and yet shows words to a reader of the page."""

_FEW_WORDS = 4
"""A line of fewer words is part of the article only as a line of its own, not as words in another line."""


def read_web_page(text: str, name: str) -> RawContent:
    """Return the article on a web page. Nothing that the page points at is fetched; scripts never run.

    Args:
        text: the page.
        name: what the user calls it, for errors.

    Raises:
        FormatError: the page holds no text, is nested without end, or has more elements than any article.
    """
    page = parse_html(text, name)
    blocks = read_blocks(page)
    if not blocks:
        raise FormatError("shows no text", path=name)
    notes: list[str] = []
    kept = _article(text, page, blocks)
    if not kept:
        kept = blocks
        notes.append("no article was found on the page, so all of it was taken; delete what does not belong")
    notes += _links_left_out(page, kept)
    return RawContent(blocks=kept, removed=tuple(_left_out(page, kept)), notes=tuple(notes))


def parse_html(text: str, name: str) -> "_Element":
    """Return the root of an HTML page; entities of the page's own are not expanded.

    Raises:
        FormatError: nothing can be read, or there are too many elements, or one within the other without end.
    """
    from lxml import etree, html

    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    with contextlib.suppress(etree.ParserError, etree.XMLSyntaxError, ValueError):
        # An encoding declaration inside text that is decoded already confuses the parser.
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), parser=parser)
        if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
            message = "has elements nested without end; open it in a browser, copy the text and import that"
            raise FormatError(message, path=name)
        if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
            raise FormatError(f"has more than {MAX_ELEMENTS:,} elements; a press release has not", path=name)
        return root
    raise FormatError("cannot be read as a web page", path=name)


def _article(text: str, page: "_Element", blocks: tuple[RawBlock, ...]) -> tuple[RawBlock, ...]:
    """Return those of `blocks` that the extractor takes for the article; none where it finds none."""
    if sum(1 for _ in page.iter()) > MAX_FOR_EXTRACTOR:
        return ()
    from trafilatura import extract

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it quotes the page in its warnings
    found = extract(text, output_format="txt", include_comments=False, include_tables=True, favor_recall=True)
    lines = {_bare(line) for line in (found or "").splitlines()}
    words = f" {_bare(found or '')} "
    inside = [_belongs(block, lines, words) for block in blocks]
    if not any(block.kind is RawKind.TEXT and belongs for block, belongs in zip(blocks, inside, strict=True)):
        return ()
    inside[_headline(blocks, inside)] = True
    return tuple(block for block, belongs in zip(blocks, inside, strict=True) if belongs)


def _belongs(block: RawBlock, lines: set[str], words: str) -> bool:
    bare = _bare(" ".join(_texts(block)))
    return bare in lines or (bare.count(" ") >= _FEW_WORDS - 1 and f" {bare} " in words)


def _headline(blocks: Sequence[RawBlock], inside: Sequence[bool]) -> int:
    """Return which block is the headline: the last first-level heading before the article's first text."""
    first = inside.index(True)
    return next((i for i in range(first, -1, -1) if blocks[i].kind is RawKind.TITLE), first)


def _left_out(page: "_Element", kept: tuple[RawBlock, ...]) -> Iterator[Removal]:
    """Yield every line that a reader of the page sees and that is not among `kept`; changes `page`."""
    for element in page.iter(*_HIDDEN_BLOCKS):
        element.tag = "div"
    there = {_bare(text) for block in kept for text in _texts(block)}
    for block in read_blocks(page):
        for text in _texts(block):
            bare = _bare(text)
            if bare and bare not in there:
                there.add(bare)
                yield Removal(text=" ".join(text.split()), reason="not part of the article", line=block.line)


def _links_left_out(page: "_Element", kept: tuple[RawBlock, ...]) -> Iterator[str]:
    """Yield a note on links in the article that lead to no address a reader of the release could open."""
    words = f" {_bare(' '.join(text for block in kept for text in _texts(block)))} "
    count = 0
    for link in page.iter("a"):
        address = str(link.get("href", "#")).strip()
        inside = f" {_bare(str(link.text_content()))} " in words
        count += inside and not address.startswith("#") and not SAFE_LINK.match(address)
    if count:
        yield f"{count} links were left out, their words kept; links begin with https://, http://, mailto: or tel:"


def _texts(block: RawBlock) -> list[str]:
    return [plain(cell) for row in block.rows for cell in row] or [plain(block.text)]


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
