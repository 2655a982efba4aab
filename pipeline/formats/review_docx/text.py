"""Texts in a cell: runs with their formatting, links and flagged passages."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from pipeline.formats.docx_xml import element, language_tag, run, value
from pipeline.formats.inline_markdown import SAFE_LINK
from pipeline.formats.review_docx.styles import FLAGGED, Look
from pipeline.model.inline import Inlines, Run, cut, plain
from pipeline.model.issue import Span

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement


def paragraph(look: Look, *content: "BaseOxmlElement", keep: bool = False) -> "BaseOxmlElement":
    """Return a paragraph of one look; `keep` holds it on one page with what follows."""
    properties = element("w:pPr", value("w:pStyle", look.identifier))
    if keep:
        properties.append(element("w:keepNext"))
    return element("w:p", properties, *content)


def shading(colour: str) -> "BaseOxmlElement":
    """Return the ground of a cell or of characters."""
    return element("w:shd", attributes={"w:val": "clear", "w:color": "auto", "w:fill": colour})


def said(
    text: str, look: Look | None = None, lang: str | None = None, *, ground: str | None = None
) -> "BaseOxmlElement":
    """Return a run.

    Args:
        text: its words.
        look: a character style.
        lang: tag of its language, where it is not the paragraph's.
        ground: colour behind it.
    """
    properties = [value("w:rStyle", look.identifier)] if look else []
    if ground:
        properties.append(shading(ground))
    if lang:
        properties.append(value("w:lang", language_tag(lang)))
    return run(text, *properties)


def runs(document: "Document", text: Inlines, flagged: Sequence[Span] = ()) -> "Iterator[BaseOxmlElement]":
    """Yield `text` as runs and links, the passages in `flagged` on another ground."""
    for href, group in groupby(_pieces(text, flagged), key=lambda piece: piece[0].href):
        linked = href is not None and bool(SAFE_LINK.match(href))
        made = [_run(part, on, linked=linked) for part, on in group]
        if href is None or not linked:
            yield from made
            continue
        from docx.opc.constants import RELATIONSHIP_TYPE

        relation = document.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        yield element("w:hyperlink", *made, attributes={"r:id": relation, "w:history": "1"})


def _pieces(text: Inlines, flagged: Sequence[Span]) -> Iterator[tuple[Run, bool]]:
    """Yield the runs of `text`, cut where a flagged passage begins or ends, each with whether it is flagged."""
    length = len(plain(text))
    edges = sorted({0, length, *(min(edge, length) for span in flagged for edge in (span.start, span.end))})
    for start, end in pairwise(edges):
        on = any(span.start <= start and end <= span.end for span in flagged)
        for part in cut(text, start, end):
            yield part, on


def _run(part: Run, flagged: bool, *, linked: bool) -> "BaseOxmlElement":
    properties = []
    if part.code or linked:
        properties.append(value("w:rStyle", (Look.CODE if part.code else Look.LINK).identifier))
    properties += [element(tag) for tag, on in (("w:b", part.bold), ("w:i", part.italic)) if on]
    if part.code or (part.href is not None and "." in part.text and part.text in part.href):
        properties.append(element("w:noProof"))  # neither program text nor an address is spelt
    if flagged:
        properties.append(shading(FLAGGED))
    if part.lang is not None:
        properties.append(value("w:lang", language_tag(part.lang)))
    return run(part.text, *properties)
