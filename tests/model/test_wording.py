"""What counts as a merely typographic change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.wording import wording


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('Er sagte: "Ja."', "Er sagte: „Ja.“"),
        ("Das ist's", "Das ist’s"),
        ("10%", "10\u00a0%"),
        ("z.B. hier", "z.\u202fB. hier"),
        ("Metz - Alvenz", "Metz – Alvenz"),
        ("Und...", "Und …"),
        ("Landes\u00adregierung", "Landesregierung"),
        ("zwei  Worte\n", "zwei Worte"),
        ("Pre\u0301cis", "Précis"),
    ],
)
def test_typography_is_not_wording(before: str, after: str) -> None:
    assert wording(before) == wording(after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Das Land", "das Land"),
        ("Wir essen, Oma", "Wir essen Oma"),
        ("nur mehr", "nurmehr"),
        ("10 %", "10 ‰"),
        ("1.200 Euro", "1,200 Euro"),
        ("Er kommt.", "Er kommt?"),
        ("12 000", "12000"),
        ("Straße", "Strasse"),
    ],
)
def test_everything_else_counts(before: str, after: str) -> None:
    assert wording(before) != wording(after)


@given(st.text())
def test_what_is_left_has_no_typography_any_more(text: str) -> None:
    assert wording(wording(text)) == wording(text)
