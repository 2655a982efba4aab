"""The letterheads of the three designs: small, sound, changeable in Word, and shown alike by another program."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document

from pipeline.formats.docx import to_docx
from pipeline.formats.docx_letterhead import Style
from pipeline.formats.picture import prepared
from pipeline.model.edition import Design, Edition, EditionStatus
from tests.engines.pdf_releases import LOGO, edition
from tests.formats.word_files import ROOT, faults, samples

DESIGNS = ("classic", "modern", "plain")
BASES = {name: (ROOT / "templates" / "designs" / name / "letterhead.docx").read_bytes() for name in DESIGNS}
LARGEST = 12_000
RELEASE = "2026-10-08-grenzbus-linie-40"
WIDE = prepared(
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100"><path d="M0 0h300v99z"/></svg>', "w"
).data


def parts(data: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name).decode("utf-8", errors="replace") for name in archive.namelist()}


def dressed(page: Edition, name: str, **changes: object) -> bytes:
    """Return a page in a design, something of its paper changed."""
    paper = replace(page.letterhead, design=Design(name=name))
    return to_docx(replace(page, letterhead=replace(paper, **changes)), BASES[name])  # type: ignore[arg-type]  # of many kinds


@pytest.mark.parametrize("name", DESIGNS)
def test_it_is_small_a4_and_tells_nothing_of_its_makers(name: str) -> None:
    document = Document(BytesIO(BASES[name]))
    (section,) = document.sections
    assert section.page_width is not None
    assert section.page_height is not None
    about = document.core_properties
    assert len(BASES[name]) <= LARGEST
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.different_first_page_header_footer
    assert (about.author, about.last_modified_by, about.comments) == ("", "", "")
    assert faults(BASES[name]) == []


@pytest.mark.parametrize("name", DESIGNS)
def test_it_shows_every_style_once_and_every_style_hangs_on_the_themes_fonts(name: str) -> None:
    document = Document(BytesIO(BASES[name]))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    paragraphs = [*document.paragraphs, *(p for cell in cells for p in cell.paragraphs)]
    shown = {p.style.name for p in paragraphs if p.style}
    shown |= {run.style.name for p in paragraphs for run in p.runs if run.style}
    shown |= {table.style.name for table in document.tables if table.style}
    assert set(Style) <= shown
    named = re.findall(r'<w:rFonts [^>]*w:ascii="([^"]+)"', parts(BASES[name])["word/styles.xml"])
    assert named == ["Courier New"], "but for code"


@pytest.mark.parametrize("name", DESIGNS)
def test_it_has_a_place_for_all_that_the_settings_say(name: str) -> None:
    tags = re.findall(r'<w:tag w:val="([^"]+)"', "".join(parts(BASES[name]).values()))
    assert set(tags) == {"crest", "office", "body", "kind", "number", "reference", "address", "page"}
    assert tags.count("crest") == 1


def test_the_plain_one_has_no_colour() -> None:
    content = parts(BASES["plain"])
    written = "".join(content[name] for name in content if name.startswith("word/") and "theme" not in name)
    assert set(re.findall(r'(?:w:color|w:val|w:fill)="([0-9A-F]{6})"', written)) - {"000000", "808080"} == set()
    assert "accent1" not in written.replace('w:accent1="accent1"', "")


# --- made out for an edition


def editions() -> Iterator[tuple[str, Edition]]:
    for page in samples(RELEASE):
        for status in EditionStatus:
            notes = ("Entwurf",) if status is EditionStatus.DRAFT else ()
            yield f"{page.release.language}-{status}", replace(page, status=status, notes=notes)


@pytest.mark.parametrize("crest", [LOGO, WIDE, None], ids=["crest", "wide crest", "no crest"])
@pytest.mark.parametrize("name", DESIGNS)
def test_files_are_valid_with_a_crest_and_without(name: str, crest: bytes | None) -> None:
    for page in (*(page for _, page in editions()), edition(64)):
        data = dressed(page, name, logo=crest)
        assert faults(data) == []
        assert "w:sdt" not in "".join(parts(data).values())
        assert data == dressed(page, name, logo=crest)


@pytest.mark.parametrize("name", DESIGNS)
def test_the_crest_stands_in_the_header_of_the_first_page(name: str) -> None:
    content = parts(dressed(edition(3), name, logo=LOGO, body="Stadt"))
    assert {part for part, xml in content.items() if 'descr="Stadt"' in xml} == {"word/header1.xml"}


@pytest.mark.parametrize("name", DESIGNS)
def test_without_a_crest_nothing_is_left_of_its_place(name: str) -> None:
    header = parts(dressed(edition(3), name, logo=None))["word/header1.xml"]
    assert "Wappen" not in header
    assert "LetterheadCrest" not in header
    assert "w:drawing" not in header


@pytest.mark.parametrize("name", ["classic", "modern"])
def test_the_crests_cell_is_as_wide_as_the_crest(name: str) -> None:
    def widths(crest: bytes | None) -> list[int]:
        header = parts(dressed(edition(3), name, logo=crest))["word/header1.xml"]
        table = header.rpartition("<w:tblGrid>")[2]
        grid, cells = (re.findall(rf'<w:{tag} w:w="(\d+)"', table) for tag in ("gridCol", "tcW"))
        assert grid == cells
        return [int(width) for width in grid]

    narrow, wide, none = widths(LOGO), widths(WIDE), widths(None)
    assert sum(narrow) == sum(wide) == sum(none)
    assert len(none) == len(narrow) - 1
    assert narrow[0] < 1100
    assert 2600 < wide[0] < 2900


def test_a_crest_in_a_place_of_the_offices_own_is_shown_there_and_the_place_stays() -> None:
    """Beside words in a line, or in a table of several rows, nothing is moved."""
    control = re.search(r"<w:sdt>(?:(?!</w:sdt>).)*crest.*?</w:sdt>", parts(BASES["plain"])["word/header1.xml"])
    assert control
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, xml in parts(BASES["plain"]).items():
            beside = f"{control[0]}<w:r><w:t>Amt</w:t></w:r>"
            archive.writestr(name, xml.replace(control[0], beside) if name == "word/header1.xml" else xml)
    for crest, shown in ((LOGO, True), (None, False)):
        page = edition(3)
        page = replace(page, letterhead=replace(page.letterhead, logo=crest))
        header = parts(to_docx(page, file.getvalue()))["word/header1.xml"]
        assert (">Amt<" in header, "w:drawing" in header) == (True, shown)


@pytest.mark.parametrize("name", DESIGNS)
def test_chosen_fonts_take_the_place_of_the_themes_and_the_others_stay(name: str) -> None:
    def fonts(**chosen: str) -> list[str]:
        page = edition(3)
        page = replace(page, letterhead=replace(page.letterhead, design=Design(name=name, **chosen)))
        return re.findall(
            r'<a:latin typeface="([^"]*)"', parts(to_docx(page, BASES[name]))["word/theme/theme1.xml"]
        )

    headings, text = fonts()
    assert fonts(text_font="Haus & Hof") == [headings, "Haus &amp; Hof"]
    assert fonts(heading_font="Roboto") == ["Roboto", text]


@pytest.mark.parametrize("name", ["classic", "modern"])
def test_the_accent_colour_is_in_styles_theme_and_header(name: str) -> None:
    content = parts(dressed(edition(3), name, accent="#2f6b5b"))
    for part in ("word/styles.xml", "word/theme/theme1.xml", "word/header1.xml"):
        assert "2F6B5B" in content[part]
        assert "1D3A6B" not in content[part].replace('<a:hlink><a:srgbClr val="1D3A6B"/>', "").replace(
            '<a:folHlink><a:srgbClr val="1D3A6B"/>', ""
        )


@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")), reason="needs LibreOffice, pdftotext"
)
def test_libreoffice_opens_each_and_shows_names_kind_and_number(tmp_path: Path) -> None:
    for name in DESIGNS:
        for key, page in editions():
            (tmp_path / f"{name}-{key}.docx").write_bytes(dressed(page, name))
    files = sorted(tmp_path.glob("*.docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=180)
    assert len(files) == len(DESIGNS) * 4
    for name in DESIGNS:
        for key, page in editions():
            shown = subprocess.run(
                ["pdftotext", "-layout", tmp_path / f"{name}-{key}.pdf", "-"], check=True, capture_output=True
            ).stdout.decode()
            first, *others = shown.strip("\f").split("\f")
            for words in (page.letterhead.name, page.letterhead.body, page.labels.kind, page.labels.number or ""):
                assert words.replace("\u00a0", " ") in re.sub(r"[\u00a0\u202f]", " ", first)
            assert others
            assert all(page.letterhead.name in other for other in others)
