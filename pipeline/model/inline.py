"""Inline text: a tuple of runs, each with its formatting.

Flat runs instead of a tree: every consumer (Markdown, HTML, Word, translation engines) walks them in one
loop, and a character offset into `plain(text)` always says which run it is in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text with one formatting. A line feed in `text` is a hard line break."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    href: str | None = None
    lang: str | None = None
    """BCP 47 tag where it differs from the language around it."""
    untranslated: bool = False
    """Only in an edition: this is source text, standing where no translation exists."""


Inlines: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextEdit:
    """Replace `plain(text)[start:end]` by `new`. Edits of one text are sorted and do not overlap."""

    start: int
    end: int
    new: str
    rule: str
    """Short name of the rule that asks for it, shown to people."""


def inlines(text: str) -> Inlines:
    """Return unformatted `text` as runs: one run, or none for an empty string."""
    return (Run(text=text),) if text else ()


def plain(text: Inlines) -> str:
    """Return the characters of `text` without formatting."""
    return "".join(run.text for run in text)


def merge(runs: Iterable[Run]) -> Inlines:
    """Return `runs` without empty ones and with neighbours of equal formatting joined."""
    merged: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if merged and replace(merged[-1], text="") == replace(run, text=""):
            merged[-1] = replace(run, text=merged[-1].text + run.text)
        else:
            merged.append(run)
    return tuple(merged)


def cut(text: Inlines, start: int, end: int) -> Inlines:
    """Return the runs of `plain(text)[start:end]`, formatting kept. Offsets are characters, as in slices."""
    pieces: list[Run] = []
    offset = 0
    for run in text:
        low, high = max(start - offset, 0), min(end - offset, len(run.text))
        if low < high:
            pieces.append(replace(run, text=run.text[low:high]))
        offset += len(run.text)
    return merge(pieces)


def apply_edits(text: Inlines, edits: Sequence[TextEdit]) -> Inlines:
    """Return `text` with `edits` made; new characters take the formatting of the character they replace.

    Args:
        text: the runs to change.
        edits: sorted, without overlap, offsets into `plain(text)`. An insertion (start == end) takes the
            formatting of the character before it, at the very start of the one after it.
    """
    pieces: list[Run] = []
    position = 0
    for edit in edits:
        pieces += cut(text, position, edit.start)
        if edit.new:
            pieces.append(replace(_run_at(text, edit), text=edit.new))
        position = edit.end
    pieces += cut(text, position, len(plain(text)))
    return merge(pieces)


def _run_at(text: Inlines, edit: TextEdit) -> Run:
    """Return the run whose formatting the new characters of `edit` take."""
    anchor = edit.start if edit.end > edit.start else max(edit.start - 1, 0)
    offset = 0
    for run in text:
        offset += len(run.text)
        if anchor < offset:
            return run
    return text[-1] if text else Run(text="")
