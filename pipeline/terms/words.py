"""The words of a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WORD = re.compile(r"(?<!@)(?<!\w\.)(?<![^\W_])[^\W_]+(?![^\W_])(?:\+(?=\W|$))?(?!\.\w)(?!@)")
"""A word; hyphens and apostrophes part words, the parts of addresses are none. A plus sign at the end belongs to a
name (`Grenznetz+`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word at characters `start` to `end` (exclusive)."""

    text: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """Yield the words of `text` in order."""
    for match in _WORD.finditer(text):
        yield Word(text=match[0], start=match.start(), end=match.end())
