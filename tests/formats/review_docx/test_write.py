"""The review document: a table that Word opens without a question and that says by itself what to do."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from lxml import etree

from pipeline import locales
from pipeline.errors import FormatError
from pipeline.formats.review_docx.identity import NAMESPACE, PART, PROPERTIES, bookmark, bookmarked
from pipeline.formats.review_docx.read import open_review
from pipeline.formats.review_docx.write import write_review
from pipeline.formats.ticket_line import read_visible, visible_line
from pipeline.model.exchange import ReviewSheet, Sent
from pipeline.model.inline import inlines, plain
from pipeline.model.review import Comment
from tests.formats.review_docx.parts import R, W, lines, members, part, rows, said, tables, value
from tests.formats.review_docx.sheets import AT, document, sheet

ROOT = Path(__file__).parents[3]
SHEET = sheet()
MADE = document(SHEET)
IDS = [row.segment.id for row in SHEET.rows]


def test_there_is_one_table_of_four_columns_with_a_row_for_each_segment() -> None:
    _, table = tables(MADE)
    assert len(table.findall(f"{W}tblGrid/{W}gridCol")) == 4
    assert [len(row) for row in rows(MADE)] == [4] * (1 + len(SHEET.rows))
    assert [said(row[0]) for row in rows(MADE)[1:]] == IDS
    assert [said(row[1]) for row in rows(MADE)[1:]] == [plain(row.segment.source) for row in SHEET.rows]
    assert [said(row[2]) for row in rows(MADE)[1:]] == [plain(row.segment.target) for row in SHEET.rows]


def test_the_columns_say_what_they_are_for_and_fill_the_page() -> None:
    assert [said(cell) for cell in rows(MADE)[0]] == [
        "N°",
        "Allemand · texte original",
        "Français · à corriger ici",
        "Remarques",
    ]
    section = part(MADE).find(f"{W}body/{W}sectPr")
    assert section is not None
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    assert size is not None
    assert margins is not None
    width, height = int(size.get(f"{W}w", "")), int(size.get(f"{W}h", ""))
    assert (size.get(f"{W}orient"), round(width / 56.7), round(height / 56.7)) == ("landscape", 297, 210)
    room = width - int(margins.get(f"{W}left", "")) - int(margins.get(f"{W}right", ""))
    for table in tables(MADE):
        columns = [int(item.get(f"{W}w", "")) for item in table.iter(f"{W}gridCol")]
        assert 0 <= room - sum(columns) < 20
        for row in table.iter(f"{W}tr"):
            assert [int(item.get(f"{W}w", "")) for item in row.iter(f"{W}tcW")] == columns


def test_the_head_row_is_repeated_and_no_row_breaks() -> None:
    first, *others = tables(MADE)[-1].findall(f"{W}tr")
    assert first.find(f"{W}trPr/{W}tblHeader") is not None
    assert not [row for row in others if row.find(f"{W}trPr/{W}tblHeader") is not None]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in (first, *others))


def test_those_who_cannot_see_it_are_told_what_it_is() -> None:
    for table in tables(MADE):
        assert value(table, "tblPr/tblCaption")
    assert value(tables(MADE)[-1], "tblPr/tblDescription")
    core = part(MADE, "docProps/core.xml")
    facts = {item.tag.rpartition("}")[2]: item.text for item in core}
    assert facts["title"] == "Document de relecture · Neue Brücke eröffnet"
    assert facts["language"] == "fr-FR"
    assert facts["creator"] == "Chancellerie d’État"
    assert value(part(MADE, "word/styles.xml"), "docDefaults/rPrDefault/rPr/lang") == "fr-FR"


def test_number_and_source_look_locked_and_a_missing_translation_is_an_empty_coloured_cell() -> None:
    for (number, source, target, _), row in zip(rows(MADE)[1:], SHEET.rows, strict=True):
        ground, quiet = (cell.find(f"{W}tcPr/{W}shd") for cell in (number, source))
        assert ground is not None
        assert quiet is not None
        assert ground.get(f"{W}fill") == quiet.get(f"{W}fill") == "EEF0F2"
        assert (target.find(f"{W}tcPr/{W}shd") is None) == bool(row.segment.target)
        assert len(target.findall(f"{W}p")) == 1
        assert (not target.findall(f".//{W}r")) == (not row.segment.target)


def test_changes_are_tracked_and_word_checks_the_spelling() -> None:
    settings = part(MADE, "word/settings.xml")
    assert settings.find(f"{W}trackRevisions") is not None
    assert settings.find(f"{W}proofState") is None
    assert value(settings, "themeFontLang") == "fr-FR"
    mode = settings.find(f"{W}compat/{W}compatSetting[@{W}name='compatibilityMode']")
    assert mode is not None
    assert mode.get(f"{W}val") == "15"


def test_nothing_is_protected_hidden_or_wrapped_in_controls() -> None:
    for name in members(MADE):
        if name.startswith("word/") and name.endswith(".xml"):
            root = part(MADE, name)
            for tag in ("sdt", "documentProtection", "vanish", "permStart", "ins", "del"):
                hidden = [item for item in root.iter(f"{W}{tag}") if item.getparent() is not None]
                assert not hidden, (name, tag)


def test_each_number_stands_in_a_bookmark_of_its_own() -> None:
    starts = part(MADE).findall(f".//{W}bookmarkStart")
    ends = part(MADE).findall(f".//{W}bookmarkEnd")
    assert [item.get(f"{W}name") for item in starts] == [f"seg_{name}" for name in IDS]
    assert [item.get(f"{W}id") for item in starts] == [item.get(f"{W}id") for item in ends]
    assert len({item.get(f"{W}id") for item in starts}) == len(IDS)
    for start, name in zip(starts, IDS, strict=True):
        run, end = start.itersiblings()
        assert said(run) == name
        assert end.tag == f"{W}bookmarkEnd"


def test_the_name_of_a_bookmark_tells_its_segment() -> None:
    assert bookmarked(bookmark("S1000")) == "S1000"
    assert [bookmarked(name) for name in ("_GoBack", "seg_", "seg_S1", "seg_S001 ", "xseg_S001")] == [None] * 5


def test_the_export_is_named_in_custom_xml_as_word_expects_it() -> None:
    parts, ticket = members(MADE), SHEET.export.ticket
    root = part(MADE, PART.lstrip("/"))
    assert root.tag == f"{{{NAMESPACE}}}review"
    assert dict(root.attrib) == {
        "release": ticket.release,
        "target": "fr",
        "number": "1",
        "key": ticket.key,
    }
    assert [dict(item.attrib) for item in root] == [{"id": name, "bookmark": f"seg_{name}"} for name in IDS]
    relations = parts["word/_rels/document.xml.rels"].decode()
    assert relations.count("../customXml/item7.xml") == 1
    assert "itemProps7.xml" in parts["customXml/_rels/item7.xml.rels"].decode()
    assert NAMESPACE in parts["customXml/itemProps7.xml"].decode()
    assert "customXmlProperties+xml" in parts["[Content_Types].xml"].decode()


def test_the_export_is_named_in_custom_properties() -> None:
    root = part(MADE, "docProps/custom.xml")
    facts = {item.get("name"): "".join(item.itertext()) for item in root}
    assert facts == dict(zip(PROPERTIES.values(), ("2026-11-23-bruecke", "fr", "1", SHEET.export.key), strict=True))
    assert [item.get("pid") for item in root] == ["2", "3", "4", "5"]


def test_the_export_is_named_where_everybody_sees_it() -> None:
    head = [said(item) for item in part(MADE).findall(f"{W}body/{W}p")]
    assert visible_line(SHEET.export.ticket) in head
    assert [ticket for line in head if (ticket := read_visible(line))] == [SHEET.export.ticket]
    (foot,) = (name for name in members(MADE) if re.fullmatch(r"word/footer\d*\.xml", name))
    assert said(part(MADE, foot)).startswith(visible_line(SHEET.export.ticket))


def test_what_is_sent_can_be_read_back() -> None:
    opened = open_review(MADE, "x.docx")
    assert opened.ticket == SHEET.export.ticket
    back = opened.read(SHEET.export, MADE)
    assert [(item.segment, item.target) for item in back.segments] == [
        (row.segment.id, row.segment.target) for row in SHEET.rows
    ]
    assert not back.strays


def test_the_head_explains_in_both_languages_the_reviewers_first() -> None:
    shown = replace(SHEET, engines=("memory", "deep-translator:google"))
    left, right = tables(document(shown))[0].findall(f".//{W}tc")
    assert lines(left) == [
        (
            "Chancellerie d’État, le 23\u00a0novembre 2026 · Origine de la traduction\u00a0: "
            "communiqués déjà approuvés, deep-translator:google"
        ),
        "1.\tCorrigez directement dans la colonne «\u00a0Français\u00a0»\u202f; les modifications sont suivies.",
        "2.\tEn cas de question, ajoutez un commentaire ou écrivez dans la colonne «\u00a0Remarques\u00a0».",
        "3.\tLes cases vides sur fond coloré restent à traduire.",
        "4.\tNe modifiez pas les colonnes grises\u202f; ne supprimez et ne fusionnez aucune ligne.",
        "5.\tEnregistrez le fichier, puis renvoyez-le. Merci de votre relecture\u202f!",
        (
            "Couleurs\u00a0: \u00a0passage à vérifier\u00a0  \u00a0à traduire\u00a0  \u00a0ne pas modifier\u00a0  "
            "[−avant] [+maintenant] dans l’original"
        ),
    ]
    assert lines(right)[0].startswith("Staatskanzlei, 23.\u00a0November 2026 · Herkunft der Übersetzung: ")
    assert len(lines(right)) == len(lines(left))
    assert {value(run, "rPr/lang") for run in right.iter(f"{W}r") if said(run).strip(" ")} == {"de-DE"}


def test_embargo_and_confidentiality_stand_on_top_and_on_every_page() -> None:
    moment = datetime(2026, 11, 25, 9, 30, tzinfo=AT.tzinfo)
    made = document(replace(SHEET, embargo=moment, confidential=True))
    first, second, *_ = (said(item) for item in part(made).findall(f"{W}body/{W}p"))
    assert first == "Confidentiel  ·  Vertraulich"
    assert second.startswith("Sous embargo jusqu’au 25\u00a0novembre 2026")
    assert second.partition("  ·  ")[2].startswith("Sperrfrist: 25.\u00a0November 2026")
    (foot,) = (name for name in members(made) if re.fullmatch(r"word/footer\d*\.xml", name))
    assert "Confidentiel   ·   Sous embargo jusqu’au 25\u00a0novembre 2026" in said(part(made, foot))
    assert "Sperrfrist" not in said(part(MADE))
    assert "Confidentiel" not in said(part(MADE))


def test_the_foot_counts_the_pages() -> None:
    (foot,) = (name for name in members(MADE) if re.fullmatch(r"word/footer\d*\.xml", name))
    fields = part(MADE, foot).findall(f".//{W}fldSimple")
    assert [item.get(f"{W}instr") for item in fields] == ["PAGE", "NUMPAGES"]


def test_an_office_without_a_name_in_the_language_goes_by_the_one_it_has() -> None:
    only = replace(SHEET, office=(("de", "Staatskanzlei"),))
    assert said(tables(document(only))[0]).startswith("Staatskanzlei, le 23\u00a0novembre 2026")
    swiss = write_review(
        replace(SHEET, export=replace(SHEET.export, target_locale="fr-CH")),
        locales.get("de"),
        locales.get("fr-CH"),
    )
    assert said(tables(swiss)[0]).startswith("Chancellerie d’État, le 23\u00a0novembre 2026")
    assert said(rows(swiss)[0][2]) == "Français · à corriger ici"


def test_the_other_direction_works_as_well() -> None:
    turned = replace(SHEET, export=replace(SHEET.export, source_locale="fr", target_locale="de"))
    made = write_review(turned, locales.get("fr"), locales.get("de"))
    assert [said(cell) for cell in rows(made)[0]][1:3] == [
        "Französisch · Ausgangstext",
        "Deutsch · hier korrigieren",
    ]
    assert said(part(made)).startswith("Dokument zur Durchsicht  ·  Document de relecture")


def test_nothing_of_the_template_goes_along() -> None:
    names = members(MADE)
    assert not [name for name in names if "thumbnail" in name or "item1" in name or name.endswith("app.xml")]
    assert b"python-docx" not in names["docProps/core.xml"]


def test_every_style_that_is_used_exists() -> None:
    defined = {item.get(f"{W}styleId") for item in part(MADE, "word/styles.xml").iter(f"{W}style")}
    (foot,) = (name for name in members(MADE) if re.fullmatch(r"word/footer\d*\.xml", name))
    for root in (part(MADE), part(MADE, foot)):
        used = {item.get(f"{W}val") for tag in ("pStyle", "rStyle", "tblStyle") for item in root.iter(f"{W}{tag}")}
        assert used <= defined


ORDER = {
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign",
    "pPr": "pStyle keepNext keepLines numPr pBdr shd tabs spacing ind jc rPr",
    "rPr": "rStyle rFonts b bCs i iCs caps strike noProof color spacing kern sz szCs u shd vertAlign lang",
    "settings": "zoom trackRevisions defaultTabStop characterSpacingControl compat themeFontLang clrSchemeMapping",
    "style": "name basedOn next link uiPriority semiHidden unhideWhenUsed qFormat rsid pPr rPr tblPr tblStylePr",
}
"""ISO/IEC 29500-1, as far as it is used here: Word refuses a file in which they stand otherwise."""


@pytest.mark.parametrize("parent", ORDER)
def test_properties_stand_in_the_order_of_the_schema(parent: str) -> None:
    order = ORDER[parent].split()
    for name in members(MADE):
        if name in {"word/document.xml", "word/settings.xml", "word/styles.xml"} or "footer" in name:
            root = part(MADE, name)
            for found in root.iter(f"{W}{parent}"):
                if parent == "style" and "Review" not in (found.get(f"{W}styleId") or ""):
                    continue  # python-docx's own
                tags = [item.tag.rpartition("}")[2] for item in found]
                known = [order.index(tag) for tag in tags if tag in order]
                assert known == sorted(known), (name, etree.tostring(found))


def test_links_lead_where_they_should() -> None:
    links = part(MADE).findall(f".//{W}hyperlink")
    relations = {item.get("Id"): item for item in part(MADE, "word/_rels/document.xml.rels")}
    assert [said(item) for item in links] == ["www.example.org", "www.example.org"]
    for link in links:
        relation = relations[link.get(f"{R}id")]
        assert (relation.get("Target"), relation.get("TargetMode")) == ("https://www.example.org/", "External")


def test_equal_sheets_give_equal_bytes_on_every_machine(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from tests.formats.review_docx.sheets import document, sheet\n"
        "open(sys.argv[1], 'wb').write(document(sheet()))\n"
    )
    for zone, seed in (("Pacific/Auckland", "1"), ("America/Lima", "2")):
        there = tmp_path / f"{seed}.docx"
        changed = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", program, str(there)], env=changed, cwd=ROOT, check=True)
        assert there.read_bytes() == MADE


def test_a_time_in_another_zone_is_stated_as_utc() -> None:
    there = AT.astimezone(timezone(timedelta(hours=5)))
    made = document(replace(SHEET, export=replace(SHEET.export, at=there)))
    assert members(made)["docProps/core.xml"] == members(MADE)["docProps/core.xml"]


def test_a_long_release_is_written_completely() -> None:
    long = sheet(tuple((inlines(f"Satz {n}."), inlines(f"Phrase {n}.") if n % 3 else ()) for n in range(1, 401)))
    found = rows(document(long))[1:]
    assert [said(row[0]) for row in found] == [f"S{number:03d}" for number in range(1, 401)]
    assert [said(row[2]) for row in found] == [f"Phrase {n}." if n % 3 else "" for n in range(1, 401)]


def spoilt(place: str) -> ReviewSheet:
    first = SHEET.rows[0]
    if place == "the “title”":
        return replace(SHEET, title=inlines("Neue\x0bBrücke"))
    if place == "the “engines”":
        return replace(SHEET, engines=("\x00",))
    if place == "S001":
        return replace(SHEET, rows=(replace(first, segment=replace(first.segment, target=inlines("\ufffe"))),))
    sent = (Sent(segment="S002", source=inlines("a\x1b"), target=()),)
    return replace(SHEET, rows=(), export=replace(SHEET.export, segments=sent))


@pytest.mark.parametrize("place", ["the “title”", "the “engines”", "S001", "S002"])
def test_what_xml_cannot_hold_is_refused_with_its_place(place: str) -> None:
    with pytest.raises(FormatError) as raised:
        document(spoilt(place))
    assert re.search(rf"{place} holds U\+[0-9A-F]{{4}}, .*; delete it", str(raised.value))


def test_a_comment_that_came_in_with_such_a_character_is_refused_too() -> None:
    comment = Comment(id="C001", segment="S001", by="Luc", at=None, text="\x07")
    with pytest.raises(FormatError, match=r"S001 holds U\+0007"):
        document(replace(SHEET, rows=(replace(SHEET.rows[0], comments=(comment,)),)))


@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")), reason="needs LibreOffice and pdftotext"
)
def test_libreoffice_shows_it_with_the_head_row_on_every_page(tmp_path: Path) -> None:
    long = sheet(tuple((inlines(f"Satz {n}."), inlines(f"Phrase {n}.")) for n in range(1, 41)))
    (tmp_path / "revue.docx").write_bytes(document(replace(long, confidential=True)))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "revue.docx")], check=True, capture_output=True, timeout=120)
    shown = subprocess.run(["pdftotext", "-layout", tmp_path / "revue.pdf", "-"], check=True, capture_output=True)
    pages = shown.stdout.decode().strip("\f").split("\f")
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert "à corriger ici" in page
        assert visible_line(long.export.ticket) in page
        assert f"page {number} sur {len(pages)}" in page
    assert "Phrase 40." in pages[-1]
