"""Two editions of a release as one HTML page in two columns, through the template `pdf/bilingual.html`."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.formats.bilingual_blocks import block_pairs
from pipeline.formats.css import css_string, tint
from pipeline.formats.date_line import date_line
from pipeline.formats.hyphenation import soft_hyphenated
from pipeline.formats.page import TINT, headline, plain_title
from pipeline.formats.page_text import counter, divisible, localized, markup
from pipeline.formats.wide_table import refuse_wider
from pipeline.model.edition import Edition, EditionStatus
from pipeline.model.inline import Inlines, Run, inlines, plain
from pipeline.model.release import Contact
from pipeline.templating import fill

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

TEMPLATE = "pdf/bilingual.html"
BETWEEN = " · "
"""Stands between the two languages where they share a line."""
LINE, HEADING_LINE = 20, 16
"""Signs that surely fit on a line of a column: of its text, and of a headline. Longer words may be divided."""
_LONG_WORD = re.compile(rf"[^\W\d_]{{{HEADING_LINE},}}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What one language says around the text."""

    language: str
    edition: Edition
    title: Inlines
    date: Inlines
    notes: tuple[str, ...]
    """What a draft says of itself."""
    contacts: tuple[tuple[Contact, Inlines], ...]
    """Each with the role."""


def to_bilingual_html(source: Edition, target: Edition, templates: "Environment") -> str:
    """Return the page with both editions, the source on the left.

    Pictures are addressed as in `page.to_html`.

    Args:
        source: of a release.
        target: the same in another language, block by block.
        templates: where the template is looked up.

    Raises:
        ConfigError: the template is wrong.
        FormatError: the editions differ in more than their language; a picture has no alternative text in one of
            the languages, or is not listed; a table has more columns than a page.
    """
    editions = (source, target)
    for edition in editions:
        refuse_wider(edition.release)
    draft = any(edition.status is EditionStatus.DRAFT for edition in editions)
    names = [edition.letterhead.name for edition in editions]
    return fill(
        templates,
        TEMPLATE,
        columns=[_column(edition, draft=draft) for edition in editions],
        source=source,
        title=_once(plain_title(edition.release) for edition in editions),
        author=_once(names),
        draft=draft,
        pairs=list(block_pairs(source, target)),
        heading=_heading,
        prose=_prose,
        words=markup,
        outline=_outline,
        once=_once,
        both=_both,
        page_counter=_counter(editions),
        running=css_string(_once(names)),
        tint=tint(source.letterhead.accent, TINT),
        made=source.made.strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


def _column(edition: Edition, *, draft: bool) -> Column:
    """Return what a language says around the text; that it is a draft as well where only the other one is."""
    language = edition.release.language
    return Column(
        language=language,
        edition=edition,
        title=headline(edition.release),
        date=date_line(edition),
        notes=edition.notes or ((edition.labels.draft,) if draft else ()),
        contacts=tuple((item, localized(item.role, language) if item.role else ()) for item in edition.contacts),
    )


def _counter(editions: Sequence[Edition]) -> str:
    return f" {css_string(BETWEEN)} ".join(counter(edition.labels.page) for edition in editions)


def _once(texts: Iterable[str]) -> str:
    """Return texts on one line, those that are equal once."""
    return BETWEEN.join(dict.fromkeys(texts))


def _both(editions: Sequence[Edition], texts: Sequence[str]) -> Inlines:
    """Return the same text in the language of each edition, on one line; once where it is the same in both."""
    if len(set(texts)) == 1:
        return inlines(texts[0])
    first, *others = (
        Run(text=text, lang=edition.release.language) for edition, text in zip(editions, texts, strict=True)
    )
    return (first, *(run for other in others for run in (Run(text=BETWEEN), other)))


def _heading(text: Inlines | str, language: str) -> "Markup":
    """Return a headline; only words that are too long for a line of it may be divided."""

    def divided(run: Run) -> Run:
        words = _LONG_WORD.sub(lambda match: soft_hyphenated(match[0], run.lang or language), run.text)
        return replace(run, text=words)

    return markup(tuple(map(divided, inlines(text) if isinstance(text, str) else text)), HEADING_LINE)


def _prose(text: Inlines | str, language: str) -> "Markup":
    return markup(divisible(text, language), LINE)


def _outline(texts: Sequence[Inlines]) -> str:
    """Return what the outline of the file shows for a headline, as a value of CSS."""
    return css_string(_once(words.replace("\n", " ") for words in map(plain, texts) if words.strip()))
