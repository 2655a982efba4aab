"""PNG pictures stand in the PDF pixel by pixel as in their file, and as small."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from pipeline.engines.pdf import PdfWriter
from pipeline.engines.pdf.pictures import png_picture
from pipeline.engines.pdf_check import validate
from pipeline.formats.page import to_html
from pipeline.model.edition import Picture
from pipeline.model.release import Figure, Localized, Media
from pipeline.templating import environment, packaged_templates
from tests.engines.pdf_releases import edition

FOLDERS = [packaged_templates()]


def drawing(mode: str) -> Image.Image:
    """Return a picture of which no two rows are the same."""
    picture = Image.new("RGB", (37, 23))
    for x in range(37):
        for y in range(23):
            picture.putpixel((x, y), (x * 6, y * 11, (x * y) % 256))
    return picture.convert(mode, colors=60) if mode == "P" else picture.convert(mode)


def png(picture: Image.Image, **options: object) -> bytes:
    file = BytesIO()
    picture.save(file, "PNG", **options)
    return file.getvalue()


def shown(data: bytes) -> Image.Image:
    """Return the picture that the PDF of a page with this one holds."""
    page = edition(1)
    alt = Localized(texts=((page.release.language, "Verlauf"),))
    release = replace(page.release, media=(Media(file="é (1).png", alt=alt),), blocks=(Figure(file="é (1).png"),))
    page = replace(page, release=release, pictures=(Picture(file="é (1).png", data=data),))
    made = PdfWriter(FOLDERS).write(to_html(page, environment(FOLDERS)), page)
    assert validate(made, "picture.pdf") == ()
    with pikepdf.open(BytesIO(made)) as pdf:
        (image,) = (found for sheet in pdf.pages for found in sheet.get_images(recursive=False).values())
        assert isinstance(image, pikepdf.Stream)
        return pikepdf.PdfImage(image).as_pil_image().convert("RGB")


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "1"])
def test_pixels_are_those_of_the_file(mode: str) -> None:
    picture = drawing(mode)
    data = png(picture)
    assert png_picture(data) is not None
    assert shown(data).tobytes() == picture.convert("RGB").tobytes()


@pytest.mark.parametrize(
    "data", [png(drawing("RGBA")), png(drawing("P"), transparency=3), b"\xff\xd8\xff\xe0", b""]
)
def test_what_is_transparent_or_no_png_is_left_to_the_library(data: bytes) -> None:
    assert png_picture(data) is None


def test_a_transparent_picture_is_shown_all_the_same() -> None:
    assert shown(png(drawing("RGBA"))).width == 37


def test_the_picture_is_not_packed_anew() -> None:
    data = png(drawing("P"))
    packed = png_picture(data)
    assert packed is not None
    assert packed.pixels in data
    assert (packed.width, packed.height, packed.depth) == (37, 23, 8)
