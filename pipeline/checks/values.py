"""What the values of a source and its translation leave over when all that agree are put aside.

People write “3” for “drei”, leave out a year that was said before, say “midi” for 12.00 Uhr: what can be answered in
one of these ways agrees. What is left over on one side or both is a fault, told once and in one family.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType

from pipeline.model.quantity import Amount, Clock, Day, Quantity

_MINUTES = MappingProxyType({"min": 1, "h": 60, "d": 1440, "wk": 10_080})

Agree = Callable[[Quantity, Quantity], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A value of the source that the target lacks, one that it has too many, or one in place of the other."""

    source: Quantity | None
    target: Quantity | None


def differences(source: Iterable[Quantity], target: Iterable[Quantity]) -> tuple[Difference, ...]:
    """Return what does not agree, in the order of the source."""
    here, there = list(source), list(target)
    matched_here: list[Quantity] = []
    matched_there: list[Quantity] = []
    for agree in (_same, _alike):
        for item in list(here):
            answer = next((other for other in there if agree(item, other)), None)
            if answer is not None:
                here.remove(item)
                there.remove(answer)
                matched_here.append(item)
                matched_there.append(answer)
    missing = [item for item in here if not item.in_words and not _said(item, [*there, *matched_there])]
    extra = [item for item in there if not item.in_words and not _said(item, [*here, *matched_here])]
    return tuple(item for item in _paired(missing, extra) if not _left_out(item))


def _same(one: Quantity, other: Quantity) -> bool:
    return one.value == other.value


def _alike(one: Quantity, other: Quantity) -> bool:
    """Return whether two values can mean the same, one of them saying less."""
    match one.value, other.value:
        case Amount() as a, Amount() as b:
            equal = a.number == b.number and (not a.unit or not b.unit or a.unit == b.unit)
            return equal or _as_long(a, b)
        case Day() as a, Day() as b:
            return _same_day(a, b)
        case Clock() as clock, Amount() as amount:
            return (
                clock.minute == 0 and amount.unit in {"h", ""} and amount.number in {clock.hour, clock.hour or 24}
            )
        case Amount(), Clock():
            return _alike(other, one)
    return False


def _as_long(one: Amount, other: Amount) -> bool:
    """Return whether two stretches of time are equally long: 60 minutes and an hour, 14 days and two weeks."""
    lengths = [item.number * _MINUTES[item.unit] for item in (one, other) if item.unit in _MINUTES]
    return len(lengths) == 2 and lengths[0] == lengths[1]  # noqa: PLR2004 (both)


def _same_day(one: Day, other: Day) -> bool:
    pairs = ((one.day, other.day), (one.month, other.month), (one.year, other.year), (one.weekday, other.weekday))
    known = [(mine, given) for mine, given in pairs if mine is not None and given is not None]
    return bool(known) and all(mine == given for mine, given in known)


def _said(item: Quantity, others: Iterable[Quantity]) -> bool:
    """Return whether a value is part of another one over there, or said once for twice."""
    return any(_part(item, other) or _alike(item, other) for other in others)


def _part(item: Quantity, other: Quantity) -> bool:
    match item.value, other.value:
        case Amount() as amount, Day() as day:
            return not amount.unit and amount.number in {day.year, day.day}
        case Day() as day, Amount() as amount:
            return not amount.unit and amount.number == day.day
        case Amount() as amount, Clock() as clock:
            return amount.unit in {"", "h"} and amount.number == clock.hour
    return False


def _left_out(difference: Difference) -> bool:
    """Return whether one side leaves out what people say or do not say as they like: a month without a day."""
    alone = difference.source or difference.target if None in {difference.source, difference.target} else None
    return alone is not None and isinstance(alone.value, Day) and alone.value.day is None


def _paired(missing: list[Quantity], extra: list[Quantity]) -> Iterator[Difference]:
    """Yield what is missing with what stands in its place: of the same type, the likest unit first."""
    for item in missing:
        same = [other for other in extra if type(other.value) is type(item.value)]
        same.sort(key=lambda other: (_unit(other) != _unit(item), other.start))
        if same:
            extra.remove(same[0])
        yield Difference(source=item, target=same[0] if same else None)
    yield from (Difference(source=None, target=item) for item in extra)


def _unit(item: Quantity) -> str:
    return item.value.unit if isinstance(item.value, Amount) else ""
