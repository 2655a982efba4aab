"""Texts in a cell: runs with their formatting, flagged passages, and differences between two texts."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from pipeline.formats.docx_xml import element, language_tag, run, value
from pipeline.formats.inline_markdown import SAFE_LINK
from pipeline.formats.review_docx.styles import Look
from pipeline.model.inline import Inlines, Run, cut, plain
from pipeline.model.issue import Span

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement


def paragraph(look: Look, *content: "BaseOxmlElement", keep: bool = False) -> "BaseOxmlElement":
    """Return a paragraph of one look; `keep` holds it on one page with what follows."""
    properties = element("w:pPr", value("w:pStyle", look.replace(" ", "")))
    if keep:
        properties.append(element("w:keepNext"))
    return element("w:p", properties, *content)


def said(text: str, look: Look | None = None) -> "BaseOxmlElement":
    """Return words of this program, as a run."""
    return run(text, *([value("w:rStyle", look.replace(" ", ""))] if look else []))


def runs(document: "Document", text: Inlines, flagged: Sequence[Span] = ()) -> "Iterator[BaseOxmlElement]":
    """Yield `text` as runs and links, the passages in `flagged` on another ground."""
    pieces = tuple(_pieces(text, flagged))
    for href, group in groupby(pieces, key=lambda piece: piece[0].href):
        made = [_run(part, on) for part, on in group]
        if href is None or not SAFE_LINK.match(href):
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


def _run(part: Run, flagged: bool) -> "BaseOxmlElement":
    properties = []
    if part.code or part.href is not None:
        style = Look.CODE if part.code else Look.LINK
        properties.append(value("w:rStyle", style.replace(" ", "")))
    properties += [element(tag) for tag, on in (("w:b", part.bold), ("w:i", part.italic)) if on]
    if flagged:
        ground = {"w:val": "clear", "w:color": "auto", "w:fill": "FFF0A6"}
        properties.append(element("w:shd", attributes=ground))
    if part.lang is not None:
        properties.append(value("w:lang", language_tag(part.lang)))
    return run(part.text, *properties)
