"""Words are divided exactly where pyphen divides them, without reading all its patterns first."""

from pathlib import Path

import pyphen
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.quality.data import good_pairs
from pipeline.formats.hyphenation_patterns import Patterns, division, read_patterns

LANGUAGES = ("de_DE", "fr")
WHOLE = {language: pyphen.HyphDict(pyphen.LANGUAGES[language]) for language in LANGUAGES}


OURS = {language: division(pyphen.LANGUAGES[language]) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_sample_sentences(language: str) -> None:
    words = {word for pair in good_pairs() for word in (pair.de + " " + pair.fr).split()}
    assert len(words) > 2000
    assert {word for word in words if OURS[language].positions(word) != WHOLE[language].positions(word)} == set()


@pytest.mark.parametrize("language", LANGUAGES)
@given(word=st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöüßéèêàçœ’.-", max_size=40))
def test_whatever_the_letters(language: str, word: str) -> None:
    assert OURS[language].positions(word) == WHOLE[language].positions(word)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pattern_says_what_it_says_to_pyphen(language: str) -> None:
    ours, whole = OURS[language].patterns, WHOLE[language].patterns
    assert {letters for letters in whole if ours.get(letters) != whole[letters]} == set()


def test_a_pattern_without_values_says_nothing() -> None:
    patterns = read_patterns(b"UTF-8\n# a note\nabc\n1d2e\nde\n")
    assert patterns is not None
    assert patterns.get("abc") is None
    assert patterns.get("de") == (0, (1, 2))
    assert patterns.longest == 2


@pytest.mark.parametrize("line", ["^^e9t1i", "tele1g/e=e,1,2"])
def test_what_only_pyphen_understands_is_left_to_it(line: str, tmp_path: Path) -> None:
    file = tmp_path / "hyph_xx.dic"
    file.write_text(f"UTF-8\n1d2e\n{line}\n", encoding="utf-8")
    assert read_patterns(file.read_bytes()) is None
    assert division(file).positions("teleetti") == pyphen.HyphDict(file).positions("teleetti")


def test_an_empty_dictionary_divides_nothing() -> None:
    assert read_patterns(b"UTF-8\n") == Patterns({}, 0)
