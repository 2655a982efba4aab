"""Inline runs survive the way into Markdown and back, whatever characters and formats meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.formats.inline_markdown import UnsupportedInlineError, dump_inline, parse_inline
from pipeline.model.inline import Inlines, Run, merge, plain

AWKWARD = "abc ÄéZ09.,:;!?*_[](){}<>&#`~|\\\"'„“«»’–\u00a0\u202f@/=+\n"
runs = st.builds(
    Run,
    text=st.text(alphabet=AWKWARD, min_size=1, max_size=12),
    bold=st.booleans(),
    italic=st.booleans(),
    href=st.sampled_from([None, None, "https://example.org/a_(b)?c=1&d=2", "mailto:presse@example.org"]),
    lang=st.sampled_from([None, None, "fr", "de-CH"]),
)


def without_edge_blanks(text: Inlines) -> bool:
    """Markdown drops blanks at the edges of a paragraph and around a hard break."""
    characters = plain(text)
    return characters == characters.strip() and " \n" not in characters and "\n " not in characters


@given(st.lists(runs, min_size=1, max_size=5).map(merge).filter(without_edge_blanks))
def test_what_is_written_is_read_back_equal(text: Inlines) -> None:
    assert parse_inline(dump_inline(text)) == text


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Das **Land** lädt ein.", (Run(text="Das "), Run(text="Land", bold=True), Run(text=" lädt ein."))),
        ("*Kultur* 2026", (Run(text="Kultur", italic=True), Run(text=" 2026"))),
        ("[Mairie]{lang=fr}", (Run(text="Mairie", lang="fr"),)),
        ("[Programm](https://example.org)", (Run(text="Programm", href="https://example.org"),)),
        ("[Ober]{.bold}haus", (Run(text="Ober", bold=True), Run(text="haus"))),
        ("Zeile\\\nZeile", (Run(text="Zeile\nZeile"),)),
        ("über\nZeilen hinweg", (Run(text="über Zeilen hinweg"),)),
        ("3 < 5 & 7 > 2, <b>kein HTML</b>", (Run(text="3 < 5 & 7 > 2, <b>kein HTML</b>"),)),
    ],
)
def test_each_construct_has_one_meaning(markdown: str, expected: Inlines) -> None:
    assert parse_inline(markdown) == expected


@pytest.mark.parametrize(
    "markdown",
    ["[x](javascript:alert(1))", "[x](file:///etc/passwd)", "[x](//host/path)", "![x](y.png) z"],
)
def test_links_to_elsewhere_and_pictures_in_text_are_refused(markdown: str) -> None:
    with pytest.raises(UnsupportedInlineError):
        parse_inline(markdown)


def test_an_unknown_span_class_names_the_known_ones() -> None:
    with pytest.raises(UnsupportedInlineError, match=r"\.red.*\.bold"):
        parse_inline("[x]{.red}")
