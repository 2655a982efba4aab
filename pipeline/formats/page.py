"""An edition as one HTML page, through the template `pdf/release.html`."""

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.errors import FormatError
from pipeline.formats.hyphenation import soft_hyphenated
from pipeline.formats.inline_markdown import SAFE_LINK
from pipeline.model.edition import Edition, EditionStatus
from pipeline.model.inline import Inlines, Run, inlines, plain
from pipeline.model.release import Block, Figure, Heading, Media
from pipeline.templating import fill

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

TEMPLATE = "pdf/release.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture as the page shows it."""

    file: str
    alt: str
    caption: str | None
    credit: str | None


def to_html(edition: Edition, templates: "Environment") -> str:
    """Return the page of `edition`.

    Pictures are addressed as `communique:media/FILE`, the crest as `communique:logo`, the draft mark as
    `communique:draft`; whoever sets the page brings their bytes.

    Raises:
        ConfigError: the template is wrong.
        FormatError: a picture has no alternative text in the edition's language, or is not listed.
    """
    language = edition.release.language
    templates.filters["words"] = _markup
    templates.filters["prose"] = lambda text: _markup(_divisible(text, language))
    figures = {item.file: _shown(item, edition) for item in edition.release.media}
    blocks = [
        (type(block).__name__.lower(), _prepared(block, figures)) for block in _leveled(edition.release.blocks)
    ]
    return fill(
        templates,
        TEMPLATE,
        edition=edition,
        release=edition.release,
        labels=edition.labels,
        letterhead=edition.letterhead,
        title=plain(edition.release.title) or edition.release.id,
        draft=edition.status is EditionStatus.DRAFT,
        blocks=blocks,
        contacts=[(item, item.role.any(language) if item.role else None) for item in edition.contacts],
        page_counter=_counter(edition.labels.page),
        running=_css_string(edition.letterhead.name),
        made=edition.made.strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


def _shown(item: Media, edition: Edition) -> Shown:
    language = edition.release.language
    alt = item.alt.own(language) if item.alt else None
    if alt is None:
        message = f"media “{item.file}” has no alternative text (alt) in “{language}”; say what the picture shows"
        raise FormatError(message, path=f"{edition.release.id}/source.md")
    caption = item.caption.own(language) if item.caption else None
    return Shown(file=item.file, alt=alt, caption=caption, credit=item.credit)


def _prepared(block: Block, figures: dict[str, Shown]) -> Block | Shown:
    if not isinstance(block, Figure):
        return block
    if block.file not in figures:
        raise FormatError(
            f"the text shows “{block.file}”, which is not listed under media; list it with its alt text"
        )
    return figures[block.file]


def _leveled(blocks: tuple[Block, ...]) -> list[Block]:
    """Return the blocks with headings that never skip a level: screen readers count them."""
    level = 1
    leveled: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            level = min(block.level, level + 1)
            leveled.append(Heading(level=level, text=block.text))
        else:
            leveled.append(block)
    return leveled


def _markup(text: Inlines) -> "Markup":
    """Return runs as HTML; every character of theirs is escaped."""
    from markupsafe import Markup

    return Markup("").join(_run(run) for run in text)


def _divisible(text: Inlines | str, language: str) -> Inlines:
    """Return prose whose long words may be divided at a line's end; links and code stay whole."""
    runs = inlines(text) if isinstance(text, str) else text
    return tuple(
        run if run.href or run.code else replace(run, text=soft_hyphenated(run.text, run.lang or language))
        for run in runs
    )


def _run(run: Run) -> "Markup":
    from markupsafe import Markup, escape

    html = Markup("<br>").join(escape(line) for line in run.text.split("\n"))
    for tag, on in (("code", run.code), ("em", run.italic), ("strong", run.bold)):
        if on:
            html = Markup("<{0}>{1}</{0}>").format(Markup(tag), html)  # noqa: S704 (tag is one of ours)
    if run.untranslated:
        html = Markup('<span class="untranslated">{}</span>').format(html)
    if run.lang:
        html = Markup('<span lang="{}">{}</span>').format(run.lang, html)
    if run.href and SAFE_LINK.match(run.href):
        html = Markup('<a href="{}">{}</a>').format(run.href, html)
    return html


def _counter(label: str) -> str:
    """Return `Seite {page} von {pages}` as the value of CSS `content`."""
    counters = {"{page}": "counter(page)", "{pages}": "counter(pages)"}
    parts = re.split(r"(\{pages?\})", label)
    return " ".join(counters.get(part, _css_string(part)) for part in parts if part)


def _css_string(text: str) -> str:
    """Return `text` as a CSS string; whatever could end it or the style element is written as its code point."""
    return '"' + re.sub(r"[^\w .,’–-]", lambda match: f"\\{ord(match[0]):x} ", text) + '"'
