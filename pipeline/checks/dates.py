"""Check 2: dates and times of day."""

from collections.abc import Iterable, Iterator
from datetime import date

from pipeline.checks.base import Check, Pair, each
from pipeline.checks.differing import is_measured, is_plain_number, issue
from pipeline.model.issue import Issue, Severity, Span
from pipeline.model.quantity import Day, Quantity

_LEAP_YEAR = 2000
"""Stands in for a year that is not named: every day that any year has exists in it."""


def _find(pair: Pair) -> Iterator[Issue]:
    told = set()
    for difference in pair.differences:
        if not is_measured(difference) and not is_plain_number(difference):
            told |= {difference.source, difference.target}
            yield issue(pair, CHECK.name, difference)
    wrong_here = [item for item in _wrong(pair.source_quantities) if item not in told]
    for item in wrong_here:
        yield _calendar_issue(pair, item, in_source=True)
    same = {item.value for item in wrong_here}
    for item in _wrong(pair.target_quantities):
        if item not in told and item.value not in same:
            yield _calendar_issue(pair, item, in_source=False)


def _wrong(quantities: Iterable[Quantity]) -> Iterator[Quantity]:
    """Yield dates that no calendar has, or whose weekday is another one in the year they name."""
    for item in quantities:
        match item.value:
            case Day(day=int(day), month=int(month), year=year, weekday=weekday):
                real = _weekday(year or _LEAP_YEAR, month, day)
                if real is None or (year is not None and weekday is not None and real != weekday):
                    yield item


def _weekday(year: int, month: int, day: int) -> int | None:
    try:
        return date(year, month, day).weekday()
    except ValueError:
        return None


def _calendar_issue(pair: Pair, item: Quantity, *, in_source: bool) -> Issue:
    text = (pair.source if in_source else pair.target)[item.start : item.end]
    place = (Span(start=item.start, end=item.end),)
    where = "the source" if in_source else "the translation"
    return Issue(
        check=CHECK.name,
        severity=Severity.ERROR,
        segment=pair.segment.id,
        message=f"the calendar has no “{text}”, as {where} says: is the day wrong, or the weekday?",
        source=place if in_source else (),
        target=() if in_source else place,
    )


CHECK = Check(
    name="dates",
    title="Dates and times of day",
    rule=(
        "Dates and times keep their value. A year, month or weekday that one side leaves out is no fault, and "
        "« midi » is 12.00 Uhr. A weekday must be the one that the calendar has for the date."
    ),
    example="Dienstag, 3. März 2026 → « mercredi 3 mars 2026 »: that day is a Tuesday.",
    severity=Severity.ERROR,
    find=each(_find),
)
