"""Amounts of money, shares and measures keep value and unit."""

import pytest

from pipeline.checks import dates, numbers
from pipeline.checks.money import CHECK
from pipeline.model.issue import Severity
from tests.checks.conftest import Look
from tests.checks.releases import fixed


@pytest.mark.parametrize(
    ("source", "target", "wrong", "right"),
    [
        ("3,5 Mio. Euro", "3,5 milliards d’euros", "3,5 milliards d’euros", "3,5 millions d’euros"),
        ("3,5 Mio. Euro", "4,5 millions d’euros", "4,5 millions d’euros", "3,5 millions d’euros"),
        ("1,5 Mio. Euro", "2,5 millions d’euros", "2,5 millions d’euros", None),
        ("12,5 %", "12,4 %", "12,4 %", "12,5 %"),
        ("20 Euro", "20 %", "20 %", "20 €"),
        ("3,2 km", "3,2 m", "3,2 m", "3,2 km"),
        ("3 Kilometer", "3 mètres", "3 mètres", None),
        ("um 3 Prozentpunkte", "de 3 %", "3 %", None),
        ("5.000 Euro", "5.000 euros", "5.000 euros", "5\u202f000 euros"),
        ("1.234,56 €", "1 234,65 €", "1 234,65 €", "1 234,56 €"),
        ("2.000 Franken", "2 000 euros", "2 000 euros", None),
        ("38 Minuten", "38 heures", "38 heures", None),
        ("Fahrt: 1 Stunde 20 Minuten", "Trajet : 1 h 30", None, None),
    ],
)
def test_a_wrong_amount_is_one_error(
    look: Look, source: str, target: str, wrong: str | None, right: str | None
) -> None:
    (issue,) = (
        *look(CHECK, source, target),
        *look(dates.CHECK, source, target),
        *look(numbers.CHECK, source, target),
    )
    assert issue.severity is Severity.ERROR
    if wrong is not None:
        assert issue.check == CHECK.name
        assert [target[span.start : span.end] for span in issue.target] == [wrong]
    assert (fixed(target, issue) if issue.fix else None) == right


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("statt 45 nur 30 Euro", "30 euros au lieu de 45"),
        ("Tempo 30", "30 km/h"),
        ("41,3 Cent", "41,3 centimes"),
        ("alle 60 Minuten", "un bus par heure"),
        ("1,5 km", "1 500 mètres"),
        ("24 Monate", "deux ans"),
        ("75 Prozent", "les trois quarts"),
        ("0,9 Mrd. Euro", "900 millions d’euros"),
        ("Fünf Prozent", "5 %"),
    ],
)
def test_the_same_amount_said_otherwise_is_let_pass(look: Look, source: str, target: str) -> None:
    assert (
        look(CHECK, source, target)
        == look(dates.CHECK, source, target)
        == look(numbers.CHECK, source, target)
        == ()
    )


def test_an_amount_that_was_dropped_is_found(look: Look) -> None:
    (issue,) = look(CHECK, "Das Land gibt 750.000 Euro.", "Le Land apporte son soutien.")
    assert issue.target == ()


def test_french_to_german_works_too(look: Look) -> None:
    (issue,) = look(CHECK, "3,5 millions d’euros", "3,5 Mrd. Euro", pair=("fr", "de"))
    assert fixed("3,5 Mrd. Euro", issue) == "3,5 Mio. Euro"
