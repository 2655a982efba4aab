"""A tree of HTML elements to raw blocks: the one conversion behind web pages and Word files."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.formats.inline_markdown import SAFE_LINK
from pipeline.model.inline import Inlines, Run, merge, plain
from pipeline.model.intake import RawBlock, RawKind

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_DEPTH = 200
"""Elements nested deeper than this are read as text of what they are in."""

_SKIPPED = frozenset("script style template noscript head iframe object svg form button select input nav".split())
_BLOCKS = frozenset(
    "p div section article main header footer aside ul ol li table blockquote figure h1 h2 h3 h4 h5 h6 pre hr dl dt"
    " dd figcaption address details summary body html tr td th"
    " thead tbody tfoot caption center fieldset label".split()
)
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 4, "h6": 4}


def read_blocks(root: "_Element") -> tuple[RawBlock, ...]:
    """Return the blocks below `root` in reading order; scripts, forms and navigation are left out."""
    blocks = (block for block in _blocks(root, 0) if block.rows or plain(block.text).strip())
    return tuple(replace(block, group=number) for number, block in enumerate(blocks))


def _blocks(element: "_Element", depth: int) -> Iterator[RawBlock]:
    """Yield the blocks of an element that may hold text and blocks side by side."""
    loose: list[Run] = []
    for part in _parts(element):
        if isinstance(part, str):
            loose.append(Run(text=part))
        elif _tag(part) in _SKIPPED:
            continue
        elif _tag(part) in _BLOCKS and depth < MAX_DEPTH:
            yield from _paragraph(loose, element)
            loose = []
            yield from _block(part, depth + 1)
        else:
            loose += _runs(part, Run(text=""))
    yield from _paragraph(loose, element)


def _block(element: "_Element", depth: int) -> Iterator[RawBlock]:
    tag = _tag(element)
    if tag in _HEADINGS:
        kind = RawKind.TITLE if tag == "h1" else RawKind.HEADING
        yield RawBlock(kind=kind, level=_HEADINGS[tag], text=_inlines(element), line=element.sourceline)
    elif tag in {"ul", "ol"}:
        yield from _items(element, 0, depth)
    elif tag == "table" and _is_data(element):
        for caption in element.iter("caption"):
            yield from _blocks(caption, depth)
        yield _table(element)
    elif tag == "blockquote":
        for block in _blocks(element, depth):
            yield replace(block, kind=RawKind.QUOTE) if block.kind is not RawKind.TABLE else block
    else:
        yield from _blocks(element, depth)


def _paragraph(runs: list[Run], parent: "_Element") -> Iterator[RawBlock]:
    for text in _lines(_tidy(runs)):
        if plain(text).strip():
            yield RawBlock(kind=RawKind.TEXT, text=text, line=parent.sourceline)


def _items(element: "_Element", level: int, depth: int) -> Iterator[RawBlock]:
    for item in element:
        if not isinstance(item.tag, str):
            continue
        own: list[Run] = []
        below: list[_Element] = []
        for part in _parts(item):
            if isinstance(part, str):
                own.append(Run(text=part))
            elif _tag(part) in {"ul", "ol"} and depth < MAX_DEPTH:
                below.append(part)
            elif _tag(part) not in _SKIPPED:
                own += (
                    [*_runs(part, Run(text="")), Run(text=" ")]
                    if _tag(part) in _BLOCKS
                    else _runs(part, Run(text=""))
                )
        ordered = _tag(element) == "ol"
        yield RawBlock(kind=RawKind.ITEM, level=level, ordered=ordered, text=_tidy(own), line=item.sourceline)
        for sublist in below:
            yield from _items(sublist, level + 1, depth + 1)


def _table(element: "_Element") -> RawBlock:
    rows = [
        tuple(_inlines(cell) for cell in row if isinstance(cell.tag, str) and _tag(cell) in {"td", "th"})
        for row in element.iter("tr")
    ]
    width = max(map(len, rows), default=0)
    filled = tuple((*row, *((),) * (width - len(row))) for row in rows if any(map(plain, row)))
    return RawBlock(kind=RawKind.TABLE, rows=filled, line=element.sourceline)


def _is_data(table: "_Element") -> bool:
    """Return whether a table holds data: one column, or tables inside, only lay out a page or a letterhead."""
    widths = [sum(_tag(cell) in {"td", "th"} for cell in row) for row in table.iter("tr")]
    return max(widths, default=0) > 1 and sum(1 for _ in table.iter("table")) == 1


def _parts(element: "_Element") -> "Iterator[_Element | str]":
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str):
            yield child
        if child.tail:
            yield child.tail


def _inlines(element: "_Element") -> Inlines:
    return _tidy(_runs(element, Run(text="")))


def _runs(element: "_Element", like: Run) -> list[Run]:
    """Return the runs of an element and all below it, without recursion, so that no nesting is too deep."""
    runs: list[Run] = []
    stack: list[tuple[_Element | str, Run]] = [(element, like)]
    while stack:
        part, form = stack.pop()
        if isinstance(part, str):
            runs.append(replace(form, text=part))
        elif _tag(part) == "br":
            runs.append(replace(form, text="\x00"))
        elif _tag(part) not in _SKIPPED:
            inner = _formatted(part, form)
            stack += reversed([(child, inner) for child in _parts(part)])
    return runs


def _formatted(element: "_Element", like: Run) -> Run:
    match _tag(element):
        case "strong" | "b":
            like = replace(like, bold=True)
        case "em" | "i" | "cite":
            like = replace(like, italic=True)
        case "a":
            href = (element.get("href") or "").strip()
            like = replace(like, href=href if SAFE_LINK.match(href) else None)
    lang = element.get("lang")
    return replace(like, lang=lang) if lang and re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", lang) else like


def _tidy(runs: list[Run]) -> Inlines:
    """Return runs with white space folded as a browser does; NUL, which stood for a break, becomes one."""
    tidy: list[Run] = []
    blank = True
    for run in runs:
        text = re.sub(r"[ \t\r\n\f]+", " ", run.text)
        text = re.sub(r" ?\x00 ?", "\n", text)
        if blank:
            text = text.lstrip(" ")
        if text:
            blank = text.endswith((" ", "\n"))
            tidy.append(replace(run, text=text))
    if tidy:
        tidy[-1] = replace(tidy[-1], text=tidy[-1].text.rstrip(" \n"))
    return merge(tidy)


def _lines(text: Inlines) -> Iterator[Inlines]:
    """Yield the paragraphs of a text in which two breaks in a row part them."""
    lines: list[Run] = []
    for run in text:
        first, *others = re.split(r"\n{2,}", run.text)
        lines.append(replace(run, text=first))
        for other in others:
            yield merge(lines)
            lines = [replace(run, text=other)]
    yield merge(lines)


def _tag(element: "_Element") -> str:
    return element.tag.lower() if isinstance(element.tag, str) else ""
