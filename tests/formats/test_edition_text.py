"""An edition as plain text: all of its words, in lines that every mail program leaves alone."""

import re
from dataclasses import replace

import pytest

from pipeline.formats.edition_text import WIDTH, edition_text
from pipeline.model.edition import Edition
from pipeline.model.inline import Inlines, Run, inlines, plain
from pipeline.model.release import (
    Block,
    BulletList,
    Contact,
    Figure,
    ListItem,
    Localized,
    Media,
    Paragraph,
    Quote,
    Table,
)
from pipeline.model.texts import TextKind, texts
from pipeline.runner.languages import stand
from pipeline.runner.publishing import editions
from pipeline.workspace import Workspace
from tests.engines.pdf_releases import ROOT, edition

GERMAN, FRENCH = editions(Workspace.find(ROOT), stand(Workspace.find(ROOT), "2026-10-08-grenzbus-linie-40"))
UNSEEN = {TextKind.ALT, TextKind.CAPTION}
"""A picture is told by one of the two."""


def squeezed(text: str) -> str:
    return re.sub(r"[\s>]+", "", text)


def body(*blocks: Block, width: int | None = WIDTH, page: Edition = GERMAN) -> str:
    """Return what stands between date line and end mark."""
    text = edition_text(replace(page, release=replace(page.release, blocks=blocks)), width=width)
    return text.partition(f"{page.labels.place_and_date}\n\n")[2].partition(f"\n\n– {page.labels.end} –")[0]


@pytest.mark.parametrize("width", [WIDTH, None])
@pytest.mark.parametrize("number", range(100))
def test_every_word_is_there(number: int, width: int | None) -> None:
    page = edition(number)
    text = squeezed(re.sub(r"<https://[^>]*>", "", edition_text(page, width=width)))
    heads = {head for block in page.release.blocks if isinstance(block, Table) for head in block.header}
    places = [item.text for item in texts(page.release, "") if item.kind not in UNSEEN and item.text not in heads]
    assert [plain(words) for words in places if squeezed(plain(words)) not in text] == []


@pytest.mark.parametrize("number", range(0, 120, 3))
def test_no_line_is_too_long_unless_a_word_is(number: int) -> None:
    long = [line for line in edition_text(edition(number)).splitlines() if len(line) > WIDTH]
    assert [line for line in long if len(max(re.split(" +", line), key=len)) < WIDTH - 12] == []


def test_it_opens_with_what_it_is_and_when_it_may_be_used() -> None:
    assert edition_text(GERMAN).startswith(
        "Medieninformation · Nr.\u00a0198/2026 · Staatskanzlei\n\nZur sofortigen Veröffentlichung\n\n"
    )


def test_a_table_is_told_row_by_row_in_the_typography_of_the_language() -> None:
    assert "\nKennzahl: Fahrgäste\nOktober 2025 bis März 2026: 187.400\n" in edition_text(GERMAN).replace(
        "\u00a0", " "
    )
    assert "\nIndicateur\u00a0: Voyageurs\n" in edition_text(FRENCH)


def test_a_link_tells_where_it_leads() -> None:
    assert "<https://fahrplan.waldringen.example.org/linie-40>" in edition_text(FRENCH)


def test_a_quotation_is_set_in() -> None:
    assert "\n> «\u00a0Les prévisions sont patientes" in edition_text(FRENCH)


def link(text: str, href: str) -> Inlines:
    return (Run(text=text, href=href),)


@pytest.mark.parametrize(
    "block",
    [
        Paragraph(text=link("Fahrplan", "https://example.org/f")),
        Quote(paragraphs=(link("Fahrplan", "https://example.org/f"),)),
        BulletList(items=(ListItem(text=link("Fahrplan", "https://example.org/f")),)),
        Table(header=(inlines("Was"),), rows=((link("Fahrplan", "https://example.org/f"),),)),
    ],
)
def test_wherever_a_link_stands_it_tells_where_it_leads(block: Block) -> None:
    assert "Fahrplan <https://example.org/f>" in body(block)


def test_a_link_of_several_runs_tells_it_once_and_before_the_blank_behind_it() -> None:
    href = "https://example.org/f"
    text = (
        Run(text="Der "),
        Run(text="neue ", bold=True, href=href),
        Run(text="Plan ", href=href),
        Run(text="gilt."),
    )
    assert body(Paragraph(text=text)) == "Der neue Plan <https://example.org/f> gilt."


@pytest.mark.parametrize(
    ("words", "href"),
    [
        ("eva@example.org", "mailto:eva@example.org"),
        ("+49 69 9000-412", "tel:+49699000-412"),
        ("www.example.org", "https://www.example.org/"),
        ("https://example.org/a", "https://example.org/a"),
        ("hier", "javascript:alert(1)"),
    ],
)
def test_an_address_that_the_words_say_or_that_is_none_is_not_told(words: str, href: str) -> None:
    assert body(Paragraph(text=link(words, href))) == words


def test_lists_have_dashes_and_numbers_and_are_set_in() -> None:
    inner = BulletList(items=(ListItem(text=inlines("Brot")), ListItem(text=inlines("Salz"))), ordered=True)
    outer = BulletList(
        items=(ListItem(text=inlines("Zwei Dinge"), sublists=(inner,)), ListItem(text=inlines("Ende")))
    )
    assert body(outer) == "- Zwei Dinge\n  1. Brot\n  2. Salz\n- Ende"


def test_a_table_without_rows_still_tells_its_heads() -> None:
    assert body(Table(header=(inlines("Jahr"), inlines("Gäste")), rows=())) == "Jahr · Gäste"


def test_without_a_width_each_paragraph_is_one_line() -> None:
    words = "Wort " * 100
    assert body(Paragraph(text=inlines(words)), width=None) == words.strip()
    assert body(Quote(paragraphs=(inlines(words),)), width=None) == f"> {words.strip()}"


def test_a_caption_and_a_role_in_another_language_do_not_pass_for_this_one() -> None:
    media = Media(file="a.png", caption=Localized(texts=(("de", "Ein Bus"),)))
    contact = Contact(name="Eva Muster", role=Localized(texts=(("de", "Sprecherin"),)))
    release = replace(FRENCH.release, media=(media,), blocks=(Figure(file="a.png"),))
    text = edition_text(replace(FRENCH, release=release, contacts=(contact,)))
    assert "[a.png · [de] Ein Bus]" in text
    assert "Eva Muster, [de] Sprecherin" in text
