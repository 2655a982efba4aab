"""What a check is, and what it is given to look at."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from pipeline.checks.values import Difference, Side, differences
from pipeline.locales import Locale
from pipeline.model.bitext import Bitext, Segment, State, Unit
from pipeline.model.inline import plain
from pipeline.model.issue import Issue, Severity
from pipeline.model.quantity import Quantity
from pipeline.model.release import Release
from pipeline.terms.index import Found, TermIndex


class Pair:
    """A translated segment, its two texts analysed once for all checks.

    Args:
        segment: with a target.
        unit: where it stands.
        subject: what it is part of.
    """

    def __init__(self, segment: Segment, unit: Unit, subject: "Subject") -> None:
        self.segment = segment
        self.unit = unit
        self.subject = subject
        self.source = plain(segment.source)
        self.target = plain(segment.target)

    @cached_property
    def source_quantities(self) -> tuple[Quantity, ...]:
        """Numbers, dates and times of the source."""
        return self.subject.source.quantities(self.source)

    @cached_property
    def target_quantities(self) -> tuple[Quantity, ...]:
        """Numbers, dates and times of the target."""
        return self.subject.target.quantities(self.target)

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """Numbers, dates and times that do not agree."""
        return differences(
            Side(text=self.source, quantities=self.source_quantities),
            Side(text=self.target, quantities=self.target_quantities),
        )

    @cached_property
    def target_terms(self) -> tuple[Found, ...]:
        """Terms of the termbase in the target, of any status."""
        return self.subject.terms.in_target(self.target)


class Subject:
    """A release and one translation of it, as checks see them.

    Args:
        bitext: segmented from the source as it stands.
        locales: of source and target.
        terms: what of the termbase holds for this release.
        release: the source itself; None where only texts are compared.
    """

    def __init__(
        self, *, bitext: Bitext, locales: tuple[Locale, Locale], terms: TermIndex, release: Release | None = None
    ) -> None:
        self.bitext = bitext
        self.source, self.target = locales
        self.terms = terms
        self.release = release

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """All segments that have a target, in reading order."""
        return tuple(
            Pair(segment, unit, self)
            for unit in self.bitext.units
            for segment in unit.segments
            if segment.state is not State.INITIAL
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check: what people are told of it, and how it looks."""

    name: str
    """Short and stable, as in `check --explain NAME` and in waivers: `numbers`."""
    title: str
    """What it looks at, in a few words."""
    rule: str
    """What it asks for and where it is lenient, in a few sentences; the source of the rule where it has one."""
    example: str
    """A fault it finds, source and target, and what would be right."""
    severity: Severity
    """Of its gravest finding."""
    find: Callable[[Subject], Iterable[Issue]]


def each(find: Callable[[Pair], Iterable[Issue]]) -> Callable[[Subject], Iterable[Issue]]:
    """Return a check's `find` that looks at one pair after the other."""

    def over_all(subject: Subject) -> Iterable[Issue]:
        for pair in subject.pairs:
            yield from find(pair)

    return over_all
