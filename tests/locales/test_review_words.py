"""The words around a review document, as the office's own paper would have them."""

from collections.abc import Iterator, Mapping
from dataclasses import fields

import pytest

from pipeline import locales
from pipeline.checks.registry import CHECKS
from pipeline.locales.review_words import ReviewWords, review_words
from pipeline.model.texts import TextKind

TAGS = ["de", "fr"]


def every_text(words: ReviewWords) -> Iterator[str]:
    for field in fields(words):
        value = getattr(words, field.name)
        if isinstance(value, Mapping):
            yield from (text for text in value.values() if text.strip())
        elif isinstance(value, tuple):
            yield from value
        elif field.name != "colon":
            yield value


@pytest.mark.parametrize("tag", TAGS)
def test_they_follow_the_typography_of_their_language(tag: str) -> None:
    locale = locales.get(tag)
    for text in every_text(review_words(tag)):
        assert not locale.typography(text), text


@pytest.mark.parametrize("tag", TAGS)
def test_there_are_words_for_every_check_and_no_other(tag: str) -> None:
    words = review_words(tag)
    names = {check.name for check in CHECKS}
    assert set(words.checks) == names
    assert set(words.advice) <= names
    assert set(words.kinds) <= set(TextKind)


@pytest.mark.parametrize("tag", TAGS)
def test_they_are_filled_in_where_something_belongs(tag: str) -> None:
    words = review_words(tag)
    for text, names in (
        (words.made, {"office", "day"}),
        (words.drafted_by, {"makers"}),
        (words.from_memory, {"score"}),
        (words.comment, {"person"}),
        (words.quoted, {"text"}),
        (" ".join(words.how), {"target"}),
    ):
        filled = text.format(**{name: f"<{name}>" for name in names})
        assert all(f"<{name}>" in filled for name in names)


def test_a_region_has_the_words_of_its_language() -> None:
    assert review_words("fr-CH") is review_words("fr")


def test_a_language_has_a_name_or_goes_by_its_tag() -> None:
    assert review_words("fr").language("de-AT") == "Allemand"
    assert review_words("de").language("pl") == "pl"
