"""What an article says of itself is recognised as offices write it; what is unclear is left to a person."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pipeline import locales
from pipeline.formats import markdown
from pipeline.formats.plain_text import read_plain_text
from pipeline.model.inline import Run, inlines, plain
from pipeline.model.intake import Ingested, RawBlock, RawContent, RawKind
from pipeline.model.release import BulletList, Contact, Heading, Localized, Paragraph
from pipeline.stages.ingest import Given, House, ingest

LISTS = Path(__file__).parents[2] / "templates" / "lists"
BERLIN = ZoneInfo("Europe/Berlin")
TEXT = "Die neue Fähre verbindet ab Mai beide Ufer. Sie kostet zwei Euro und fährt alle zwanzig Minuten am Kai ab."
OFFICE = Localized(texts=(("de", "Das Amt betreibt Fähren.\n\nEs sitzt in Hafenstadt."),))


def house(language: str = "de") -> House:
    return House(
        locale=locales.get(language),
        others=(locales.get("fr" if language == "de" else "de"),),
        clutter=(LISTS / "clutter.txt").read_text(encoding="utf-8"),
        abbreviations=frozenset(),
        zone=BERLIN,
        boilerplate=(("amt", OFFICE),),
    )


def take_in(*blocks: str, given: Given | None = None, language: str = "de") -> Ingested:
    return ingest(read_plain_text("\n\n".join(blocks)), house(language), given or Given())


def body(ingested: Ingested) -> list[str]:
    return [plain(block.text) for block in ingested.release.blocks if isinstance(block, Paragraph | Heading)]


@pytest.mark.parametrize(
    ("line", "day", "place"),
    [
        ("Alvenz, 12. November 2019", date(2019, 11, 12), "Alvenz"),
        ("Alvenz, den 12.11.2019", date(2019, 11, 12), "Alvenz"),
        ("Alvenz, Dienstag, 12. November 2019", date(2019, 11, 12), "Alvenz"),
        ("Frankfurt am Main (12.11.2019)", date(2019, 11, 12), "Frankfurt am Main"),
        ("Dienstag, 12. November 2019", date(2019, 11, 12), None),
        ("12.11.2019", date(2019, 11, 12), None),
    ],
)
@pytest.mark.parametrize("sign", ["", " – "])
def test_date_lines_are_read_alone_and_at_the_head_of_the_text(
    line: str, day: date, place: str | None, sign: str
) -> None:
    blocks = (f"{line}{sign}{TEXT}",) if sign else (line, TEXT)
    ingested = take_in("Neue Fähre am Kai", *blocks)
    release = ingested.release
    assert (release.date, release.place and release.place.texts[0][1]) == (day, place)
    assert plain(release.title) == "Neue Fähre am Kai"
    assert body(ingested) == [TEXT]
    assert any("date line" in note for note in ingested.notes)


def test_a_date_inside_a_sentence_is_no_date_line() -> None:
    ingested = take_in("Am 12. November 2019 kam die Fähre zum ersten Mal.", TEXT)
    assert ingested.release.date is None
    assert set(ingested.release.to_confirm) == {"title", "date", "place"}


def test_a_french_date_line_is_read_in_a_french_text() -> None:
    lead = "Le nouveau bac relie les deux rives depuis ce matin. Il part du quai toutes les vingt minutes."
    release = take_in("Un nouveau bac", f"Metz, le 1er novembre 2019 – {lead}", language="fr").release
    assert (release.date, release.place and release.place.texts[0][1]) == (date(2019, 11, 1), "Metz")


def test_a_headline_may_be_longer_than_its_subtitle_and_may_end_in_a_year() -> None:
    release = take_in(
        "Die neue Fähre fährt ab Mai zwischen Alvenz und Montcerval bis 2030", "Fahrpreis zwei Euro", TEXT
    ).release
    assert plain(release.title).endswith("bis 2030")
    assert plain(release.subtitle) == "Fahrpreis zwei Euro"
    assert "title" not in release.to_confirm


def test_the_kind_and_number_above_a_headline_are_not_the_headline() -> None:
    ingested = take_in("Pressemitteilung", "Nr. 12/2026", "Neue Fähre am Kai", TEXT)
    assert (plain(ingested.release.title), ingested.release.number) == ("Neue Fähre am Kai", "12/2026")
    assert [item.text for item in ingested.removed] == ["Pressemitteilung"]


def test_a_line_above_a_longer_paragraph_is_a_heading() -> None:
    ingested = take_in("Neue Fähre am Kai", TEXT, "Was sich ändert", TEXT)
    assert Heading(level=2, text=inlines("Was sich ändert")) in ingested.release.blocks
    assert any("taken as a heading" in note for note in ingested.notes)


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("Sperrfrist: Freitag, 22. Januar 2027, 9.00 Uhr", datetime(2027, 1, 22, 9, tzinfo=BERLIN)),
        ("SPERRFRIST: 22.01.2027, 12 Uhr", datetime(2027, 1, 22, 12, tzinfo=BERLIN)),
    ],
)
def test_an_embargo_is_read_in_the_offices_zone(line: str, moment: datetime) -> None:
    release = take_in(line, "Neue Fähre am Kai", TEXT).release
    assert release.embargo == moment
    assert "embargo" not in release.to_confirm


def test_an_embargo_without_a_time_holds_to_the_end_of_the_day_and_is_to_confirm() -> None:
    release = take_in("Sperrfrist: 22.01.2027", "Neue Fähre am Kai", TEXT).release
    assert release.embargo == datetime(2027, 1, 22, 23, 59, tzinfo=BERLIN)
    assert "embargo" in release.to_confirm


def test_an_embargo_that_cannot_be_read_keeps_the_text_in_the_house() -> None:
    ingested = take_in("Sperrfrist: Redebeginn", "Neue Fähre am Kai", TEXT)
    assert ingested.release.confidential
    assert "confidential" in ingested.release.to_confirm
    assert plain(ingested.release.title) == "Neue Fähre am Kai"
    assert any("“Sperrfrist: Redebeginn” gives no date" in note for note in ingested.notes)


def test_contacts_are_read_with_role_and_nothing_of_theirs_vanishes() -> None:
    ingested = take_in(
        "Neue Fähre am Kai",
        TEXT,
        "Pressekontakt:\nEva Muster, Sprecherin\nTel.: +49 69 1234-0\neva@example.org\n"
        "Luc Ferrand\nAnsprechpartner für Frankreich\nTel. +49 69 1234-1\nFax +49 69 1234-9",
        "Und noch ein Satz zum Schluss.",
    )
    eva = Contact(
        name="Eva Muster",
        role=Localized(texts=(("de", "Sprecherin"),)),
        phone="+49 69 1234-0",
        email="eva@example.org",
    )
    luc = Contact(
        name="Luc Ferrand", role=Localized(texts=(("de", "Ansprechpartner für Frankreich"),)), phone="+49 69 1234-1"
    )
    assert ingested.release.contacts == (eva, luc)
    assert [item.text for item in ingested.removed] == ["Fax +49 69 1234-9"]
    assert body(ingested) == [TEXT, "Und noch ein Satz zum Schluss."]


def test_a_sentence_on_contacts_stays_in_the_text() -> None:
    sentence = "Ansprechpartner für Vereine ist das Hafenamt am Kai, montags bis freitags."
    ingested = take_in("Neue Fähre am Kai", TEXT, sentence, TEXT)
    assert (ingested.release.contacts, sentence in body(ingested)) == ((), True)


def test_a_contact_without_a_name_stays_in_the_text() -> None:
    ingested = take_in("Neue Fähre am Kai", TEXT, "Rückfragen: Tel. 0681 1234-0")
    assert ingested.release.contacts == ()
    assert "Rückfragen: Tel. 0681 1234-0" in body(ingested)


def test_the_offices_own_text_goes_with_its_heading_even_above_a_contact() -> None:
    ingested = take_in(
        "Neue Fähre am Kai",
        TEXT,
        "Über das Amt:",
        "Das Amt betreibt Fähren.",
        "Es sitzt in Hafenstadt.",
        "Pressekontakt\nEva Muster\neva@example.org",
        "– Ende –",
    )
    assert ingested.release.boilerplate == "amt"
    assert body(ingested) == [TEXT]


def test_another_text_about_an_office_keeps_its_heading() -> None:
    ingested = take_in(
        "Neue Fähre am Kai", TEXT, "Über den Verein:", "Der Verein besteht seit 1900 und hat Mitglieder."
    )
    assert ingested.release.blocks[1] == Heading(level=2, text=inlines("Über den Verein"))
    assert ingested.release.boilerplate is None


def test_what_a_person_says_instead_of_the_text_is_told() -> None:
    ingested = take_in("Neue Fähre am Kai", TEXT, given=Given(title="Fähre kommt"))
    assert plain(ingested.release.title) == "Fähre kommt"
    assert any("Neue Fähre am Kai" in note and "left out" in note for note in ingested.notes)


def test_accents_used_as_quotation_marks_do_not_join_words() -> None:
    ingested = take_in("Das Boot ´Alva´ kam in den Hafen von l´Île-Verte.")
    assert body(ingested) == ["Das Boot ´Alva´ kam in den Hafen von l’Île-Verte."]


def test_a_repair_in_a_table_is_told_and_control_characters_go() -> None:
    rows = ((inlines("Jahr"), inlines("Ort")), ((Run(text="20\x0726"),), inlines("l´Île")))
    content = RawContent(
        blocks=(RawBlock(kind=RawKind.TEXT, text=inlines(TEXT)), RawBlock(kind=RawKind.TABLE, rows=rows))
    )
    ingested = ingest(content, house(), Given())
    assert {item.what for item in ingested.repairs} == {"control character removed", "accent as apostrophe"}


def test_a_passage_marked_as_the_texts_own_language_carries_no_mark() -> None:
    marked = (Run(text="Die "), Run(text="Fähre", lang="de-DE"), Run(text=" und "), Run(text="le bac", lang="fr"))
    ingested = ingest(RawContent(blocks=(RawBlock(kind=RawKind.TEXT, text=marked),)), house(), Given())
    assert ingested.release.blocks == (Paragraph(text=(Run(text="Die Fähre und "), Run(text="le bac", lang="fr"))),)


def test_lists_nested_too_deep_for_a_source_file_still_make_one_that_can_be_read() -> None:
    items = tuple(RawBlock(kind=RawKind.ITEM, level=level, text=inlines(f"Punkt {level}")) for level in range(8))
    release = ingest(RawContent(blocks=items), house(), Given(title="Liste")).release
    assert isinstance(release.blocks[0], BulletList)
    assert markdown.parse(markdown.dump(release), language="de") == release


@pytest.mark.parametrize("sentence", ["Passend dazu startet ein Kurs.", "Zum Thema Fähren sprach die Ministerin."])
def test_sentences_that_begin_like_a_link_are_no_clutter(sentence: str) -> None:
    assert sentence in body(take_in("Neue Fähre am Kai", TEXT, sentence))
