"""Drawings as pixels: the same on every machine, on white paper, never larger than a page."""

from io import BytesIO

import pytest
from PIL import Image

from pipeline.errors import FormatError
from pipeline.formats.picture import prepared
from pipeline.formats.picture_pixels import BOX
from pipeline.formats.picture_raster import drawn_size, is_drawing, raster

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}">{}</svg>'
RED = '<rect width="20" height="10" fill="#c00"/>'


def drawing(width: float, height: float) -> bytes:
    return prepared(SVG.format(width, height, RED).encode(), "a.svg").data


def picture(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


def test_it_has_the_pixels_asked_for_and_white_where_nothing_is_drawn() -> None:
    drawn = picture(raster(drawing(40, 30), "a.svg", 3))
    assert drawn.size == (120, 90)
    assert drawn.getpixel((10, 10)) == (204, 0, 0)
    assert drawn.getpixel((110, 80)) == (255, 255, 255)


@pytest.mark.parametrize(("width", "height"), [(10, 100_000), (100_000, 10), (99_999, 99_999), (0.5, 0.5)])
def test_it_is_never_larger_than_a_page(width: float, height: float) -> None:
    drawn = picture(raster(drawing(width, height), "a.svg", 3))
    assert drawn.width <= BOX[0]
    assert drawn.height <= BOX[1]


def test_text_is_set_in_the_fonts_of_the_page() -> None:
    text = SVG.format(200, 50, '<text x="5" y="30" font-size="30">Alvenz</text>')
    drawn = picture(raster(prepared(text.encode(), "a.svg").data, "a.svg", 1))
    colours = drawn.getcolors(256)
    assert colours is not None
    assert len(colours) > 2


def test_equal_drawings_give_equal_bytes() -> None:
    first = raster(drawing(40, 30), "a.svg", 2)
    raster.cache_clear()
    assert raster(drawing(40, 30), "a.svg", 2) == first


def test_only_drawings_are_drawings() -> None:
    assert is_drawing(drawing(1, 1))
    assert not is_drawing(b"\x89PNG")


@pytest.mark.parametrize("data", [b"<svg/>", b"<svg", b'<svg width="1" height="x"/>'])
def test_what_was_not_prepared_is_one_clear_error(data: bytes) -> None:
    with pytest.raises(FormatError, match=r"a\.svg: cannot be read"):
        drawn_size(data, "a.svg")
