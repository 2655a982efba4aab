"""Findings about values that differ, told by the three checks of numbers, dates and money alike."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from pipeline.checks.base import Pair
from pipeline.checks.same_value import alike, completed
from pipeline.checks.values import Difference
from pipeline.model.inline import TextEdit
from pipeline.model.issue import Issue, Severity, Span
from pipeline.model.quantity import Amount, Day, Quantity, Value


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
    values = _values(difference)
    return all(isinstance(value, Amount) for value in values) and any(
        isinstance(value, Amount) and value.unit for value in values
    )


def is_plain_number(difference: Difference) -> bool:
    """Return whether a difference is about numbers without a unit."""
    return all(isinstance(value, Amount) and not value.unit for value in _values(difference))


def _values(difference: Difference) -> list[Value]:
    return [item.value for item in (difference.source, difference.target) if item is not None]


def _message(pair: Pair, here: Quantity | None, there: Quantity | None) -> str:
    said = pair.source[here.start : here.end] if here else ""
    written = pair.target[there.start : there.end] if there else ""
    if here and there:
        return f"“{said}” has become “{written}”"
    return f"“{said}” is missing in the translation" if here else f"“{written}” does not stand in the source"


def _fix(pair: Pair, check: str, here: Quantity, there: Quantity) -> Iterator[TextEdit]:
    """Yield the change that puts the right value in the wrong one’s place, if there is only one of its type."""
    rivals = [item for item in pair.differences if any(type(value) is type(here.value) for value in _values(item))]
    value = _with_weekday(completed(here.value, there.value), there.value)
    written = pair.target[there.start : there.end]
    right = pair.subject.target.rewrite(written, value) if value and len(rivals) == 1 else None
    if right is not None and right != written and _stands(pair, here, there, right):
        yield TextEdit(start=there.start, end=there.end, new=right, rule=check)


def _stands(pair: Pair, here: Quantity, there: Quantity, right: str) -> bool:
    """Return whether a target with `right` in the place of `there` says the value of `here` at that place."""
    text = pair.target[: there.start] + right + pair.target[there.end :]
    found = pair.subject.target.quantities(text)
    return any(item.start == there.start and alike(item, here) for item in found)


def _with_weekday(value: Value, wrong: Value) -> Value | None:
    """Return `value` with its weekday where `wrong` names one; None where nobody knows it."""
    if not isinstance(value, Day) or not isinstance(wrong, Day):
        return value
    if wrong.weekday is None or value.weekday is not None:
        return value
    if value.year is None or value.month is None or value.day is None:
        return None
    try:
        return replace(value, weekday=date(value.year, value.month, value.day).weekday())
    except ValueError:
        return None


def _span(item: Quantity) -> Span:
    return Span(start=item.start, end=item.end)
