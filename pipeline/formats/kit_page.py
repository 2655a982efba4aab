"""The first page of a press kit: the release in all its languages, with its files; it works from a USB stick."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from pipeline.formats.change_list import changes_heading, changes_html
from pipeline.formats.content_html import blocks_html, contact_html, inline_html, with_scrolling_tables
from pipeline.formats.date_line import date_line
from pipeline.formats.file_list import OfferedFile, shown_files
from pipeline.locales.site_words import site_words
from pipeline.model.changes import Change
from pipeline.model.edition import Edition, EditionStatus
from pipeline.model.inline import plain
from pipeline.templating import fill

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATE = "kit/index.html"
MEDIA = "media"
"""Folder of the pictures in the kit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KitEdition:
    """One language of the kit."""

    edition: Edition
    files_heading: str
    files: tuple[OfferedFile, ...]
    changes: tuple[Change, ...] = ()
    """What it changes in the version that it replaces."""


def kit_page(editions: Sequence[KitEdition], templates: "Environment") -> str:
    """Return the page as HTML: no scripts, and nothing in it leads anywhere but to its own files and real links.

    Args:
        editions: the languages, the source first.
        templates: where `kit/index.html` is looked up.

    Raises:
        ConfigError: the template is wrong.
    """
    return fill(templates, TEMPLATE, editions=[_shown(item) for item in editions])


def _shown(item: KitEdition) -> dict[str, object]:
    edition = item.edition
    release, title = edition.release, plain(edition.release.title).strip()
    text = blocks_html(edition, lambda file: f"{MEDIA}/{quote(file)}")
    return {
        "kit": item,
        "files": shown_files(item.files, release.language, quote),
        "edition": edition,
        "release": release,
        "labels": edition.labels,
        "letterhead": edition.letterhead,
        "draft": edition.status is EditionStatus.DRAFT,
        "title": title or release.id,
        "headline": inline_html(release.title) if title else release.id,
        "subtitle": inline_html(release.subtitle),
        "date_line": inline_html(date_line(edition)),
        "changes_heading": changes_heading(release),
        "changes": changes_html(item.changes),
        "text": with_scrolling_tables(text, site_words(release.language).table),
        "contacts": [contact_html(person, edition) for person in edition.contacts],
    }
