"""A value in the place of another, written the same way."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipeline.locales.quantities import Reader, read
from pipeline.model.quantity import Amount, Clock, Day, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """What a language needs besides its reader to write values."""

    reader: Reader
    integer: Callable[[int], str]
    """A whole number with its thousands set apart."""
    day: Callable[[date], str]
    """A date with its month's name and year."""
    is_plural: Callable[[Decimal], bool]
    """Whether the word behind a number stands in the plural."""


def rewrite(written: str, value: Value, writer: Writer) -> str | None:
    """Return `value` written as `written` is; see `Locale.rewrite`."""
    found = read(written, writer.reader)
    if len(found) != 1 or found[0].in_words or (found[0].start, found[0].end) != (0, len(written)):
        return None
    match found[0].value, value:
        case Amount() as old, Amount() as new:
            result = _amount(written, old, new, writer)
        case Day() as old_day, Day() as new_day:
            result = _day(written, old_day, new_day, writer)
        case Clock(), Clock() as new_clock:
            result = _clock(written, new_clock)
        case _:
            return None
    return result if result is not None and _says(result, value, writer) else None


def _says(written: str, value: Value, writer: Writer) -> bool:
    """Return whether what was written is read as the value: the last word on every rule here."""
    found = read(written, writer.reader)
    if len(found) != 1:
        return False
    match found[0].value, value:
        case Amount() as one, Amount() as other:
            return one.number == other.number and other.unit in {one.unit, ""}
        case Day() as one, Day() as other:
            pairs = ((one.day, other.day), (one.month, other.month), (one.year, other.year))
            return all(mine is None or mine == given for mine, given in pairs)
    return found[0].value == value


def _amount(written: str, old: Amount, new: Amount, writer: Writer) -> str | None:
    figures = re.search(r"\d(?:[\d.,’']|[ \u00a0\u202f](?=\d{3}(?!\d)))*(?<=\d)", written)
    if figures is None or (old.unit and new.unit and old.unit != new.unit):
        return None
    before = writer.reader.number(figures[0])
    if not before or not old.number:
        return None
    number = new.number / (old.number / before)
    words = re.search(r"[^\W\d_]{2,}", written[figures.end() :])
    if words and writer.is_plural(number) != writer.is_plural(before):
        return None
    text = _number(number, writer)
    return None if text is None else written[: figures.start()] + text + written[figures.end() :]


def _number(number: Decimal, writer: Writer) -> str | None:
    whole, fraction = divmod(number, 1)
    digits = f"{fraction.normalize():f}".partition(".")[2]
    if len(digits) > 3:  # noqa: PLR2004 (no press release has more decimals)
        return None
    return writer.integer(int(whole)) + (f",{digits}" if digits else "")


def _day(written: str, old: Day, new: Day, writer: Writer) -> str | None:
    pairs = ((old.day, new.day), (old.month, new.month), (old.year, new.year), (old.weekday, new.weekday))
    if any(mine is not None and given is None for mine, given in pairs):
        return None
    if new.month is None or new.day is None or old.day is None:
        return None
    if re.search(r"\d[./]\s?\d", written):
        return _in_figures(written, (new.day, new.month, new.year or 0))
    # Locale.day wants a day that exists; the number is put in afterwards.
    text = writer.day(date(new.year or 2000, new.month, 1 if new.day == 1 else 2))
    text = text if new.day == 1 else text.replace("2", str(new.day), 1)
    if old.year is None:
        text = re.sub(r"\s\d{4}$", "", text)
    name = re.match(r"[^\W\d_]{3,}", written)
    if name and new.weekday is not None:
        weekday = next(word for word, number in writer.reader.weekdays.items() if number == new.weekday)
        between = re.split(r"\d", written[name.end() :], maxsplit=1)[0]
        text = (weekday.capitalize() if name[0][0].isupper() else weekday) + between + text
    return text


def _in_figures(written: str, values: tuple[int, int, int]) -> str:
    """Return a date in figures with other figures, each as wide as the one it replaces."""
    left = iter(values)

    def put(match: re.Match[str]) -> str:
        value = str(next(left))
        short = value[-2:] if len(match[0]) == 2 else value  # a year of two figures
        return short.zfill(len(match[0]))

    return re.sub(r"\d+", put, written)


def _clock(written: str, new: Clock) -> str | None:
    numbers = list(re.finditer(r"\d+", written))
    if len(numbers) == 1 and new.minute:
        return None
    hour = numbers[0]
    text = f"{new.hour:0{2 if hour[0].startswith('0') else 1}d}{written[hour.end() :]}"
    if len(numbers) > 1:
        start, end = (place - hour.end() + len(text) - len(written[hour.end() :]) for place in numbers[1].span())
        text = f"{text[:start]}{new.minute:02d}{text[end:]}"
    return written[: hour.start()] + text
