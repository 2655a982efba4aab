"""Findings about values that differ, told by the three checks of numbers, dates and money alike."""

from collections.abc import Iterator

from pipeline.checks.base import Pair
from pipeline.checks.values import Difference
from pipeline.model.inline import TextEdit
from pipeline.model.issue import Issue, Severity, Span
from pipeline.model.quantity import Amount, Quantity


def issue(pair: Pair, check: str, difference: Difference) -> Issue:
    """Return the finding about one difference; with a fix where the right value can be written in the same way."""
    here, there = difference.source, difference.target
    return Issue(
        check=check,
        severity=Severity.ERROR,
        segment=pair.segment.id,
        message=_message(pair, here, there),
        source=(_span(here),) if here else (),
        target=(_span(there),) if there else (),
        fix=tuple(_fix(pair, check, here, there)) if here and there else (),
    )


def is_measured(difference: Difference) -> bool:
    """Return whether a difference is about an amount of money, a share or a measure."""
    values = [item.value for item in (difference.source, difference.target) if item is not None]
    return any(isinstance(value, Amount) and value.unit for value in values)


def is_plain_number(difference: Difference) -> bool:
    """Return whether a difference is about numbers without a unit."""
    values = [item.value for item in (difference.source, difference.target) if item is not None]
    return all(isinstance(value, Amount) and not value.unit for value in values)


def _message(pair: Pair, here: Quantity | None, there: Quantity | None) -> str:
    said = pair.source[here.start : here.end] if here else ""
    written = pair.target[there.start : there.end] if there else ""
    if here and there:
        return f"“{said}” has become “{written}”"
    return f"“{said}” is missing in the translation" if here else f"“{written}” does not stand in the source"


def _fix(pair: Pair, check: str, here: Quantity, there: Quantity) -> Iterator[TextEdit]:
    if len(pair.differences) > 1:
        return
    written = pair.target[there.start : there.end]
    right = pair.subject.target.rewrite(written, here.value)
    if right is not None and right != written:
        yield TextEdit(start=there.start, end=there.end, new=right, rule=check)


def _span(item: Quantity) -> Span:
    return Span(start=item.start, end=item.end)
