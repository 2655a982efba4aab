"""Whatever a release brings along: a good page, or one clear error."""

import io
from dataclasses import replace

import pypdfium2  # type: ignore[import-untyped]  # it has no types
import pytest
from PIL import Image

from pipeline.engines.pdf import PdfWriter
from pipeline.engines.pdf_check import validate
from pipeline.errors import FontError, PdfError
from pipeline.formats.page import to_html
from pipeline.formats.wide_table import MOST_UPRIGHT
from pipeline.model.edition import Edition, Picture
from pipeline.model.inline import Run, inlines
from pipeline.model.release import Block, BulletList, Figure, Heading, ListItem, Paragraph, Quote, Table
from pipeline.templating import environment, packaged_templates
from tests.engines.pdf_releases import edition

TEMPLATES = environment([packaged_templates()])
LONG = "Kraftfahrzeughaftpflicht" * 12
LEFT, RIGHT = 70, 527
"""Where text may stand, in points."""


@pytest.fixture(scope="module")
def writer() -> PdfWriter:
    return PdfWriter([packaged_templates()])


def page(*blocks: Block, title: str = "Titel", pictures: tuple[Picture, ...] | None = None) -> Edition:
    base = edition(9)
    release = replace(base.release, title=inlines(title), blocks=blocks)
    return replace(base, release=release, pictures=base.pictures if pictures is None else pictures)


def write(writer: PdfWriter, made: Edition) -> bytes:
    return writer.write(to_html(made, TEMPLATES), made)


def text(data: bytes) -> str:
    """Return all text without blanks, having looked that none of it runs out of the page."""
    found = ""
    with pypdfium2.PdfDocument(data) as pdf:
        for sheet in pdf:
            layer = sheet.get_textpage()
            for index in range(layer.count_chars()):
                left, _, right, _ = layer.get_charbox(index)
                assert left >= LEFT
                assert right <= RIGHT
            found += layer.get_text_bounded()
    return "".join(found.split())


def test_a_title_of_four_hundred_signs(writer: PdfWriter) -> None:
    title = ("Ein Titel, der gar nicht enden will, " * 11)[:400]
    data = write(writer, page(title=title))
    assert validate(data, "x") == ()
    assert "".join(title.split()) in text(data)


def test_a_word_of_three_hundred_signs_is_broken_wherever_it_stands(writer: PdfWriter) -> None:
    word = inlines(LONG)
    blocks = (
        Paragraph(text=word),
        Paragraph(text=inlines(f"Davor {LONG} danach")),
        Heading(level=2, text=word),
        Quote(paragraphs=(word,)),
        BulletList(items=(ListItem(text=word, sublists=(BulletList(items=(ListItem(text=word),)),)),)),
        Table(header=(word, inlines("b")), rows=((word, word),)),
        Paragraph(text=(Run(text=f"https://example.org/{LONG}", href=f"https://example.org/{LONG}"),)),
        Paragraph(text=(Run(text=LONG, code=True),)),
    )
    data = write(writer, page(*blocks, title=LONG))
    assert validate(data, "x") == ()
    assert text(data).count(LONG) >= len(blocks)


def test_the_widest_table_on_upright_paper_stays_on_the_page(writer: PdfWriter) -> None:
    cells = tuple(inlines(word) for word in ("Landesentwicklungsgesellschaft", "12.400.000", "Wörth") * 4)
    assert len(cells) == MOST_UPRIGHT
    data = write(writer, page(Table(header=cells, rows=(cells,) * 3)))
    assert validate(data, "x") == ()
    assert text(data).count("Wörth") == 16


def test_a_cell_longer_than_a_page_runs_on_under_its_header(writer: PdfWriter) -> None:
    table = Table(header=(inlines("Spalte"), inlines("b")), rows=((inlines("Wort " * 2000), inlines("x")),))
    data = write(writer, page(table))
    assert validate(data, "x") == ()
    assert text(data).count("Wort") == 2000
    assert text(data).index("Spalte") < text(data).index("Wort")


@pytest.mark.parametrize(
    ("sign", "name"), [("שלום", "HEBREW"), ("مرحبا", "ARABIC"), ("🎉", "PARTY POPPER"), ("\ufe0f", "VARIATION")]
)
def test_signs_that_no_font_has_are_named(writer: PdfWriter, sign: str, name: str) -> None:
    with pytest.raises(FontError, match=rf"{name}.* in release, title"):
        write(writer, page(title=f"Fest {sign}"))


def test_a_sign_that_only_the_template_has_is_named(writer: PdfWriter) -> None:
    made = page()
    with pytest.raises(PdfError, match="no font has “終”, which the template shows"):
        writer.write(to_html(made, TEMPLATES).replace("<h1>", "<p>終</p><h1>"), made)


def test_marks_and_controls_leave_a_good_page(writer: PdfWriter) -> None:
    data = write(writer, page(Paragraph(text=inlines("Cafe\u0301 a\tb c\u00add e\u200bf g\u2060h"))))
    assert validate(data, "x") == ()


def encoded(mode: str, kind: str) -> bytes:
    stream = io.BytesIO()
    Image.new(mode, (40, 30)).save(stream, kind)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("RGB", "PNG"), ("RGBA", "PNG"), ("LA", "PNG"), ("P", "PNG"), ("1", "PNG"), ("I;16", "PNG"), ("L", "JPEG")],
)
def test_pictures_of_every_usual_kind(writer: PdfWriter, mode: str, kind: str) -> None:
    pictures = (Picture(file="a b.png", data=encoded(mode, kind)), *edition(9).pictures[1:])
    assert validate(write(writer, page(Figure(file="a b.png"), pictures=pictures)), "x") == ()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (encoded("CMYK", "JPEG"), r"media/a b\.png: has the colours of a printing press"),
        (b"\x89PNG\r\n\x1a\nbroken", r"media/a b\.png: cannot be read as a picture"),
        (b"\xff\xd8\xffbroken", r"media/a b\.png: cannot be read as a picture"),
        (b"GIF89a", r"media/a b\.png: is no PNG, JPEG or SVG"),
    ],
)
def test_pictures_that_cannot_be_archived_are_refused_by_name(writer: PdfWriter, data: bytes, message: str) -> None:
    pictures = (Picture(file="a b.png", data=data), *edition(9).pictures[1:])
    with pytest.raises(PdfError, match=message):
        write(writer, page(Figure(file="a b.png"), pictures=pictures))
