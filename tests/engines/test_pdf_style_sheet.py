"""A fault in a style sheet is told with its line: the library alone would leave it out and say nothing."""

from pathlib import Path
from typing import Any

import pytest

from pipeline.engines.pdf import PdfWriter
from pipeline.engines.pdf.resources import fetcher
from pipeline.engines.pdf.style_sheet import MAX_BYTES, parsed, read_sheet
from pipeline.engines.pdf.typefaces import font_configuration
from pipeline.errors import ConfigError, PdfError
from pipeline.formats.page import to_html
from pipeline.templating import environment, packaged_templates
from tests.engines.pdf_releases import edition

NAME = "designs/haus/design.css"
SOUND = """/* a { never closed, in a comment */
@page { margin: 20mm; @top-left { content: "}"; color: var(--accent) } }
@layer shared { p { margin: 0 } }
h1 { font: 600 20pt var(--text-font), "Roboto"; color: #123456; & em { color: red } }
.x::after { content: '"{'; background: url(communique:logo) }
@media screen { .y { float: left } }
.z { -webkit-hyphens: auto; transition: none; opacity: 1 }
"""


@pytest.fixture(scope="module")
def fonts() -> Any:
    return font_configuration()


def fault(text: str, fonts: Any) -> str:
    with pytest.raises(ConfigError) as caught:
        parsed(text, NAME, fonts, fetcher({}))
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_sound_sheet_passes(fonts: Any) -> None:
    assert parsed(SOUND, NAME, fonts, fetcher({}))


@pytest.mark.parametrize(
    "name", ["pdf/release.css", *(f"designs/{name}/design.css" for name in ("classic", "modern", "plain"))]
)
def test_those_that_come_along_are_sound(name: str, fonts: Any) -> None:
    assert parsed(read_sheet([packaged_templates()], name), name, fonts, fetcher({}))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("h1 { colour: red }", "“colour: red”: unknown property"),
        ("h1 { color: reddish }", "“color: reddish”: invalid value"),
        ("h1 { color: rgb(1, 2, }", "“}” closes nothing"),
        ("h1 { color red }", "something is unfinished"),
        ("h1 { color: red", "“{” is never closed with “}”"),
        ("h1 color: red }", "“}” closes nothing"),
        ("/* h1 { color: red }", "the comment is never closed"),
        ("h1:befor { color: red }", "“h1:befor” selects nothing"),
        ("h1 >> p { color: red }", "“h1 >> p” selects nothing"),
        ("@fontface { src: url(x) }", "“@fontface” is not understood"),
        ("@page { @top-lefft { content: none } }", "“@top-lefft” is not understood"),
        ("@page :frist { margin: 0 }", "“:frist” is not understood"),
        ("@media (width) { p { margin: 0 } }", "“(width)” is not understood"),
        ("p { opacity: .5 }", "“opacity: .5”: screen readers lose what it makes transparent"),
        ("p { color: device-cmyk(0 1 1 0) }", "“device-cmyk(0 1 1 0)”: the archive standard"),
    ],
)
def test_a_fault_is_told_with_file_line_and_what_is_wrong(line: str, message: str, fonts: Any) -> None:
    said = fault(SOUND + line + "\n", fonts)
    assert said.startswith(f"templates/{NAME}:8: ")
    assert message.replace(" ", "") in said.replace(" ", "")
    assert said.endswith("; correct it there")


def test_of_several_faults_the_first_is_told_and_the_others_are_counted(fonts: Any) -> None:
    said = fault("a { x: 1 }\nb { color: 2 }\n\nc { y: 3 }", fonts)
    assert said.startswith(f"templates/{NAME}:1: “x: 1”: unknown property (and 2 more: line 2, 4)")


@pytest.mark.parametrize("text", ['@import "other.css";', "@font-face { font-family: X; src: url(x.ttf) }"])
def test_nothing_else_is_taken_in(text: str, fonts: Any) -> None:
    assert "asks for" in fault(text, fonts)


def test_the_own_sheet_is_read_before_the_packaged_one_and_its_encoding_is_checked(tmp_path: Path) -> None:
    folders = (tmp_path, packaged_templates())
    own = tmp_path / "pdf" / "release.css"
    own.parent.mkdir()
    own.write_bytes(b'\xef\xbb\xbf@charset "utf-8";/* ours */')
    assert read_sheet(folders, "pdf/release.css") == "/* ours */"
    own.write_bytes(b"a {}\n/* \xfc */")
    with pytest.raises(ConfigError, match=r"^templates/pdf/release\.css:2: is not UTF-8"):
        read_sheet(folders, "pdf/release.css")
    own.write_bytes(b" " * (MAX_BYTES + 1))
    with pytest.raises(ConfigError, match="larger than 1 MB"):
        read_sheet(folders, "pdf/release.css")
    with pytest.raises(ConfigError, match=r"^templates/pdf/no\.css: is missing"):
        read_sheet(folders, "pdf/no.css")


def test_a_value_that_turns_out_wrong_on_the_page_is_told_each_time(tmp_path: Path) -> None:
    own = tmp_path / "designs" / "classic" / "design.css"
    own.parent.mkdir(parents=True)
    own.write_text("h1 {\n  color: var(--acent) }", encoding="utf-8")
    writer, page = PdfWriter([tmp_path, packaged_templates()]), edition(1)
    for _ in range(2):
        with pytest.raises(ConfigError, match=r"“color:” in line 2 of its style: no value; look for a misspelt"):
            writer.write(to_html(page, environment([packaged_templates()])), page)


def test_a_style_that_the_library_fails_at_ends_in_one_line(tmp_path: Path) -> None:
    own = tmp_path / "designs" / "classic" / "design.css"
    own.parent.mkdir(parents=True)
    own.write_text("p { position: running(x) }", encoding="utf-8")
    page = edition(32)
    with pytest.raises(PdfError, match=r"^r-32 \(de\): the PDF cannot be made"):
        PdfWriter([tmp_path, packaged_templates()]).write(to_html(page, environment([packaged_templates()])), page)
