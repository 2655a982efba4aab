"""Every Word file keeps the standard, ISO/IEC 29500 in its transitional form: more than what Word puts up with.

The judge is an independent program; where `make ooxml` has fetched the schema itself, `tests/ooxml` asks that too.
"""

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZipFile

import pytest

from pipeline.model.bitext import Bitext
from pipeline.model.edition import EditionStatus
from pipeline.model.release import BulletList
from tests.engines.pdf_releases import edition
from tests.formats.review_docx.sheets import document, sheet
from tests.formats.word_files import RELEASES, faults, samples, written
from tests.review import sheets

MADE_UP = 64
WITH_EVERYTHING = 64
"""Number of a long one: table, numbered list, links."""
SMALL = 25_000
"""Bytes of a release without pictures: it goes to hundreds of newsrooms by mail."""


@pytest.mark.parametrize("release", RELEASES)
def test_every_sample_is_valid_small_and_the_same_each_time(release: str) -> None:
    pages = samples(release)
    assert [page.release.language for page in pages] == ["de", "fr"]
    for page in pages:
        data = written(page)
        assert faults(data) == []
        assert data == written(page)
        assert page.pictures or len(data) < SMALL


@pytest.mark.parametrize("part", range(4))
def test_made_up_releases_of_every_shape_and_language_are_valid(part: int) -> None:
    assert {number: faults(written(edition(number))) for number in range(part, MADE_UP, 4)} == {
        number: [] for number in range(part, MADE_UP, 4)
    }


def test_the_made_up_releases_have_everything_that_releases_have() -> None:
    seen = Counter(_traits())
    blocks = ("Heading", "Paragraph", "Quote", "BulletList", "Table", "Figure")
    wanted = (*EditionStatus, *blocks, "de", "fr", "long title", "link", "four levels", "wide table", "long table")
    assert [trait for trait in wanted if not seen[trait]] == []


def _traits() -> Iterator[str]:
    for made in map(edition, range(MADE_UP)):
        release = made.release
        yield from (made.status, release.language.partition("-")[0])
        yield from (type(block).__name__ for block in release.blocks)
        if sum(len(run.text) for run in release.title) > 300:
            yield "long title"
        for block in release.blocks:
            if any(run.href for run in getattr(block, "text", ())):
                yield "link"
            if isinstance(block, BulletList) and _depth(block) == 4:
                yield "four levels"
            if len(getattr(block, "header", ())) >= 12:
                yield "wide table"
            if len(getattr(block, "rows", ())) >= 40:
                yield "long table"


def _depth(block: BulletList) -> int:
    return 1 + max((_depth(sublist) for item in block.items for sublist in item.sublists), default=0)


@pytest.mark.parametrize("bitext", sheets.bitexts(), ids=lambda bitext: bitext.release)
def test_every_review_document_is_valid(bitext: Bitext) -> None:
    assert faults(sheets.document(sheets.sheet(bitext))) == []


def test_a_review_document_without_findings_is_valid() -> None:
    assert faults(document(sheet())) == []


# --- the judge


SEEDED = {
    "properties in the wrong order": (
        "word/document.xml",
        r'(<w:pStyle w:val="Title"/>)',
        r'<w:jc w:val="left"/>\1',
    ),
    "properties after the text": ("word/document.xml", r"(<w:pPr>.*?</w:pPr>)(<w:r>.*?</w:r>)", r"\2\1"),
    "formatting in the wrong order": (
        "word/document.xml",
        r"<w:r><w:t",
        r'<w:r><w:rPr><w:lang w:val="de-DE"/><w:b/></w:rPr><w:t',
    ),
    "an element that there is not": ("word/document.xml", r"<w:body>", r"<w:body><w:heading/>"),
    "a value that there is not": ("word/document.xml", r"(<w:pStyle[^>]*/>)", r'\1<w:jc w:val="middle"/>'),
    "a number that is none": ("word/document.xml", r'(<w:pgSz[^>]*) w:w="\d+"', r'\1 w:w="wide"'),
    "a style that is not defined": ("word/document.xml", r'w:val="Title"', r'w:val="Titel"'),
    "a table without columns": ("word/document.xml", r"<w:tblGrid>.*?</w:tblGrid>", r""),
    "a cell without a paragraph": ("word/document.xml", r"(<w:tc>.*?</w:tcPr>).*?</w:tc>", r"\1</w:tc>"),
    "a link to nowhere": ("word/document.xml", r'(<w:hyperlink[^>]*) r:id="rId\d+"', r'\1 r:id="rId999"'),
    "a list before its definition": (
        "word/numbering.xml",
        r"(<w:num .*?)(<w:abstractNumId[^>]*/>)(.*?)(</w:num>)",
        r"\1<w:lvlOverride w:ilvl='0'/>\2\3\4",
    ),
    "a setting in the wrong place": (
        "word/settings.xml",
        r"(<w:settings[^>]*>)",
        r'\1<w:themeFontLang w:val="de"/>',
    ),
    "text outside a paragraph of the header": ("word/header1.xml", r"(<w:hdr[^>]*>)", r"\1<w:r/>"),
}


@pytest.mark.parametrize("fault", SEEDED)
def test_the_judge_sees_a_seeded_fault(fault: str) -> None:
    part, pattern, new = SEEDED[fault]
    found = faults(changed(written(edition(WITH_EVERYTHING)), part, pattern, new))
    assert found
    assert {line.partition(":")[0] for line in found} == {str(PurePosixPath("/") / part)}


def changed(data: bytes, part: str, pattern: str, new: str) -> bytes:
    """Return the file with the first match of `pattern` in one part replaced."""
    file = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(file, "w") as made:
        for name in old.namelist():
            text = old.read(name)
            if name == part:
                faulty, count = re.subn(pattern, new, text.decode(), count=1, flags=re.DOTALL)
                assert count, "the fault could not be seeded"
                text = faulty.encode()
            made.writestr(name, text)
    return file.getvalue()
