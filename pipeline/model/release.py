"""A release in one language: front matter and blocks. The same value serves the source and every edition."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from pipeline.model.inline import Inlines


@dataclass(frozen=True, slots=True, kw_only=True)
class Localized:
    """A short text that people gave per language, such as a place or the caption of a picture."""

    texts: tuple[tuple[str, str], ...]
    """Pairs of BCP 47 tag and text, in the order they were written."""

    def own(self, language: str) -> str | None:
        """Return the text given for `language` (`fr-CH`, else `fr`), or None where nobody gave one."""
        given = dict(self.texts)
        return given.get(language, given.get(language.partition("-")[0]))

    def any(self, language: str) -> str:
        """Return the text for `language`, else the first one given: right only for proper names."""
        return self.own(language) or self.texts[0][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom journalists may call."""

    name: str
    role: Localized | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A picture in the release's `media/` folder."""

    file: str
    alt: Localized | None = None
    caption: Localized | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading inside the text; level 2 stands right under the title."""

    level: int
    text: Inlines


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph. The first block of a release, if a paragraph, is its lead."""

    text: Inlines


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A quotation set apart."""

    paragraphs: tuple[Inlines, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem:
    """An item of a list, with lists below it."""

    text: Inlines
    sublists: tuple["BulletList", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletList:
    """A bulleted or numbered list."""

    items: tuple[ListItem, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with one header row; every row has as many cells as the header."""

    header: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The place of a picture in the text; what it shows is in the front matter's `media`."""

    file: str


Block: TypeAlias = Heading | Paragraph | Quote | BulletList | Table | Figure


class RevisionKind(StrEnum):
    """Why a release that was out already is published once more."""

    TYPING = "typing"
    """A slip of the pen; the meaning is the same."""
    FACTUAL = "factual"
    """Something was wrong, or has changed."""
    LEGAL = "legal"
    """The law, or a court, asks for it."""
    WITHDRAWAL = "withdrawal"
    """The release is taken back: its text is not published any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """That a release replaces one that was out already."""

    version: int
    """2 for the first that replaces another."""
    kind: RevisionKind
    note: Localized
    """What changed, or why it is withdrawn, in the language of every edition."""
    replaces: dt.date
    """The day of the version before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One press release in one language.

    `embargo` is aware of its time zone. `to_confirm` names front-matter keys whose value a machine proposed
    and no person has confirmed, and keys that are still missing.
    """

    id: str
    language: str
    title: Inlines = ()
    subtitle: Inlines = ()
    date: dt.date | None = None
    place: Localized | None = None
    number: str | None = None
    embargo: dt.datetime | None = None
    confidential: bool = False
    contacts: tuple[Contact, ...] = ()
    boilerplate: str | None = None
    """Name of a text under `[boilerplate]` in the settings."""
    media: tuple[Media, ...] = ()
    tags: tuple[str, ...] = ()
    to_confirm: tuple[str, ...] = ()
    revision: Revision | None = None
    """None for the first version."""
    blocks: tuple[Block, ...] = ()

    @property
    def version(self) -> int:
        """1 for what was never published before, and one more each time it is."""
        return self.revision.version if self.revision else 1

    @property
    def withdrawn(self) -> bool:
        """Whether the text is taken back."""
        return self.revision is not None and self.revision.kind is RevisionKind.WITHDRAWAL

    @property
    def held_until(self) -> dt.datetime | None:
        """Until when nobody may publish it; None without embargo, and for what is taken back: told at once."""
        return None if self.withdrawn else self.embargo

    def restricted(self, now: dt.datetime) -> str | None:
        """Return why this text must not leave the machine at `now`, or None if it may."""
        if self.confidential:
            return "it is marked confidential"
        if self.embargo is not None and now < self.embargo:
            return f"it is under embargo until {self.embargo:%Y-%m-%d %H:%M %Z}"
        return None
