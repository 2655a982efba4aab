"""What wording a correction put in place of which other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.locales import Locale
from pipeline.model.difference import PieceKind, word_diff
from pipeline.terms.words import Word, words

MAX_WORDS = 4
"""Words a term has at most; more than that is a rewritten passage."""
MIN_LETTERS = 3
"""Letters the longest word of a term has at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A few words that stand side by side."""

    text: str
    """As they stand there, with ordinary blanks."""
    stems: tuple[str, ...]
    """What their inflected forms have in common."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """A wording, and what a person wrote instead."""

    old: Phrase
    new: Phrase


def replacements(before: str, after: str, locale: Locale) -> Iterator[Replacement]:
    """Yield what in `before` was replaced by another word or group of words in `after`.

    Articles and prepositions around it are left aside, and so are figures, other inflections, rewritten passages.
    """
    pieces = word_diff(before, after)
    for gone, fresh in pairwise(pieces):
        if (gone.kind, fresh.kind) == (PieceKind.DELETED, PieceKind.INSERTED):
            old, new = _apart(list(words(gone.text)), list(words(fresh.text)), locale)
            old, new = _bare(old, locale), _bare(new, locale)
            if _is_term(old) and _is_term(new):
                yield Replacement(old=phrase(gone.text, old, locale), new=phrase(fresh.text, new, locale))


def phrase(text: str, tokens: Sequence[Word], locale: Locale) -> Phrase:
    """Return `tokens`, words of `text` that stand side by side, as a phrase."""
    shown = text[tokens[0].start : tokens[-1].end]
    return Phrase(text=" ".join(shown.split()), stems=tuple(locale.inflection.stem(word.text) for word in tokens))


def small_words(locale: Locale) -> frozenset[str]:
    """Return the words that no term begins or ends with, lower case: articles, prepositions, conjunctions."""
    cues = locale.cues
    return cues.function_words | cues.openers | cues.determiners


def _bare(tokens: list[Word], locale: Locale) -> list[Word]:
    """Return `tokens` from the first to the last that says something."""
    small = small_words(locale)
    telling = [index for index, word in enumerate(tokens) if word.text.lower() not in small]
    return tokens[telling[0] : telling[-1] + 1] if telling else []


def _apart(old: list[Word], new: list[Word], locale: Locale) -> tuple[list[Word], list[Word]]:
    """Return both without the words they begin or end with alike, whatever their inflection."""

    def same(one: Word, other: Word) -> bool:
        return locale.inflection.stem(one.text) == locale.inflection.stem(other.text)

    while old and new and same(old[0], new[0]):
        old, new = old[1:], new[1:]
    while old and new and same(old[-1], new[-1]):
        old, new = old[:-1], new[:-1]
    return old, new


def _is_term(tokens: Sequence[Word]) -> bool:
    letters = all(word.text.isalpha() for word in tokens)
    return letters and len(tokens) <= MAX_WORDS and max(map(_length, tokens), default=0) >= MIN_LETTERS


def _length(word: Word) -> int:
    return len(word.text)
