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
from pipeline.engines.pdf.resources import BASE_STYLE, SCHEME, fetcher, ready_pictures, resources
from pipeline.engines.pdf.structure import StructureWriter
from pipeline.engines.pdf.style_sheet import check_used, parsed, read_sheet, warnings
from pipeline.engines.pdf.tags import read_structure
from pipeline.engines.pdf.text_maps import map_blanks
from pipeline.engines.pdf.typefaces import chosen_fonts, font_addresses, font_configuration, font_faces
from pipeline.errors import ConfigError, PdfError
from pipeline.formats.design_files import STYLE, design_file
from pipeline.formats.fonts import check_families, check_glyphs
from pipeline.formats.markdown import dump
from pipeline.formats.own_fonts import FOLDER, own_fonts
from pipeline.model.edition import Design, Edition

SHARED_STYLE, COLUMNS_STYLE = "pdf/release.css", "pdf/bilingual.css"
VARIANT, COLOURS = "pdf/a-3a", "srgb-once"


class PdfWriter:
    """Writes PDFs; fonts and the style sheets of a design are read once and shared by all of them.

    Every file keeps ISO 19005-3 at level A (PDF/A-3a) and ISO 14289-1 (PDF/UA-1) at once.

    Args:
        folders: template folders, the office's own first.

    Raises:
        FormatError: a font of the office's own cannot be used.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._library = library()
        self._folders = tuple(folders)
        self._colours = colours()
        self._own_fonts = own_fonts(folders)
        self._fonts = font_configuration()
        self._fetcher = fetcher(font_addresses(self._own_fonts))
        self._base = self._parsed(font_faces(self._own_fonts) + BASE_STYLE, FOLDER)
        self._styles: dict[Design | str, list[Any]] = {}
        # The library copies fonts into a temporary folder, which it leaves behind when the process ends.
        weakref.finalize(self, shutil.rmtree, self._fonts._folder, ignore_errors=True)  # noqa: SLF001 (untold else)

    def write(
        self, html: str, edition: Edition, attachments: Sequence[Attachment] = (), beside: Edition | None = None
    ) -> bytes:
        """Return the PDF of `html`, the page of `edition`; equal arguments give equal bytes.

        The text of each edition travels inside as Markdown with its front matter.

        Args:
            html: the page.
            edition: what it shows.
            attachments: further files to travel inside, with names that differ.
            beside: the same release in another language, where the page shows both in two columns.

        Raises:
            ConfigError: there is no such design or font, or its style is wrong.
            FontError: a sign of the text is in none of the fonts.
            PdfError: the page cannot be set, or asks for something that it was not given.
        """
        from weasyprint.urls import FatalURLFetchingError

        editions = (edition,) if beside is None else (edition, beside)
        styles = self._design(edition.letterhead.design, columns=beside is not None)
        for item in editions:
            check_glyphs(item, self._own_fonts)
        languages = [item.release.language for item in editions]
        name = f"{edition.release.id} ({', '.join(languages)})"
        found = fetcher(resources(editions))
        files = (*map(_source, editions), *attachments)

        def finish(document: Any, pdf: Any) -> None:
            _check_fonts(document)
            map_blanks(pdf)
            complete_metadata(pdf, languages)
            attach(pdf, files, edition.made)
            compress_once(pdf)

        try:
            page = self._library.HTML(string=html, base_url=SCHEME, url_fetcher=found)
            with warnings() as said, replaced(_build_tags):
                document = page.render(
                    stylesheets=styles,
                    font_config=self._fonts,
                    color_profiles={COLOURS: self._colours},
                    cache=ready_pictures(edition),
                )
                for sheet in document.pages:
                    keep_own_links(sheet)
                pdf = document.write_pdf(pdf_variant=VARIANT, output_intent=COLOURS, finisher=finish)
        except FatalURLFetchingError as error:
            raise PdfError(f"{name}: the page asks for “{error}”, which is no part of the release") from None
        except PdfError as error:
            raise PdfError(f"{name}: {error}") from None
        except Exception as error:  # the library meets a style that it did not expect with any kind of error
            raise PdfError(f"{name}: the PDF cannot be made: {error}") from None
        self._check_style(said)
        return bytes(pdf)

    def _design(self, design: Design, *, columns: bool) -> list[Any]:
        """Return the style sheets of a design, and of two columns beside each other if asked.

        What all designs share comes last, but in a layer of its own: so a design's rules count before them. A sheet
        of former times is in no layer and says everything itself, so it counts before the design.
        """
        if design not in self._styles:
            check_families(design, self._own_fonts)
            names = (design_file(self._folders, design.name, STYLE), SHARED_STYLE)
            look, shared = (self._parsed(read_sheet(self._folders, name), name) for name in names)
            fonts = self._parsed(chosen_fonts(design), "fonts")
            self._styles[design] = [self._base, look, fonts, shared]
        if not columns:
            return self._styles[design]
        if COLUMNS_STYLE not in self._styles:
            sheet = self._parsed(read_sheet(self._folders, COLUMNS_STYLE), COLUMNS_STYLE)
            self._styles[COLUMNS_STYLE] = [sheet]
        return self._styles[design] + self._styles[COLUMNS_STYLE]

    def _check_style(self, said: Sequence[str]) -> None:
        try:
            check_used(said)
        except ConfigError:
            self._styles.clear()  # the library warns only once of each sheet that it has read
            raise

    def _parsed(self, text: str, name: str) -> Any:
        return parsed(text, name, self._fonts, self._fetcher)


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
    """Make sure that the fonts have the signs that only the template has."""
    missing = [chr(code) for font in document.fonts.values() for code in font.missing]
    if missing:
        raise PdfError(f"no font has “{min(missing)}”, which the template shows; write it otherwise there")
