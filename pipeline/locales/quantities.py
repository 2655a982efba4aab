"""Reading numbers, amounts, dates and times: what the languages share.

A language brings patterns with named groups. They are looked for one after the other, the most telling first; what one
has claimed is left alone by those behind it. Each pattern goes over the text once.
"""

import re
from bisect import bisect_right, insort
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from pipeline.locales.typography import PROTECTED
from pipeline.model.quantity import Amount, Clock, Day, Quantity

B = r"[ \u00a0\u202f]"
"""A blank inside a line, for patterns."""

MAX_DIGITS = 18
"""Longer rows of digits are account numbers and the like, no values."""

_OPAQUE = re.compile(
    r"(?<![\w+])0\d(?:[ \u00a0\u202f/()-]{0,3}\d){5,14}(?!\d)"  # telephone numbers without a country code
    r"|(?<![\w.])(?!\d{1,3}(?:\.\d{3})+(?![\d.]))\d+(?:\.\d+){2,}(?![\w.]*\d)"  # versions
    r"|\b24 ?(?:heures|h) ?(?:sur|/) ?24\b|\b(?:7|sept) ?(?:jours|j) ?(?:sur|/) ?(?:7|sept)\b"  # round the clock
    r"|(?<!\w)[’'‘]\d\d(?!\d)"  # years of two digits
    r"|(?<!\w)[^\W\d_]+\d\w*"  # A320
    r"|(?<![\w.,])\d+(?!(?:ers?|res?|es?|èmes?|nde?|ᵉʳ?|km|kg|ha|m|MW|kWh?|GW|cm|mm)(?!\w))[^\W\d_]\w*"  # 2G, 27a
)
"""What has figures and no value; ordinals and units without a blank before them have one."""

_YEARS = re.compile(rf"(?<!\d)(?P<first>(?P<century>19|20)\d\d){B}?[/–-]{B}?(?P<last>\d\d)(?!\d)")
"""A school year or season: 2025/26."""

Found: TypeAlias = tuple[int, int, Amount | Day | Clock, bool]
"""Start, end, value, and whether it is written in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """How a language writes values."""

    days: re.Pattern[str]
    """Groups `day`, `month`, `year`, `weekday`; each may be missing."""
    more_days: re.Pattern[str]
    """What stands before a date and shares its month: group `day`, `weekday`; ends where the date begins."""
    clocks: re.Pattern[str]
    """Groups `hour`, `minute`."""
    more_hours: re.Pattern[str]
    """What stands before a time and shares its word: groups `hour`, `minute`; ends where the time begins."""
    amounts: re.Pattern[str]
    """Groups `number`, `scale`, `unit`, `before` (a unit in front)."""
    words: re.Pattern[str]
    """Group `word`."""
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    scales: Mapping[str, int]
    units: Mapping[str, str]
    """A unit as it is written, small letters, to the symbol all languages share."""
    numbers: Mapping[str, int]
    """Numbers and ordinals in words, small letters."""
    moments: Mapping[str, Clock]
    """Words for a time of day."""
    number: Callable[[str], Decimal | None]
    """Reads a number in figures."""
    roman: re.Pattern[str]
    """Roman numerals that may answer a figure."""


def read(text: str, reader: Reader) -> tuple[Quantity, ...]:
    """Return the values in `text` in order, without overlap; see `Locale.quantities`."""
    sheet = _Sheet(text)
    for match in PROTECTED.finditer(text):
        if not re.fullmatch(r"\d{1,2}:\d{2}", match[0]):
            sheet.claim(*match.span())
    for finder in (_days, _clocks, _years, _amounts, _words):
        for start, end, value, in_words in finder(text, reader):
            if sheet.claim(start, end):
                sheet.found.append(Quantity(start=start, end=end, value=value, in_words=in_words))
        if finder is _clocks:
            for match in _OPAQUE.finditer(text):
                sheet.claim(*match.span())
    return tuple(sorted(sheet.found, key=lambda item: item.start))


class _Sheet:
    """Which characters are claimed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Quantity] = []
        self._spans: list[tuple[int, int]] = []

    def claim(self, start: int, end: int) -> bool:
        """Claim a stretch; return whether it was free."""
        place = bisect_right(self._spans, (start, end))
        if place and self._spans[place - 1][1] > start:
            return False
        if place < len(self._spans) and self._spans[place][0] < end:
            return False
        insort(self._spans, (start, end))
        return True


def _days(text: str, reader: Reader) -> Iterator[Found]:
    for match in reader.days.finditer(text):
        day = _day(match, reader)
        if day is None:
            continue
        yield match.start(), match.end(), day, day.day is None and day.year is None and day.month is None
        start = match.start()
        while day.month and day.day and (before := _just_before(reader.more_days, text, start)):
            number = int(before["day"])
            if not 1 <= number <= 31:  # noqa: PLR2004 (days of a month)
                break
            weekday = _weekday(before, reader)
            year = day.year
            span = (before.start("weekday") if before["weekday"] else before.start("day")), before.end("day")
            yield *span, Day(day=number, month=day.month, year=year, weekday=weekday), False
            start = span[0]


def _just_before(pattern: re.Pattern[str], text: str, end: int) -> re.Match[str] | None:
    """Return the match of `pattern`, which ends in `\\Z`, right before `end`."""
    reach = 60
    last = None
    for last in pattern.finditer(text, max(end - reach, 0), end):
        pass
    return last


def _day(match: re.Match[str], reader: Reader) -> Day | None:
    month = group(match, "month")
    number = None
    if month is not None:
        number = int(month) if month.isdigit() else reader.months[month.lower().rstrip(".")]
    day, year = group(match, "day"), group(match, "year")
    value = Day(
        day=int(re.sub(r"\D", "", day)) if day else None,
        month=number,
        year=_year(year) if year else None,
        weekday=_weekday(match, reader),
    )
    if not (1 <= (value.day or 1) <= 31 and 1 <= (value.month or 1) <= 12):  # noqa: PLR2004 (a calendar's bounds)
        return None
    return value


def _year(text: str) -> int:
    number = int(text)
    return number if number >= 100 else number + (2000 if number < 70 else 1900)  # noqa: PLR2004 (POSIX strptime's %y)


def _weekday(match: re.Match[str], reader: Reader) -> int | None:
    word = (group(match, "weekday") or "").lower().rstrip(".")
    return reader.weekdays.get(word, reader.weekdays.get(word.removesuffix("s"))) if word else None


def _clocks(text: str, reader: Reader) -> Iterator[Found]:
    for match in reader.clocks.finditer(text):
        clock = _clock(match)
        if clock is None:
            continue
        yield match.start(), match.end(), clock, False
        start = match.start()
        while before := _just_before(reader.more_hours, text, start):
            clock = _clock(before)
            if clock is None:
                break
            yield (
                before.start("hour"),
                before.end("minute") if before["minute"] else before.end("hour"),
                clock,
                False,
            )
            start = before.start("hour")


def _clock(match: re.Match[str]) -> Clock | None:
    hour, minute = int(group(match, "hour") or 0), int(group(match, "minute") or 0)
    if hour > 24 or minute > 59:  # noqa: PLR2004 (a clock's bounds)
        return None
    return Clock(hour=hour % 24, minute=minute)


def _years(text: str, _: Reader) -> Iterator[Found]:
    for match in _YEARS.finditer(text):
        yield *match.span("first"), Amount(number=Decimal(match["first"])), False
        yield *match.span("last"), Amount(number=Decimal(match["century"] + match["last"])), False


def _amounts(text: str, reader: Reader) -> Iterator[Found]:
    for match in reader.amounts.finditer(text):
        written = group(match, "number") or ""
        number = reader.numbers.get(written.lower()) if written[0].isalpha() else reader.number(written)
        if number is None or len(written) > MAX_DIGITS + MAX_DIGITS // 2:
            continue
        scale = group(match, "scale")
        value = Decimal(number) * (reader.scales[scale.lower().rstrip(".")] if scale else 1)
        unit = group(match, "unit") or group(match, "before") or ""
        yield match.start(), match.end(), Amount(number=value.normalize(), unit=_unit(unit, reader)), False


def _unit(written: str, reader: Reader) -> str:
    bare = re.sub(rf"{B}+", " ", written.strip()).replace("’", "'")
    return reader.units.get(bare, reader.units.get(bare.lower().rstrip("."), "")) if bare else ""


def _words(text: str, reader: Reader) -> Iterator[Found]:
    for match in reader.words.finditer(text):
        word = match["word"].lower()
        value = reader.moments.get(word)
        if value is not None:
            yield match.start(), match.end(), value, True
        elif word in reader.numbers:
            yield match.start(), match.end(), Amount(number=Decimal(reader.numbers[word])), True
    for match in reader.roman.finditer(text):
        value_of = roman_value(match["roman"])
        if value_of:
            yield match.start("roman"), match.end("roman"), Amount(number=Decimal(value_of)), True


def roman_value(text: str) -> int:
    """Return the value of a Roman numeral, 0 for what is none."""
    if not re.fullmatch(r"M{0,3}(?:C[MD]|D?C{0,3})(?:X[CL]|L?X{0,3})(?:I[XV]|V?I{0,3})", text):
        return 0
    worth = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    values = [worth[letter] for letter in text]
    return sum(
        -value if index + 1 < len(values) and value < values[index + 1] else value
        for index, value in enumerate(values)
    )


def group(match: re.Match[str], name: str) -> str | None:
    """Return what the group `name` caught; a pattern of several branches numbers its groups `day`, `day2`, `day3`."""
    for key, value in match.groupdict().items():
        if value is not None and key.rstrip("0123456789") == name:
            return value
    return None


def alternatives(words: Iterable[str]) -> str:
    """Return a pattern that matches any of `words`, the longest first; blanks in them match any blank."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(f"{B}+".join(map(re.escape, word.split(" "))) for word in ordered)
