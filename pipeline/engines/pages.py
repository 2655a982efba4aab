"""The pages of a PDF as pictures, drawn by PDFium, which browsers show PDFs with."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.errors import PdfError

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPages:
    """The first pages of a PDF, drawn."""

    pages: "tuple[Image, ...]"
    total: int
    """How many pages the PDF has."""


def draw_pages(pdf: bytes, name: str, *, box: tuple[int, int], most: int) -> DrawnPages:
    """Return the first pages of a PDF; equal arguments give equal pictures.

    Args:
        pdf: the whole file.
        name: what the user calls it, for errors.
        box: width and height in pixels that each page fills as far as its shape allows, so that the memory taken
            does not depend on what size the PDF says its pages have.
        most: number of pages after which no more are drawn.

    Raises:
        PdfError: it is damaged, or needs a password.
    """
    # The library ships no types.
    from pypdfium2 import PdfDocument, PdfiumError  # type: ignore[import-untyped]

    try:
        with PdfDocument(pdf) as document:
            total = len(document)
            pages = tuple(_drawn(document[number], box) for number in range(min(total, most)))
    except PdfiumError as error:
        reason = str(error).rstrip(".")
        raise PdfError(f"{name}: its pages cannot be drawn: {reason}; build the release anew") from None
    return DrawnPages(pages=pages, total=total)


def _drawn(page: Any, box: tuple[int, int]) -> "Image":
    width, height = page.get_size()
    scale = min(box[0] / max(width, 1), box[1] / max(height, 1))
    picture: Image = page.render(scale=scale).to_pil().convert("RGB")
    # The library rounds up, so that a page can be one pixel larger than asked for.
    return picture.crop((0, 0, min(picture.width, box[0]), min(picture.height, box[1])))
