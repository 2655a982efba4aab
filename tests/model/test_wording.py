"""What counts as a merely typographic change."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.formats.inline_markdown import parse_inline
from pipeline.model.wording import inline_wording, wording


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
        ("§5", "§\u202f5"),
        ("10-12 Uhr", "10 – 12 Uhr"),
        ("Metz -- Alvenz", "Metz – Alvenz"),
        ('die "Zeit"', "die «\u202fZeit\u202f»"),
        ("von \u22125 Grad", "von -5 Grad"),
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
        ("am 3. 500 Gäste", "am 3.500 Gäste"),
        ("Fragen 1, 2", "Fragen 1,2"),
        ("Metz - Alvenz", "Metz-Alvenz"),
        ("Bus- und Bahn", "Bus-und Bahn"),
        ("Bürger: innen", "Bürger:innen"),
        ("10 %", "10 €"),
    ],
)
def test_everything_else_counts(before: str, after: str) -> None:
    assert wording(before) != wording(after)


@given(st.text())
@example("‐‐‐‐")
def test_what_is_left_has_no_typography_any_more(text: str) -> None:
    assert wording(wording(text)) == wording(text)


def test_formatting_and_links_count() -> None:
    plain, bold = parse_inline('Ein "neues" Land'), parse_inline("Ein „**neues**“ Land")
    there, elsewhere = parse_inline("[Hier](https://a.example.org)"), parse_inline("[Hier](https://b.example.org)")
    assert inline_wording(plain) != inline_wording(bold)
    assert inline_wording(there) != inline_wording(elsewhere)
    assert inline_wording(bold) == inline_wording(parse_inline('Ein  "**neues**" Land'))
    assert inline_wording(parse_inline("nur **mehr**")) != inline_wording(parse_inline("nur**mehr**"))
