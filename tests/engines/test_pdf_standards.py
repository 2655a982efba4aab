"""Every PDF keeps PDF/A-3a and PDF/UA-1 at once: all samples, and hundreds of made-up releases of every shape."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import locales
from pipeline.engines.pdf import PdfWriter
from pipeline.engines.pdf_check import Finding, validate
from pipeline.formats.page import to_html
from pipeline.model.edition import Edition, EditionStatus
from pipeline.runner.languages import stand
from pipeline.runner.publishing import editions
from pipeline.templating import environment
from pipeline.workspace import Workspace
from tests.engines.pdf_releases import edition

ROOT = Path(__file__).parents[2]
WORKSPACE = Workspace.find(ROOT)
FOLDERS = WORKSPACE.template_folders()
TEMPLATES = environment(FOLDERS)
SAMPLES = sorted(path.parent.name for path in ROOT.glob("releases/*/source.md"))
MADE_UP = 320


@pytest.fixture(scope="module")
def writer() -> PdfWriter:
    return PdfWriter(FOLDERS)


def broken(writer: PdfWriter, page: Edition) -> tuple[Finding, ...]:
    return validate(writer.write(to_html(page, TEMPLATES), page), page.release.id)


@pytest.mark.parametrize("release", SAMPLES)
def test_every_sample_in_every_language(writer: PdfWriter, release: str) -> None:
    pages = tuple(editions(WORKSPACE, stand(WORKSPACE, release)))
    assert [page.release.language for page in pages] == ["de", "fr"]
    assert [finding for page in pages for finding in broken(writer, page)] == []


@pytest.mark.parametrize("part", range(8))
def test_made_up_releases_of_every_shape_and_language(writer: PdfWriter, part: int) -> None:
    assert [finding for number in range(part, MADE_UP, 8) for finding in broken(writer, edition(number))] == []


def test_the_made_up_releases_have_everything_that_releases_have() -> None:
    seen = Counter(_traits())
    blocks = ("Heading", "Paragraph", "Quote", "BulletList", "Table", "Figure")
    expected = (
        *EditionStatus,
        *locales.known(),
        *blocks,
        "long title",
        "no title",
        "passage",
        "link",
        "nested list",
    )
    assert {trait: seen[trait] for trait in expected if seen[trait] < 5} == {}


def _traits() -> Iterator[str]:
    for number in range(MADE_UP):
        page = edition(number)
        yield from (page.status, page.release.language)
        length = sum(len(run.text) for run in page.release.title)
        yield "no title" if not length else "long title" if length > 300 else "title"
        shown = repr(page.release.blocks)
        yield from (name for name, sign in _SIGNS.items() if sign in shown)
        yield from {type(block).__name__ for block in page.release.blocks}


_SIGNS = {"passage": "lang='", "link": "href='", "nested list": "sublists=(BulletList("}
