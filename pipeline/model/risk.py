"""How likely a segment needs a reviewer's hand, and what is known of a checked translation."""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.bitext import Bitext
from pipeline.model.issue import Issue


class Grade(StrEnum):
    """How soon a reviewer should look."""

    NONE = "none"
    """A person has looked already."""
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """A segment's risk."""

    segment: str
    points: int
    """0 to 100; the higher, the sooner to be looked at."""
    grade: Grade
    reasons: tuple[str, ...]
    """What adds to it, gravest first, in a few words each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A translation and what checking it brought to light."""

    bitext: Bitext
    issues: tuple[Issue, ...]
    """In reading order; findings about the release as a whole first."""
    risks: tuple[Risk, ...]
    """One for each segment, in reading order."""
    minutes: int
    """About how long a reviewer needs."""

    def risk(self, segment: str) -> Risk:
        """Return the risk of a segment."""
        return next(risk for risk in self.risks if risk.segment == segment)

    def of(self, segment: str | None) -> tuple[Issue, ...]:
        """Return the findings in a segment; for None, those about the release as a whole."""
        return tuple(issue for issue in self.issues if issue.segment == segment)
