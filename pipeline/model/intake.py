"""What readers of foreign files hand over, and what an import did with it."""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.inline import Inlines
from pipeline.model.release import Release


class RawKind(StrEnum):
    """What the file itself says a piece of text is."""

    TITLE = "title"
    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"
    QUOTE = "quote"
    TABLE = "table"


@dataclass(frozen=True, slots=True, kw_only=True)
class RawBlock:
    """A piece of text as it stood in the file, in the file's own order."""

    kind: RawKind
    text: Inlines = ()
    line: int | None = None
    """1-based line in a text file."""
    group: int = 0
    """Pieces with no empty line between them have the same number."""
    level: int = 0
    """Of a heading, from 2; of an item, how deep it is nested, from 0."""
    ordered: bool = False
    rows: tuple[tuple[Inlines, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """A piece of text that an import left out."""

    text: str
    reason: str
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """Characters that an import changed."""

    what: str
    line: int | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RawContent:
    """The content of a foreign file."""

    blocks: tuple[RawBlock, ...]
    removed: tuple[Removal, ...] = ()
    repairs: tuple[Repair, ...] = ()
    notes: tuple[str, ...] = ()
    """What people should know of the file: its encoding, pictures left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """A release made from a foreign file, and everything that was done to it."""

    release: Release
    removed: tuple[Removal, ...] = ()
    repairs: tuple[Repair, ...] = ()
    notes: tuple[str, ...] = ()
