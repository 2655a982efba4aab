"""An edition: one language of a release, with every word that stands on the page. What renderers take."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pipeline.model.release import Contact, Release


class EditionStatus(StrEnum):
    """Whether the pages may be read as final."""

    FINAL = "final"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The fixed words on the page, from the locale; never from an engine."""

    kind: str
    """`Medieninformation`, `Communiqué de presse`."""
    draft: str
    """The mark on every page of a draft."""
    number: str | None
    """`Nr. 12/2026`, complete with the number."""
    timing: str
    """The embargo line, or that the text is free for publication."""
    place_and_date: str | None
    contact: str
    about: str
    """Heading of the boilerplate, complete with the office's name."""
    photo: str
    """What stands before a picture's credit: `Foto:`, `Photo :` with its no-break space."""
    phone: str
    end: str
    page: str
    """`Seite {page} von {pages}`: two fields that the renderer fills."""
    revision: tuple[str, ...] = ()
    """What a later version says of itself, line by line: what it replaces, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """How the paper looks, in PDF and Word file alike."""

    name: str = "classic"
    """Folder below `templates/designs/`."""
    text_font: str | None = None
    """Family of the running text; None for the design's own."""
    heading_font: str | None = None
    """Family of everything else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The office's paper in one language."""

    name: str
    """The office."""
    body: str
    """What the office belongs to, such as a state."""
    address: tuple[str, ...]
    website: str | None
    accent: str
    """Colour as `#rrggbb`."""
    logo: bytes | None
    """SVG; None for none."""
    design: Design = Design()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture's bytes as they stand in the release's `media/` folder."""

    file: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A release in one language, ready to be set.

    `release` is in the edition's language; runs with `untranslated` show source text in its own `lang`.
    """

    release: Release
    status: EditionStatus
    notes: tuple[str, ...]
    """What a draft says of itself at the top, line by line; empty on a final edition."""
    labels: Labels
    letterhead: Letterhead
    contacts: tuple[Contact, ...]
    """The release's own contacts, or else the office's."""
    boilerplate: tuple[str, ...]
    """Paragraphs about the office; empty for none."""
    pictures: tuple[Picture, ...]
    made: datetime
    """Time stamped into files: a fixed function of the release, so that equal inputs give equal bytes."""
