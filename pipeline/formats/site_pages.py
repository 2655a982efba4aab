"""The pages of the newsroom: one for each release and language, lists by year, and what its search reads."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from pipeline.formats.change_list import changes_heading, changes_html
from pipeline.formats.content_html import blocks_html, contact_html, inline_html, with_scrolling_tables
from pipeline.formats.date_line import date_line
from pipeline.formats.file_list import OfferedFile, shown_files
from pipeline.formats.json_ld import Article, to_json_ld
from pipeline.locales.site_words import site_words
from pipeline.model.changes import Change
from pipeline.model.edition import Edition
from pipeline.model.inline import plain
from pipeline.model.newsroom import CREST, FILES, Listing, Newsroom, file_address, page_address
from pipeline.templating import fill

if TYPE_CHECKING:
    from jinja2 import Environment

RELEASE, LIST, STYLE, SEARCH = "site/release.html", "site/list.html", "site/site.css", "site/search.js"


def release_page(
    newsroom: Newsroom,
    edition: Edition,
    others: Sequence[Edition],
    templates: "Environment",
    *,
    files: Sequence[OfferedFile],
    changes: Sequence[Change],
    updated: datetime,
) -> str:
    """Return the page of a release in one language.

    Args:
        newsroom: what all pages share.
        edition: the release in this language.
        others: its other languages.
        templates: where `site/release.html` is looked up.
        files: what can be fetched of it.
        changes: what a later version changes.
        updated: when this version could be published.

    Raises:
        ConfigError: the template is wrong.
    """
    release, language = edition.release, edition.release.language
    root = "../../"
    title = plain(release.title).strip() or release.id
    text = blocks_html(edition, lambda file: f"{root}{FILES}/{release.id}/media/{quote(file)}")
    pages = (edition, *others)
    articles = [_article(newsroom, page, updated) for page in pages]
    return fill(
        templates,
        RELEASE,
        **_frame(newsroom, language, root, f"{{}}/{release.id}/", [page.release.language for page in pages]),
        edition=edition,
        release=release,
        labels=edition.labels,
        title=title,
        headline=inline_html(release.title) if plain(release.title).strip() else release.id,
        subtitle=inline_html(release.subtitle),
        date_line=inline_html(date_line(edition)),
        changes_heading=changes_heading(release),
        changes=changes_html(changes),
        text=with_scrolling_tables(text, site_words(language).table),
        contacts=[contact_html(person, edition) for person in edition.contacts],
        files=shown_files(files, language, lambda name: file_address(root, release.id, name)),
        json_ld=_safe(to_json_ld(articles[0], articles[1:], original=newsroom.languages[0])),
    )


def list_page(
    newsroom: Newsroom,
    language: str,
    listings: Sequence[Listing],
    templates: "Environment",
    *,
    years: Sequence[int],
    year: int | None,
    there: Collection[str],
) -> str:
    """Return a list of releases: the newest ones with the search, or those of a year.

    Args:
        newsroom: what all pages share.
        language: of the page.
        listings: what it lists, newest first.
        templates: where `site/list.html` is looked up.
        years: those that the archive has, newest first.
        year: the one that the page is about; None for the first page.
        there: the languages that have such a page.
    """
    words = site_words(language)
    root, path = ("../", "{}/") if year is None else ("../../", f"{{}}/{year}/")
    heading = words.newest if year is None else words.year.format(year=year)
    frame = _frame(newsroom, language, root, path, there)
    return fill(templates, LIST, **frame, heading=heading, listings=listings, years=years, year=year)


def search_index(listings: Sequence[Listing]) -> bytes:
    """Return what the search of a language looks through, newest first: id, title, day and number, state, words."""
    rows = [[item.release, item.title, _day_and_number(item), _state(item), item.words] for item in listings]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _day_and_number(item: Listing) -> str:
    return " · ".join(filter(None, (item.place_and_date, item.number)))


def _state(item: Listing) -> str:
    """Return by which name the search tells what became of a release; empty for a first version."""
    return "withdrawn" if item.withdrawn else "corrected" if item.version > 1 else ""


def _frame(newsroom: Newsroom, language: str, root: str, path: str, there: Collection[str]) -> dict[str, object]:
    """Return what every page shows around its content.

    Args:
        newsroom: what all pages share.
        language: of the page.
        root: where the newsroom begins, as seen from the page.
        path: of the page, with a place for the language.
        there: the languages that have this page; one that joined later leads to its first page instead.
    """
    return {
        "newsroom": newsroom,
        "language": language,
        "masthead": newsroom.mastheads[language],
        "words": site_words(language),
        "root": root,
        "crest": newsroom.crest is not None and f"{root}{CREST}",
        "alternates": [(tag, f"{newsroom.url}{path.format(tag)}") for tag in newsroom.languages if tag in there],
        "languages": [
            (tag, site_words(tag).language, root + (path if tag in there else "{}/").format(tag))
            for tag in newsroom.languages
            if tag != language
        ],
        "canonical": f"{newsroom.url}{path.format(language)}",
    }


def _article(newsroom: Newsroom, edition: Edition, updated: datetime) -> Article:
    url = page_address(newsroom.url, edition.release.language, edition.release.id)
    return Article(edition=edition, url=url, updated=updated)


def _safe(json_ld: str) -> object:
    from markupsafe import Markup

    return Markup(json_ld)  # noqa: S704 (`to_json_ld` escapes everything that HTML could take for its own)
