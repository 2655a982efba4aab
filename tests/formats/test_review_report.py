"""The report of a review for terminals, programs and browsers."""

import json
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import locales
from pipeline.formats.review_report import duration, figures, summary_to_data, summary_to_html, to_data, to_html
from pipeline.formats.review_report_text import summary_to_text, to_text, wrapped
from pipeline.model.difference import Piece, PieceKind, word_diff
from pipeline.stages.report.report import report, summary
from pipeline.templating import environment, packaged_templates
from tests.stages.reviewed import BITEXT, LOG, TITLE

REPORT = report(BITEXT, locales.get("fr"), LOG, title=TITLE)
TEMPLATES = environment([packaged_templates()])


def text(width: int = 100) -> list[str]:
    return to_text(REPORT, width, lambda piece: piece.text).splitlines()


def test_figures_come_first_in_a_table_that_lines_up() -> None:
    lines = text()
    start = lines.index("Drafted by    Segments  Unchanged  Words changed  Characters   chrF")
    assert [line.split()[0] for line in lines[start + 1 : start + 4]] == ["offline:opus", "memory", "all"]
    assert len({len(line) for line in lines[start : start + 4]}) == 1


def test_the_way_of_the_document_is_told() -> None:
    told = " ".join(" ".join(text()).split())
    assert "fr-01 (docx) on 2026-11-20 at 10:00 by Eva Muster; back on 2026-11-20 at 16:20 from Léa Roy" in told
    assert "after 6 h 20 min; again on 2026-11-21 at 16:20" in told
    assert "fr-02 (xliff) on 2026-11-22 at 16:20 by Eva Muster; not back yet" in told


def test_each_change_stands_with_names_words_and_what_was_said() -> None:
    lines = text()
    start = lines.index("S001  drafted by offline:opus; changed by Léa Roy; 2 changes to 7 words, chrF 92")
    assert lines[start + 2] == "      [-Nouveau] [+Un nouveau] bac relie Alvence et Montcerval"
    assert "        → Eva Muster: Danke, auch in der Terminologie berichtigt." in lines
    assert not any(line.startswith(("S006", "S007", "S008")) for line in lines), "nothing to tell of them"
    assert "        → no answer yet" in lines


@pytest.mark.parametrize("width", [60, 80, 100])
def test_lines_keep_to_the_width(width: int) -> None:
    prose = [line for line in text(width) if not line.startswith(("Drafted", "offline", "memory", "all"))]
    assert max(map(len, prose)) <= width
    assert not any(line.endswith(" ") for line in prose)


@given(old=st.text("ab é.\n\u202f", max_size=60), new=st.text("ab é.\n\u202f", max_size=60))
def test_breaking_lines_loses_no_letter(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    lines = list(wrapped(pieces, 10))
    for kind, sign in ((PieceKind.DELETED, "[-]"), (PieceKind.INSERTED, "[+]"), (PieceKind.EQUAL, "")):
        shown = "".join(piece.text for line in lines for piece in line if piece.kind is kind)
        given_ = "".join(piece.text for piece in pieces if piece.kind is kind)
        assert letters(shown, sign) == letters(given_)


def letters(text: str, signs: str = "") -> str:
    return "".join(letter for letter in text if letter not in f" \n{signs}")


def test_colour_is_put_on_whole_pieces() -> None:
    pieces = (Piece(kind=PieceKind.DELETED, text="a b"), Piece(kind=PieceKind.INSERTED, text="c"))
    assert list(wrapped(pieces, 5)) == [
        (Piece(kind=PieceKind.DELETED, text="[-a"),),
        (Piece(kind=PieceKind.DELETED, text="b]"),),
        (Piece(kind=PieceKind.INSERTED, text="[+c]"),),
    ]


def test_programs_get_everything() -> None:
    data = json.loads(json.dumps(to_data(REPORT)))
    assert (data["waiting"], data["by_hand"], len(data["segments"])) == (1, 1, 8)
    assert data["rounds"][0]["seconds"] == 22_800
    assert data["total"]["unchanged_share"] == 0.3333
    assert data["segments"][3]["effort"]["rejected"] == 1
    assert data["comments"][0]["answer"]["text"].startswith("Danke")
    assert data["conflicts"][0]["settled"]["choice"] == "ours"
    assert data["chrf_signature"].startswith("nrefs:1")


def test_a_summary_names_engines_and_releases() -> None:
    both = summary((REPORT,))
    assert [item["engine"] for item in summary_to_data(both)["engines"]] == ["offline:opus", "memory"]
    assert "2026-11-20-neue-faehre" in summary_to_text(both, 100)
    assert "By engine" in summary_to_html(both, TEMPLATES)
    empty = summary(())
    assert summary_to_text(empty, 100) == "No draft of an engine or the memory has been reviewed yet."
    assert "has been reviewed yet" in summary_to_html(empty, TEMPLATES)


class Page(HTMLParser):
    """What a browser would fetch, and the texts that are marked."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.marked: dict[str, list[str]] = {"ins": [], "del": []}
        self.inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.fetched += [name for name, _ in attrs if name in {"src", "href", "srcset"}]
        self.inside = tag

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 (the parser's signature)
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside in self.marked:
            self.marked[self.inside].append(data)


def test_the_page_marks_changes_and_fetches_nothing() -> None:
    page = to_html(REPORT, TEMPLATES)
    read = Page(page)
    assert read.fetched == []
    assert "Nouveau" in read.marked["del"]
    assert "Un nouveau" in read.marked["ins"]
    assert "url(" not in page


def test_the_page_says_nothing_that_a_browser_would_run() -> None:
    assert "Bravo &lt;à tous&gt;" in to_html(REPORT, TEMPLATES)


def test_a_page_about_nothing_says_so() -> None:
    nothing = report(
        type(BITEXT)(release="faehre", source_locale="de", target_locale="fr"), locales.get("fr"), (), title=""
    )
    assert "Nothing was changed" in to_html(nothing, TEMPLATES)
    assert to_text(nothing, 100, lambda piece: piece.text).startswith("Review of faehre, de → fr")


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (timedelta(seconds=30), "0 min"),
        (timedelta(minutes=5), "5 min"),
        (timedelta(hours=1), "1 h"),
        (timedelta(hours=6, minutes=20), "6 h 20 min"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=2, hours=3, minutes=5), "2 days 3 h"),
    ],
)
def test_times_are_told_in_their_two_largest_units(time: timedelta, words: str) -> None:
    assert duration(time) == words


def test_where_nothing_was_measured_there_is_a_dash() -> None:
    assert figures(summary(()).total) == ("0", "–", "–", "–", "–")
