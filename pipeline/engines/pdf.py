"""HTML to PDF with WeasyPrint. It is given every byte it may see and fetches nothing."""

import contextlib
import ctypes.util
import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from pipeline.errors import ConfigError, PdfError
from pipeline.formats.draft_mark import draft_mark
from pipeline.formats.fonts import FACES, check_glyphs, font_file
from pipeline.model.edition import Edition, EditionStatus

STYLE = "pdf/release.css"
SCHEME = "communique:"
MISSING_LIBRARIES = (
    "PDF cannot be made: system libraries are missing; run "
    "“apt-get install --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0”"
)


class PdfWriter:
    """Writes PDFs; fonts and style sheets are read once and shared by all of them.

    Args:
        folders: template folders, the office's own first.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._library = _weasyprint()
        from weasyprint.text.fonts import FontConfiguration

        self._fonts = FontConfiguration()
        css = self._library.CSS
        fetcher = _fetcher({})
        self._styles = [
            css(string=text, base_url=SCHEME, url_fetcher=fetcher, font_config=self._fonts)
            for text in (_font_faces(), _style(folders))
        ]

    def write(self, html: str, edition: Edition) -> bytes:
        """Return the PDF of `html`, the page of `edition`; equal arguments give equal bytes.

        Raises:
            FontError: a sign of the text is in none of the fonts.
            PdfError: the page cannot be set, or asks for something that it was not given.
        """
        from weasyprint.urls import FatalURLFetchingError

        check_glyphs(edition)
        name = f"{edition.release.id} ({edition.release.language})"
        try:
            page = self._library.HTML(string=html, base_url=SCHEME, url_fetcher=_fetcher(_resources(edition)))
            pdf = page.write_pdf(stylesheets=self._styles, font_config=self._fonts, pdf_variant="pdf/ua-1")
        except FatalURLFetchingError as error:
            raise PdfError(f"{name}: the page asks for “{error}”, which is no part of the release") from None
        except (ValueError, OSError, RecursionError, AssertionError) as error:
            raise PdfError(f"{name}: the PDF cannot be made: {error}") from None
        return bytes(pdf)


def library_version() -> str:
    """Return the version of the PDF library, which is loaded with all that it needs of the system.

    Raises:
        PdfError: it misses a library of the system; the packages to install are named.
    """
    return str(_weasyprint().__version__)


def _weasyprint() -> Any:
    """Return the library.

    Raises:
        PdfError: it misses a library of the system; the packages to install are named.
    """
    try:
        # Without its libraries it prints a page of advice for programmers before it fails.
        with _library_search_off(), contextlib.redirect_stdout(io.StringIO()):
            import weasyprint
    except OSError:
        raise PdfError(MISSING_LIBRARIES) from None
    return weasyprint


@contextlib.contextmanager
def _library_search_off() -> Iterator[None]:
    """Keep the import from starting some forty processes (ldconfig, gcc) in search of seven libraries.

    On Linux their plain names, which are tried next, are found by the loader itself.
    """
    search = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None  # noqa: ARG005 (the signature of what it replaces)
    try:
        yield
    finally:
        ctypes.util.find_library = search


def _style(folders: Sequence[Path]) -> str:
    for folder in folders:
        if (folder / STYLE).is_file():
            return (folder / STYLE).read_text(encoding="utf-8")
    raise ConfigError(f"templates/{STYLE}: is missing; reinstall the program or put it there")


def _font_faces() -> str:
    return "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style};'
        f" src: url({SCHEME}font/{face}); }}"
        for face, (family, weight, style) in FACES.items()
    )


def _resources(edition: Edition) -> dict[str, tuple[str, bytes]]:
    """Return media type and content of everything that the page of `edition` may ask for, by address."""
    found: dict[str, tuple[str, bytes]] = {}
    for picture in edition.pictures:
        found[f"{SCHEME}media/{picture.file}"] = (_media_type(picture.file, picture.data), picture.data)
    if edition.letterhead.logo:
        found[f"{SCHEME}logo"] = ("image/svg+xml", edition.letterhead.logo)
    if edition.status is EditionStatus.DRAFT:
        found[f"{SCHEME}draft"] = ("image/svg+xml", draft_mark(edition.labels.draft).encode())
    return found


def _media_type(name: str, data: bytes) -> str:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    raise PdfError(f"media/{name}: is neither PNG nor JPEG; save the picture in one of these")


def _fetcher(resources: Mapping[str, tuple[str, bytes]]) -> Any:
    """Return what answers the library's requests: `resources` and our fonts, nothing else in the world."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]  # the library is untyped
        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002 (the library's signature)
            address = unquote(url)
            face = address.removeprefix(f"{SCHEME}font/")
            if address in resources:
                kind, data = resources[address]
            elif face in FACES:
                kind, data = "font/ttf", font_file(face).read_bytes()
            else:
                raise FatalURLFetchingError(address)
            return URLFetcherResponse(url, data, {"Content-Type": kind})

    return Fetcher()
