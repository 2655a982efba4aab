"""Runs can be cut, joined and edited by character offsets without losing their formatting."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.inline import Inlines, Run, TextEdit, apply_edits, cut, inlines, merge, plain

texts = st.lists(
    st.builds(Run, text=st.text("aé «»\n", max_size=5), bold=st.booleans(), lang=st.sampled_from([None, "fr"])),
    max_size=6,
).map(merge)


@given(texts, st.integers(0, 30), st.integers(0, 30))
def test_a_cut_is_the_slice_of_the_plain_text(text: Inlines, start: int, end: int) -> None:
    assert plain(cut(text, start, end)) == plain(text)[start:end]


@given(texts, st.integers(0, 30))
def test_two_cuts_make_the_whole_again(text: Inlines, middle: int) -> None:
    assert merge((*cut(text, 0, middle), *cut(text, middle, 10**6))) == text


def test_new_characters_take_the_format_of_what_they_replace() -> None:
    text = (Run(text="Der "), Run(text='"Tag"', bold=True), Run(text=" kommt"))
    edits = (
        TextEdit(start=4, end=5, new="„", rule="quotes"),
        TextEdit(start=8, end=9, new="“", rule="quotes"),
        TextEdit(start=15, end=15, new="!", rule="end"),
    )
    assert apply_edits(text, edits) == (
        Run(text="Der "),
        Run(text="„Tag“", bold=True),
        Run(text=" kommt!"),
    )


def test_edits_of_an_empty_text_and_removals_work() -> None:
    assert apply_edits((), (TextEdit(start=0, end=0, new="x", rule="r"),)) == (Run(text="x"),)
    assert apply_edits(inlines("abc"), (TextEdit(start=0, end=3, new="", rule="r"),)) == ()
