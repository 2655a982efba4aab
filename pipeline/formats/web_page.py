"""A web page to raw blocks: the article by trafilatura; what it leaves out is named line by line."""

import contextlib
import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.errors import FormatError
from pipeline.formats.html_blocks import read_blocks
from pipeline.model.inline import plain
from pipeline.model.intake import RawBlock, RawContent, Removal

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_ELEMENTS = 200_000


def read_web_page(text: str, name: str) -> RawContent:
    """Return the article on a web page. Nothing that the page points at is fetched; scripts never run.

    Args:
        text: the page.
        name: what the user calls it, for errors.

    Raises:
        FormatError: the page holds no text, or more elements than any article.
    """
    page = parse_html(text, name)
    article = _article(text)
    notes: tuple[str, ...] = ()
    blocks = read_blocks(article) if article is not None else ()
    if not blocks:
        blocks = read_blocks(page)
        notes = ("no article was found on the page, so all of it was taken; delete what does not belong",)
    if not blocks:
        raise FormatError("shows no text", path=name)
    return RawContent(blocks=blocks, removed=tuple(_left_out(page, blocks)), notes=notes)


def parse_html(text: str, name: str) -> "_Element":
    """Return the root of an HTML page; entities of the page's own are not expanded.

    Raises:
        FormatError: nothing can be read, or there are too many elements.
    """
    from lxml import etree, html

    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    with contextlib.suppress(etree.ParserError, etree.XMLSyntaxError, ValueError):
        # An encoding declaration inside text that is decoded already confuses the parser.
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), parser=parser)
        if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
            raise FormatError(f"has more than {MAX_ELEMENTS:,} elements; a press release has not", path=name)
        return root
    raise FormatError("cannot be read as a web page", path=name)


def _article(text: str) -> "_Element | None":
    """Return the article as the extractor sees it, or None where it sees none."""
    from lxml import html
    from trafilatura import extract

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it quotes the page in its warnings
    found = extract(
        text,
        output_format="html",
        include_formatting=True,
        include_links=True,
        include_tables=True,
        include_images=False,
        include_comments=False,
        favor_recall=True,
    )
    return html.document_fromstring(found) if found else None


def _left_out(page: "_Element", kept: tuple[RawBlock, ...]) -> Iterator[Removal]:
    """Yield every line that a reader of the page sees and that is not among `kept`."""
    words = " ".join(_bare(text) for block in kept for text in _texts(block))
    seen: set[str] = set()
    for block in read_blocks(page):
        for text in _texts(block):
            bare = _bare(text)
            if bare and bare not in words and bare not in seen:
                seen.add(bare)
                yield Removal(text=" ".join(text.split()), reason="not part of the article")


def _texts(block: RawBlock) -> list[str]:
    return [plain(cell) for row in block.rows for cell in row] or [plain(block.text)]


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
