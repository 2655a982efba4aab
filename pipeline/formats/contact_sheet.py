"""The pages of a release on one picture: each page beside the same page in the other languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from math import ceil, sqrt
from typing import TYPE_CHECKING

from pipeline.formats.fonts import font_file

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

PAGE = (620, 877)
"""Pixels of a page: A4 at 75 dots to the inch, at which running text can just be read."""
MOST_PAGES = 24
"""Of a language; press releases have two or three."""

_FACE, _LABEL = "SourceSansPro-Semibold", 17
_GAP, _BETWEEN = 16, 48
"""Between the languages of a page, and between pages."""
_GROUND, _EDGE, _INK, _ABSENT = "#e4e6e9", "#b4b8be", "#3a3f47", "#d6d9dd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The pages of one language."""

    language: str
    pages: "tuple[Image, ...]"
    """The first of them, none larger than `PAGE`."""
    total: int
    """How many there are."""


def contact_sheet(columns: Sequence[Column]) -> bytes:
    """Return a PNG with the pages of all languages, page by page side by side; equal pages give equal bytes.

    A page that a language does not have leaves its place empty, and says so.

    Args:
        columns: at least one, the source language first; at most `MOST_PAGES` pages of each are shown.
    """
    from PIL import Image, ImageDraw, ImageFont

    rows = min(max(1, *(column.total for column in columns)), MOST_PAGES)
    # As many pages abreast as give the sheet about the shape of a page.
    abreast = ceil(sqrt(rows / len(columns)))
    width, height = _group(len(columns))
    size = (_BETWEEN + abreast * width, _BETWEEN + ceil(rows / abreast) * height)
    sheet = Image.new("RGB", size, _GROUND)
    draw = ImageDraw.Draw(sheet)
    draw.font = ImageFont.truetype(font_file(_FACE), _LABEL, layout_engine=ImageFont.Layout.BASIC)
    for number in range(rows):
        row, place = divmod(number, abreast)
        left, top = _BETWEEN + place * width, _BETWEEN + row * height
        for column in columns:
            draw.text((left, top - _LABEL - _GAP // 2), _label(column, number), fill=_INK)
            _put(sheet, draw, column.pages[number] if number < len(column.pages) else None, (left, top))
            left += PAGE[0] + _GAP
    file = BytesIO()
    sheet.save(file, "PNG")
    return file.getvalue()


def _group(languages: int) -> tuple[int, int]:
    """Return width and height of a page in all languages with the space around it."""
    return languages * (PAGE[0] + _GAP) - _GAP + _BETWEEN, PAGE[1] + _BETWEEN


def _label(column: Column, number: int) -> str:
    if number >= column.total:
        return f"{column.language}  no page {number + 1}"
    more = f", {column.total - MOST_PAGES} more not shown" if number + 1 == MOST_PAGES < column.total else ""
    return f"{column.language}  {number + 1} / {column.total}{more}"


def _put(sheet: "Image", draw: "ImageDraw", page: "Image | None", place: tuple[int, int]) -> None:
    """Put a page on the sheet, or the trace of one that is not there."""
    width, height = PAGE if page is None else page.size
    edges = (place[0] - 1, place[1] - 1, place[0] + width, place[1] + height)
    draw.rectangle(edges, fill=_ABSENT if page is None else None, outline=_EDGE)
    if page is not None:
        sheet.paste(page, place)
