"""Check 3: money, shares and measures."""

from collections.abc import Iterator

from pipeline.checks.base import Check, Pair, each
from pipeline.checks.differing import is_measured, issue
from pipeline.model.issue import Issue, Severity


def _find(pair: Pair) -> Iterator[Issue]:
    for difference in pair.differences:
        if is_measured(difference):
            yield issue(pair, CHECK.name, difference)


CHECK = Check(
    name="money",
    title="Money, percentages and measures",
    rule=(
        "Amounts with a unit keep value and unit: euros, francs, percent and percentage points, kilometres, "
        "hectares, kilowatt-hours, hours … A unit that one side leaves out is no fault; another unit is."
    ),
    example="3,5 Mio. Euro → « 3,5 milliards d’euros »: a thousand times too much.",
    severity=Severity.ERROR,
    find=each(_find),
)
