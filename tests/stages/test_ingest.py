"""A pasted article becomes a release; everything left out, mended or unknown is told."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import locales
from pipeline.formats.markdown import parse
from pipeline.formats.plain_text import read_plain_text
from pipeline.locales.sentences import parse_abbreviations
from pipeline.model.inline import plain
from pipeline.model.intake import Ingested
from pipeline.model.release import BulletList, Contact, Heading, Localized, Paragraph, Quote
from pipeline.model.texts import texts
from pipeline.stages.ingest import Given, House, ingest
from pipeline.stages.ingest.ingest import release_id
from pipeline.stages.ingest.recognise import proposed_title

ROOT = Path(__file__).parents[2]
LISTS = ROOT / "templates" / "lists"
OFFICE = Localized(texts=(("de", "Das Amt betreibt Fähren.\n\nEs sitzt in Hafenstadt."),))
HOUSE = House(
    locale=locales.get("de"),
    others=(locales.get("fr"),),
    clutter=(LISTS / "clutter.txt").read_text(encoding="utf-8"),
    abbreviations=parse_abbreviations((LISTS / "abbreviations.de.txt").read_text(encoding="utf-8")),
    zone=ZoneInfo("Europe/Berlin"),
    boilerplate=(("amt", OFFICE),),
)


def take_in(text: str, given: Given | None = None) -> Ingested:
    return ingest(read_plain_text(text), HOUSE, given or Given())


PASTED = (
    "Symbolbild\n\n"
    "Am 12. Mai 2026 empfängt die Hafenstadt zum zweiten Mal 30 Gäste.  Sie bleiben länger.\r\n\r\n"
    "Eingeladen hat das « Centre d´études portuaires » (CEP) mit dem Hafen\u00adamt.\n\n"
    "Lesen Sie auch: Neue Fähre\n\n"
    "Partner sind:\n\n"
    "–\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0Hafenamt (HA)\n\n"
    "–\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0Fährverein\n\n"
    "Anzeige\n\nKommentieren Sie den Artikel\n\n"
    "Bitte geben Sie Ihren Kommentar ein!\nBitte geben Sie hier Ihren Namen ein"
)


def test_a_pasted_article_loses_its_clutter_and_nothing_else() -> None:
    ingested = take_in(PASTED)
    kinds = [type(block) for block in ingested.release.blocks]
    assert kinds == [Paragraph, Paragraph, Paragraph, BulletList]
    assert [item.text for item in ingested.removed] == [
        "Symbolbild",
        "Lesen Sie auch: Neue Fähre",
        "Anzeige",
        "Kommentieren Sie den Artikel",
        "Bitte geben Sie Ihren Kommentar ein!",
        "Bitte geben Sie hier Ihren Namen ein",
    ]
    assert ingested.removed[0].line == 1


def test_every_kind_of_repair_is_told_with_its_line() -> None:
    told = {(item.what, item.line) for item in take_in(PASTED).repairs}
    assert told == {
        ("line ends made alike", None),
        ("double space", 3),
        ("accent as apostrophe", 5),
        ("passage in another language marked", 5),
        ("soft hyphen removed", 5),
        ("typed mark made a list item", 11),
        ("typed mark made a list item", 13),
    }


def test_french_in_guillemets_is_marked_and_german_is_not() -> None:
    runs = [run for block in take_in(PASTED).release.blocks if isinstance(block, Paragraph) for run in block.text]
    assert [run.text for run in runs if run.lang == "fr"] == ["«\u00a0Centre d’études portuaires\u00a0»"]
    german = take_in("Das Motto « Alles neu macht der Mai » gilt.\n\nMehr folgt.")
    assert all(
        run.lang is None for block in german.release.blocks if isinstance(block, Paragraph) for run in block.text
    )


def test_what_is_missing_is_proposed_or_left_open_and_waits_for_a_person() -> None:
    release = take_in(PASTED).release
    assert plain(release.title).startswith("Am 12. Mai 2026 empfängt die Hafenstadt")
    assert (release.date, release.place) == (None, None), "a date inside the text is not the release's date"
    assert release.to_confirm == ("title", "date", "place")


def test_what_a_person_says_needs_no_confirmation() -> None:
    release = take_in(PASTED, Given(title="Gäste", date=date(2026, 5, 12), place="Hafenstadt", id="gaeste")).release
    assert (plain(release.title), release.date, release.id, release.to_confirm) == (
        "Gäste",
        date(2026, 5, 12),
        "gaeste",
        (),
    )


def test_the_sample_article_gives_the_very_segments_of_last_years_release() -> None:
    original = (ROOT / "releases/2026-11-17-fortbildungswoche/original.txt").read_bytes().decode("utf-8")
    source = (ROOT / "releases/2025-11-18-fortbildungswoche/source.md").read_text(encoding="utf-8")
    new = {place.text for place in texts(take_in(original).release, "fr")}
    old = {place.text for place in texts(parse(source, language="de"), "fr")}
    partners = [place for place in old & new if any("(LAV)" in run.text for run in place)]
    assert partners
    lead = next(text for text in new if plain(text).startswith("Veranstalter"))
    assert lead in old, "with its French passage marked alike"


FULL = """Medieninformation Nr. 12/2026

Sperrfrist: 12. Mai 2026, 9.30 Uhr

Neue Fähre fährt ab Mai

Sie nimmt auch Räder mit

Hafenstadt, 11. Mai 2026 – Die neue Fähre verbindet ab Dienstag beide Ufer, teilte das Amt mit.

„Wir freuen uns auf viele Gäste.“

1. Erwachsene zahlen 2 Euro
2. Kinder fahren frei

12. Mai ist der erste Tag.

Das Amt betreibt Fähren.

Es sitzt in Hafenstadt.

Pressekontakt:
Eva Muster
Tel. +49 555 0100
eva@example.org
"""


def test_everything_that_is_there_is_recognised() -> None:
    ingested = take_in(FULL.replace("Das Amt betreibt Fähren.\n\nEs sitzt in Hafenstadt.\n\n", ""))
    release = ingested.release
    assert release.number == "12/2026"
    assert release.embargo is not None
    assert release.embargo.isoformat() == "2026-05-12T09:30:00+02:00"
    assert (plain(release.title), plain(release.subtitle)) == (
        "Neue Fähre fährt ab Mai",
        "Sie nimmt auch Räder mit",
    )
    assert (release.date, release.place) == (date(2026, 5, 11), Localized(texts=(("de", "Hafenstadt"),)))
    assert release.contacts == (Contact(name="Eva Muster", phone="+49 555 0100", email="eva@example.org"),)
    assert release.to_confirm == ()
    lead, quote, numbered, last = release.blocks
    assert isinstance(lead, Paragraph)
    assert plain(lead.text).startswith("Die neue Fähre")
    assert isinstance(quote, Quote)
    assert isinstance(numbered, BulletList)
    assert numbered.ordered
    assert isinstance(last, Paragraph), "a date at the beginning of a line is no list"
    assert release.id == "2026-05-11-neue-faehre-faehrt-ab-mai"


def test_the_offices_own_text_becomes_a_reference() -> None:
    ingested = take_in("Kurze Meldung am Morgen.\n\nDas Amt betreibt Fähren.\n\nEs sitzt in Hafenstadt.\n")
    assert ingested.release.boilerplate == "amt"
    assert len(ingested.release.blocks) == 1


def test_wrapped_lines_are_one_paragraph_and_short_lines_stay_apart() -> None:
    wrapped = "Diese Zeile wurde von einem Mailprogramm nach siebzig Zeichen\numbrochen und gehört zusammen."
    blocks = take_in(f"{wrapped}\n\nKurz\nKnapp\n", Given(title="T")).release.blocks
    assert len(blocks) == 3


def test_headings_of_a_page_keep_their_level() -> None:
    from pipeline.formats.web_page import read_web_page

    page = "<html><body><h1>T</h1><p>Ein Satz, der lang genug ist.</p><h3>Tief</h3><p>Mehr.</p></body></html>"
    blocks = ingest(read_web_page(page, "x"), HOUSE, Given()).release.blocks
    assert any(isinstance(block, Heading) and block.level >= 2 for block in blocks)


@pytest.mark.parametrize(
    ("day", "title", "expected"),
    [
        (date(2026, 11, 17), "Die neue Brücke ist offen", "2026-11-17-neue-bruecke-ist-offen"),
        (None, "Große Fähre", "grosse-faehre"),
        (date(2026, 1, 2), "", "2026-01-02"),
        (None, "???", "release"),
        (None, "Œuvre d’État", "oeuvre-d-etat"),
        (date(2026, 1, 2), "x" * 90, "2026-01-02"),
    ],
)
def test_ids_are_short_plain_words(day: date | None, title: str, expected: str) -> None:
    assert release_id(day, title) == expected


def test_a_proposed_headline_ends_where_a_phrase_ends() -> None:
    german = locales.get("de")
    sentence = (
        "Nach einem ersten Besuch im Jahr 2018 empfängt das Land am 12. November 2019 im Rahmen der Strategie Gäste"
    )
    assert (
        proposed_title(sentence, german)
        == "Nach einem ersten Besuch im Jahr 2018 empfängt das Land am 12. November 2019"
    )
    assert proposed_title("Kurz und gut.", german) == "Kurz und gut"
    assert len(proposed_title("x" * 300, german)) == 90


@given(st.lists(st.text(alphabet="aÄß .,!?0129–-„“«»’´()\u00a0\u00ad\t", max_size=40), max_size=6))
def test_no_letter_or_digit_is_ever_lost(lines: list[str]) -> None:
    text = "\n\n".join(["Anfang des Textes.", *lines])
    ingested = take_in(text, Given(title="T"))
    release = ingested.release
    kept = "".join(
        [
            *(plain(place.text) for place in texts(release, "fr") if place.path != "title"),
            *(item.text for item in ingested.removed),
            *ingested.notes,
        ]
    )
    for character in set(text):
        if character.isalpha():
            assert kept.count(character) >= text.count(character)


def test_a_hundred_thousand_paragraphs_are_read_in_bounded_time() -> None:
    text = "\n\n".join(f"Satz Nummer {number} steht hier." for number in range(100_000))
    assert len(take_in(text, Given(title="T")).release.blocks) == 100_000
