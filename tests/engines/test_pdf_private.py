"""What we rely on below the library's surface is as we know it, and stays as it was after every PDF."""

import inspect
import re

import pytest

from pipeline.engines.pdf import PdfWriter, library_version, private
from pipeline.errors import PdfError
from pipeline.formats.page import to_html
from pipeline.templating import environment, packaged_templates
from tests.engines.pdf_releases import edition

TEMPLATES = environment([packaged_templates()])


@pytest.fixture(scope="module")
def writer() -> PdfWriter:
    return PdfWriter([packaged_templates()])


def test_the_library_is_one_whose_inside_we_know() -> None:
    assert library_version().split(".")[0] == "70"


def test_what_is_replaced_takes_what_we_take(writer: PdfWriter) -> None:
    assert writer
    import pydyf
    import weasyprint.pdf

    assert list(inspect.signature(weasyprint.pdf.add_tags).parameters) == [
        "pdf", "document", "pdf_version", "page_streams",
    ]  # fmt: skip
    assert "add_tags(pdf, document, " in inspect.getsource(weasyprint.pdf.generate_pdf)
    assert isinstance(pydyf.Stream.data, property)


def test_what_is_read_is_there(writer: PdfWriter) -> None:
    assert writer
    from weasyprint import HTML
    from weasyprint.formatting_structure import boxes
    from weasyprint.pdf.stream import Stream

    document = HTML(string='<p lang="de"><a href="https://example.org">x').render()
    assert isinstance(private.page_box(document.pages[0]), boxes.PageBox)
    assert document.pages[0].links[0][-1].link
    assert boxes.Box.link_annotation is None
    assert "_tags" in inspect.getsource(Stream.__init__)
    assert re.search(r"self\._tags\[box\] = \{.*'mcid': mcid", inspect.getsource(Stream.marked))


def test_nothing_stays_replaced_after_a_pdf_nor_after_one_that_failed(writer: PdfWriter) -> None:
    import pydyf
    import weasyprint.pdf

    before = (weasyprint.pdf.add_tags, pydyf.Stream.data)
    page = edition(1)
    html = to_html(page, TEMPLATES)
    writer.write(html, page)
    assert (weasyprint.pdf.add_tags, pydyf.Stream.data) == before
    with pytest.raises(PdfError):
        writer.write(html.replace("<h1>", '<img src="communique:media/tall.png"><h1>'), page)
    assert (weasyprint.pdf.add_tags, pydyf.Stream.data) == before


def test_a_stream_that_ends_in_a_carriage_return_ends_as_long_as_it_says() -> None:
    import pydyf

    with private.replaced(lambda *_: None):
        assert pydyf.Stream([b"a\r"]).data.endswith(b"/Length 2>>\nstream\na\r\r\nendstream")
        assert pydyf.Stream([b"ab"]).data.endswith(b"/Length 2>>\nstream\nab\nendstream")
