"""Calendar days in running text: single ones, lists (`am 3. und 4. Oktober`), months, weekdays.

Languages supply the words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from pipeline.locales.amounts import replaced
from pipeline.locales.quantities import BEFORE, DAY, YEAR, Form, any_of, full_year, quantity
from pipeline.locales.typography import BLANKS, NBSP
from pipeline.model.quantity import Day, Quantity, Value

_VOWELS = frozenset("aeiouâéo")
_WIDTH = 2
"""Characters of a day or month with its leading zero."""

_REACH = 12
"""Characters in front of a day that may say its night is meant."""

Names: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Days:
    """How a language writes days.

    Args:
        months: the names of each month, the usual one first; short ones have a full stop.
        weekdays: the names of each weekday from Monday on, likewise.
        weekday_tail: pattern of what may follow a weekday in the same word: `abend`.
        lead: pattern between a weekday and its day of the month.
        stop: pattern of what stands right behind the figure of a day in front of a month's name.
        night: pattern in front of a day whose night is meant: languages name one day or two for it.
        before_last: pattern between the last two days of a list or range.
        between: pattern between the others.
        numeric: pattern of a day in figures behind its weekday, with groups `day`, `month` and `year`.
        first: how the first of a month is written; None where nothing sets it apart.
        elides: whether the word before a month's name depends on its first letter: French `d’avril`.
    """

    months: Sequence[Names]
    weekdays: Sequence[Names]
    weekday_tail: str
    lead: str
    stop: str
    night: str
    before_last: str
    between: str
    numeric: str
    first: str | None = None
    elides: bool = False

    def forms(self) -> tuple[Form, ...]:
        """Return the forms, to be tried in this order."""
        month, item = _pattern(self.months), self._item(named=False)
        full_weekday = _pattern(self.weekdays, short=False)
        list_ = rf"(?:{item}(?:{self.between}{item}){{0,5}}(?:{self.before_last})){{0,3}}"
        year = rf"(?:,?{BLANKS}(?P<year>{YEAR}))?"
        return (
            Form(
                name="date",
                pattern=rf"{BEFORE}{list_}{self._item()}(?P<gap>{BLANKS}?)(?P<month>{month})(?!\w){year}",
                read=self._read_list,
                write=self._write,
            ),
            Form(
                name="numeric_date",
                pattern=rf"{BEFORE}(?P<lead>(?P<weekday>{self._named_weekday()})(?:{self.lead}))?{self.numeric}",
                read=self._read_numeric,
                write=self._write_numeric,
            ),
            Form(
                name="month",
                pattern=rf"(?<!\w)(?P<month>{month})(?!\w){year.replace(',?', '')}",
                read=self._read_month,
                write=self._write_month,
            ),
            Form(
                name="weekday",
                pattern=rf"(?<!\w)(?P<weekday>{full_weekday})(?:{self.weekday_tail})?(?!\w)",
                read=self._read_weekday,
                write=self._write_weekday,
            ),
        )

    def _named_weekday(self) -> str:
        return rf"{_pattern(self.weekdays)}(?:{self.weekday_tail})?(?!\w)"

    def _item(self, *, named: bool = True) -> str:
        """Return the pattern of a day with its weekday, or with several that belong to several days."""
        weekday = self._named_weekday()
        more = rf"(?:(?:{self.before_last}|,{BLANKS}){weekday}){{0,2}}"
        first = rf"(?:{self.first}|" if self.first else "(?:"
        if not named:
            return rf"(?:{weekday}{more}(?:{self.lead}))?{first}{DAY}){self.stop}"
        # In front of a month's name any figure is meant as a day: the calendar check finds a 32nd.
        return rf"(?P<lead>(?P<weekday>{weekday}){more}(?:{self.lead}))?(?P<day>{first}\d{{1,2}}(?!\d)){self.stop})"

    @cached_property
    def _items(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\d){self._item()}")

    @cached_property
    def _weekdays(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){_pattern(self.weekdays)}")

    def _weekday(self, lead: str | None) -> int | None:
        """Return the weekday in front of a day; None where several stand there: they belong to several days."""
        found = self._weekdays.findall(lead or "")
        return _index(self.weekdays, found[0]) if len(found) == 1 else None

    def _read_list(self, match: re.Match[str]) -> Iterator[Quantity]:
        month = _index(self.months, match["month"]) + 1
        year = int(match["year"]) if match["year"] else None
        before = match.string[max(match.start() - _REACH, 0) : match.start()]
        is_night = re.search(rf"{self.night}\Z", before) is not None
        for index, item in enumerate(self._items.finditer(match.string, match.start(), match.start("month"))):
            weekday = self._weekday(item["lead"])
            number = re.match(r"\d+", item["day"])
            if number is None:
                continue
            yield Quantity(
                start=item.start() if weekday is not None else item.start("day"),
                end=match.end() if item.end("day") == match.end("day") else item.end(),
                value=Day(day=int(number[0]), month=month, year=year, weekday=weekday),
                in_words=is_night and index == 0,
            )

    def _read_numeric(self, match: re.Match[str]) -> Iterator[Quantity]:
        year = full_year(match["year"]) if match["year"] else None
        lead = match["lead"]
        value = Day(day=int(match["day"]), month=int(match["month"]), year=year, weekday=self._weekday(lead))
        start = match.start() if value.weekday is not None else match.start("day")
        yield Quantity(start=start, end=match.end(), value=value)

    def _read_month(self, match: re.Match[str]) -> Iterator[Quantity]:
        month, year = _index(self.months, match["month"]) + 1, match["year"]
        value = Day(month=month, year=int(year) if year else None)
        yield quantity(match, value, in_words=year is None)

    def _read_weekday(self, match: re.Match[str]) -> Iterator[Quantity]:
        yield quantity(match, Day(weekday=_index(self.weekdays, match["weekday"])), in_words=True)

    def _write(self, match: re.Match[str], value: Value) -> str | None:
        if not isinstance(value, Day) or value.day is None or value.month is None:
            return None
        if match["year"] and value.year is None:
            return None
        number = self.first if self.first and value.day == 1 else f"{value.day}{_tail(match['day'])}"
        text = replaced(
            match,
            {
                "weekday": _renamed(self.weekdays, match["weekday"], value.weekday),
                "day": number,
                "gap": NBSP if match["gap"] else None,
                "month": _renamed(self.months, match["month"], value.month - 1),
                "year": str(value.year),
            },
        )
        if value.weekday is None and match["lead"]:
            return text[len(match["lead"]) :]
        return text

    def _write_numeric(self, match: re.Match[str], value: Value) -> str | None:
        if not isinstance(value, Day) or value.day is None or value.month is None:
            return None
        if match["year"] and value.year is None:
            return None
        width = min(len(match["day"]), len(match["month"]))
        digits = len(match["year"] or "")
        text = replaced(
            match,
            {
                "weekday": _renamed(self.weekdays, match["weekday"], value.weekday),
                "day": f"{value.day:0{width}d}" if width == _WIDTH else str(value.day),
                "month": f"{value.month:0{width}d}" if width == _WIDTH else str(value.month),
                "year": str(value.year)[-digits:],
            },
        )
        return text[len(match["lead"]) :] if value.weekday is None and match["lead"] else text

    def _write_month(self, match: re.Match[str], value: Value) -> str | None:
        if not isinstance(value, Day) or value.day is not None or value.month is None:
            return None
        month = _renamed(self.months, match["month"], value.month - 1)
        if month is None or (match["year"] and value.year is None):
            return None
        if self.elides and (month[0] in _VOWELS) != (match["month"][0] in _VOWELS):
            return None
        return replaced(match, {"month": month, "year": str(value.year)})

    def _write_weekday(self, match: re.Match[str], value: Value) -> str | None:
        if not isinstance(value, Day) or value.day is not None or value.month is not None:
            return None
        return replaced(match, {"weekday": _renamed(self.weekdays, match["weekday"], value.weekday)})


def _pattern(names: Sequence[Names], *, short: bool = True) -> str:
    """Return a pattern for any of `names`, with a small or a capital letter; short ones as they are."""
    full = [name for group in names for name in group if not name.endswith(".")]
    stopped = [name for group in names for name in group if name.endswith(".")] if short else []
    return any_of([*full, *(name[0].swapcase() + name[1:] for name in full), *stopped])


def _index(names: Sequence[Names], text: str) -> int:
    """Return which of `names` the beginning of `text` is."""
    return next(index for index, group in enumerate(names) if any(_begins(text, name) for name in group))


def _begins(text: str, name: str) -> bool:
    return text.lower().startswith(name.lower())


def _renamed(names: Sequence[Names], written: str | None, index: int | None) -> str | None:
    """Return the name in place of `written`: short where that is short, with its capital and its end."""
    if written is None or index is None:
        return None
    old = next(name for name in names[_index(names, written)] if _begins(written, name))
    new = names[index][-1] if old.endswith(".") else names[index][0]
    capital = new[0].upper() if written[0].isupper() else new[0].lower()
    return capital + new[1:] + written[len(old) :]


def _tail(day: str) -> str:
    """Return what follows the figures of a day inside its pattern: the full stop of German, nothing in French."""
    return "." if day.endswith(".") else ""
