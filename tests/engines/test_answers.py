"""What can be a translation of a text, and what cannot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.engines.answers import checked_answer, keeping_result, keeps, refusal, result_of
from pipeline.errors import TranslationError
from pipeline.model.issue import Span
from pipeline.model.translation import Failed, Passage, Translated

SENTENCE = "Die Ministerpräsidentin hat am Dienstag in Alvenz die neue Brücke für den Verkehr freigegeben."


def passage(text: str, *names: str) -> Passage:
    spans = sorted((text.index(name), text.index(name) + len(name)) for name in names)
    return Passage(text=text, keep=tuple(Span(start=start, end=end) for start, end in spans))


def test_a_translation_comes_back_without_blanks_at_its_ends() -> None:
    assert checked_answer("Guten Tag.", " Bonjour.\n") == "Bonjour."


@pytest.mark.parametrize("answer", [None, "", "  ", 7, ["x"]])
def test_an_answer_that_is_no_text_is_refused(answer: object) -> None:
    with pytest.raises(TranslationError, match="empty"):
        checked_answer("Guten Tag.", answer)


@pytest.mark.parametrize("answer", ["Bon\x00jour.", "Bonjour\ud83d.", "Bonjour.\ufffe"])
def test_an_answer_with_characters_that_no_document_can_hold_is_refused(answer: str) -> None:
    with pytest.raises(TranslationError, match="no text has"):
        checked_answer("Guten Tag.", answer)


def test_an_error_message_may_be_translated_where_the_source_speaks_of_one() -> None:
    assert checked_answer("Internal Error heißt das Stück.", "La pièce s’appelle Internal Error.")
    with pytest.raises(TranslationError, match="error message"):
        checked_answer("Das Stück heißt anders.", "Internal Error, please try again")


@pytest.mark.parametrize(
    "answer",
    [
        "La présidente a inauguré " + "le pont " * 12,
        "La présidente a inauguré le pont, le pont, le pont, le pont, le pont, le pont.",
        "très " * 20,
        "La présidente " + "a ouvert le nouveau pont à la circulation à Alvence et " * 5,
        "Inaugurationnnnnnnnnnnnnnnnnnnnnnnnnnnnnn",
        "ha" * 40,
    ],
)
def test_an_answer_that_goes_round_in_circles_is_refused(answer: str) -> None:
    with pytest.raises(TranslationError, match="repeats itself"):
        checked_answer(SENTENCE, answer)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (SENTENCE, "Mardi, la ministre-présidente a ouvert à la circulation le nouveau pont d’Alvence."),
        ("Nein, nein, nein und nochmals nein!", "Non, non, non et encore non !"),
        ("Bravo, bravo, bravo, bravo, bravo, bravo!", "Bravo, bravo, bravo, bravo, bravo, bravo !"),
        ("Ort ........................ Datum", "Lieu ........................ Date"),
        ("Tel. 0000000000000000000000", "Tél. 0000000000000000000000"),
    ],
)
def test_what_repeats_itself_in_the_source_or_only_a_little_may_do_so(text: str, answer: str) -> None:
    assert checked_answer(text, answer) == answer


@given(st.text(max_size=200), st.text(max_size=200))
def test_whatever_is_answered_it_is_taken_or_refused(text: str, answer: str) -> None:
    result = result_of(text, answer)
    assert result == refusal(result.reason) if isinstance(result, Failed) else result.text.strip()


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ("Le Land de Valdraine et la Waldringen Bau AG construisent.", True),
        ("La Waldringen Bau AG construit.", True),
        ("La Waldringen construit.", False),
        ("La Waldringen Bau AG et la Waldringen Bau AG construisent.", False),
        ("La société Waldringen Bau construit à Waldringen.", False),
    ],
)
def test_protected_words_stand_in_the_answer_as_often_as_in_the_source(answer: str, kept: bool) -> None:
    assert keeps(passage("Die Waldringen Bau AG baut.", "Waldringen Bau AG"), answer) is kept


def test_a_name_inside_a_longer_protected_one_is_not_counted_twice() -> None:
    asked = passage("Alvenz Bau GmbH baut für Waldringen.", "Alvenz Bau GmbH", "Waldringen")
    answer = "Alvenz Bau GmbH construit pour Waldringen."
    assert keeping_result(asked, answer) == Translated(text=answer)
    assert isinstance(keeping_result(asked, "Alvenz Bau GmbH construit."), Failed)
