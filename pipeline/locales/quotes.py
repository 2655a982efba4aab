"""Quotation marks: any style in, the language's own style out, inner ones told from outer ones by nesting.

State is kept over one text. A closing mark without its opening one is taken to close a quotation that began before
the text, as happens when a quotation goes over several sentences.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.locales.typography import Find, Substitution

_OPENERS = {"„": '“”"', "“": "”", "«": "»", "»": "«", "‚": "‘’", "‹": "›", '"': '"', "”": "”"}
"""Marks that can open, each with those that can close what it opened (German „“ and ‚‘, English “”, book »«)."""

_ALWAYS_OPEN = "„«‚‹"
_BOTH = '“"'
"""Marks that open in one style and close in another: their neighbours decide."""

_MARKS = '„“”"«»‚‘’‹›'
_BEFORE_OPENING = "([{–—-/"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteStyle:
    """A language's marks, as opening and closing pairs."""

    outer: tuple[str, str]
    inner: tuple[str, str]


def quotes(style: QuoteStyle) -> Find:
    """Return the finder of all quotation marks that are not in `style`."""

    def find(text: str) -> Iterator[Substitution]:
        opened: list[str] = []
        for offset, mark in enumerate(text):
            if mark not in _MARKS or _is_apostrophe(text, offset, opened):
                continue
            if opened and mark in _OPENERS[opened[-1]] and not (mark in _BOTH and _begins(text, offset, mark)):
                opened.pop()
                yield offset, offset + 1, _pair(style, len(opened))[1]
            elif mark in _ALWAYS_OPEN or (mark in _OPENERS and _begins(text, offset, mark)):
                yield offset, offset + 1, _pair(style, len(opened))[0]
                opened.append(mark)
            elif mark not in "‘’›":
                yield offset, offset + 1, _pair(style, 0)[1]

    return find


def _pair(style: QuoteStyle, depth: int) -> tuple[str, str]:
    return style.inner if depth else style.outer


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
