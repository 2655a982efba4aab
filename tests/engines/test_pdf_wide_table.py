"""A table of many columns stands on a page of its own, turned on its side, and nothing runs out of it."""

from dataclasses import replace

import pypdfium2  # type: ignore[import-untyped]  # it has no types
import pytest

from pipeline.engines.pdf import PdfWriter
from pipeline.engines.pdf_check import validate
from pipeline.formats.page import to_html
from pipeline.formats.wide_table import MOST_COLUMNS, MOST_UPRIGHT
from pipeline.model.inline import inlines
from pipeline.model.release import Block, Paragraph, Table
from pipeline.templating import environment, packaged_templates
from tests.engines.pdf_releases import edition

TEMPLATES = environment([packaged_templates()])
TEXT = Paragraph(text=inlines("Davor und danach steht Text."))
MARGIN = 70
"""Of the text, in points."""


@pytest.fixture(scope="module")
def writer() -> PdfWriter:
    return PdfWriter([packaged_templates()])


def table(columns: int, rows: int, *words: str) -> Table:
    cells = tuple(inlines(words[number % len(words)]) for number in range(columns))
    return Table(header=cells, rows=(cells,) * rows)


def pages(writer: PdfWriter, *blocks: Block) -> list[tuple[str, str]]:
    """Return how each page stands and what it says, having looked that the file is valid and nothing runs out."""
    made = edition(9)
    made = replace(made, release=replace(made.release, blocks=blocks))
    data = writer.write(to_html(made, TEMPLATES), made)
    assert validate(data, "x") == ()
    found = []
    with pypdfium2.PdfDocument(data) as pdf:
        for sheet in pdf:
            width, height = sheet.get_size()
            layer = sheet.get_textpage()
            boxes = [layer.get_charbox(index) for index in range(layer.count_chars())]
            assert all(left >= MARGIN and right <= width - MARGIN + 2 for left, _, right, _ in boxes)
            found.append(("sideways" if width > height else "upright", layer.get_text_bounded()))
    return found


def test_the_page_turns_for_the_table_and_back(writer: PdfWriter) -> None:
    found = pages(writer, TEXT, table(MOST_UPRIGHT + 1, 3, "1.234"), TEXT)
    assert [stand for stand, _ in found] == ["upright", "sideways", "upright"]
    assert ["1.234" in text for _, text in found] == [False, True, False]
    assert ["Davor" in text for _, text in found] == [True, False, True]


def test_a_table_that_fits_upright_stays_with_the_text(writer: PdfWriter) -> None:
    assert {stand for stand, _ in pages(writer, TEXT, table(MOST_UPRIGHT, 3, "1.234"), TEXT)} == {"upright"}


def test_a_long_one_runs_on_under_its_header(writer: PdfWriter) -> None:
    found = pages(writer, TEXT, table(MOST_COLUMNS, 60, "2026", "x", "Ja"), TEXT)
    turned = [text for stand, text in found if stand == "sideways"]
    assert len(turned) > 1
    assert sum(text.count("2026") for text in turned) == 8 * (60 + len(turned))


def test_amounts_stay_whole_where_all_can(writer: PdfWriter) -> None:
    _, (_, text), _ = pages(writer, TEXT, table(16, 2, "12.400.000", "x"), TEXT)
    assert text.count("12.400.000") == 8 * 3


def test_no_word_is_too_long(writer: PdfWriter) -> None:
    found = pages(
        writer, TEXT, table(MOST_COLUMNS, 2, "Landesentwicklungsgesellschaft" * 2, "12.400.000.000"), TEXT
    )
    shown = "".join("".join(text.split()) for stand, text in found if stand == "sideways")
    assert shown.count("L") >= MOST_COLUMNS // 2
