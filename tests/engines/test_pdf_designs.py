"""Each design keeps both standards, in every language, as draft and final, with and without a crest."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.engines.pdf import PdfWriter
from pipeline.engines.pdf_check import validate
from pipeline.errors import ConfigError
from pipeline.formats.page import to_html
from pipeline.model.edition import Design, Edition, EditionStatus
from pipeline.runner.languages import stand
from pipeline.runner.publishing import editions
from pipeline.templating import environment, packaged_templates
from pipeline.workspace import Workspace
from tests.engines.pdf_releases import edition

DESIGNS = ("classic", "modern", "plain")
FOLDERS = [packaged_templates()]
TEMPLATES = environment(FOLDERS)
WORKSPACE = Workspace.find(Path(__file__).parents[2])
WITH_EVERYTHING = stand(WORKSPACE, "2026-10-08-grenzbus-linie-40")
LONG = 64
"""Number of a made-up release of a dozen pages with everything that there is."""


@pytest.fixture(scope="module")
def writer() -> PdfWriter:
    return PdfWriter(FOLDERS)


def written(writer: PdfWriter, page: Edition, design: str) -> bytes:
    page = replace(page, letterhead=replace(page.letterhead, design=Design(name=design)))
    return writer.write(to_html(page, TEMPLATES), page)


@pytest.mark.parametrize("status", EditionStatus)
@pytest.mark.parametrize("design", DESIGNS)
def test_a_release_with_everything_keeps_both_standards(
    writer: PdfWriter, design: str, status: EditionStatus
) -> None:
    pages = tuple(editions(WORKSPACE, WITH_EVERYTHING))
    assert [page.release.language for page in pages] == ["de", "fr"]
    for page in pages:
        notes = ("Entwurf", "Bitte nicht verbreiten") if status is EditionStatus.DRAFT else ()
        assert validate(written(writer, replace(page, status=status, notes=notes), design), design) == ()


@pytest.mark.parametrize("design", ["modern", "plain"])
def test_made_up_releases_keep_both_standards(writer: PdfWriter, design: str) -> None:
    """Of every shape; those in the classic design are in the hundreds, among the tests of the standards."""
    found = {number: validate(written(writer, edition(number), design), design) for number in (*range(12), LONG)}
    assert {number: faults for number, faults in found.items() if faults} == {}


@pytest.mark.parametrize("design", DESIGNS)
def test_a_page_without_a_crest_keeps_both_standards(writer: PdfWriter, design: str) -> None:
    page = edition(3)
    bare = replace(page, letterhead=replace(page.letterhead, logo=None))
    assert validate(written(writer, bare, design), design) == ()


def test_no_two_designs_look_alike(writer: PdfWriter) -> None:
    assert len({written(writer, edition(3), design) for design in DESIGNS}) == len(DESIGNS)


def test_an_unknown_design_is_told_with_the_known_ones(writer: PdfWriter) -> None:
    with pytest.raises(ConfigError, match=r"no design “fancy” \(known: “classic”, “modern”, “plain”\)"):
        written(writer, edition(3), "fancy")


# --- what an office writes counts in the order that is promised


def sheets(tmp_path: Path, **texts: str) -> list[Path]:
    names = {"design": "designs/modern/design.css", "shared": "pdf/release.css"}
    for key, text in texts.items():
        path = tmp_path / names[key]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return [tmp_path, *FOLDERS]


BLACK, RED, BLUE = ("h1 { color: #000000 }", "h1 { color: #ff0000 }", "h1 { color: #0000ff }")


@pytest.mark.parametrize(
    ("design", "shared", "counts"),
    [
        (RED, f"@layer shared {{ {BLUE} }}", RED),
        (BLACK, f"@layer shared {{ {BLACK} }} {BLUE}", BLUE),
        ("p { color: #000000 }", f"@layer shared {{ {BLUE} }}", BLUE),
        (RED, BLUE, BLUE),
    ],
    ids=[
        "a design before what all share",
        "what stands outside the layer before all",
        "what all share",
        "as it was",
    ],
)
def test_an_offices_rules_count_in_the_promised_order(
    tmp_path: Path, design: str, shared: str, counts: str
) -> None:
    page = edition(3)
    made = written(PdfWriter(sheets(tmp_path, design=design, shared=shared)), page, "modern")
    alone = sheets(tmp_path, design="p { color: #000000 }" if design[0] == "p" else "", shared=counts)
    assert made == written(PdfWriter(alone), page, "modern")
