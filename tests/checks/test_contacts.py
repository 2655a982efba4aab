"""Addresses and telephone numbers lead to the same place on both sides."""

import pytest

from pipeline.checks.contacts import CHECK
from pipeline.model.issue import Severity
from tests.checks.conftest import Look
from tests.checks.releases import fixed


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ("presse@waldringen.example.org", "press@waldringen.example.org"),
        ("https://www.waldringen.example.org/klima-2026", "https://www.waldringen.example.org/climat-2026"),
        ("www.waldringen.example.org", "www.valdraine.example.org"),
        ("+49 69 90009-412", "+49 69 90009-421"),
        ("0800 555 0117", "0800 555 0171"),
        ("0681 501-1234", "+49 681 501-1243"),
    ],
)
def test_a_changed_address_is_an_error_and_can_be_put_right(look: Look, source: str, wrong: str) -> None:
    (issue,) = look(CHECK, f"Mehr: {source}.", f"En savoir plus : {wrong}.")
    assert issue.severity is Severity.ERROR
    assert fixed(f"En savoir plus : {wrong}.", issue) == f"En savoir plus : {source}."


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Mehr: www.waldringen.example.org.", "Plus d’informations sur https://www.waldringen.example.org/"),
        ("Tel. 0681 501-1234", "Tél. +49 681 501-1234"),
        ("Tel. +49 (0)69 90009-412", "Tél. +49 69 90009-412"),
        ("Tel. 0049 69 90009-412", "Tél. +49 69 90009 412"),
        ("Presse@Waldringen.example.org", "presse@waldringen.example.org"),
        ("am 03.05.2026 und am 03/05/2026", "le 03/05/2026 et le 03-05-2026"),
        ("12 500 000 Euro", "+12 500 000 euros"),
    ],
)
def test_another_way_of_writing_the_same_is_let_pass(look: Look, source: str, target: str) -> None:
    assert look(CHECK, source, target) == ()


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("https://www.example.org/de/presse", "https://www.example.org/fr/presse"),
        ("https://www.example.org/presse?lang=de", "https://www.example.org/presse?lang=fr"),
        ("https://de.example.org/", "https://fr.example.org/"),
    ],
)
def test_the_page_in_another_language_is_a_warning(look: Look, source: str, target: str) -> None:
    (issue,) = look(CHECK, source, target)
    assert (issue.severity, issue.fix) == (Severity.WARNING, ())


def test_an_address_that_was_dropped_or_added_is_found(look: Look) -> None:
    (dropped,) = look(CHECK, "Mehr unter www.example.org.", "Plus d’informations en ligne.")
    (added,) = look(CHECK, "Mehr im Netz.", "Plus d’informations sur www.example.org.")
    assert [(span.start, span.end) for span in dropped.source] == [(11, 26)]
    assert [(span.start, span.end) for span in added.target] == [(24, 39)]
