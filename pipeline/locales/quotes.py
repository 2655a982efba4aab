"""Quotation marks: any style in, the language's own style out, inner ones told from outer ones by nesting.

State is kept over the whole text: a quotation may go over several paragraphs. A closing mark without its opening
one is taken to close a quotation that began before the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from pipeline.locales.typography import PARAGRAPH_BREAK, Find, Substitution

_OPENERS = {"„": '“”"', "“": "”", "«": "»", "»": "«", "‚": "‘’", "‹": "›", '"': '"', "”": "”"}
"""Marks that can open, each with those that can close what it opened (German „“ and ‚‘, English “”, book »«)."""

_ALWAYS_OPEN = "„«‚‹"
_BOTH = '“"'
"""Marks that open in one style and close in another: their neighbours decide."""

_MARK = re.compile('[„“”"«»‚‘’‹›]')
_PARAGRAPH = re.compile(f"[^{PARAGRAPH_BREAK}]+")
_BEFORE_OPENING = "([{–—-/"


class _Role(Enum):
    """What a quotation mark does."""

    OPENS = "opens"
    CLOSES = "closes"
    STRAY = "stray"
    """Closes what nobody opened in this paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteStyle:
    """A language's marks, as opening and closing pairs."""

    outer: tuple[str, str]
    inner: tuple[str, str]


def quotes(style: QuoteStyle) -> Find:
    """Return the finder of all quotation marks that are not in `style`."""

    def find(text: str) -> Iterator[Substitution]:
        paragraphs = [(match.start(), match.end()) for match in _PARAGRAPH.finditer(text)]
        depths = _depths([_balance(text, start, end) for start, end in paragraphs])
        for (start, end), depth in zip(paragraphs, depths, strict=True):
            yield from _in_paragraph(text, start, end, depth, style)

    return find


def _in_paragraph(text: str, start: int, end: int, depth: int, style: QuoteStyle) -> Iterator[Substitution]:
    """Yield the marks of a paragraph in which `depth` quotations of earlier ones are still open."""
    for offset, role, level in _marks(text, start, end):
        if role is _Role.STRAY or (role is _Role.OPENS and offset == start):
            # A quotation that goes on in a new paragraph may repeat its opening mark there.
            depth = 0
        pair = style.inner if depth + level else style.outer
        yield offset, offset + 1, pair[0] if role is _Role.OPENS else pair[1]


def _marks(text: str, start: int, end: int) -> Iterator[tuple[int, _Role, int]]:
    """Yield each quotation mark of a paragraph: where, what it does, and how many are open around it."""
    opened: list[str] = []
    for match in _MARK.finditer(text, start, end):
        offset, mark = match.start(), match[0]
        if _is_apostrophe(text, offset, opened):
            continue
        if opened and mark in _OPENERS[opened[-1]] and not (mark in _BOTH and _begins(text, offset, mark)):
            opened.pop()
            yield offset, _Role.CLOSES, len(opened)
        elif mark in _ALWAYS_OPEN or (mark in _OPENERS and _begins(text, offset, mark)):
            yield offset, _Role.OPENS, len(opened)
            opened.append(mark)
        elif mark not in "‘’›":
            yield offset, _Role.STRAY, 0


def _balance(text: str, start: int, end: int) -> int:
    """Return 1 for a paragraph that leaves a quotation open, -1 for one that closes an earlier one, else 0."""
    level = 0
    for _, role, around in _marks(text, start, end):
        if role is _Role.STRAY and not level:
            return -1
        level = around + (role is _Role.OPENS)
    return 1 if level else 0


def _depths(balances: list[int]) -> list[int]:
    """Return for each paragraph how many quotations are open where it begins, 0 or 1.

    A quotation goes on only up to a paragraph that closes it: a mark that somebody forgot changes nothing behind.
    """
    depths = [0] * len(balances)
    open_since: int | None = None
    for index, balance in enumerate(balances):
        if balance < 0 and open_since is not None:
            depths[open_since + 1 : index + 1] = [1] * (index - open_since)
            open_since = None
        elif balance > 0:
            open_since = index
    return depths


def _begins(text: str, offset: int, mark: str) -> bool:
    """Return whether a mark that could open or close stands where one opens."""
    if mark in _ALWAYS_OPEN:
        return True
    before, after = text[offset - 1 : offset], text[offset + 1 : offset + 2]
    opens = not before or before.isspace() or before in _BEFORE_OPENING or before in _ALWAYS_OPEN
    return opens and bool(after) and not after.isspace()


def _is_apostrophe(text: str, offset: int, opened: list[str]) -> bool:
    """Return whether a single closing mark is an apostrophe: inside a word, or with nothing to close."""
    if text[offset] not in "‘’":
        return False
    between = text[offset - 1 : offset].isalnum() and text[offset + 1 : offset + 2].isalnum()
    return between or not opened or opened[-1] != "‚"
