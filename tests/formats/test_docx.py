"""An edition as a Word file: read back with python-docx and as XML, and once through LibreOffice."""

import re
import shutil
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import FormatError
from pipeline.formats.docx import to_docx
from pipeline.model.edition import Edition, EditionStatus, Labels, Letterhead, Picture
from pipeline.model.inline import Inlines, Run, inlines
from pipeline.model.release import (
    Block,
    BulletList,
    Contact,
    Figure,
    Heading,
    ListItem,
    Localized,
    Media,
    Paragraph,
    Quote,
    Release,
    Table,
)

ROOT = Path(__file__).parents[2]
BASE = (ROOT / "templates/designs/classic/letterhead.docx").read_bytes()
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

LABELS = Labels(
    kind="Communiqué de presse",
    draft="BROUILLON",
    number="n°\u00a07/2026",
    timing="Pour diffusion immédiate",
    place_and_date="Port-Neuf, le 2\u00a0mars 2026",
    contact="Contact presse",
    about="À propos de l’office",
    photo="Photo\u00a0:",
    phone="Tél.",
    end="Fin",
    page="Page {page} sur {pages}",
)
LETTERHEAD = Letterhead(
    name="Office du port",
    body="Ville de Port-Neuf",
    address=("1, quai Neuf", "Port-Neuf"),
    website="https://www.port.example/",
    accent="#2f6b5b",
    logo=None,
)
RELEASE = Release(
    id="2026-03-02-bac",
    language="fr",
    title=inlines("Le bac reprend du service"),
    subtitle=inlines("Dès lundi, toutes les heures"),
    tags=("port", "transport"),
    blocks=(Paragraph(text=inlines("Le bac est là.")), Paragraph(text=inlines("Il part à midi."))),
)
EDITION = Edition(
    release=RELEASE,
    status=EditionStatus.FINAL,
    notes=(),
    labels=LABELS,
    letterhead=LETTERHEAD,
    contacts=(
        Contact(
            name="Eva Muster",
            role=Localized(texts=(("fr", "porte-parole"),)),
            phone="+49 (0) 555 01-00",
            email="eva@port.example",
        ),
    ),
    boilerplate=("L’office gère le port.",),
    pictures=(),
    made=datetime(2026, 3, 2, 8, 0, tzinfo=UTC),
)
DRAFT = replace(
    EDITION, status=EditionStatus.DRAFT, notes=("Traduction automatique non relue", "1 passage manque.")
)


def edition(*blocks: Block, **changes: object) -> Edition:
    """Return an edition of `blocks` without contacts, and with other front matter."""
    return replace(EDITION, contacts=(), release=replace(RELEASE, blocks=blocks, **changes))  # type: ignore[arg-type]


def paragraph(*runs: Run) -> Paragraph:
    return Paragraph(text=runs)


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def xml(data: bytes, part: str = "word/document.xml") -> ET.Element:
    return ET.fromstring(parts(data)[part])  # noqa: S314 (our own file)


def styled(data: bytes) -> list[tuple[str, str]]:
    """Return the style and text of each paragraph outside tables."""
    return [(p.style.name if p.style else "", p.text) for p in Document(BytesIO(data)).paragraphs]


def stories(data: bytes, kind: str) -> dict[str, str]:
    """Return the text of each header or footer, by part."""
    return {
        name: "".join(ET.fromstring(content).itertext())  # noqa: S314 (our own file)
        for name, content in parts(data).items()
        if name.startswith(f"word/{kind}")
    }


def properties(data: bytes, text: str) -> set[str]:
    """Return the run properties, by tag and value, of the run that says `text`."""
    for run in xml(data).iter(f"{W}r"):
        if "".join(run.itertext()) == text:
            return {f"{p.tag.removeprefix(W)} {p.get(W + 'val', '')}".strip() for p in run.iterfind(f"{W}rPr/*")}
    raise AssertionError(f"no run says {text}")


def links(data: bytes) -> dict[str, str]:
    """Return the text and target of each link."""
    relations = xml(data, "word/_rels/document.xml.rels")
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    return {"".join(link.itertext()): targets[link.get(RELATION)] for link in xml(data).iter(f"{W}hyperlink")}


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x40\x80\xc0" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


# --- the page as a whole


def test_everything_stands_in_the_order_of_a_press_release_in_a_style_of_its_own() -> None:
    assert styled(to_docx(DRAFT, BASE)) == [
        ("Draft Note", "Traduction automatique non relue"),
        ("Draft Note", "1 passage manque."),
        ("Dateline", "Port-Neuf, le 2\u00a0mars 2026"),
        ("Timing", "Pour diffusion immédiate"),
        ("Title", "Le bac reprend du service"),
        ("Subtitle", "Dès lundi, toutes les heures"),
        ("Lead", "Le bac est là."),
        ("Body Text", "Il part à midi."),
        ("Boilerplate Heading", "À propos de l’office"),
        ("Boilerplate", "L’office gère le port."),
        ("Contact Heading", "Contact presse"),
        ("Contact", "Eva Muster, porte-parole\nTél. +49 (0) 555 01-00 · eva@port.example"),
        ("End Mark", "Fin"),
    ]


def test_what_a_release_does_not_have_leaves_no_empty_paragraph() -> None:
    bare = replace(
        edition(paragraph(Run(text="Texte.")), subtitle=(), title=()),
        labels=replace(LABELS, place_and_date=None, number=None),
        boilerplate=(),
    )
    data = to_docx(bare, BASE)
    assert [style for style, _ in styled(data)] == ["Timing", "Lead", "End Mark"]
    assert stories(data, "header")["word/header2.xml"] == "Office du portCommuniqué de presse"


def test_an_embargo_has_a_style_of_its_own() -> None:
    assert ("Embargo", LABELS.timing) in styled(to_docx(edition(embargo=EDITION.made), BASE))


def test_the_text_carries_no_formatting_but_styles_bold_italic_language_and_numbers() -> None:
    runs = (
        Run(text="a", bold=True, italic=True),
        Run(text="b", lang="de", untranslated=True),
        Run(text="c", code=True),
    )
    numbers = BulletList(ordered=True, items=(ListItem(text=runs),))
    root = xml(to_docx(edition(paragraph(*runs), numbers, Quote(paragraphs=(runs,))), BASE))
    used = {
        child.tag.removeprefix(W) for kind in ("pPr", "rPr") for found in root.iter(W + kind) for child in found
    }
    assert used == {"pStyle", "numPr", "rStyle", "b", "i", "lang"}


def test_the_page_is_a4_with_a_first_page_of_its_own() -> None:
    (section,) = Document(BytesIO(to_docx(EDITION, BASE))).sections
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.different_first_page_header_footer


def test_the_header_names_office_kind_and_number_and_is_shorter_from_page_two() -> None:
    headers = stories(to_docx(EDITION, BASE), "header")
    assert headers == {
        "word/header1.xml": "Office du portVille de Port-NeufCommuniqué de pressen°\u00a07/2026",
        "word/header2.xml": "Office du portCommuniqué de presse n°\u00a07/2026",
    }


def test_the_footer_counts_the_pages_with_fields_and_the_first_one_has_the_address() -> None:
    data = to_docx(EDITION, BASE)
    assert stories(data, "footer") == {
        "word/footer1.xml": "1, quai Neuf · Port-Neuf · www.port.examplePage 1 sur 1",
        "word/footer2.xml": "Page 1 sur 1",
    }
    for part in ("word/footer1.xml", "word/footer2.xml"):
        fields = [field.get(W + "instr") for field in xml(data, part).iter(f"{W}fldSimple")]
        assert fields == ["PAGE", "NUMPAGES"]


def test_nothing_of_the_letterheads_sample_text_or_controls_is_left() -> None:
    content = b"".join(parts(to_docx(DRAFT, BASE)).values()).decode("utf-8", errors="replace")
    assert "Name der Stelle" not in content
    assert "Formatvorlage" not in content
    assert "w:sdt" not in content


# --- drafts


def test_a_draft_is_marked_on_top_of_and_across_every_page() -> None:
    data = to_docx(DRAFT, BASE)
    for part, text in stories(data, "header").items():
        assert text.startswith("BROUILLON")
        assert b'string="BROUILLON"' in parts(data)[part]


def test_a_final_edition_has_no_mark() -> None:
    headers = [content for name, content in parts(to_docx(EDITION, BASE)).items() if "header" in name]
    assert headers
    assert not any(b"BROUILLON" in content or b"v:shape" in content for content in headers)


def test_a_mark_with_signs_of_xml_is_drawn_as_it_is() -> None:
    marked = to_docx(replace(DRAFT, labels=replace(LABELS, draft='A"<&>')), BASE)
    textpaths = [e for e in xml(marked, "word/header1.xml").iter() if e.get("string")]
    assert [e.get("string") for e in textpaths] == ['A"<&>']


def test_untranslated_text_is_marked_and_keeps_its_own_language() -> None:
    data = to_docx(edition(paragraph(Run(text="Neuer Satz.", lang="de", untranslated=True))), BASE)
    assert properties(data, "Neuer Satz.") == {"rStyle Untranslated", "lang de-DE"}


def test_that_a_link_is_untranslated_matters_more_than_that_it_is_a_link() -> None:
    run = Run(text="Anmeldung", href="https://port.example/a", lang="de", untranslated=True)
    data = to_docx(edition(paragraph(run)), BASE)
    assert "rStyle Untranslated" in properties(data, "Anmeldung")
    assert links(data) == {"Anmeldung": "https://port.example/a"}


# --- runs


def test_bold_italic_and_code_are_kept() -> None:
    data = to_docx(
        edition(
            paragraph(Run(text="gras", bold=True), Run(text="penché", italic=True), Run(text="x=1", code=True))
        ),
        BASE,
    )
    assert properties(data, "gras") == {"b"}
    assert properties(data, "penché") == {"i"}
    assert properties(data, "x=1") == {"rStyle Code"}


@pytest.mark.parametrize(("tag", "full"), [("de", "de-DE"), ("en", "en-GB"), ("fr-CH", "fr-CH"), ("wen", "wen")])
def test_a_passage_in_another_language_says_so_with_its_region(tag: str, full: str) -> None:
    data = to_docx(edition(paragraph(Run(text="Passage", lang=tag))), BASE)
    assert properties(data, "Passage") == {f"lang {full}"}


def test_the_language_of_the_edition_replaces_that_of_the_letterhead_everywhere() -> None:
    content = b"".join(value for name, value in parts(to_docx(EDITION, BASE)).items() if name.endswith(".xml"))
    languages = re.findall(rb'<w:(?:lang|themeFontLang) w:val="([^"]*)"', content)
    assert len(languages) >= 2
    assert set(languages) == {b"fr-FR"}


def test_words_own_signs_stand_for_breaks_tabs_and_special_hyphens() -> None:
    data = to_docx(edition(paragraph(Run(text="a\nb\r\nc\td\u2011e\u00adf"))), BASE)
    (run,) = [run for run in xml(data).iter(f"{W}r") if "".join(run.itertext()) == "abcdef"]
    signs = [child.tag.removeprefix(W) for child in run if child.tag != f"{W}t"]
    assert signs == ["br", "br", "tab", "noBreakHyphen", "softHyphen"]


WRITTEN_OTHERWISE = "\u2011\u00ad\ufffe\uffff"
"""Special hyphens have elements of their own; the noncharacters are refused."""


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters=WRITTEN_OTHERWISE)))
def test_any_other_text_comes_back_as_it_went_in(text: str) -> None:
    data = to_docx(edition(paragraph(Run(text=f"|{text}|"))), BASE)
    assert ("Lead", f"|{text}|") in styled(data)


# --- links


def test_links_are_real_and_addresses_are_not_hyphenated() -> None:
    runs = (
        Run(text="port.example/a", href="https://port.example/a"),
        Run(text="inscription", href="mailto:a@b.example"),
    )
    data = to_docx(edition(paragraph(*runs)), BASE)
    assert links(data) == {"port.example/a": "https://port.example/a", "inscription": "mailto:a@b.example"}
    assert properties(data, "port.example/a") == {"rStyle Hyperlink", "noProof"}
    assert properties(data, "inscription") == {"rStyle Hyperlink"}


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "file:///etc/passwd", "//port.example", "x", "https://a b"]
)
def test_a_link_to_anything_but_web_mail_and_telephone_stays_plain_text(href: str) -> None:
    data = to_docx(edition(paragraph(Run(text="ici", href=href))), BASE)
    assert links(data) == {}
    assert properties(data, "ici") == set()
    assert f'Target="{href}"'.encode() not in parts(data)["word/_rels/document.xml.rels"]


def test_a_link_of_several_runs_is_one_link() -> None:
    runs = tuple(
        Run(text=text, bold=bold, href="https://port.example") for text, bold in (("ici", False), (" même", True))
    )
    assert links(to_docx(edition(paragraph(*runs)), BASE)) == {"ici même": "https://port.example"}


@pytest.mark.parametrize(
    ("number", "target"),
    [
        ("+49 (0) 555 01-00", "tel:+495550100"),
        ("0555/01 00", "tel:05550100"),
        ("0555 0100 oder 0101", None),
        ("0555 0100-12 / 0555 0100-13", None),
    ],
)
def test_a_telephone_number_is_a_link_if_it_is_surely_one(number: str, target: str | None) -> None:
    data = to_docx(replace(EDITION, contacts=(Contact(name="Eva", phone=number, email="eva port"),)), BASE)
    assert links(data) == ({number: target} if target else {})
    assert ("Contact", f"Eva\nTél. {number} · eva port") in styled(data)


def test_a_role_that_was_given_in_another_language_only_says_so() -> None:
    contact = Contact(name="Eva", role=Localized(texts=(("de", "Sprecherin"),)))
    assert properties(to_docx(replace(EDITION, contacts=(contact,)), BASE), "Sprecherin") == {"lang de-DE"}


# --- blocks


def test_headings_start_below_the_title_and_a_paragraph_stays_with_the_list_it_introduces() -> None:
    text = inlines("texte")
    blocks = (
        Heading(level=2, text=text),
        Paragraph(text=text),
        BulletList(items=(ListItem(text=text),)),
        Heading(level=3, text=text),
        Heading(level=4, text=text),
        Quote(paragraphs=(text, text)),
    )
    found = [style for style, words in styled(to_docx(edition(*blocks), BASE)) if words == "texte"]
    assert found == ["Heading 1", "Lead-In", "List Bullet", "Heading 2", "Heading 3", "Quote", "Quote"]


def nested(depth: int, *, ordered: bool) -> BulletList:
    sublists = (nested(depth - 1, ordered=ordered),) if depth > 1 else ()
    return BulletList(ordered=ordered, items=(ListItem(text=inlines(f"n{depth}"), sublists=sublists),))


@pytest.mark.parametrize(("ordered", "name"), [(False, "List Bullet"), (True, "List Number")])
def test_lists_go_four_levels_deep_and_not_deeper(ordered: bool, name: str) -> None:
    found = [style for style, text in styled(to_docx(edition(nested(5, ordered=ordered)), BASE)) if text[0] == "n"]
    assert found == [name, f"{name} 2", f"{name} 3", f"{name} 4", f"{name} 4"]


def val(parent: ET.Element, path: str) -> str | None:
    """Return the `w:val` of the element below `parent` at `path`."""
    (found,) = parent.iterfind("/".join(W + step for step in path.split("/")))
    return found.get(W + "val")


def test_every_numbered_list_starts_anew_with_a_real_numbering_at_its_level() -> None:
    data = to_docx(edition(nested(2, ordered=True), nested(1, ordered=True)), BASE)
    used = [(val(found, "ilvl"), val(found, "numId")) for found in xml(data).iter(f"{W}numPr")]
    assert [level for level, _ in used] == ["0", "1", "0"]
    assert len({number for _, number in used}) == 3
    definitions = {number.get(W + "numId"): number for number in xml(data, "word/numbering.xml").iter(f"{W}num")}
    for level, number in used:
        (override,) = definitions[number].iterfind(f"{W}lvlOverride")
        assert override.get(W + "ilvl") == level
        assert val(override, "startOverride") == "1"


def row(*texts: str) -> tuple[Inlines, ...]:
    return tuple(inlines(text) for text in texts)


def test_a_table_is_as_wide_as_the_text_repeats_its_header_and_never_splits_a_row() -> None:
    table = Table(header=row("Objet", "2026"), rows=(row("Embarcadère nord", "1\u202f250,5"), row("Quai", "")))
    data = to_docx(edition(table), BASE)
    (found,) = xml(data).iter(f"{W}tbl")
    assert found.find(f"{W}tblPr/{W}tblW").attrib == {f"{W}w": "5000", f"{W}type": "pct"}  # type: ignore[union-attr]
    rows = found.findall(f"{W}tr")
    assert [r.find(f"{W}trPr/{W}tblHeader") is not None for r in rows] == [True, False, False]
    assert all(r.find(f"{W}trPr/{W}cantSplit") is not None for r in rows)
    wide, narrow = (int(column.get(W + "w", "0")) for column in found.iter(f"{W}gridCol"))
    assert wide > narrow


def test_columns_of_amounts_are_set_flush_right_with_their_heads() -> None:
    table = Table(
        header=row("Objet", "Coût", "Part"), rows=(row("Quai", "3,5\u00a0€", "7 vélos"), row("Bac", "–", "2"))
    )
    (found,) = Document(BytesIO(to_docx(edition(table), BASE))).tables
    styles = [[cell.paragraphs[0].style.name for cell in r.cells] for r in found.rows]
    assert styles == [
        ["Table Head", "Table Head Number", "Table Head"],
        ["Table Text", "Table Number", "Table Text"],
        ["Table Text", "Table Number", "Table Text"],
    ]


# --- pictures

MEDIA = Media(
    file="bac.png",
    alt=Localized(texts=(("fr", "Un bac au soleil"),)),
    caption=Localized(texts=(("fr", "Le bac à quai"),)),
    credit="Office",
)


def with_picture(data: bytes, media: Media = MEDIA) -> Edition:
    made = edition(paragraph(Run(text="Texte.")), Figure(file="bac.png"), media=(media,))
    return replace(made, pictures=(Picture(file="bac.png", data=data),))


def picture_size(data: bytes) -> tuple[float, float]:
    """Return the width and height of the only picture in millimetres."""
    (extent,) = xml(data).iter(f"{WP}extent")
    return int(extent.get("cx", "0")) / 36000, int(extent.get("cy", "0")) / 36000


def test_a_picture_has_its_alternative_text_and_a_caption_with_credit() -> None:
    data = to_docx(with_picture(png(40, 20)), BASE)
    (about,) = xml(data).iter(f"{WP}docPr")
    assert (about.get("descr"), about.get("name")) == ("Un bac au soleil", "bac.png")
    assert ("Caption", "Le bac à quai · Photo\u00a0: Office") in styled(data)
    assert parts(data)["word/media/image1.png"] == png(40, 20)


@pytest.mark.parametrize(
    ("media", "caption", "description"),
    [
        (
            replace(MEDIA, caption=Localized(texts=(("fr", "À quai."),))),
            "À quai. Photo\u00a0: Office",
            "Un bac au soleil",
        ),
        (replace(MEDIA, credit=None, alt=None), "Le bac à quai", "Le bac à quai"),
        (replace(MEDIA, caption=None), "Photo\u00a0: Office", "Un bac au soleil"),
        (Media(file="bac.png"), None, ""),
    ],
)
def test_caption_credit_and_alternative_text_are_each_optional(
    media: Media, caption: str | None, description: str
) -> None:
    data = to_docx(with_picture(png(40, 20), media), BASE)
    assert [text for style, text in styled(data) if style == "Caption"] == ([caption] if caption else [])
    assert [about.get("descr") for about in xml(data).iter(f"{WP}docPr")] == [description]


def test_a_large_picture_is_as_wide_as_the_text_and_a_small_one_is_not_blown_up() -> None:
    assert picture_size(to_docx(with_picture(png(1600, 800)), BASE)) == pytest.approx((156, 78), abs=0.5)
    assert picture_size(to_docx(with_picture(png(120, 60)), BASE)) == pytest.approx((25.4, 12.7), abs=0.5)


def test_a_tall_picture_leaves_room_for_the_text() -> None:
    assert picture_size(to_docx(with_picture(png(600, 1200)), BASE)) == pytest.approx((55, 110), abs=0.5)


@pytest.mark.parametrize("data", [b"", png(40, 20)[:30], png(0, 20), b"GIF89a", b"RIFF0000WEBP"])
def test_a_picture_that_cannot_be_read_is_named(data: bytes) -> None:
    with pytest.raises(FormatError, match=r"2026-03-02-bac: the picture “bac\.png”.*PNG or JPEG"):
        to_docx(with_picture(data), BASE)


def test_a_picture_that_is_not_there_is_named() -> None:
    with pytest.raises(FormatError, match=r"the picture “bac\.png” is not there; put it into the folder “media”"):
        to_docx(replace(with_picture(b""), pictures=()), BASE)


# --- the file


def test_the_properties_are_those_of_the_release_and_not_of_a_library() -> None:
    about = Document(BytesIO(to_docx(EDITION, BASE))).core_properties
    assert (about.title, about.author, about.language) == ("Le bac reprend du service", "Office du port", "fr-FR")
    assert (about.subject, about.keywords) == ("Dès lundi, toutes les heures", "port, transport")
    assert about.created == about.modified == EDITION.made
    assert (about.last_modified_by, about.comments) == ("Office du port", "")
    assert (about.identifier, about.content_status) == ("2026-03-02-bac", "final")


def test_a_title_longer_than_a_property_may_be_is_shortened_there_only() -> None:
    title = "mot " * 100 + "fin"
    data = to_docx(edition(title=inlines(title)), BASE)
    assert ("Title", title) in styled(data)
    short = Document(BytesIO(data)).core_properties.title
    assert (len(short), short[-1]) == (255, "…")


def test_a_file_without_pictures_stays_below_25_kilobytes() -> None:
    assert len(to_docx(DRAFT, BASE)) < 25_000


def forbidden_cases() -> Iterator[tuple[Edition, str]]:
    bad = "a\x0bb"
    yield edition(title=inlines(bad)), "“title” holds U[+]000B"
    yield edition(paragraph(), Quote(paragraphs=((), inlines(bad)))), "block 2 of the text holds U[+]000B"
    yield replace(EDITION, contacts=(Contact(name="\ud800"),)), "“contacts” holds U[+]D800"
    yield replace(EDITION, labels=replace(LABELS, end="\uffff")), "“end” of the labels holds U[+]FFFF"
    yield replace(EDITION, boilerplate=(bad,)), "“boilerplate” holds U[+]000B"


@pytest.mark.parametrize(("made", "message"), list(forbidden_cases()))
def test_a_character_that_no_word_file_can_hold_is_refused_with_its_place(made: Edition, message: str) -> None:
    with pytest.raises(FormatError, match=rf"2026-03-02-bac \(fr\): {message}"):
        to_docx(made, BASE)


def test_other_processes_time_zones_and_hash_seeds_give_the_same_bytes(tmp_path: Path) -> None:
    program = (
        "import importlib.util, sys\n"
        "spec = importlib.util.spec_from_file_location('cases', sys.argv[1])\n"
        "cases = importlib.util.module_from_spec(spec)\n"
        "spec.loader.exec_module(cases)\n"
        "open(sys.argv[2], 'wb').write(cases.to_docx(cases.DRAFT, cases.BASE))\n"
    )
    for zone, seed in (("Pacific/Auckland", "1"), ("America/Lima", "2")):
        there = tmp_path / f"{seed}.docx"
        subprocess.run(
            [sys.executable, "-c", program, __file__, str(there)],
            env={"TZ": zone, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            check=True,
        )
        assert there.read_bytes() == to_docx(DRAFT, BASE)


@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")), reason="needs LibreOffice and pdftotext"
)
def test_libreoffice_shows_every_word_and_the_mark_on_each_page(tmp_path: Path) -> None:
    long = tuple(
        paragraph(Run(text=f"Paragraphe {number}. " + "Le port est ouvert. " * 12)) for number in range(20)
    )
    table = Table(header=row("Objet", "Coût"), rows=(row("Quai", "3,5"),))
    made = replace(DRAFT, release=replace(RELEASE, blocks=(*long, nested(2, ordered=True), table)))
    (tmp_path / "bac.docx").write_bytes(to_docx(made, BASE))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "bac.docx")], check=True, capture_output=True, timeout=120)
    shown = subprocess.run(["pdftotext", "-layout", tmp_path / "bac.pdf", "-"], check=True, capture_output=True)
    pages = shown.stdout.decode().strip("\f").split("\f")
    assert len(pages) > 1
    assert all(page.lstrip().startswith("BROUILLON") for page in pages)
    for number, page in enumerate(pages, 1):
        assert f"Page {number} sur {len(pages)}" in page
    for expected in ("1. n2", "a) n1", "Paragraphe 19.", "Contact presse", "Objet", "3,5", "Fin"):
        assert expected.replace(" ", "").upper() in shown.stdout.decode().replace(" ", "").upper()
