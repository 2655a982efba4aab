"""The three-way merge of one text, with its formatting: the only one, whichever way a correction came back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TypeAlias

from pipeline.model.inline import Inlines, Run, merge

MAX_TOKENS = 5_000
"""Words, marks and blanks beyond which nothing is merged: comparing takes time with their square."""

_TOKEN = re.compile(r"\w+|\s|[^\w\s]")

Token: TypeAlias = Run
"""A word, a mark or a blank, with its formatting: a changed formatting is a change like any other."""


@dataclass(frozen=True, slots=True)
class _Change:
    """The tokens `start` to `end` (exclusive) of the base say `new` now."""

    start: int
    end: int
    new: tuple[Token, ...]

    def touches(self, other: "_Change") -> bool:
        """Return whether both are about the same words, or stand side by side with nothing between them."""
        return self.start <= other.end and other.start <= self.end


def merge_texts(base: Inlines, theirs: Inlines, ours: Inlines) -> Inlines | None:
    """Return `base` with the changes of both sides, or None where they changed the same words differently.

    This is diff3 (Khanna, Kunal, Pierce: A Formal Investigation of Diff3, 2007) over words, with one rule added.

    Two changes that stand directly side by side count as one and the same place: which comes first, or whether one
    was made because of the other, only a person can tell.

    Args:
        base: the text both sides began with.
        theirs: as it came back.
        ours: as it stands here.
    """
    if theirs in (base, ours):
        return ours
    if ours == base:
        return theirs
    words, left_words, right_words = _tokens(base), _tokens(theirs), _tokens(ours)
    if max(len(words), len(left_words), len(right_words)) > MAX_TOKENS:
        return None
    left, right = _changes(words, left_words), _changes(words, right_words)
    together = {change.start: change for change in (*left, *right)}
    for change in left:
        if any(change.touches(other) and change != other for other in right):
            return None
    merged: list[Token] = []
    position = 0
    for start in sorted(together):
        merged += (*words[position:start], *together[start].new)
        position = together[start].end
    return merge((*merged, *words[position:]))


def _tokens(text: Inlines) -> tuple[Token, ...]:
    return tuple(replace(run, text=piece) for run in text for piece in _TOKEN.findall(run.text))


def _changes(base: Sequence[Token], new: Sequence[Token]) -> list[_Change]:
    """Return what differs, in order; changes with nothing but blanks between them are one."""
    changes: list[_Change] = []
    for kind, start, end, low, high in SequenceMatcher(None, base, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        between = base[changes[-1].end : start] if changes else ()
        if changes and all(token.text.isspace() for token in between):
            before = changes.pop()
            changes.append(_Change(before.start, end, (*before.new, *between, *new[low:high])))
        else:
            changes.append(_Change(start, end, tuple(new[low:high])))
    return changes
