"""Dates, numbers and labels follow each language's own rules, completely."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from pipeline.errors import ConfigError
from pipeline.locales import Label, get, known

NBSP, NNBSP = "\u00a0", "\u202f"
MOMENT = datetime(2019, 11, 12, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))


def test_an_unknown_language_names_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="“it” is not known; known are de"):
        get("it")


@pytest.mark.parametrize("tag", known())
def test_every_label_is_there_in_every_language(tag: str) -> None:
    assert all(get(tag).label(label).strip() for label in Label)


@pytest.mark.parametrize("label", list(Label))
def test_the_gaps_of_a_label_are_the_same_in_every_language(label: Label) -> None:
    gaps = {frozenset(part.split("}")[0] for part in get(tag).label(label).split("{")[1:]) for tag in known()}
    if label is not Label.UNTRANSLATED_ONE:
        assert len(gaps) == 1


def test_days() -> None:
    assert get("fr").day(date(2019, 11, 1)) == f"1er{NBSP}novembre 2019"
    assert get("fr").day(date(2019, 11, 2)) == f"2{NBSP}novembre 2019"
    assert get("de").day(date(2019, 3, 1)) == f"1.{NBSP}März 2019"


def test_moments() -> None:
    assert get("fr").moment(MOMENT) == f"12{NBSP}novembre 2019 à 12{NBSP}h{NBSP}00"
    assert get("de").moment(MOMENT) == f"12.{NBSP}November 2019, 12.00{NBSP}Uhr"


def test_date_lines() -> None:
    assert get("fr").date_line("Sarrebruck", date(2019, 11, 1)) == f"Sarrebruck, le 1er{NBSP}novembre 2019"
    assert get("de").date_line("Saarbrücken", date(2019, 11, 1)) == f"Saarbrücken, 1.{NBSP}November 2019"
    assert get("fr").date_line("Sarrebruck", None) == "Sarrebruck"
    assert get("de").date_line(None, None) is None


@pytest.mark.parametrize(
    ("tag", "small", "large"),
    [
        ("de", "1.000", "1.234.567"),
        ("fr", f"1{NNBSP}000", f"1{NNBSP}234{NNBSP}567"),
        ("fr-LU", f"1{NNBSP}000", f"1{NNBSP}234{NNBSP}567"),
        ("fr-CH", "1000", f"1{NNBSP}234{NNBSP}567"),
        ("fr-EU", f"1{NBSP}000", f"1{NBSP}234{NBSP}567"),
    ],
)
def test_numbers(tag: str, small: str, large: str) -> None:
    assert (get(tag).integer(1000), get(tag).integer(1234567)) == (small, large)


def test_french_labels_follow_french_typography() -> None:
    for label in Label:
        text = get("fr").label(label)
        assert list(get("fr").typography(text)) == [], label
