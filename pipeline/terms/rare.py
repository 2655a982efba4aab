"""Rare words: what no dictionary and no termbase knows is what engines most often get wrong."""

from pipeline import locales
from pipeline.terms.index import TermIndex
from pipeline.terms.words import words

_MIN_LETTERS = 5


def rare_words(text: str, tag: str, terms: TermIndex) -> int:
    """Return how many different words of a source text nobody knows.

    Args:
        text: of the source.
        tag: its language.
        terms: words found in them are known.
    """
    import simplemma

    language = tag.partition("-")[0]
    inflection = locales.get(tag).inflection
    covered = [(item.start, item.end) for item in terms.in_source(text)]
    unknown = {
        inflection.stem(word.text)
        for word in words(text)
        if len(word.text) >= _MIN_LETTERS
        and word.text.isalpha()
        and not any(start <= word.start < end for start, end in covered)
        and not simplemma.is_known(word.text, lang=language)
    }
    return len(unknown)
