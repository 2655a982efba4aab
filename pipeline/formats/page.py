"""An edition as one HTML page, through the template `pdf/release.html`."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import FormatError
from pipeline.formats.css import css_string, tint
from pipeline.formats.date_line import date_line
from pipeline.formats.heading_levels import leveled
from pipeline.formats.page_text import counter, divisible, localized, markup
from pipeline.formats.wide_table import cell_line, refuse_wider
from pipeline.model.edition import Edition, EditionStatus
from pipeline.model.inline import Inlines, inlines, plain
from pipeline.model.release import Block, Figure, Media, Release, Table
from pipeline.templating import fill

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATE = "pdf/release.html"
TINT = 0.07
"""How much of the accent colour stands behind text."""
MANY_COLUMNS = 6
"""Of a table: from how many on it is set small."""
MANY_ROWS, MANY_SIGNS = 12, 1500
"""What a table may have and still be kept on one page: that takes a third of the page."""

_LONG_WORD = re.compile(r"[^\W\d_]{12}")
"""In a table's cell only words with so many letters are divided; the others stand better whole on a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture as the page shows it."""

    file: str
    alt: str
    caption: str | None
    credit: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTable:
    """A table as the page shows it."""

    header: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    line: int
    """How many signs in a row surely fit on a line of a cell."""
    dense: bool
    """It has many columns."""
    long: bool
    """It may run on over pages."""
    tall: bool
    """So may each of its rows: one cell alone is long."""


def to_html(edition: Edition, templates: "Environment") -> str:
    """Return the page of `edition`.

    Pictures are addressed as `communique:media/FILE`, the crest as `communique:logo`, the draft mark as
    `communique:draft`; whoever sets the page brings their bytes.

    Raises:
        ConfigError: the template is wrong.
        FormatError: a picture has no alternative text in the edition's language, or is not listed; a table has
            more columns than a page.
    """
    refuse_wider(edition.release)
    language = edition.release.language
    templates.filters["words"] = markup
    templates.filters["prose"] = lambda text: markup(divisible(text, language))
    figures = pictures(edition)
    blocks = [
        (type(block).__name__.lower(), prepared(block, figures, language))
        for block in leveled(edition.release.blocks)
    ]
    return fill(
        templates,
        TEMPLATE,
        edition=edition,
        release=edition.release,
        labels=edition.labels,
        letterhead=edition.letterhead,
        title=plain_title(edition.release),
        headline=markup(headline(edition.release)),
        draft=edition.status is EditionStatus.DRAFT,
        blocks=blocks,
        place_and_date=markup(date_line(edition)),
        contacts=[
            (item, markup(localized(item.role, language)) if item.role else None) for item in edition.contacts
        ],
        page_counter=counter(edition.labels.page),
        running=css_string(edition.letterhead.name),
        tint=tint(edition.letterhead.accent, TINT),
        made=edition.made.strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


def headline(release: Release) -> Inlines:
    """Return the title of a release, or its id where it has none yet."""
    return release.title if plain(release.title).strip() else inlines(release.id)


def plain_title(release: Release) -> str:
    """Return the headline as it stands in lists and windows: without formatting, on one line."""
    return plain(headline(release)).replace("\n", " ")


def pictures(edition: Edition) -> dict[str, Shown]:
    """Return the pictures of an edition by file name.

    Raises:
        FormatError: one has no alternative text in the edition's language.
    """
    return {item.file: _shown(item, edition) for item in edition.release.media}


def prepared(block: Block, figures: dict[str, Shown], language: str) -> Block | Shown | ShownTable:
    """Return a block as the page shows it.

    Raises:
        FormatError: it is a picture that is not among `figures`.
    """
    if isinstance(block, Table):
        return _shown_table(block, language)
    if not isinstance(block, Figure):
        return block
    if block.file not in figures:
        raise FormatError(
            f"the text shows “{block.file}”, which is not listed under media; list it with its alt text"
        )
    return figures[block.file]


def _shown(item: Media, edition: Edition) -> Shown:
    language = edition.release.language
    alt = item.alt.own(language) if item.alt else None
    if alt is None or not alt.strip():
        message = f"media “{item.file}” has no alternative text (alt) in “{language}”; say what the picture shows"
        raise FormatError(message, path=f"{edition.release.id}/source.md")
    caption = item.caption.own(language) if item.caption else None
    return Shown(file=item.file, alt=alt, caption=caption, credit=item.credit)


def _shown_table(table: Table, language: str) -> ShownTable:
    columns = len(table.header)
    signs = [len(plain(cell)) for row in (table.header, *table.rows) for cell in row]
    header, *rows = (tuple(_cell(cell, columns, language) for cell in row) for row in (table.header, *table.rows))
    return ShownTable(
        header=header,
        rows=tuple(rows),
        line=cell_line((header, *rows)),
        dense=columns >= MANY_COLUMNS,
        long=len(table.rows) > MANY_ROWS or sum(signs) > MANY_SIGNS,
        tall=max(signs, default=0) > MANY_SIGNS,
    )


def _cell(text: Inlines, columns: int, language: str) -> Inlines:
    """Return what stands in a cell of a table with so many columns, its words made divisible where they need it."""
    divided = columns >= MANY_COLUMNS or _LONG_WORD.search(plain(text))
    return divisible(text, language) if divided else text
