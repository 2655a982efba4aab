"""A text with what a finding is about, far-away text cut."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.formats.excerpt import pieces
from pipeline.model.issue import Span


def shown(text: str, *spans: tuple[int, int], context: int | None = 5) -> str:
    marks = [Span(start=start, end=end) for start, end in spans]
    return "".join(f"[{part}]" if marked else part for marked, part in pieces(text, marks, context=context))


def test_what_is_meant_is_marked_with_a_little_text_around_it() -> None:
    assert shown("Am Dienstag kamen 40 Gäste zum Fest.", (18, 20)) == "…amen [40] Gäst…"


def test_overlapping_marks_are_one() -> None:
    assert shown("abcdef", (1, 3), (2, 4)) == "a[bcd]ef"


def test_without_marks_the_beginning_is_shown() -> None:
    assert shown("Ein langer Satz ohne Befund") == "Ein langer…"


texts = st.text(max_size=60)


@given(texts, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4))
def test_nothing_is_lost_where_all_is_shown(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [Span(start=min(pair), end=min(max(pair), len(text))) for pair in spans if min(pair) <= len(text)]
    assert "".join(part for _, part in pieces(text, marks, context=None)) == text
