"""Check 1: numbers."""

from collections.abc import Iterator

from pipeline.checks.base import Check, Pair, each
from pipeline.checks.differing import is_plain_number, issue
from pipeline.model.issue import Issue, Severity


def _find(pair: Pair) -> Iterator[Issue]:
    for difference in pair.differences:
        if is_plain_number(difference):
            yield issue(pair, CHECK.name, difference)


CHECK = Check(
    name="numbers",
    title="Numbers",
    rule=(
        "Every number of the source stands in the translation with the same value, and no other does. Values are "
        "compared, not figures: 5.000 is 5 000, a number in words answers one in figures, 12. is 12e. Roman "
        "numerals, figures in names (2G, A320), addresses and telephone numbers are left out."
    ),
    example="5.000 Menschen → « 5.000 personnes »: French reads that as five; write « 5 000 personnes ».",
    severity=Severity.ERROR,
    find=each(_find),
)
