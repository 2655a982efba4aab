"""A Word file gives its text by its styles, and tells what it does not give; a hostile one is not opened."""

import io
import time
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE

from pipeline.errors import FormatError
from pipeline.formats.word_in import read_word
from pipeline.model.inline import Run, plain
from pipeline.model.intake import RawContent, RawKind

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fea7"
    "35817a0000000049454e44ae426082"
)


def saved(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_part(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a Word file in which one part was changed, or added where `change` gets nothing."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == part else content)
        if part not in old.namelist():
            new.writestr(part, change(b""))
    return stream.getvalue()


def simple(text: str = "Die Fähre fährt.") -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    return saved(document)


def kinds(content: RawContent) -> list[tuple[RawKind, str]]:
    return [(block.kind, plain(block.text)) for block in content.blocks]


@pytest.mark.parametrize(
    ("title", "heading", "quote"),
    [("Title", "Heading 1", "Quote"), ("Titel", "Überschrift 1", "Zitat"), ("Titre", "Titre 1", "Citation")],
)
def test_styles_are_known_by_their_names_in_english_german_and_french(title: str, heading: str, quote: str) -> None:
    document = docx.Document()
    known = {style.name for style in document.styles}
    for name in {title, heading, quote} - known:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("Neue Fähre", style=title)
    document.add_paragraph("Sie fährt ab Mai.")
    document.add_paragraph("Fahrplan", style=heading)
    document.add_paragraph("Ein guter Tag.", style=quote)
    assert kinds(read_word(saved(document), "a.docx")) == [
        (RawKind.TITLE, "Neue Fähre"),
        (RawKind.TEXT, "Sie fährt ab Mai."),
        (RawKind.HEADING, "Fahrplan"),
        (RawKind.QUOTE, "Ein guter Tag."),
    ]


def test_a_table_of_data_stays_a_table_and_a_frame_of_one_column_does_not() -> None:
    document = docx.Document()
    data = document.add_table(rows=2, cols=2)
    for cell, text in zip(data._cells, ("Jahr", "Gäste", "2026", "30"), strict=True):  # noqa: SLF001 (no other way)
        cell.text = text
    document.add_paragraph("dazwischen")
    document.add_table(rows=1, cols=1).cell(0, 0).text = "gerahmt"
    content = read_word(saved(document), "a.docx")
    assert [block.kind for block in content.blocks] == [RawKind.TABLE, RawKind.TEXT, RawKind.TEXT]
    assert [[plain(cell) for cell in row] for row in content.blocks[0].rows] == [["Jahr", "Gäste"], ["2026", "30"]]


def test_page_headers_and_footers_are_left_out_and_named() -> None:
    document = docx.Document()
    document.add_paragraph("Die Fähre fährt.")
    document.sections[0].header.paragraphs[0].text = "Hafenamt"
    document.sections[0].footer.paragraphs[0].text = "Kaistraße 1"
    content = read_word(saved(document), "a.docx")
    assert [plain(block.text) for block in content.blocks] == ["Die Fähre fährt."]
    assert {(item.text, item.reason) for item in content.removed} == {
        ("Hafenamt", "page header or footer"),
        ("Kaistraße 1", "page header or footer"),
    }


def test_pictures_are_left_out_and_counted() -> None:
    document = docx.Document()
    document.add_paragraph("Die Fähre fährt.")
    document.add_picture(io.BytesIO(PNG))
    assert any("pictures left out: 1" in note for note in read_word(saved(document), "a.docx").notes)


def test_tracked_changes_are_taken_as_accepted_and_told() -> None:
    changed = (
        '<w:p><w:r><w:t xml:space="preserve">Die Fähre </w:t></w:r>'
        '<w:del w:id="1" w:author="A"><w:r><w:delText>ruht</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="A"><w:r><w:t>fährt</w:t></w:r></w:ins></w:p>'
    ).encode()
    data = with_part(
        simple("Anfang."), "word/document.xml", lambda xml: xml.replace(b"<w:body>", b"<w:body>" + changed)
    )
    content = read_word(data, "a.docx")
    assert plain(content.blocks[0].text) == "Die Fähre fährt"
    assert any("tracked changes" in note for note in content.notes)


def test_bold_and_italic_are_kept_and_lines_are_not_made_up() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Die ")
    paragraph.add_run("neue").bold = True
    paragraph.add_run(" Fähre ")
    paragraph.add_run("Alva").italic = True
    (block,) = read_word(saved(document), "a.docx").blocks
    assert block.text == (
        Run(text="Die "),
        Run(text="neue", bold=True),
        Run(text=" Fähre "),
        Run(text="Alva", italic=True),
    )
    assert block.line is None


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "protected by a password"),
        (simple()[:2000], "not complete"),
        (b"nur Text", "not complete"),
        (saved(docx.Document()), "holds no text"),
        (with_part(simple(), "word/document.xml", lambda xml: xml[:600]), "is damaged"),
        (with_part(simple(), "word/document.xml", lambda _: b" " * 9_000_000), "unpacks to far more"),
        (with_part(simple(), "word/extra.bin", lambda _: bytes(201_000_000)), "unpacks to far more"),
        (
            with_part(
                simple(), "word/styles.xml", lambda xml: xml.replace(b"<w:styles", b"<!DOCTYPE a []><w:styles", 1)
            ),
            "declares XML entities",
        ),
        (
            with_part(
                simple(),
                "word/document.xml",
                lambda xml: xml.replace(
                    b"<w:body>", b"<w:body>" + b"<w:tbl><w:tr><w:tc>" * 3000 + b"</w:tc></w:tr></w:tbl>" * 3000
                ),
            ),
            "is damaged",
        ),
        (
            with_part(
                simple(),
                "word/document.xml",
                lambda xml: xml.replace(
                    b"<w:body>", b"<w:body>" + b"<w:p><w:r><w:t>Satz</w:t></w:r></w:p>" * 100_000
                ),
            ),
            "paragraphs|unpacks",
        ),
    ],
    ids=["empty", "password", "cut", "text", "blank", "broken", "bomb", "big bomb", "entities", "nested", "long"],
)
def test_bad_files_give_one_clear_line_at_once(data: bytes, words: str) -> None:
    start = time.monotonic()
    with pytest.raises(FormatError, match=words) as refusal:
        read_word(data, "brief.docx")
    assert str(refusal.value).startswith("brief.docx: ")
    assert "\n" not in str(refusal.value)
    assert time.monotonic() - start < 60


def test_a_linked_picture_is_never_opened() -> None:
    drawing = (
        b'<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        b'wordprocessingDrawing"><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        b'<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic='
        b'"http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip xmlns:r='
        b'"http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:link="rId99"/></pic:blipFill>'
        b"</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
    link = (
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"'
        b' Target="file:///etc/hostname" TargetMode="External"/></Relationships>'
    )
    data = with_part(simple(), "word/document.xml", lambda xml: xml.replace(b"<w:body>", b"<w:body>" + drawing))
    data = with_part(data, "word/_rels/document.xml.rels", lambda xml: xml.replace(b"</Relationships>", link))
    content = read_word(data, "a.docx")
    assert kinds(content) == [(RawKind.TEXT, "Die Fähre fährt.")]
