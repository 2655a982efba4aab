"""A table of many columns stands on pages of its own, turned on their side; what is around it stays upright."""

from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from docx.enum.section import WD_ORIENTATION

from pipeline.errors import FormatError
from pipeline.formats.wide_table import MOST_COLUMNS, MOST_UPRIGHT
from pipeline.model.inline import Run, inlines
from pipeline.model.release import Block, Heading, Paragraph, Table
from tests.engines.pdf_releases import edition
from tests.formats.word_files import faults, written

TEXT = Paragraph(text=inlines("Wort"))
LINK = Paragraph(text=(Run(text="Wort", href="https://www.example.org"),))
UPRIGHT, SIDEWAYS = WD_ORIENTATION.PORTRAIT, WD_ORIENTATION.LANDSCAPE


def table(columns: int) -> Table:
    cells = tuple(inlines(f"{number}.400") for number in range(columns))
    return Table(header=cells, rows=(cells,) * 2)


def made(*blocks: Block) -> bytes:
    page = edition(9)
    data = written(replace(page, release=replace(page.release, blocks=blocks)))
    assert faults(data) == []
    return data


WIDE, NARROW = table(MOST_UPRIGHT + 1), table(MOST_UPRIGHT)


@pytest.mark.parametrize(
    ("blocks", "sections"),
    [
        ((TEXT, NARROW, TEXT), [UPRIGHT]),
        ((TEXT, WIDE, TEXT), [UPRIGHT, SIDEWAYS, UPRIGHT]),
        ((TEXT, WIDE, LINK, WIDE), [UPRIGHT, SIDEWAYS, UPRIGHT, SIDEWAYS, UPRIGHT]),
        ((WIDE,), [UPRIGHT, SIDEWAYS, UPRIGHT]),
        ((WIDE, WIDE), [UPRIGHT, SIDEWAYS, SIDEWAYS, UPRIGHT]),
        ((NARROW, WIDE, NARROW), [UPRIGHT, SIDEWAYS, UPRIGHT]),
        ((WIDE, Heading(level=2, text=inlines("Zahlen")), WIDE), [UPRIGHT, SIDEWAYS, UPRIGHT, SIDEWAYS, UPRIGHT]),
    ],
)
def test_only_the_pages_of_wide_tables_are_turned(
    blocks: tuple[Block, ...], sections: list[WD_ORIENTATION]
) -> None:
    found = Document(BytesIO(made(*blocks))).sections
    assert [section.orientation for section in found] == sections
    for section in found:
        assert section.page_width is not None
        assert section.page_height is not None
        assert (section.page_width > section.page_height) == (section.orientation is SIDEWAYS)


def test_the_letterhead_of_the_first_page_does_not_come_again() -> None:
    found = Document(BytesIO(made(TEXT, WIDE, TEXT))).sections
    assert [section.different_first_page_header_footer for section in found] == [True, False, False]


def test_a_wide_table_fills_the_turned_page_in_smaller_letters() -> None:
    document = Document(BytesIO(made(TEXT, table(MOST_COLUMNS), TEXT)))
    (shown,) = document.tables
    section = document.sections[1]
    lengths = (section.page_width, section.left_margin, section.right_margin)
    page, left, right = (length or 0 for length in lengths)
    width = sum(column.width or 0 for column in shown.columns)
    assert width == pytest.approx(page - left - right, rel=0.02)
    sizes = {run.font.size.pt for cell in shown._cells for run in cell.paragraphs[0].runs if run.font.size}  # noqa: SLF001 (quicker than row by row)
    assert sizes == {7.5}


def test_two_tables_in_a_row_stay_two() -> None:
    document = Document(BytesIO(made(NARROW, NARROW)))
    kinds = [type(part).__name__ for part in document.iter_inner_content()]
    first = kinds.index("Table")
    assert kinds[first : first + 3] == ["Table", "Paragraph", "Table"]


def test_a_table_wider_than_any_page_is_named() -> None:
    with pytest.raises(FormatError, match="block 2 of the text is a table of 25 columns"):
        made(TEXT, table(MOST_COLUMNS + 1))
