"""Dates and times keep their value, and weekdays are those of the calendar."""

import pytest

from pipeline.checks import money, numbers
from pipeline.checks.dates import CHECK
from pipeline.model.issue import Severity
from tests.checks.conftest import Look
from tests.checks.releases import fixed


@pytest.mark.parametrize(
    ("source", "target", "wrong", "right"),
    [
        ("am 3. Mai 2026", "le 4 mai 2026", "4 mai 2026", "le 3\u00a0mai 2026"),
        ("am 1. Juni", "le 1er mai", "1er mai", "le 1er\u00a0juin"),
        ("am 3. Mai", "le 4 mai 2026", "4 mai 2026", "le 3\u00a0mai 2026"),
        ("am 3. Mai 2026", "le 3 mai 2027", "3 mai 2027", "le 3\u00a0mai 2026"),
        (
            "am Dienstag, 3. März 2026",
            "le mercredi 3 mars 2026",
            "mercredi 3 mars 2026",
            "le mardi 3\u00a0mars 2026",
        ),
        ("am 3. März 2026", "le mercredi 4 mars 2026", "mercredi 4 mars 2026", "le mardi 3\u00a0mars 2026"),
        ("um 15.30 Uhr", "à 16 h 30", "16 h 30", "à 15\u00a0h\u00a030"),
        ("um 15 Uhr", "à 16 heures", "16 heures", "à 15\u00a0heures"),
        ("um 24 Uhr", "à 23 h", "23 h", "à 24\u00a0h"),
        ("im März", "en avril", "avril", None),
        ("im Mai", "en juin", "juin", "en mai"),
        ("am Dienstag", "mercredi", "mercredi", "mardi"),
        ("am 31. Mai", "le 32 mai", "32 mai", "le 31\u00a0mai"),
    ],
)
def test_what_was_shifted_is_an_error_and_can_mostly_be_put_right(
    look: Look, source: str, target: str, wrong: str, right: str | None
) -> None:
    (issue,) = look(CHECK, source, target)
    (span,) = issue.target
    assert (issue.severity, target[span.start : span.end]) == (Severity.ERROR, wrong)
    assert (fixed(target, issue) if issue.fix else None) == right
    assert look(numbers.CHECK, source, target) == look(money.CHECK, source, target) == ()


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("am 3. Mai 2026", "le 3 mai"),
        ("am Dienstag, 3. März", "le 3 mars"),
        ("am 3. März 2026", "le mardi 3 mars 2026"),
        ("am 3. und 4. Oktober", "le 3 octobre et le 4 octobre"),
        ("um 12.00 Uhr", "à midi"),
        ("im Mai 2025", "l’an dernier"),
        ("In der Nacht zum 1. Mai", "Dans la nuit du 30 avril au 1er mai"),
    ],
)
def test_what_people_may_leave_out_is_let_pass(look: Look, source: str, target: str) -> None:
    assert look(CHECK, source, target) == ()


def test_a_date_that_was_dropped_is_one_finding(look: Look) -> None:
    (issue,) = look(CHECK, "Am 3. Mai 2026 beginnt der Bau.", "Les travaux commencent bientôt.")
    assert (issue.target, issue.fix) == ((), ())


def test_a_date_whose_month_was_lost_is_one_finding_of_this_check(look: Look) -> None:
    assert len(look(CHECK, "Am 3. Mai beginnt der Bau.", "Les travaux commencent le 3.")) == 1
    assert look(numbers.CHECK, "Am 3. Mai beginnt der Bau.", "Les travaux commencent le 3.") == ()


def test_a_wrong_weekday_of_the_source_is_shown_there_once(look: Look) -> None:
    (issue,) = look(CHECK, "Montag, 3. März 2026", "Lundi 3 mars 2026")
    assert ([(span.start, span.end) for span in issue.source], issue.target) == ([(0, 20)], ())


def test_a_weekday_that_was_added_must_be_that_of_the_calendar(look: Look) -> None:
    (issue,) = look(CHECK, "am 3. März 2026", "le lundi 3 mars 2026")
    assert [(span.start, span.end) for span in issue.target] == [(3, 20)]


def test_a_day_that_no_calendar_has_is_found_in_the_source(look: Look) -> None:
    (issue,) = look(CHECK, "am 31. Juni", "le 31 juin")
    assert issue.source


def test_french_to_german_works_too(look: Look) -> None:
    (issue,) = look(CHECK, "le 3 mai à 15 h 30", "am 3. Mai um 16.30 Uhr", pair=("fr", "de"))
    assert fixed("am 3. Mai um 16.30 Uhr", issue) == "am 3. Mai um 15.30 Uhr"
