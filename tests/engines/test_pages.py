"""Pages of a PDF as pictures: what is on them, within bounds, and one clear error for what is no PDF."""

import io

import pikepdf
import pytest

from pipeline.engines.pages import draw_pages
from pipeline.errors import PdfError

RED = b"1 0 0 rg 0 0 10000 10000 re f"
BOX = (200, 300)


def pdf(*sizes: tuple[float, float], locked_with: str = "") -> bytes:
    """Return a PDF with a page of each size, in red."""
    made, file = pikepdf.new(), io.BytesIO()
    for size in sizes:
        page = made.add_blank_page(page_size=size)
        page.Contents = made.make_stream(RED)
    encryption = pikepdf.Encryption(owner=locked_with, user=locked_with) if locked_with else False
    made.save(file, encryption=encryption)
    return file.getvalue()


def test_pages_fill_the_box_in_their_own_shape() -> None:
    drawn = draw_pages(pdf((595.28, 841.89), (842, 595), (100, 100)), "a.pdf", box=BOX, most=9)
    assert drawn.total == 3
    assert [page.size for page in drawn.pages] == [(200, 283), (200, 142), (200, 200)]
    assert {page.getpixel((5, 5)) for page in drawn.pages} == {(255, 0, 0)}


def test_no_more_pages_are_drawn_than_asked_for_and_the_rest_is_counted() -> None:
    drawn = draw_pages(pdf(*[(100, 100)] * 5), "a.pdf", box=BOX, most=2)
    assert (len(drawn.pages), drawn.total) == (2, 5)


@pytest.mark.parametrize("size", [(3, 3), (14_400, 14_400), (3, 14_400), (14_400, 3)])
def test_pages_of_any_size_stay_in_the_box(size: tuple[int, int]) -> None:
    (page,) = draw_pages(pdf(size), "a.pdf", box=BOX, most=1).pages
    assert page.width <= BOX[0]
    assert page.height <= BOX[1]


def test_equal_files_give_equal_pictures() -> None:
    data = pdf((595, 842))
    first, second = (draw_pages(data, "a.pdf", box=BOX, most=1).pages[0].tobytes() for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.7\n", b"no PDF at all" * 100, pdf((100, 100))[:300], pdf((100, 100), locked_with="key")],
    ids=["empty", "only the beginning", "a text", "cut off", "with a password"],
)
def test_what_cannot_be_drawn_is_one_clear_error(data: bytes) -> None:
    with pytest.raises(PdfError, match=r"^a\.fr\.pdf: its pages cannot be drawn: .*; build the release anew$"):
        draw_pages(data, "a.fr.pdf", box=BOX, most=1)
