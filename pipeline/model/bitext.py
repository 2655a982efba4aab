"""The bitext: a release's source and target, unit by unit and segment by segment.

Terms as in XLIFF 1.2: a unit is a paragraph-level piece, a segment a sentence in it. A state says how far the
target is; where it came from (origin) is kept apart from that.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from pipeline.model.inline import Inlines
from pipeline.model.issue import Waiver
from pipeline.model.review import Comment, Conflict, SignOff
from pipeline.model.texts import TextKind


class State(StrEnum):
    """How far a segment's target is; each state is further than the one before."""

    INITIAL = "initial"
    """No target."""
    TRANSLATED = "translated"
    """A machine or the memory filled it; no person has looked."""
    REVIEWED = "reviewed"
    """A person corrected or accepted it."""
    FINAL = "final"
    """Part of an approved release."""


class OriginKind(StrEnum):
    """Where a target came from."""

    TM = "tm"
    MT = "mt"
    HUMAN = "human"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a target came from, kept for good: the record that transparency rules ask for (EU AI Act Art. 50)."""

    kind: OriginKind
    at: datetime
    by: str
    """Engine (`deep-translator:google`), approved release and segment (`2025-11-18-x#S004`), or person."""
    version: str | None = None
    raw: str | None = None
    """The engine's own words, before typography."""
    score: int | None = None
    """Likeness in percent of the memory's source, where it is not word for word the segment's."""
    matched: Inlines = ()
    """The memory's source then, so that people see what differs."""
    other: str | None = None
    """What a second engine said, asked for comparison only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A person's change to a target, or, where `before` equals `after`, its acceptance as it stands."""

    by: str
    at: datetime
    before: Inlines
    after: Inlines
    """Empty where the person rejected the text."""
    via: str | None = None
    """Name and key of the export whose copy the change came back in: `fr-01 3f9a0c77d2e1`."""
    proposed: Inlines = ()
    """The whole target as it came back, where it was merged with other changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A sentence: `source` and `target` without the white space after it, which is `tail` (from the source)."""

    id: str
    """`S001`, given once and never again in this bitext, whatever happens to the text around it."""
    source: Inlines
    tail: str = ""
    target: Inlines = ()
    state: State = State.INITIAL
    origin: Origin | None = None
    history: tuple[Edit, ...] = ()
    failure: str | None = None
    """Why there is no target, in one line; None where there is one or nothing was asked yet."""
    former: str | None = None
    """Id of the archived segment whose place this one took when its source was rewritten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """The segments of one text of the release; `path` as in `pipeline.model.texts`."""

    path: str
    kind: TextKind
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """Who answers for the text, and for exactly which text."""

    by: str
    at: datetime
    source_hash: str
    target_hash: str
    wording: str | None = None
    """`pipeline.model.digest.wording_hash` of the source: the same after a merely typographic change of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bitext:
    """A release and its translation into one language."""

    release: str
    source_locale: str
    target_locale: str
    units: tuple[Unit, ...] = ()
    archived: tuple[Segment, ...] = ()
    """Segments whose source was removed or rewritten; nothing a person wrote is lost."""
    next_number: int = 1
    """Number of the next new segment id."""
    approval: Approval | None = None
    waivers: tuple[Waiver, ...] = ()
    """Findings that people let stand."""
    comments: tuple[Comment, ...] = ()
    """In the order they came; answered ones are kept."""
    conflicts: tuple[Conflict, ...] = ()
    """In the order they came; settled ones are kept."""
    signoffs: tuple[SignOff, ...] = ()
    """Quotations that a person answers for."""

    def segments(self) -> Iterator[Segment]:
        """Yield all segments in reading order."""
        for unit in self.units:
            yield from unit.segments

    def segment(self, name: str) -> Segment:
        """Return the segment with the id `name`, which must be there."""
        return next(item for item in self.segments() if item.id == name)

    def map_segments(self, change: Callable[[Segment], Segment]) -> "Bitext":
        """Return the bitext with `change` applied to every segment."""
        return replace(
            self,
            units=tuple(
                replace(unit, segments=tuple(change(segment) for segment in unit.segments)) for unit in self.units
            ),
        )


def segment_id(number: int) -> str:
    """Return the id of the `number`-th segment: `S001`, … `S1000`."""
    return f"S{number:03d}"
