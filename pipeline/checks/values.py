"""What the values of a source and its translation leave over when all that agree are put aside.

People write “3” for “drei”, leave out a year that was said before, say “midi” for 12.00 Uhr: what can be answered
in one of these ways agrees. What is left over on one side or both is a fault, told once and in one family.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from pipeline.checks.same_value import alike
from pipeline.locales.contacts import without_contacts
from pipeline.model.quantity import Amount, Clock, Day, Quantity, Value

_IN_NAME = re.compile(r"[^\W\d_][-‑]?(\d+)(?!\d)|(?<!\d)(\d+)[^\W\d_]")
_MOST = 100
"""Values left over on a side that are looked at: a text with more of them is no translation of the other."""

_UNLIKE = 3
_HALF_DAY = 12
_LARGE = 100_000
"""Numbers in words from this one on are no idioms: `eine halbe Million`."""


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of the two texts, with what was read in it."""

    text: str
    quantities: tuple[Quantity, ...]

    @cached_property
    def said(self) -> tuple[Quantity, ...]:
        """The different values of the text."""
        return tuple({item.value: item for item in self.quantities}.values())

    @cached_property
    def in_names(self) -> frozenset[str]:
        """The figures that are part of names: 6 of `A6`, 26 of `Alve-26`."""
        found = _IN_NAME.findall(without_contacts(self.text))
        return frozenset(behind or before for behind, before in found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A value of the source that the target lacks, one that it has too many, or one in place of the other."""

    source: Quantity | None
    target: Quantity | None


def differences(source: Side, target: Side) -> tuple[Difference, ...]:
    """Return what does not agree, in the order of the source."""
    here, there = _unmatched(source.quantities, target.quantities)
    missing = [item for item in here if not item.in_words and not _said(item, target, there)]
    extra = [item for item in there if not item.in_words and not _said(item, source, here)]
    # What was said twice and once now reads otherwise: 3 Busse und 3 Züge → « 3 bus et 4 trains ».
    if extra and not missing:
        missing = _repeated(here, target) if len(_repeated(here, target)) == len(extra) else []
    elif missing and not extra:
        extra = _repeated(there, source) if len(_repeated(there, source)) == len(missing) else []
    found = (*_paired(missing, extra), *_swapped(here, there))
    return tuple(item for item in found if not _left_out(item))


def _unmatched(source: Iterable[Quantity], target: Iterable[Quantity]) -> tuple[list[Quantity], list[Quantity]]:
    """Return what stays when values that are the same, then those that are alike, are put aside two by two."""
    waiting: dict[Value, list[Quantity]] = {}
    for item in target:
        waiting.setdefault(item.value, []).append(item)
    here: list[Quantity] = []
    for item in source:
        if waiting.get(item.value):
            waiting[item.value].pop(0)
        else:
            here.append(item)
    there = sorted((item for items in waiting.values() for item in items), key=lambda item: item.start)
    here, there = here[:_MOST], there[:_MOST]
    for item in list(here):
        answer = next((other for other in there if alike(item, other)), None)
        if answer is not None:
            here.remove(item)
            there.remove(answer)
    return here, there


def _said(item: Quantity, other: Side, left: Sequence[Quantity]) -> bool:
    """Return whether the other side says a value in some other way: again, in pieces, inside a name."""
    return (
        any(alike(item, answer) or _is_part(item, answer) or _is_fortnight(item, answer) for answer in other.said)
        or _in_pieces(item, other.said, left)
        or _in_name(item, other)
    )


def _is_part(item: Quantity, whole: Quantity) -> bool:
    """Return whether a number is the day or year of a date, or the hours or minutes of a time."""
    match item.value, whole.value:
        case Amount(unit="", number=number), Day() as day:
            return number in {day.year, day.day}
        case Amount(unit="", number=number), Clock() as clock:
            return number in {clock.hour, clock.minute}
        case Amount(unit="h", number=number), Clock() as clock:
            return number == clock.hour
        case Amount(unit="min", number=number), Clock() as clock:
            return number == clock.minute
    return False


def _is_fortnight(one: Quantity, other: Quantity) -> bool:
    """Return whether two weeks on one side are the `15 jours` that French counts for them."""
    return {one.value, other.value} == {Amount(number=Decimal(2), unit="wk"), Amount(number=Decimal(15), unit="d")}


def _in_pieces(item: Quantity, others: Sequence[Quantity], left: Sequence[Quantity]) -> bool:
    """Return whether a date stands there as numbers beside its month, or a time as hours and minutes."""
    numbers = {answer.value.number for answer in left if isinstance(answer.value, Amount) and not answer.value.unit}
    match item.value:
        case Day(day=int(day), month=month):
            return day in numbers and any(isinstance(o.value, Day) and o.value.month == month for o in others)
        case Clock(hour=hour, minute=minute):
            spans = {(o.value.number, o.value.unit) for o in others if isinstance(o.value, Amount)}
            return {(hour, "h"), (minute, "min")} <= spans or {hour, minute} <= numbers
    return False


def _in_name(item: Quantity, other: Side) -> bool:
    """Return whether a number stands in a name there: `A 6` and `A6`, `Alve 26` and `Alve-26`."""
    return isinstance(item.value, Amount) and not item.value.unit and f"{item.value.number:f}" in other.in_names


def _repeated(left: Iterable[Quantity], other: Side) -> list[Quantity]:
    """Return what is left over only because the other side says it fewer times."""
    return [item for item in left if not item.in_words and any(alike(item, o) for o in other.said)]


def _paired(missing: list[Quantity], extra: list[Quantity]) -> Iterator[Difference]:
    """Yield what is missing with what stands in its place: the likest first."""
    rest = list(extra)
    for item in missing:
        likest = min(rest, key=lambda other: _unlikeness(item, other), default=None)
        if likest is not None and _unlikeness(item, likest) < _UNLIKE:
            rest.remove(likest)
            yield Difference(source=item, target=likest)
        else:
            yield Difference(source=item, target=None)
    yield from (Difference(source=None, target=item) for item in rest)


def _unlikeness(one: Quantity, other: Quantity) -> int:
    """Return how little two values have in common; `_UNLIKE` where one cannot have become the other."""
    match one.value, other.value:
        case Amount() as a, Amount() as b:
            return 0 if a.unit == b.unit else 1 if a.number == b.number or not (a.unit and b.unit) else 2
        case (Clock(), Amount(unit="h" | "min" | "")) | (Amount(unit="h" | "min" | ""), Clock()):
            return 2
        case a, b:
            return 0 if type(a) is type(b) else _UNLIKE


def _swapped(here: Sequence[Quantity], there: Sequence[Quantity]) -> Iterator[Difference]:
    """Yield what is said in words and has become something else: `im März` → « en avril », `zwei` → « trois ans ».

    People drop words and add them as they like: only what is left over once on each side is surely meant.
    """
    for name in (_month, _weekday, _clock):
        mine, theirs = ({name(item): item for item in side if name(item) is not None} for side in (here, there))
        alone = [item for value, item in mine.items() if value not in theirs]
        others = [item for value, item in theirs.items() if value not in mine]
        if len(alone) == len(others) == 1:
            yield Difference(source=alone[0], target=others[0])
    found: set[Quantity] = set()
    for common in (_word_unit, _word_count):
        for shared in dict.fromkeys(common(item) for item in here if common(item)):
            mine_left, theirs_left = (
                [item for item in side if common(item) == shared and item not in found] for side in (here, there)
            )
            if len(mine_left) == len(theirs_left) == 1:
                found |= {mine_left[0], theirs_left[0]}
                yield Difference(source=mine_left[0], target=theirs_left[0])


def _word_unit(item: Quantity) -> str | None:
    """Return by what a number in words must agree with another: its unit; a large one agrees with any large one."""
    if not item.in_words or not isinstance(item.value, Amount):
        return None
    return item.value.unit or ("large" if item.value.number >= _LARGE else None)


def _word_count(item: Quantity) -> Decimal | None:
    """Return how many of a unit are counted in words: with the same count another unit is a slip. One is idiom."""
    match item.value:
        case Amount(number=number, unit=unit) if item.in_words and unit and number > 1:
            return number
    return None


def _month(item: Quantity) -> int | None:
    return item.value.month if item.in_words and isinstance(item.value, Day) and item.value.day is None else None


def _weekday(item: Quantity) -> int | None:
    return item.value.weekday if item.in_words and isinstance(item.value, Day) and item.value.day is None else None


def _clock(item: Quantity) -> tuple[int, int] | None:
    """Return a time in words as its hands stand."""
    match item.value:
        case Clock(hour=hour, minute=minute) if item.in_words:
            return hour % _HALF_DAY, minute
    return None


def _left_out(difference: Difference) -> bool:
    """Return whether one side leaves out what people say as they like: a month without a day, a one."""
    alone = [item for item in (difference.source, difference.target) if item is not None]
    if len(alone) > 1:
        return False
    match alone[0].value:
        case Day(day=None):
            return True
        case Amount(number=number, unit=""):
            return number == 1
    return False
