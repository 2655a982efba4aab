"""Rows of recipients, checked cell by cell."""

from datetime import date

import pytest

from pipeline.formats.recipient_rows import Entry, Fault, Row, Rules, list_names, read

TODAY = date(2026, 11, 23)
RULES = Rules(languages=("de", "fr-CH"), today=TODAY)
GOOD = {
    "address": "eva@example.org",
    "name": "Eva Muster",
    "language": "de",
    "lists": "presse",
    "source": "Akkreditierung 2026",
    "legal_basis": "consent",
    "date": "2026-01-31",
}


def entry(rules: Rules = RULES, **cells: str) -> Entry:
    found = read(Row(line=2, cells={**GOOD, **cells}), rules)
    assert isinstance(found, Entry), found
    return found


def faults(**cells: str) -> tuple[Fault, ...]:
    found = read(Row(line=2, cells={**GOOD, **cells}), RULES)
    assert isinstance(found, tuple), found
    return found


def test_a_whole_row_becomes_a_recipient() -> None:
    found = entry(lists="Presse; Landtag | presse", objection="2026-02-01", embargo="ja")
    assert found.recipient.lists == ("landtag", "presse")
    assert (found.recipient.since, found.recipient.objection) == (date(2026, 1, 31), date(2026, 2, 1))
    assert (found.recipient.embargo_ok, found.tells_embargo) == (True, True)


@pytest.mark.parametrize("text", ["2026-01-31", "31.01.2026", "31.1.2026", "31/01/2026"])
def test_days_are_read_as_spreadsheets_write_them(text: str) -> None:
    assert entry(date=text).recipient.since == date(2026, 1, 31)


@pytest.mark.parametrize(("text", "tag"), [("DE", "de"), ("fr", "fr-CH"), ("fr_FR", "fr-CH"), ("de-AT", "de")])
def test_a_language_finds_the_edition_it_can_mean(text: str, tag: str) -> None:
    assert entry(language=text).recipient.language == tag


@pytest.mark.parametrize(("text", "allowed"), [("oui", True), ("WAHR", True), ("nein", False), ("", False)])
def test_an_embargo_is_answered_in_any_language(text: str, allowed: bool) -> None:
    assert (entry(embargo=text).recipient.embargo_ok, entry(embargo=text).tells_embargo) == (allowed, text != "")


def test_options_fill_empty_cells_and_no_others() -> None:
    rules = Rules(languages=("de", "fr"), today=TODAY, defaults={"language": "fr", "source": "Messe"})
    found = entry(rules, source="", language=" ").recipient
    assert (found.language, found.source) == ("fr", "Messe")
    assert entry(rules).recipient.language == "de"


def test_a_name_is_composed_and_has_single_blanks() -> None:
    assert entry(name="  Zoe\u0301   Muster ").recipient.name == "Zoé Muster"


@pytest.mark.parametrize(
    ("column", "text", "message"),
    [
        ("address", "", "is missing; fill it in, or take the row out"),
        ("address", "eva@", "is no mail address"),
        ("address", "eva@example.org\nBcc: x@example.org", "holds a line break"),
        ("name", "Eva\r\nBcc: x@example.org", "holds a line break"),
        ("name", "Eva\u2028", "invisible sign"),
        ("name", "Eva\u202e", "invisible sign"),
        ("name", "Eva\0", "invisible sign"),
        ("name", "x" * 501, "longer than 500 characters"),
        ("name", "=cmd|' /C calc'!A0", "begins with “=”"),
        ("source", "", "is missing; fill it in, or give --source"),
        ("source", "\n", "holds a line break"),
        ("legal_basis", "", "--legal-basis"),
        ("language", "", "--language"),
        ("language", "en", "“en” is no language of this workspace; write one of: de, fr-CH"),
        ("lists", "", "--list"),
        ("lists", " ; |", "names no list"),
        ("lists", "|".join(map(str, range(60))), "names 60 lists"),
        ("lists", "presse|-intern", "“-intern” cannot name a list"),
        ("lists", "x" * 61, "up to 60 characters"),
        ("date", "", "--date"),
        ("date", "31.2.2026", "“31.2.2026” is no day"),
        ("date", "12/31/2025", "is no day"),
        ("date", "2062-01-31", "still to come"),
        ("objection", "soon", "“soon” is no day"),
        ("embargo", "vielleicht", "neither yes nor no"),
    ],
)
def test_a_faulty_cell_is_told_with_what_to_do(column: str, text: str, message: str) -> None:
    (fault,) = faults(**{column: text})
    assert (fault.line, fault.column) == (2, column)
    assert message in fault.message


def test_all_faults_of_a_row_are_told_together() -> None:
    assert [fault.column for fault in faults(address="eva", date="?", language="xx")] == [
        "address",
        "language",
        "date",
    ]


def test_a_row_that_cannot_be_read_has_one_fault() -> None:
    found = read(Row(line=7, cells={}, problem="has 9 cells"), RULES)
    assert found == (Fault(line=7, column=None, message="has 9 cells"),)


def test_names_of_lists_mean_the_same_in_any_case() -> None:
    assert list_names("Presse,  Landtag  Nord ;presse") == ("landtag nord", "presse")
