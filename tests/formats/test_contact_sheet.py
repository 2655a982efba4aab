"""The contact sheet: pages of all languages side by side, each with its label."""

import io

import pytest
from PIL import Image, ImageColor

from pipeline.formats.contact_sheet import MOST_PAGES, PAGE, Column, contact_sheet

BLUE, RED = (0, 0, 200), (200, 0, 0)
ABSENT = ImageColor.getrgb("#d6d9dd")


def column(language: str, colour: tuple[int, int, int], total: int) -> Column:
    pages = tuple(Image.new("RGB", PAGE, colour) for _ in range(min(total, MOST_PAGES)))
    return Column(language=language, pages=pages, total=total)


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    assert picture.format == "PNG"
    return picture


def colours_across(picture: Image.Image, row: int) -> list[object]:
    """Return the colours of the pages met on the way through a row of pages, from left to right."""
    line = [picture.getpixel((x, 500 + row * 925)) for x in range(picture.width)]
    found = [colour for colour in line if colour in {BLUE, RED, ABSENT}]
    return [colour for before, colour in zip([None, *found], found, strict=False) if before != colour]


def test_each_page_stands_beside_its_translation() -> None:
    picture = opened(contact_sheet([column("de", BLUE, 2), column("fr", RED, 2)]))
    assert [colours_across(picture, row) for row in (0, 1)] == [[BLUE, RED], [BLUE, RED]]


def test_long_releases_have_several_pages_abreast() -> None:
    picture = opened(contact_sheet([column("de", BLUE, 8), column("fr", RED, 8)]))
    assert colours_across(picture, 3) == [BLUE, RED, BLUE, RED]
    assert 0.5 < picture.width / picture.height < 1


def test_a_page_that_a_language_does_not_have_leaves_its_place_empty() -> None:
    picture = opened(contact_sheet([column("de", BLUE, 1), column("fr", RED, 2)]))
    assert [colours_across(picture, row) for row in (0, 1)] == [[BLUE, RED], [ABSENT, RED]]


def test_labels_are_written_above_the_pages() -> None:
    german = contact_sheet([column("de", BLUE, 1)])
    assert german != contact_sheet([column("fr", BLUE, 1)])
    above = opened(german).crop((0, 0, PAGE[0], 47))
    assert len(above.getcolors() or ()) > 10, "letters have many shades"


def test_very_long_releases_are_shown_in_part() -> None:
    whole = contact_sheet([column("de", BLUE, MOST_PAGES), column("fr", RED, 1)])
    part = contact_sheet([column("de", BLUE, 10_000), column("fr", RED, 1)])
    assert Image.open(io.BytesIO(part)).size == Image.open(io.BytesIO(whole)).size
    assert part != whole, "the label tells that there are more"


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_any_number_of_languages_and_an_empty_file(columns: int) -> None:
    assert opened(contact_sheet([column("de", BLUE, 0)] * columns)).width == 48 + columns * (PAGE[0] + 16) + 32


def test_equal_pages_give_equal_bytes() -> None:
    columns = [column("de", BLUE, 2), column("fr", RED, 3)]
    assert contact_sheet(columns) == contact_sheet(columns)
