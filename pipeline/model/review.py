"""What people say and decide about a translation beside its wording: comments, conflicts, sign-offs."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pipeline.model.inline import Inlines


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a person says to a comment; the comment is settled by it."""

    by: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """Something a reviewer wrote beside the translation, or that nobody can place with certainty.

    It stands until a person answers it; an approval waits for that.
    """

    id: str
    """`C001`, given once and never again in this bitext."""
    segment: str | None
    """Id, or None where it belongs to no single segment."""
    by: str
    """As the reviewer's program wrote the name; `unknown` where it wrote none."""
    at: datetime | None
    """When it was written, without a zone: Word writes the reviewer's local time and labels it as UTC."""
    text: str
    quoted: str = ""
    """The words it is about."""
    doubt: str | None = None
    """Why `text` could not be put in its place; None for what was written as a comment."""
    file: str = ""
    """SHA-256 of the file it came in, as 64 hexadecimal digits; empty where it was written here."""
    answer: Answer | None = None


class Choice(StrEnum):
    """How a conflict was settled."""

    THEIRS = "theirs"
    """What came back."""
    OURS = "ours"
    """What stood here."""
    EDITED = "edited"
    """A third wording."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """Who settled a conflict, and how."""

    by: str
    at: datetime
    choice: Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A correction that came back for words which were changed here meanwhile. A person decides."""

    segment: str
    base: Inlines
    """The target as it was sent."""
    theirs: Inlines
    """As it came back. What stands here is the segment's target."""
    by: str
    """Who corrected it."""
    at: datetime
    """When it was taken in."""
    file: str
    """SHA-256 of the file it came in, as 64 hexadecimal digits."""
    settled: Settlement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """A person's word that a quotation says in the target what the speaker said. It holds for one text."""

    segment: str
    text: str
    """`text_key` of source and target: an edit of the segment ends it."""
    by: str
    at: datetime
