"""Cutting a passage into what a model takes: sentences, none too long, and around them what is left as it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.engines.deep_translator import split_text
from pipeline.engines.guard import has_letters
from pipeline.locales import Locale

Count = Callable[[str], int]
"""Counts the tokens of a text."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a passage; all of them together are the passage."""

    text: str
    translate: bool
    """False for white space, figures and signs, which stay as they are."""


def cut(text: str, locale: Locale, *, count: Count, limit: int, abbreviations: frozenset[str]) -> tuple[Piece, ...]:
    """Return `text` as sentences and the white space around them.

    Args:
        text: a passage.
        locale: of its language.
        count: how long a text is to the model.
        limit: longer sentences are cut between words, behind a semicolon or colon where there is one.
        abbreviations: the office's own.

    Raises:
        TranslationError: a single word is longer than `limit`.
    """
    pieces: list[Piece] = []
    done = 0
    for start, end in locale.sentences(text, abbreviations):
        if start > done:
            pieces.append(Piece(text[done:start], translate=False))
        pieces += _shortened(text[start:end], count, limit)
        done = end
    if done < len(text):
        pieces.append(Piece(text[done:], translate=False))
    return tuple(pieces)


def _shortened(text: str, count: Count, limit: int) -> Iterator[Piece]:
    tokens = count(text)
    if tokens <= limit or not has_letters(text):
        yield Piece(text, translate=has_letters(text))
        return
    for part in split_text(text, max(len(text) * limit // tokens, 1)):
        if part:
            yield from _shortened(part, count, limit)
