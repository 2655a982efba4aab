"""What a page may ask for: its own pictures, the crest, the draft mark and our fonts. Nothing else in the world."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any
from urllib.parse import quote, unquote

from pipeline.engines.pdf.pictures import PngPicture, png_picture
from pipeline.engines.pdf.typefaces import ADDRESS
from pipeline.errors import PdfError
from pipeline.formats import wide_table
from pipeline.formats.draft_mark import draft_mark
from pipeline.formats.fonts import FACES, font_file
from pipeline.formats.picture_raster import is_drawing
from pipeline.model.edition import Edition, EditionStatus

SCHEME = "communique:"
BASE_STYLE = 'html { image-rendering: crisp-edges } li ul { list-style-type: "– " } ' + wide_table.STYLE
"""What stands before every design.

PDF/A forbids to have readers smooth a picture (ISO 19005-3, 6.2.8: no Interpolate), as the library does. The ring
that the library puts before items of the second level is in none of our fonts.
"""


def resources(editions: Sequence[Edition]) -> dict[str, tuple[str, bytes]]:
    """Return media type and content of everything that a page may ask for, by address.

    Args:
        editions: the one that the page shows, or the same release in two languages.

    Raises:
        PdfError: a picture is of a kind that an archived PDF cannot hold.
    """
    edition, found = editions[0], dict[str, tuple[str, bytes]]()
    for picture in edition.pictures:
        found[f"{SCHEME}media/{picture.file}"] = (_media_type(picture.file, picture.data), picture.data)
    if edition.letterhead.logo:
        found[f"{SCHEME}logo"] = (_media_type("crest", edition.letterhead.logo), edition.letterhead.logo)
    if any(item.status is EditionStatus.DRAFT for item in editions):
        words = " · ".join(dict.fromkeys(item.labels.draft for item in editions))
        found[f"{SCHEME}draft"] = ("image/svg+xml", draft_mark(words).encode())
    return found


def ready_pictures(edition: Edition) -> dict[str, PngPicture]:
    """Return the pictures of `edition` that the library need not unpack, by the address that it asks for."""
    found = ((picture.file, png_picture(picture.data)) for picture in edition.pictures)
    return {f"{SCHEME}media/{quote(file)}": picture for file, picture in found if picture is not None}


def fetcher(found: Mapping[str, tuple[str, bytes]]) -> Any:
    """Return what answers the library's requests with `found` and the packaged fonts, and refuses all others."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]  # the library is untyped
        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002 (the library's signature)
            address = unquote(url)
            face = address.removeprefix(ADDRESS)
            if address in found:
                kind, data = found[address]
            elif face in FACES:
                kind, data = "font/ttf", font_file(face).read_bytes()
            else:
                raise FatalURLFetchingError(address)
            return URLFetcherResponse(url, data, {"Content-Type": kind})

    return Fetcher()


def _media_type(name: str, data: bytes) -> str:
    if is_drawing(data):
        return "image/svg+xml"
    from PIL import Image

    kinds = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
    kind = next((kind for start, kind in kinds.items() if data.startswith(start)), None)
    if kind is None:
        raise PdfError(f"media/{name}: is no PNG, JPEG or SVG; save the picture in one of these")
    try:
        with Image.open(BytesIO(data)) as picture:
            mode = picture.mode
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise PdfError(f"media/{name}: cannot be read as a picture; save it anew as PNG or JPEG") from None
    if mode == "CMYK":
        raise PdfError(f"media/{name}: has the colours of a printing press (CMYK); save it anew with RGB colours")
    return kind
