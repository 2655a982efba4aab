"""Passages are cut into sentences, and nothing of them is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import locales
from pipeline.engines.cutting import cut
from pipeline.errors import TranslationError

GERMAN = locales.get("de")
NONE: frozenset[str] = frozenset()


def pieces(text: str, limit: int = 1000) -> list[tuple[str, bool]]:
    found = cut(text, GERMAN, count=len, limit=limit, abbreviations=NONE)
    return [(piece.text, piece.translate) for piece in found]


def test_each_sentence_is_a_piece_and_the_white_space_between_stays() -> None:
    assert pieces(" Es regnet.  Am 3. Mai auch nicht?\n") == [
        (" ", False),
        ("Es regnet.", True),
        ("  ", False),
        ("Am 3. Mai auch nicht?", True),
        ("\n", False),
    ]


def test_what_has_no_letters_is_not_translated() -> None:
    assert pieces("Es regnet.\n12 + 4") == [("Es regnet.", True), ("\n", False), ("12 + 4", False)]


def test_a_long_sentence_is_cut_where_it_reads_well() -> None:
    assert [text for text, _ in pieces("Wir bauen; ihr kommt mit", limit=15)] == [
        "Wir bauen;",
        " ",
        "ihr kommt mit",
    ]


def test_the_offices_own_abbreviations_end_no_sentence() -> None:
    text = "Die LReg. Waldringen tagt."
    assert len(cut(text, GERMAN, count=len, limit=99, abbreviations=frozenset({"lreg."}))) == 1


def test_a_word_longer_than_the_limit_is_refused() -> None:
    with pytest.raises(TranslationError, match="holds a word"):
        pieces("x" * 50, limit=10)


@given(st.lists(st.sampled_from(["Haus", "steht.", "Und", "2", "—", "\n", "  ", "(z. B.)"])), st.integers(8, 40))
def test_all_pieces_together_are_the_passage_and_none_is_too_long(words: list[str], limit: int) -> None:
    text = " ".join(words)
    found = pieces(text, limit)
    assert "".join(piece for piece, _ in found) == text
    assert all(len(piece) <= limit for piece, translate in found if translate)
