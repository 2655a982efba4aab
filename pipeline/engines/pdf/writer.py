"""HTML to PDF with WeasyPrint. It is given every byte it may see and fetches nothing."""

import shutil
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.engines.pdf.attachments import Attachment, Relationship, attach
from pipeline.engines.pdf.content import add_blanks, blank_glyphs, compress_once, mark_artifacts
from pipeline.engines.pdf.library import library
from pipeline.engines.pdf.metadata import complete_metadata
from pipeline.engines.pdf.private import colours, keep_own_links, replaced
from pipeline.engines.pdf.resources import SCHEME, base_style, fetcher, ready_pictures, resources
from pipeline.engines.pdf.structure import StructureWriter
from pipeline.engines.pdf.tags import read_structure
from pipeline.engines.pdf.text_maps import map_blanks
from pipeline.errors import ConfigError, PdfError
from pipeline.formats.fonts import check_glyphs, families
from pipeline.formats.markdown import dump
from pipeline.model.edition import Edition

STYLE = "pdf/release.css"
VARIANT, COLOURS = "pdf/a-3a", "srgb-once"


class PdfWriter:
    """Writes PDFs; fonts and style sheets are read once and shared by all of them.

    Every file keeps ISO 19005-3 at level A (PDF/A-3a) and ISO 14289-1 (PDF/UA-1) at once.

    Args:
        folders: template folders, the office's own first.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._library = library()
        from weasyprint.text.fonts import FontConfiguration

        self._colours = colours()
        self._fonts = FontConfiguration()
        css, nothing = self._library.CSS, fetcher({})
        self._styles = [
            css(string=text, base_url=SCHEME, url_fetcher=nothing, font_config=self._fonts)
            for text in (base_style(), _style(folders))
        ]
        # The library copies fonts into a temporary folder, which it leaves behind when the process ends.
        weakref.finalize(self, shutil.rmtree, self._fonts._folder, ignore_errors=True)  # noqa: SLF001 (untold else)

    def write(self, html: str, edition: Edition, attachments: Sequence[Attachment] = ()) -> bytes:
        """Return the PDF of `html`, the page of `edition`; equal arguments give equal bytes.

        The edition's text travels inside as Markdown with its front matter.

        Args:
            html: the page.
            edition: what it shows.
            attachments: further files to travel inside, with names that differ.

        Raises:
            FontError: a sign of the text is in none of the fonts.
            PdfError: the page cannot be set, or asks for something that it was not given.
        """
        from weasyprint.urls import FatalURLFetchingError

        check_glyphs(edition)
        name = f"{edition.release.id} ({edition.release.language})"
        found = fetcher(resources(edition))
        files = (_source(edition), *attachments)

        def finish(document: Any, pdf: Any) -> None:
            _check_fonts(document)
            map_blanks(pdf)
            complete_metadata(pdf, edition.release.language)
            attach(pdf, files, edition.made)
            compress_once(pdf)

        try:
            page = self._library.HTML(string=html, base_url=SCHEME, url_fetcher=found)
            document = page.render(
                stylesheets=self._styles,
                font_config=self._fonts,
                color_profiles={COLOURS: self._colours},
                cache=ready_pictures(edition),
            )
            for sheet in document.pages:
                keep_own_links(sheet)
            with replaced(_build_tags):
                pdf = document.write_pdf(pdf_variant=VARIANT, output_intent=COLOURS, finisher=finish)
        except FatalURLFetchingError as error:
            raise PdfError(f"{name}: the page asks for “{error}”, which is no part of the release") from None
        except PdfError as error:
            raise PdfError(f"{name}: {error}") from None
        except (ValueError, OSError, RecursionError, AssertionError) as error:
            raise PdfError(f"{name}: the PDF cannot be made: {error}") from None
        return bytes(pdf)


def _build_tags(pdf: Any, document: Any, streams: list[Any]) -> None:
    structure = read_structure(document.pages, streams)
    glyphs = blank_glyphs(document.fonts.values())
    for stream, hidden, parted in zip(streams, structure.artifacts, structure.blanks, strict=True):
        add_blanks(stream, parted, glyphs)
        mark_artifacts(stream, hidden)
    StructureWriter(pdf, len(streams)).write(structure.root)


def _source(edition: Edition) -> Attachment:
    release = edition.release
    return Attachment(
        name=f"{release.id}.{release.language}.md",
        media_type="text/markdown",
        data=dump(release).encode(),
        relationship=Relationship.SOURCE,
        description="Markdown",
    )


def _check_fonts(document: Any) -> None:
    """Make sure that our fonts have the signs that only the template has: a font of the system would stand in."""
    for font in document.fonts.values():
        signs = [chr(code) for code in font.missing]
        signs += [] if font.family in families() else font.to_unicode.values()
        if signs:
            raise PdfError(f"no font has “{min(signs)}”, which the template shows; write it otherwise there")


def _style(folders: Sequence[Path]) -> str:
    for folder in folders:
        if (folder / STYLE).is_file():
            return (folder / STYLE).read_text(encoding="utf-8")
    raise ConfigError(f"templates/{STYLE}: is missing; reinstall the program or put it there")
