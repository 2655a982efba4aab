"""What a review did to a draft: what was changed and by whom, and how much work it was."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.model.bitext import State
from pipeline.model.difference import Piece
from pipeline.model.review import Comment, Conflict
from pipeline.model.texts import TextKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How far drafts and what people made of them are apart: of one segment, or of many taken together."""

    segments: int
    """Those that a person has looked at, rejected ones left out: they have no final text."""
    unchanged: int
    """Of these, how many were accepted with the words they had."""
    rejected: int
    """Drafts that a person refused."""
    characters: int
    """Characters to insert, delete or replace (Levenshtein)."""
    of_characters: int
    """Characters of the final texts."""
    words: int
    """Words and marks to insert, delete or replace. Moving counts as both, unlike in TER."""
    of_words: int
    """Words and marks of the final texts."""
    chrf: float | None
    """chrF of the drafts against the final texts, 0 to 100; None where there is no segment."""

    @property
    def character_share(self) -> float | None:
        """Changes for each character of the final text."""
        return self.characters / self.of_characters if self.of_characters else None

    @property
    def word_share(self) -> float | None:
        """Changes for each word of the final text, as in HTER: 0 is untouched, 1 is written anew."""
        return self.words / self.of_words if self.of_words else None

    @property
    def unchanged_share(self) -> float | None:
        """Share of the segments that were accepted as they were, rejected ones counted as changed."""
        looked_at = self.segments + self.rejected
        return self.unchanged / looked_at if looked_at else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentReport:
    """What became of one segment's draft."""

    segment: str
    kind: TextKind
    source: str
    drafted_by: str | None
    """The engine, `memory`, or None where a person wrote the first text."""
    raw: str | None
    """The engine's own words."""
    base: str
    """The draft as a reviewer first saw it, with all typography; the first wording, where a person wrote it."""
    final: str
    """As it stands; empty where the draft was rejected and nothing has taken its place."""
    state: State
    changes: tuple[Piece, ...]
    """`base` and `final` in one."""
    formatting: bool
    """Bold, italic or links were changed."""
    people: tuple[str, ...]
    """Who changed `base`, in order of first appearance."""
    accepted_by: str | None
    """Who accepted the wording as it stood, if that was the last decision."""
    effort: Effort | None
    """None where a person wrote the first text, or nobody has looked yet."""
    comments: tuple[Comment, ...] = ()
    """Doubts among them."""
    conflicts: tuple[Conflict, ...] = ()

    @property
    def touched(self) -> bool:
        """Whether a reader of the report should see it: something was changed or said."""
        return self.base != self.final or self.formatting or bool(self.comments or self.conflicts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """An export, and when it came back."""

    export: str
    """`fr-01`"""
    door: str
    sent: datetime
    sent_by: str
    returned: tuple[tuple[datetime, str], ...] = ()
    """When each file came back, and from whom as far as that was told."""

    @property
    def took(self) -> timedelta | None:
        """Time from the export to the first return."""
        return self.returned[0][0] - self.sent if self.returned else None


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineEffort:
    """What the drafts of one engine took."""

    engine: str
    effort: Effort


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewReport:
    """The review of one translation of a release."""

    release: str
    title: str
    source_locale: str
    target_locale: str
    segments: tuple[SegmentReport, ...]
    """All, in reading order."""
    total: Effort
    engines: tuple[EngineEffort, ...]
    """In order of first appearance."""
    rounds: tuple[Round, ...]
    comments: tuple[Comment, ...]
    """All, doubts among them; also those that belong to no segment or to one that is gone."""
    conflicts: tuple[Conflict, ...]
    signature: str
    """How chrF was computed, as sacrebleu writes it."""

    @property
    def doubts(self) -> tuple[Comment, ...]:
        """What came back and could not be put in its place."""
        return tuple(item for item in self.comments if item.doubt is not None)

    @property
    def waiting(self) -> int:
        """Segments with a draft that nobody has looked at."""
        return sum(item.state is State.TRANSLATED for item in self.segments)

    @property
    def by_hand(self) -> int:
        """Segments whose first text a person wrote."""
        return sum(item.drafted_by is None and bool(item.final) for item in self.segments)

    @property
    def elsewhere(self) -> tuple[Comment, ...]:
        """Comments that belong to no segment of the text as it stands."""
        shown = {item.segment for item in self.segments}
        return tuple(item for item in self.comments if item.segment not in shown)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSummary:
    """The reviews of a workspace taken together."""

    reports: tuple[ReviewReport, ...]
    total: Effort
    engines: tuple[EngineEffort, ...]
    signature: str
