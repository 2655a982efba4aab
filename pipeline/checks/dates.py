"""Check 2: dates and times of day."""

from collections.abc import Iterable, Iterator
from datetime import date

from pipeline.checks.base import Check, Pair, each
from pipeline.checks.differing import is_measured, is_plain_number, issue
from pipeline.model.issue import Issue, Severity, Span
from pipeline.model.quantity import Day, Quantity


def _find(pair: Pair) -> Iterator[Issue]:
    for difference in pair.differences:
        if not is_measured(difference) and not is_plain_number(difference):
            yield issue(pair, CHECK.name, difference)
    wrong_here = list(_wrong_weekdays(pair.source_quantities))
    for item in wrong_here:
        yield _weekday_issue(pair, item, pair.source, in_source=True)
    if not wrong_here:
        for item in _wrong_weekdays(pair.target_quantities):
            yield _weekday_issue(pair, item, pair.target, in_source=False)


def _wrong_weekdays(quantities: Iterable[Quantity]) -> Iterator[Quantity]:
    """Yield dates with year and weekday that do not agree with the calendar, or that no calendar has."""
    for item in quantities:
        day = item.value
        if isinstance(day, Day) and None not in {day.day, day.month}:
            try:
                real = date(day.year or 2000, day.month or 1, day.day or 1)
            except ValueError:
                yield item
                continue
            if day.year is not None and day.weekday is not None and real.weekday() != day.weekday:
                yield item


def _weekday_issue(pair: Pair, item: Quantity, text: str, *, in_source: bool) -> Issue:
    place = (Span(start=item.start, end=item.end),)
    where = "in the source" if in_source else "in the translation"
    return Issue(
        check=CHECK.name,
        severity=Severity.ERROR,
        segment=pair.segment.id,
        message=f"there is no “{text[item.start : item.end]}” ({where}): weekday and date do not belong together",
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
