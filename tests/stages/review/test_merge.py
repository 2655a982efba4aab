"""The three-way merge: what both sides corrected stands, what they corrected differently is for a person."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.model.inline import Inlines, Run, inlines, merge, plain
from pipeline.stages.review.merge import MAX_TOKENS, merge_texts

BASE = "Le ministre ouvre le pont mardi à Alvence."


def merged(base: str, theirs: str, ours: str) -> str | None:
    text = merge_texts(inlines(base), inlines(theirs), inlines(ours))
    return None if text is None else plain(text)


@pytest.mark.parametrize(
    ("theirs", "ours", "both"),
    [
        ("La ministre ouvre le pont mardi à Alvence.", BASE, "La ministre ouvre le pont mardi à Alvence."),
        (BASE, "Le ministre inaugure le pont mardi à Alvence.", "Le ministre inaugure le pont mardi à Alvence."),
        (
            "La ministre ouvre le pont mardi à Alvence.",
            "Le ministre ouvre le pont mercredi à Alvence.",
            "La ministre ouvre le pont mercredi à Alvence.",
        ),
        (
            "Le ministre ouvre le pont mardi.",
            "Mardi, le ministre ouvre le pont mardi à Alvence.",
            "Mardi, le ministre ouvre le pont mardi.",
        ),
        ("Le ministre ouvre le viaduc mardi à Alvence.", "Le ministre ouvre la passerelle mardi à Alvence.", None),
        ("Le ministre ouvre le pont à Alvence.", "Le ministre ouvre le pont mercredi à Alvence.", None),
        (
            "Le ministre ouvre le pont mardi à Metz.",
            "Le ministre ouvre le pont mardi à Metz.",
            "Le ministre ouvre le pont mardi à Metz.",
        ),
    ],
)
def test_corrections_meet(theirs: str, ours: str, both: str | None) -> None:
    assert merged(BASE, theirs, ours) == both


def test_two_insertions_at_the_same_place_are_a_conflict() -> None:
    assert merged("Un pont.", "Un grand pont.", "Un nouveau pont.") is None


def test_neighbouring_words_with_nothing_between_are_one_place() -> None:
    assert merged("Un pont, deux rives.", "Un viaduc, deux rives.", "Un pont ; deux rives.") is None


def test_a_formatting_is_a_correction_like_any_other() -> None:
    base = inlines("Un pont neuf.")
    bold: Inlines = (Run(text="Un "), Run(text="pont", bold=True), Run(text=" neuf."))
    assert merge_texts(base, bold, inlines("Un pont neuf !")) == (
        Run(text="Un "),
        Run(text="pont", bold=True),
        Run(text=" neuf !"),
    )
    assert merge_texts(base, bold, inlines("Un viaduc neuf.")) is None


def test_of_a_text_too_long_to_compare_only_one_side_may_have_changed() -> None:
    base = "mot " * MAX_TOKENS
    assert merged(base, base + "fin", base) == base + "fin"
    assert merged(base, base + "fin", "début " + base) is None


words = st.lists(st.sampled_from("un deux trois quatre , . pont rive ville".split()), max_size=12).map(" ".join)
texts = st.lists(st.builds(Run, text=words, bold=st.booleans()), max_size=3).map(merge)


@given(texts, texts)
def test_one_sided_changes_are_taken_whole(base: Inlines, other: Inlines) -> None:
    assert merge_texts(base, other, base) == other
    assert merge_texts(base, base, other) == other
    assert merge_texts(base, other, other) == other


@given(texts, texts, texts)
def test_it_does_not_matter_who_came_first(base: Inlines, one: Inlines, two: Inlines) -> None:
    assert merge_texts(base, one, two) == merge_texts(base, two, one)


@given(texts, texts, texts)
def test_merging_again_changes_nothing_unless_a_word_stands_there_twice(
    base: Inlines, theirs: Inlines, ours: Inlines
) -> None:
    # Which of several “un” was added, no comparison can tell (diff3 is not idempotent); that
    # a file taken in twice changes nothing is ensured by whoever takes it in.
    assume(all(len(set(words)) == len(words) for words in (plain(text).split() for text in (base, theirs, ours))))
    once = merge_texts(base, theirs, ours)
    if once is not None and theirs != base:
        assert merge_texts(base, theirs, once) in (once, None)


@given(
    st.lists(st.text("abcdefgh", min_size=1, max_size=3), min_size=5, max_size=14, unique=True),
    st.data(),
)
def test_changes_of_words_apart_from_each_other_both_stand(base: list[str], data: st.DataObject) -> None:
    left = data.draw(st.integers(0, len(base) - 4))
    right = data.draw(st.integers(left + 3, len(base) - 1))
    theirs, ours, both = list(base), list(base), list(base)
    theirs[left] = both[left] = "GAUCHE"
    ours[right] = both[right] = "DROITE"
    assert merged(" ".join(base), " ".join(theirs), " ".join(ours)) == " ".join(both)
