"""What checks find in a translation, and how a person may let a finding stand."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pipeline.model.inline import TextEdit


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    """Blocks approval unless a person waives it with a reason and a name."""
    WARNING = "warning"
    """To be looked at."""
    INFO = "info"
    """Worth knowing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Characters `start` to `end` (exclusive) of a segment's plain source or target text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A person's decision that a finding may stand. It holds for one text: an edit of the segment ends it."""

    check: str
    segment: str | None
    """Id, or None for a finding about the release as a whole."""
    text: str
    """`text_key` of what the finding was about."""
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A finding of one check."""

    check: str
    """Name of the check: `numbers`."""
    severity: Severity
    segment: str | None
    """Id, or None for a finding about the release as a whole."""
    message: str
    """One sentence that a press officer understands: what is wrong, quoting the few characters it is about."""
    source: tuple[Span, ...] = ()
    """The characters of the segment's source it is about."""
    target: tuple[Span, ...] = ()
    """The characters of the segment's target it is about."""
    fix: tuple[TextEdit, ...] = ()
    """Proposed change of the target: sorted, without overlap; empty where only a person can tell."""
    waiver: Waiver | None = None
    """Who let it stand, and why."""


def text_key(source: str, target: str) -> str:
    """Return a short key of a segment's text on both sides, as 16 hexadecimal digits."""
    return hashlib.sha256(f"{source}\0{target}".encode()).hexdigest()[:16]
