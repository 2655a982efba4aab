"""Every number of the source stands in the translation, whatever it looks like there."""

from pathlib import Path

import pytest

from pipeline.checks import contacts, dates, money, numbers
from pipeline.checks.numbers import CHECK
from pipeline.model.issue import Severity
from tests.checks.conftest import Look
from tests.checks.releases import fixed, silent_pairs, typeset

FAMILIES = (numbers.CHECK, dates.CHECK, money.CHECK, contacts.CHECK)


def good_pairs() -> list[tuple[str, str]]:
    """Return German sentences with values and their good French translations."""
    lines = (Path(__file__).parent / "values_de_fr.txt").read_text(encoding="utf-8").splitlines()
    texts = [line for line in lines if line and not line.startswith("#")]
    mine = [(texts[index], typeset(texts[index + 1], "fr")) for index in range(0, len(texts), 2)]
    return [*mine, *silent_pairs()]


PAIRS = good_pairs()


def test_there_are_pairs_enough() -> None:
    assert len(set(PAIRS)) >= 240


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0][:40])
def test_values_of_good_translations_are_let_pass(look: Look, pair: tuple[str, str]) -> None:
    german, french = pair
    assert [look(check, german, french) for check in FAMILIES] == [()] * len(FAMILIES)
    swapped = [look(check, french, typeset(german, "de"), pair=("fr", "de")) for check in FAMILIES]
    assert swapped == [()] * len(FAMILIES)


@pytest.mark.parametrize(
    ("source", "target", "wrong", "right"),
    [
        ("5.000 Menschen", "5.000 personnes", "5.000", "5\u202f000 personnes"),
        ("5.000 Menschen", "5,000 personnes", "5,000", "5\u202f000 personnes"),
        ("1.304.512 Menschen", "1.304.512 habitants", "1.304.512", "1\u202f304\u202f512 habitants"),
        ("Es kamen 120 Gäste.", "210 invités sont venus.", "210", "120 invités sont venus."),
        ("Das 12. Forum", "Le 13e forum", "13e", "Le 12e forum"),
        ("Im Jahr 2026", "En 2027", "2027", "En 2026"),
        ("3 Busse und 3 Züge", "3 bus et 4 trains", "4", "3 bus et 3 trains"),
        ("1,24 Millionen Gäste", "1,24 milliard de visiteurs", "1,24 milliard", "1,24 million de visiteurs"),
    ],
)
def test_a_wrong_number_is_an_error_and_can_be_put_right(
    look: Look, source: str, target: str, wrong: str, right: str
) -> None:
    (issue,) = look(CHECK, source, target)
    (span,) = issue.target
    assert (issue.severity, target[span.start : span.end]) == (Severity.ERROR, wrong)
    assert fixed(target, issue) == right
    assert look(CHECK, source, right) == ()


def test_a_number_that_was_dropped_is_shown_in_the_source(look: Look) -> None:
    source = "Aus 27 Staaten kamen 120 Gäste."
    (issue,) = look(CHECK, source, "Des invités sont venus de 27 États.")
    assert [source[span.start : span.end] for span in issue.source] == ["120"]
    assert (issue.target, issue.fix) == ((), ())


def test_a_number_that_was_added_is_shown_in_the_target(look: Look) -> None:
    target = "120 invités sont venus de 27 États."
    (issue,) = look(CHECK, "Es kamen 120 Gäste.", target)
    assert [target[span.start : span.end] for span in issue.target] == ["27"]
    assert (issue.source, issue.fix) == ((), ())


def test_two_wrong_numbers_are_two_findings_that_a_person_must_sort_out(look: Look) -> None:
    found = look(CHECK, "Von 120 auf 130 Gäste", "De 140 à 150 invités")
    assert [issue.fix for issue in found] == [(), ()]


def test_no_fix_where_the_noun_would_have_to_change(look: Look) -> None:
    (issue,) = look(CHECK, "2 Gäste", "1 invité et 1 hôte")
    assert issue.fix == ()


def test_numbers_in_words_explain_figures_but_are_not_missed(look: Look) -> None:
    assert look(CHECK, "Drei Gäste", "3 invités") == ()
    assert look(CHECK, "Drei Gäste", "Des invités") == ()
    assert len(look(CHECK, "Drei Gäste", "4 invités")) == 1


def test_a_large_number_in_words_must_not_become_another(look: Look) -> None:
    (issue,) = look(
        CHECK, "Eine halbe Million Menschen sah zu.", "Un demi-milliard de personnes ont suivi l’émission."
    )
    assert issue.severity is Severity.ERROR


def test_french_to_german_works_too(look: Look) -> None:
    (issue,) = look(CHECK, "5\u202f000 personnes", "50.000 Menschen", pair=("fr", "de"))
    assert fixed("50.000 Menschen", issue) == "5.000 Menschen"


def test_texts_with_thousands_of_other_numbers_are_told_apart_at_once(look: Look) -> None:
    here, there = (" ".join(str(number) for number in range(start, start + 1500)) for start in (1000, 5000))
    assert len(look(CHECK, here, there)) <= 100
