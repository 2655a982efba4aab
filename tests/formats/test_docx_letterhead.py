"""A letterhead is what an office made of it in Word: its looks are kept, its makers are not told."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document

from pipeline.errors import FormatError
from pipeline.formats.docx import to_docx
from pipeline.formats.docx_letterhead import Style
from pipeline.model.edition import Edition, EditionStatus, Labels, Letterhead
from pipeline.model.inline import inlines
from pipeline.model.release import BulletList, ListItem, Paragraph, Release

ROOT = Path(__file__).parents[2]
BASE = (ROOT / "templates/designs/classic/letterhead.docx").read_bytes()
MANUAL = (ROOT / "docs/word-briefkopf.de.md").read_text(encoding="utf-8")

EDITION = Edition(
    release=Release(id="2026-03-02-faehre", language="de", blocks=(Paragraph(text=inlines("Die Fähre fährt.")),)),
    status=EditionStatus.FINAL,
    notes=(),
    labels=Labels(
        kind="Medieninformation",
        draft="ENTWURF",
        number="Nr. 7",
        timing="Zur sofortigen Veröffentlichung",
        place_and_date=None,
        contact="Pressekontakt",
        about="Über das Amt",
        photo="Foto:",
        phone="Telefon",
        end="Ende",
        page="Seite {page} von {pages}",
    ),
    letterhead=Letterhead(name="Hafenamt", body="Stadt", address=(), website=None, accent="#2F6B5B", logo=None),
    contacts=(),
    boilerplate=(),
    pictures=(),
    made=datetime(2026, 3, 2, tzinfo=UTC),
)
DRAFT = replace(EDITION, status=EditionStatus.DRAFT)


def parts(data: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name).decode("utf-8", errors="replace") for name in archive.namelist()}


def letterhead(change: Callable[[str, str], str], added: Mapping[str, str] | None = None) -> bytes:
    """Return the letterhead with `change(name, content)` made to each part, and with parts added."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts(BASE).items():
            archive.writestr(name, change(name, content))
        for name, content in (added or {}).items():
            archive.writestr(name, content)
    return file.getvalue()


def swap(part: str, pattern: str, new: str) -> bytes:
    """Return the letterhead with the matches of `pattern` in one part replaced."""
    assert re.search(pattern, parts(BASE)[part], re.DOTALL), "the letterhead has changed"

    def change(name: str, content: str) -> str:
        return re.sub(pattern, new, content, flags=re.DOTALL) if name == part else content

    return letterhead(change)


# --- the one that comes along


def test_the_letterhead_that_comes_along_is_small_and_tells_nothing_of_its_makers() -> None:
    assert len(BASE) < 15_000
    about = Document(BytesIO(BASE)).core_properties
    assert (about.author, about.last_modified_by, about.comments) == ("", "", "")


def test_the_letterhead_that_comes_along_shows_every_style_once() -> None:
    document = Document(BytesIO(BASE))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    shown = {
        p.style.name for p in (*document.paragraphs, *(p for cell in cells for p in cell.paragraphs)) if p.style
    }
    shown |= {run.style.name for p in document.paragraphs for run in p.runs if run.style}
    shown |= {table.style.name for table in document.tables if table.style}
    assert set(Style) <= shown


def test_the_manual_names_every_style_and_every_field() -> None:
    named = set(re.findall(r"`([^`]+)`", MANUAL))
    deeper = {f"List {kind} {level}" for kind in ("Bullet", "Number") for level in (2, 3)}
    assert set(Style) - deeper <= named
    fields = set(re.findall(r'<w:tag w:val="([^"]+)"', "".join(parts(BASE).values())))
    assert fields <= named


# --- what an office changes in it


def test_the_accent_of_the_settings_takes_the_place_of_the_first_theme_colour() -> None:
    made = parts(to_docx(EDITION, BASE))
    assert '<a:accent1><a:srgbClr val="2F6B5B"/></a:accent1>' in made["word/theme/theme1.xml"]
    for name in ("word/styles.xml", "word/numbering.xml", "word/header1.xml"):
        accents = re.findall(r'w:(?:val|color)="(\w+)" w:themeColor="accent1"(?! w:theme)', made[name])
        assert accents
        assert set(accents) == {"2F6B5B"}


@pytest.mark.parametrize(("step", "colour"), [('Tint="99"', "95B3D7"), ('Shade="BF"', "365F91")])
def test_lighter_and_darker_steps_of_the_accent_are_those_that_word_writes(step: str, colour: str) -> None:
    """Word’s own colours for “Accent 1, lighter 40 %” and “darker 25 %” of 4F81BD, the accent of Office 2007."""
    base = swap("word/styles.xml", 'w:themeFillTint="[^"]*"', f"w:themeFill{step}")
    made = replace(EDITION, letterhead=replace(EDITION.letterhead, accent="#4f81bd"))
    styles = parts(to_docx(made, base))["word/styles.xml"]
    (fill,) = set(re.findall(r'w:fill="(\w+)" w:themeFill="accent1"', styles))
    assert list(bytes.fromhex(fill)) == pytest.approx(list(bytes.fromhex(colour)), abs=1)


def test_colours_that_an_office_set_itself_stay() -> None:
    base = swap("word/styles.xml", ' w:themeColor="accent2"', "")
    assert "9F1D20" in parts(to_docx(EDITION, base))["word/styles.xml"]


def test_a_field_takes_the_font_that_the_office_gave_to_its_sample() -> None:
    base = swap("word/header1.xml", "<w:r>(<w:t>Name der Stelle)", r"<w:r><w:rPr><w:smallCaps/></w:rPr>\1")
    header = parts(to_docx(EDITION, base))["word/header1.xml"]
    assert re.search(r"<w:rPr><w:smallCaps/></w:rPr><w:t[^>]*>Hafenamt<", header)


def test_a_field_that_shows_words_prompt_does_not_take_the_prompts_grey() -> None:
    prompt = r'<w:tag w:val="office"/><w:showingPlcHdr/>\1<w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>'
    base = swap("word/header1.xml", '<w:tag w:val="office"/>(.*?)<w:r>', prompt)
    header = parts(to_docx(EDITION, base))["word/header1.xml"]
    assert "Hafenamt" in header
    assert "PlaceholderText" not in header


def test_a_field_around_a_whole_paragraph_is_filled_too() -> None:
    inside = "<w:sdtContent><w:p><w:r><w:t>x</w:t></w:r></w:p></w:sdtContent>"
    control = f'<w:sdt><w:sdtPr><w:tag w:val="body"/></w:sdtPr>{inside}</w:sdt>'
    base = swap("word/footer2.xml", "<w:p>", f"{control}<w:p>")
    footer = parts(to_docx(EDITION, base))["word/footer2.xml"]
    assert re.search(r"<w:p><w:r><w:t[^>]*>Stadt</w:t></w:r></w:p><w:p>", footer)


def test_a_field_is_known_by_its_title_alone_as_libreoffice_leaves_it() -> None:
    base = swap("word/header1.xml", '<w:tag w:val="[^"]*"/>', "")
    assert "Hafenamt" in parts(to_docx(EDITION, base))["word/header1.xml"]


def test_a_control_of_the_offices_own_stays() -> None:
    base = swap("word/header1.xml", 'w:val="body"', 'w:val="Aktenzeichen"')
    assert "Land oder Körperschaft" in parts(to_docx(EDITION, base))["word/header1.xml"]


def test_the_mark_of_a_draft_needs_no_place_in_the_letterhead() -> None:
    base = swap("word/document.xml", "<w:headerReference[^>]*>|<w:titlePg/>", "")
    headers = [content for name, content in parts(to_docx(DRAFT, base)).items() if "header" in name]
    assert any("ENTWURF" in content for content in headers)


def test_even_pages_with_a_header_of_their_own_are_marked_too() -> None:
    base = swap(
        "word/settings.xml", "<w:characterSpacingControl", "<w:evenAndOddHeaders/><w:characterSpacingControl"
    )
    (section,) = Document(BytesIO(to_docx(DRAFT, base))).sections
    for header in (section.header, section.first_page_header, section.even_page_header):
        assert header.paragraphs[0].text == "ENTWURF"


def test_numbered_lists_follow_the_numbering_that_the_office_chose() -> None:
    numbered = replace(EDITION.release, blocks=(BulletList(ordered=True, items=(ListItem(text=inlines("eins")),)),))
    base = swap("word/styles.xml", r'(w:styleId="ListNumber">.*?)<w:numId w:val="2"/>', r'\1<w:numId w:val="1"/>')
    numbering = parts(to_docx(replace(EDITION, release=numbered), base))["word/numbering.xml"]
    assert re.search(r'<w:num w:numId="3"><w:abstractNumId w:val="0"/>', numbering)


# --- what must not get out


KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"

TRACES = {
    "docProps/core.xml": ("<dc:title>", "<dc:creator>Erna Geheim</dc:creator><dc:title>"),
    "word/settings.xml": ("<w:zoom", f'<w:attachedTemplate xmlns:r="{KINDS}" r:id="rId1"/><w:zoom'),
    "word/_rels/document.xml.rels": (
        "</Relationships>",
        f'<Relationship Id="rId90" Type="{KINDS}/comments" Target="comments.xml"/></Relationships>',
    ),
    "[Content_Types].xml": (
        "</Types>",
        f'<Override PartName="/word/comments.xml" ContentType="{COMMENTS}"/></Types>',
    ),
}
"""What Word leaves in a file, as replacements in its parts."""
REMARK = f'<w:comments xmlns:w="{WORD}"><w:comment w:id="1" w:author="Geheim"/></w:comments>'
TEMPLATE = (
    f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{KINDS}/attachedTemplate"'
    ' Target="file:///C:/Users/Geheim/Brief.dotm" TargetMode="External"/></Relationships>'
)


def test_author_comments_template_path_and_library_stay_behind() -> None:
    base = letterhead(
        lambda name, content: content.replace(*TRACES.get(name, ("", ""))),
        {"word/comments.xml": REMARK, "word/_rels/settings.xml.rels": TEMPLATE},
    )
    assert "".join(parts(base).values()).count("Geheim") == 3
    content = "".join(parts(to_docx(EDITION, base)).values())
    for trace in ("Geheim", "attachedTemplate", "comments", "python-docx", "Word Document", "Briefkopf"):
        assert trace not in content


# --- what cannot be used


@pytest.mark.parametrize("data", [b"", b"Kein Dokument", BASE[:4000], BASE[:100] + b"\0" * 50 + BASE[150:]])
def test_a_damaged_letterhead_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(FormatError, match=r"^letterhead\.docx: is no Word document.*save it in Word as \.docx"):
        to_docx(EDITION, data)


@pytest.mark.parametrize("kind", ["template.main+xml", "document.macroEnabled.main+xml"])
def test_a_template_or_a_file_with_macros_is_refused(kind: str) -> None:
    base = swap(r"[Content_Types].xml", r"document\.main\+xml", kind)
    with pytest.raises(FormatError, match="without macros or password"):
        to_docx(EDITION, base)


def test_a_letterhead_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(FormatError, match="larger than 5 MB"):
        to_docx(EDITION, letterhead(lambda _, content: content, {"word/bomb.xml": "0" * 51_000_000}))


def test_a_missing_style_is_named() -> None:
    base = swap("word/styles.xml", 'w:val="(Lead|End Mark)"', r'w:val="My \1"')
    with pytest.raises(FormatError, match=r"^letterhead\.docx: lacks the style “Lead”, “End Mark”; copy it"):
        to_docx(EDITION, base)


def test_a_list_style_without_numbers_is_named() -> None:
    base = swap("word/styles.xml", r'(w:styleId="ListNumber2">.*?)<w:numPr>.*?</w:numPr>', r"\1")
    with pytest.raises(FormatError, match="gives no numbers to the style “List Number 2”"):
        to_docx(EDITION, base)
