"""The texts in a review document: every formatting as Word's own, not a character more or less."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.model.bitext import Segment, State
from pipeline.model.inline import Inlines, Run, inlines, merge, plain
from pipeline.model.issue import Issue, Severity, Span
from tests.formats.review_docx.parts import W, cells, rows, said, value
from tests.formats.review_docx.sheets import document, sheet

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


GERMAN = "Ein Satz, in dem 112 steht."


def segment(target: Inlines) -> Segment:
    return Segment(id="S001", source=inlines(GERMAN), target=target, state=State.TRANSLATED)


def target(text: Inlines) -> etree._Element:
    return cells(segment(text))[2]


def flagged(cell: etree._Element) -> list[str]:
    """Return the passages on a coloured ground, neighbouring runs in one."""
    found: list[str] = []
    open_ = False
    for run in cell.iter(f"{W}r"):
        on = run.find(f"{W}rPr/{W}shd") is not None
        if on and open_:
            found[-1] += said(run)
        elif on:
            found.append(said(run))
        open_ = on
    return found


def finding(check: str = "numbers", *, source: tuple[Span, ...] = (), target: tuple[Span, ...] = ()) -> Issue:
    return Issue(check=check, severity=Severity.ERROR, segment="S001", message="…", source=source, target=target)


@pytest.mark.parametrize(("form", "tag"), [(Run(text="x", bold=True), "b"), (Run(text="x", italic=True), "i")])
def test_bold_and_italic_are_words_own(form: Run, tag: str) -> None:
    before, run, after = target((Run(text="a "), form, Run(text=" b"))).iter(f"{W}r")
    assert run.find(f"{W}rPr/{W}{tag}") is not None
    assert before.find(f"{W}rPr") is after.find(f"{W}rPr") is None


def test_program_text_has_its_style_and_is_not_spelt() -> None:
    (run,) = target((Run(text="make all", code=True),)).iter(f"{W}r")
    assert value(run, "rPr/rStyle") == "Code"
    assert run.find(f"{W}rPr/{W}noProof") is not None


def test_a_link_is_a_link_with_the_formatting_inside() -> None:
    text = (Run(text="le "), Run(text="site", href="https://a.example/", bold=True), Run(text=".", bold=True))
    cell = target(text)
    (link,) = cell.iter(f"{W}hyperlink")
    assert said(link) == "site"
    (run,) = link
    assert value(run, "rPr/rStyle") == "ReviewLink"
    assert run.find(f"{W}rPr/{W}b") is not None


def test_an_address_that_no_release_may_link_to_is_plain_text() -> None:
    cell = target((Run(text="ici", href="javascript:alert(1)"),))
    (run,) = cell.iter(f"{W}r")
    assert not list(cell.iter(f"{W}hyperlink"))
    assert run.find(f"{W}rPr") is None


def test_line_breaks_tabs_and_hyphens_are_words_own_signs() -> None:
    cell = target(inlines("un\ndeux\ttrois\u2011quatre\u00adcinq"))
    (run,) = cell.iter(f"{W}r")
    tags = [item.tag.removeprefix(W) for item in run]
    assert tags == ["t", "br", "t", "tab", "t", "noBreakHyphen", "t", "softHyphen", "t"]


def test_blanks_at_the_edges_are_kept() -> None:
    cell = target((Run(text=" a\u00a0", bold=True), Run(text="\u202f! ")))
    assert said(cell) == " a\u00a0\u202f! "
    assert {item.get("{http://www.w3.org/XML/1998/namespace}space") for item in cell.iter(f"{W}t")} == {"preserve"}


def test_each_column_is_spelt_in_its_language() -> None:
    _, source, french, _ = cells(segment((Run(text="Le "), Run(text="job", lang="en"), Run(text=" est fait."))))
    styles = {cell: value(cell, "p/pPr/pStyle") for cell in (source, french)}
    assert styles == {source: "ReviewSource", french: "ReviewTarget"}
    assert [value(run, "rPr/lang") for run in french.iter(f"{W}r")] == [None, "en-GB", None]


def test_the_words_that_a_finding_is_about_are_marked_on_both_sides() -> None:
    issue = finding(source=(Span(start=17, end=20),), target=(Span(start=3, end=6),))
    _, source, french, _ = cells(segment(inlines("Il 114 a.")), issues=(issue,))
    assert (flagged(source), flagged(french)) == (["112"], ["114"])
    assert (said(source), said(french)) == (GERMAN, "Il 114 a.")


def test_a_mark_may_begin_and_end_inside_formatted_words() -> None:
    text = (Run(text="Le "), Run(text="grand", bold=True), Run(text="site", href="https://a.example/"))
    _, _, french, _ = cells(segment(text), issues=(finding(target=(Span(start=5, end=10),)),))
    assert flagged(french) == ["andsi"]
    assert [said(run) for run in french.iter(f"{W}r")] == ["Le ", "gr", "and", "si", "te"]
    assert [said(link) for link in french.iter(f"{W}hyperlink")] == ["site"]
    assert [run.find(f"{W}rPr/{W}b") is not None for run in french.iter(f"{W}r")] == [
        False,
        True,
        True,
        False,
        False,
    ]


def test_marks_may_overlap_and_reach_beyond_the_text() -> None:
    issue = finding(target=(Span(start=0, end=2), Span(start=1, end=4), Span(start=8, end=99)))
    _, _, french, _ = cells(segment(inlines("abcdefghijk")), issues=(issue,))
    assert flagged(french) == ["abcd", "ijk"]
    assert said(french) == "abcdefghijk"


@pytest.mark.parametrize("check", ["length", "consistency", "freshness", "attribution"])
def test_a_finding_about_a_whole_text_marks_no_word(check: str) -> None:
    issue = finding(check, source=(Span(start=0, end=5),), target=(Span(start=0, end=5),))
    _, source, french, _ = cells(segment(inlines("abcde")), issues=(issue,))
    assert (flagged(source), flagged(french)) == ([], [])


texts = st.lists(
    st.builds(
        Run,
        text=st.text(st.sampled_from("aé «»\u00a0\u202f\u2011\u00ad\n\t’😀<&"), max_size=6),
        bold=st.booleans(),
        italic=st.booleans(),
        code=st.booleans(),
        href=st.sampled_from([None, None, "https://a.example/?x=1&y=2", "mailto:a@b.example", "file:///x"]),
        lang=st.sampled_from([None, "de", "en"]),
    ),
    max_size=5,
).map(merge)
spans = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda pair: Span(start=min(pair), end=max(pair))),
    max_size=3,
).map(tuple)


@settings(max_examples=40, deadline=None)
@given(texts, texts, spans)
def test_what_stands_in_a_cell_is_the_text_and_nothing_else(
    source: Inlines, translation: Inlines, marks: tuple[Span, ...]
) -> None:
    shown = sheet(((inlines("Titel"), inlines("Titre")), (source, translation)))
    issues = (finding(source=marks, target=marks),)
    shown = replace(shown, rows=(shown.rows[0], replace(shown.rows[1], issues=issues)))
    _, german, french, _ = rows(document(shown))[2]
    assert (said(german), said(french)) == (plain(source), plain(translation))
