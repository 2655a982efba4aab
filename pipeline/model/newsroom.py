"""The newsroom, and what it knows of a release without opening it: enough for lists, feeds and the search."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

CREST = "crest.svg"
"""The office's crest beside the pages, where it has one."""
FILES = "files"
"""Folder of what can be fetched of each release."""


def page_address(site: str, language: str, release: str) -> str:
    """Return where a release is shown in a language; `site` is the newsroom's address, with a slash at the end."""
    return f"{site}{language}/{release}/"


def file_address(site: str, release: str, name: str) -> str:
    """Return where a file of a release is fetched, as for `page_address`."""
    return f"{site}{FILES}/{release}/{quote(name)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """The office, as it stands on top of every page in one language."""

    name: str
    body: str
    address: tuple[str, ...]
    accent: str
    """Colour as `#rrggbb`."""
    links: tuple[tuple[str, str], ...] = ()
    """Pages elsewhere, text and address, that every page leads to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """What all pages share."""

    url: str
    """Its address, with a slash at the end."""
    languages: tuple[str, ...]
    """The source first."""
    mastheads: Mapping[str, Masthead]
    """By language."""
    crest: bytes | None = None
    """The office's, as SVG; None for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One language of a published release."""

    release: str
    language: str
    version: int
    title: str
    summary: str
    """The subtitle, or else the first paragraph."""
    day: date
    place_and_date: str
    number: str | None
    """As it is printed."""
    updated: datetime
    """When this version could be published: approved, and its embargo over."""
    notice: str
    """What a later version says of itself; empty for a first one."""
    withdrawn: bool
    words: str
    """All words of the text once, lower case, for the search."""

    @property
    def year(self) -> int:
        """The year that the archive files it under."""
        return self.day.year
