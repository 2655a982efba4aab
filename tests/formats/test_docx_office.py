"""A Word file that somebody opened in an office program and saved again still says the same, in the same order."""

import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.text.paragraph import Paragraph as WordParagraph

from pipeline.formats.word_in import read_word
from pipeline.model.edition import Edition
from pipeline.model.inline import Inlines, plain
from pipeline.model.intake import RawKind
from pipeline.model.release import BulletList, Figure, Heading, Paragraph, Quote, Table
from tests.engines.pdf_releases import edition
from tests.formats.word_files import RELEASES, samples, written

ALT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
MADE_UP = (*range(1, 8), 32, 64)
"""Numbers of made-up releases: some of a page, and two of a dozen pages, with everything that there is."""
EDITIONS = {
    **{f"{page.release.id}.{page.release.language}": page for name in RELEASES for page in samples(name)},
    **{f"made-up-{number}": edition(number) for number in MADE_UP},
}
OWN = [name for name in EDITIONS if not name.startswith("made-up")]


@pytest.fixture(scope="module")
def saved_again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with all editions as LibreOffice saved them after it had opened them."""
    if not shutil.which("soffice"):
        pytest.skip("needs LibreOffice")
    folder = tmp_path_factory.mktemp("office")
    for name, page in EDITIONS.items():
        (folder / f"{name}.docx").write_bytes(written(page))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "docx:MS Word 2007 XML"]
    files = sorted(folder.glob("*.docx"))
    subprocess.run([*command, "--outdir", folder / "back", *files], check=True, capture_output=True, timeout=180)
    return folder / "back"


@pytest.mark.parametrize("name", EDITIONS)
def test_text_styles_lists_tables_links_and_alternative_texts_survive(saved_again: Path, name: str) -> None:
    ours, theirs = written(EDITIONS[name]), (saved_again / f"{name}.docx").read_bytes()
    assert list(structure(theirs)) == list(structure(ours))
    assert read_word(theirs, name).blocks == read_word(ours, name).blocks


@pytest.mark.parametrize("name", OWN)
def test_what_is_read_from_it_is_the_release(saved_again: Path, name: str) -> None:
    page = EDITIONS[name]
    read = read_word((saved_again / f"{name}.docx").read_bytes(), name)
    found = [
        (block.kind, block.level, block.ordered, tidy(block.text), [[*map(tidy, row)] for row in block.rows])
        for block in read.blocks
    ]
    first = next(number for number, block in enumerate(found) if block[0] is RawKind.TITLE)
    wanted = list(blocks(page))
    assert found[first : first + len(wanted)] == wanted


def structure(data: bytes) -> Iterator[object]:
    """Yield the style, text and links of each paragraph, the cells of each table, and what pictures show."""
    document = Document(BytesIO(data))
    for part in document.iter_inner_content():
        if isinstance(part, WordParagraph):
            yield (part.style and part.style.name, part.text, [(link.text, link.url) for link in part.hyperlinks])
        else:
            yield [[cell.text for cell in row.cells] for row in part.rows]
    yield [shown.get("descr") for shown in document.element.iter(ALT)]


Block = tuple[RawKind, int, bool, str, list[list[str]]]


def blocks(page: Edition) -> Iterator[Block]:
    """Yield what a reader should find of a release, from its title on."""
    release = page.release
    yield (RawKind.TITLE, 1, False, tidy(release.title), [])
    if release.subtitle:
        yield (RawKind.HEADING, 2, False, tidy(release.subtitle), [])
    for block in release.blocks:
        match block:
            case Paragraph():
                yield (RawKind.TEXT, 0, False, tidy(block.text), [])
            case Heading():
                yield (RawKind.HEADING, 2 if block.level < 4 else 3, False, tidy(block.text), [])
            case Quote():
                yield from ((RawKind.QUOTE, 0, False, tidy(text), []) for text in block.paragraphs)
            case BulletList():
                yield from _items(block, 0)
            case Table():
                yield (RawKind.TABLE, 0, False, "", [[*map(tidy, row)] for row in (block.header, *block.rows)])
            case Figure():
                (media,) = (item for item in release.media if item.file == block.file)
                assert media.caption
                caption = media.caption.any(release.language)
                yield (RawKind.TEXT, 0, False, f"{caption} · {page.labels.photo} {media.credit}", [])


def _items(block: BulletList, level: int) -> Iterator[Block]:
    for item in block.items:
        yield (RawKind.ITEM, level, block.ordered, tidy(item.text), [])
        for sublist in item.sublists:
            yield from _items(sublist, level + 1)


def tidy(text: Inlines) -> str:
    """Return the words, with hyphens that Word draws itself left out and plain blanks folded."""
    return " ".join(plain(text).replace("\u00ad", "").split(" ")).strip()
