"""Long words of prose may be divided, in their own language; names in capitals, addresses and short words never."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.formats.hyphenation import SOFT_HYPHEN, soft_hyphenated


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Staatskanzlei", "de", "Staats|kanzlei"),
        ("administration", "fr", "admi|nis|tra|tion"),
        ("administration", "fr-CH", "admi|nis|tra|tion"),
        ("Brücke", "de", "Brücke"),
        ("UNESCOKOMITEE", "de", "UNESCOKOMITEE"),
        ("www.staatskanzlei.example.org", "de", "www.staatskanzlei.example.org"),
        ("Staatskanzlei", "tlh", "Staatskanzlei"),
    ],
)
def test_division(text: str, language: str, expected: str) -> None:
    assert soft_hyphenated(text, language).replace(SOFT_HYPHEN, "|") == expected


@given(st.text(max_size=80))
def test_without_its_soft_hyphens_the_text_is_the_same(text: str) -> None:
    bare = text.replace(SOFT_HYPHEN, "")
    assert soft_hyphenated(bare, "de").replace(SOFT_HYPHEN, "") == bare
