"""The PDF carries our fonts, language and title, repeats to the byte, and reaches nothing outside."""

import io
import os
import socket
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from pipeline.engines.pdf import Attachment, PdfWriter, Relationship
from pipeline.engines.pdf_check import validate
from pipeline.errors import FontError, PdfError
from pipeline.formats.markdown import parse
from pipeline.formats.page import to_html
from pipeline.model.edition import Edition
from pipeline.runner.languages import stand
from pipeline.runner.publishing import editions
from pipeline.templating import environment
from pipeline.workspace import Workspace

ROOT = Path(__file__).parents[2]
OURS = ("Source", "Roboto")
PICTURED, RESTRICTED = "2026-10-08-grenzbus-linie-40", "2027-01-22-nachbarschaftsfonds"


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return Workspace.find(ROOT)


@pytest.fixture(scope="module")
def writer(workspace: Workspace) -> PdfWriter:
    return PdfWriter(workspace.template_folders())


def edition(workspace: Workspace, release: str, language: str) -> Edition:
    pages = editions(workspace, stand(workspace, release))
    return next(page for page in pages if page.release.language == language)


def html(workspace: Workspace, page: Edition) -> str:
    return to_html(page, environment(workspace.template_folders()))


@pytest.mark.parametrize("language", ["de", "fr"])
def test_a_pdf_says_what_it_is_and_embeds_only_our_fonts(
    workspace: Workspace, writer: PdfWriter, language: str
) -> None:
    page = edition(workspace, PICTURED, language)
    with pikepdf.open(io.BytesIO(writer.write(html(workspace, page), page))) as pdf:
        assert str(pdf.Root.Lang) == language
        assert "40" in str(pdf.docinfo["/Title"])
        assert bool(pdf.Root.MarkInfo.Marked)
        dictionaries = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
        fonts = [item for item in dictionaries if item.get("/Type") == "/FontDescriptor"]
        families = {str(font.FontFamily) if "/FontFamily" in font else str(font.FontName) for font in fonts}
        assert all(any(name in family for name in OURS) for family in families), families
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
        assert len(fonts) >= 2


PROGRAM = """
import hashlib, sys
from datetime import UTC, datetime
from pathlib import Path
from pipeline.runner.languages import stand
from pipeline.runner.press import Press
from pipeline.runner.publishing import editions
from pipeline.workspace import Workspace
workspace = Workspace.find(Path(sys.argv[1]))
press = Press(workspace, datetime(2026, 1, 1, tzinfo=UTC))
for edition in editions(workspace, stand(workspace, sys.argv[2])):
    print(hashlib.sha256(press.pdf(edition, b"{}")).hexdigest(), hashlib.sha256(press.docx(edition)).hexdigest())
"""


@pytest.mark.parametrize("release", [PICTURED, RESTRICTED])
def test_equal_editions_give_equal_bytes_in_every_process(release: str) -> None:
    runs = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM, str(ROOT), release],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        ).stdout
        for zone, seed in (("UTC", "1"), ("Pacific/Auckland", "2"))
    ]
    assert runs[0] == runs[1]
    assert len(runs[0].split()) == 4


def test_it_says_that_it_is_for_the_archive_and_for_screen_readers(workspace: Workspace, writer: PdfWriter) -> None:
    page = edition(workspace, PICTURED, "fr")
    data = writer.write(html(workspace, page), page)
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_metadata() as metadata:
        assert metadata["pdfaid:part"] == "3"
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == str(pdf.docinfo["/Title"])
        assert metadata["dc:language"] == {"fr"}
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert "/Filter" not in pdf.Root.Metadata
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data, "readable without a PDF reader"


def test_its_text_travels_inside_as_markdown_that_gives_the_same_release(
    workspace: Workspace, writer: PdfWriter
) -> None:
    for language in ("de", "fr"):
        page = edition(workspace, PICTURED, language)
        with pikepdf.open(io.BytesIO(writer.write(html(workspace, page), page))) as pdf:
            (entry,) = pdf.Root.AF
            assert str(entry.UF) == f"{PICTURED}.{language}.md"
            assert entry.AFRelationship == "/Source"
            assert entry.EF.F.Subtype == "/text/markdown"
            text = pdf.attachments[f"{PICTURED}.{language}.md"].get_file().read_bytes().decode()
        assert parse(text, language=language) == page.release


def test_further_files_travel_beside_it(workspace: Workspace, writer: PdfWriter) -> None:
    page = edition(workspace, RESTRICTED, "de")
    record = Attachment(
        name="a & ü (1).json",
        media_type="application/ld+json",
        data=b"{}",
        relationship=Relationship.ALTERNATIVE,
        description="the same for machines",
    )
    data = writer.write(html(workspace, page), page, (record,))
    assert validate(data, "x") == ()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert sorted(pdf.attachments) == [f"{RESTRICTED}.de.md", "a & ü (1).json"]
        assert pdf.attachments["a & ü (1).json"].get_file().read_bytes() == b"{}"
        assert [str(entry.AFRelationship) for entry in pdf.Root.AF] == ["/Source", "/Alternative"]


def test_nothing_outside_is_fetched(workspace: Workspace, writer: PdfWriter, tmp_path: Path) -> None:
    page = edition(workspace, RESTRICTED, "de")
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"x")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        port = listener.getsockname()[1]
        for address in (
            f"http://127.0.0.1:{port}/x.png",
            secret.as_uri(),
            "data:image/png;base64,AA==",
            "/etc/passwd",
        ):
            hostile = html(workspace, page).replace("<h1>", f'<img src="{address}" alt="x"><h1>')
            with pytest.raises(PdfError, match="no part of the release"):
                writer.write(hostile, page)
        with pytest.raises(TimeoutError):
            listener.accept()


def test_a_sign_without_a_glyph_stops_the_build(workspace: Workspace, writer: PdfWriter) -> None:
    from dataclasses import replace

    from pipeline.model.inline import inlines

    page = edition(workspace, RESTRICTED, "de")
    page = replace(page, release=replace(page.release, title=inlines("Brücke 橋")))
    with pytest.raises(FontError, match=r"U\+6A4B"):
        writer.write(html(workspace, page), page)


def test_a_draft_carries_its_mark_on_every_page_and_a_final_one_on_none(
    workspace: Workspace, writer: PdfWriter
) -> None:
    draft, final = edition(workspace, RESTRICTED, "fr"), edition(workspace, PICTURED, "fr")
    for page, marked in ((draft, True), (final, False)):
        with pikepdf.open(io.BytesIO(writer.write(html(workspace, page), page))) as pdf:
            assert len(pdf.pages) >= 2
            assert [_has_drawing(sheet) for sheet in pdf.pages] == [marked] * len(pdf.pages)


def _has_drawing(sheet: pikepdf.Page) -> bool:
    """Return whether a page shows a drawing other than a photograph: on our pages only the mark is one."""
    drawings = sheet.Resources.get("/XObject", pikepdf.Dictionary()).values()
    return any(item.Subtype == "/Form" and b" c\n" in _content(item) for item in drawings)


def _content(form: pikepdf.Object) -> bytes:
    inner = form.Resources.get("/XObject", pikepdf.Dictionary()).values()
    return form.read_bytes() + b"".join(_content(item) for item in inner if item.Subtype == "/Form")


def test_nothing_is_left_in_the_temporary_folder(tmp_path: Path) -> None:
    code = (
        "from pipeline.engines.pdf import PdfWriter; from pipeline.templating import packaged_templates;"
        "PdfWriter([packaged_templates()])"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
    assert list(tmp_path.iterdir()) == []
