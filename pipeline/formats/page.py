"""An edition as one HTML page, through the template `pdf/release.html`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING

from pipeline.errors import FormatError
from pipeline.formats.date_line import date_line
from pipeline.formats.hyphenation import soft_hyphenated
from pipeline.formats.inline_markdown import SAFE_LINK
from pipeline.formats.wide_table import cell_line, refuse_wider
from pipeline.model.edition import Edition, EditionStatus
from pipeline.model.inline import Inlines, Run, inlines, plain
from pipeline.model.release import Block, Figure, Heading, Localized, Media, Table
from pipeline.templating import fill

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

TEMPLATE = "pdf/release.html"
MANY_COLUMNS = 6
"""Of a table: from how many on it is set small."""
LINE = 40
"""Signs that surely fit on a line of the text."""
MANY_ROWS, MANY_SIGNS = 12, 1500
"""What a table may have and still be kept on one page: that takes a third of the page."""

_LONG_WORD = re.compile(r"[^\W\d_]{12}")
"""In a table's cell only words with so many letters are divided; the others stand better whole on a line."""
_SPECIAL = r"(?P<overlong>[^\s\u00ad-]{%d,})|(?P<apart>[\w\u00ad]*f\u00ad[bfhijklt][\w\u00ad]*)"
_STYLES: Mapping[str, str] = MappingProxyType(
    {"overlong": "overflow-wrap: anywhere", "apart": "font-variant-ligatures: no-common-ligatures"}
)
"""What WeasyPrint (version 70) gets wrong unless told for a stretch alone.

Where words may be broken anywhere, it divides others too early and takes minutes for a long cell: only what is too
long for its line may be. And letters of a ligature over a place where the word may be divided can be neither copied
nor read aloud; German sets none there anyhow (Duden, Schriftsatz: no ligature over a joint).
"""
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
"""The form of a BCP 47 tag; anything else would be no language to a screen reader."""


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
    templates.filters["words"] = _markup
    templates.filters["prose"] = lambda text: _markup(_divisible(text, language))
    figures = {item.file: _shown(item, edition) for item in edition.release.media}
    blocks = [
        (type(block).__name__.lower(), _prepared(block, figures, language))
        for block in _leveled(edition.release.blocks)
    ]
    words = plain(edition.release.title)
    title = words.replace("\n", " ") if words.strip() else edition.release.id
    return fill(
        templates,
        TEMPLATE,
        edition=edition,
        release=edition.release,
        labels=edition.labels,
        letterhead=edition.letterhead,
        title=title,
        headline=_markup(edition.release.title) if words.strip() else title,
        draft=edition.status is EditionStatus.DRAFT,
        blocks=blocks,
        place_and_date=_markup(date_line(edition)),
        contacts=[
            (item, _markup(_localized(item.role, language)) if item.role else None) for item in edition.contacts
        ],
        page_counter=_counter(edition.labels.page),
        running=_css_string(edition.letterhead.name),
        made=edition.made.strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


def _shown(item: Media, edition: Edition) -> Shown:
    language = edition.release.language
    alt = item.alt.own(language) if item.alt else None
    if alt is None or not alt.strip():
        message = f"media “{item.file}” has no alternative text (alt) in “{language}”; say what the picture shows"
        raise FormatError(message, path=f"{edition.release.id}/source.md")
    caption = item.caption.own(language) if item.caption else None
    return Shown(file=item.file, alt=alt, caption=caption, credit=item.credit)


def _localized(text: Localized, language: str) -> Inlines:
    """Return a text that people gave per language; one that is only there in another says in which."""
    own = text.own(language)
    return inlines(own) if own is not None else (Run(text=text.texts[0][1], lang=text.texts[0][0]),)


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


def _prepared(block: Block, figures: dict[str, Shown], language: str) -> Block | Shown | ShownTable:
    if isinstance(block, Table):
        return _shown_table(block, language)
    if not isinstance(block, Figure):
        return block
    if block.file not in figures:
        raise FormatError(
            f"the text shows “{block.file}”, which is not listed under media; list it with its alt text"
        )
    return figures[block.file]


def _leveled(blocks: tuple[Block, ...]) -> list[Block]:
    """Return the blocks with headings that say something and never skip a level: screen readers count them."""
    level = 1
    leveled: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            if not plain(block.text).strip():
                continue
            level = min(block.level, level + 1)
            leveled.append(Heading(level=level, text=block.text))
        else:
            leveled.append(block)
    return leveled


def _cell(text: Inlines, columns: int, language: str) -> Inlines:
    """Return what stands in a cell of a table with so many columns, its words made divisible where they need it."""
    divided = columns >= MANY_COLUMNS or _LONG_WORD.search(plain(text))
    return _divisible(text, language) if divided else text


def _markup(text: Inlines | str, line: int = LINE) -> "Markup":
    """Return runs as HTML; every character of theirs is escaped. A link is one, whatever its runs.

    Args:
        text: the runs, or text without formatting.
        line: how many signs in a row surely fit on a line.
    """
    from markupsafe import Markup

    html = Markup()
    for href, runs in groupby(inlines(text) if isinstance(text, str) else text, key=lambda run: run.href):
        part = Markup().join(_run(run, line) for run in runs)
        linked = href is not None and SAFE_LINK.match(href)
        html += Markup('<a href="{}">{}</a>').format(href, part) if linked else part
    return html


def _divisible(text: Inlines | str, language: str) -> Inlines:
    """Return prose whose long words may be divided at a line's end; links and code stay whole."""
    runs = inlines(text) if isinstance(text, str) else text
    return tuple(
        run if run.href or run.code else replace(run, text=soft_hyphenated(run.text, run.lang or language))
        for run in runs
    )


def _run(run: Run, line: int) -> "Markup":
    from markupsafe import Markup

    html = Markup("<br>").join(_breakable(part, line) for part in run.text.split("\n"))
    for tag, on in (("code", run.code), ("em", run.italic), ("strong", run.bold)):
        if on:
            html = Markup("<{0}>{1}</{0}>").format(Markup(tag), html)  # noqa: S704 (tag is one of ours)
    if run.untranslated:
        html = Markup('<span class="untranslated">{}</span>').format(html)
    if run.lang and _LANGUAGE.fullmatch(run.lang):
        html = Markup('<span lang="{}">{}</span>').format(run.lang, html)
    return html


def _breakable(text: str, line: int) -> "Markup":
    """Return text as HTML in which stretches that need it have a style of their own (see `_STYLES`)."""
    from markupsafe import Markup, escape

    html, end = Markup(), 0
    for match in re.finditer(_SPECIAL % line, text):
        html += escape(text[end : match.start()])
        html += Markup('<span style="{}">{}</span>').format(_STYLES[str(match.lastgroup)], match[0])
        end = match.end()
    return html + escape(text[end:])


def _counter(label: str) -> str:
    """Return `Seite {page} von {pages}` as the value of CSS `content`."""
    counters = {"{page}": "counter(page)", "{pages}": "counter(pages)"}
    parts = re.split(r"(\{pages?\})", label)
    return " ".join(counters.get(part, _css_string(part)) for part in parts if part)


def _css_string(text: str) -> str:
    """Return `text` as a CSS string; whatever could end it or the style element is written as its code point."""
    return '"' + re.sub(r"[^\w .,’–-]", lambda match: f"\\{ord(match[0]):x} ", text) + '"'
