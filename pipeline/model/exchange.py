"""What goes out to a reviewer and what comes back, whatever carries it: Word, a CAT tool, the browser.

An export is the base of the three-way merge. What comes back is read against it, and only against it: a file's own
word on what stood there, or on who looked at it, proves nothing.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from pipeline.model.bitext import Segment
from pipeline.model.difference import Piece
from pipeline.model.inline import Inlines
from pipeline.model.issue import Issue
from pipeline.model.review import Comment
from pipeline.model.texts import TextKind
from pipeline.model.translation import TermPair

KEY_DIGITS = 12


class Door(StrEnum):
    """What an export is made for."""

    DOCX = "docx"
    """A review document for Word."""
    XLIFF = "xliff"
    """XLIFF 1.2 with the drafts as targets."""
    OMEGAT = "omegat"
    """A project folder for OmegaT: XLIFF with empty targets, drafts and termbase beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A segment as it was sent."""

    segment: str
    """Its id."""
    source: Inlines
    target: Inlines
    """Empty where there was no translation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """What a file carries to tell which export it is a copy of."""

    release: str
    target_locale: str
    number: int
    key: str
    """`Export.key`; another one means another workspace, or an export that was tampered with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A release's translation as it was sent to a reviewer."""

    release: str
    source_locale: str
    target_locale: str
    number: int
    """1 for the first export of this release into this language."""
    door: Door
    by: str
    at: datetime
    segments: tuple[Sent, ...]

    @property
    def key(self) -> str:
        """A short hash of all texts that were sent, as 12 hexadecimal digits."""
        words = [[item.segment, *(([asdict(run) for run in text]) for text in (item.source, item.target))]
                 for item in self.segments]  # fmt: skip
        facts = [self.release, self.source_locale, self.target_locale, self.number, words]
        return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()[:KEY_DIGITS]

    @property
    def ticket(self) -> Ticket:
        """What a file that carries this export must say of itself."""
        return Ticket(release=self.release, target_locale=self.target_locale, number=self.number, key=self.key)

    @property
    def name(self) -> str:
        """The export's name in its release: `fr-01`."""
        return export_name(self.target_locale, self.number)


def export_name(target: str, number: int) -> str:
    """Return the name of the `number`-th export into `target`: `fr-01`, `fr-CH-02`."""
    return f"{target}-{number:02d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """What a rewritten segment said when a person last reviewed it: the target is a suggestion."""

    source: Inlines
    target: Inlines
    changes: tuple[Piece, ...]
    """The former source and the present one in one, word by word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """A segment as a reviewer needs to see it."""

    segment: Segment
    kind: TextKind
    issues: tuple[Issue, ...] = ()
    """What the checks find and nobody waived, gravest first."""
    terms: tuple[TermPair, ...] = ()
    """Terms of the termbase in the source, with their preferred translation."""
    former: Former | None = None
    comments: tuple[Comment, ...] = ()
    """What was said about it before and nobody answered."""
    quotation: bool = False
    """Somebody's words are quoted in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSheet:
    """Everything a review document shows."""

    export: Export
    title: Inlines
    """Of the release, in the source language."""
    office: tuple[tuple[str, str], ...]
    """Name of the office per language tag."""
    embargo: datetime | None
    confidential: bool
    engines: tuple[str, ...]
    """Who made the draft, in order of first appearance: engines, `memory`."""
    rows: tuple[ReviewRow, ...]
    """One for each segment of the export, in reading order."""


class ChangeKind(StrEnum):
    """What a tracked change does."""

    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED = "moved"
    FORMATTED = "formatted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A tracked change in a target, neighbours of one kind, author and time in one."""

    kind: ChangeKind
    by: str | None
    at: datetime | None
    """As the reviewer's program wrote it, without a zone."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A segment that came back and is surely the one that was sent."""

    segment: str
    target: Inlines
    """With all tracked changes accepted; never empty where something was sent."""
    changes: tuple[Change, ...] = ()
    """Empty where the file tracks none: then nobody knows who made an edit."""
    confirmed: bool = False
    """The reviewer's program tells that a person put this very text there, even if it is what was sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A comment that came back, or words in the remarks column."""

    segment: str | None
    by: str | None
    at: datetime | None
    """Without a zone."""
    text: str
    quoted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stray:
    """Something that came back and cannot be put in its place with certainty. It is kept for a person to decide."""

    reason: str
    """One sentence: what is unclear."""
    text: str
    """What the reviewer left there, as far as there is text."""
    segment: str | None = None
    """Where it is about one segment."""
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """Everything that came back in one file."""

    ticket: Ticket
    segments: tuple[Returned, ...]
    """In the order of the export; each segment at most once. One that is missing here stands in `strays`."""
    remarks: tuple[Remark, ...] = ()
    strays: tuple[Stray, ...] = ()
    notices: tuple[str, ...] = ()
    """Worth knowing and harmless, one sentence each: rows in another order."""
