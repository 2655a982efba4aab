"""How quantities are read in any language: in one pass, at every place the most specific form first."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from pipeline.locales.contacts import CONTACT
from pipeline.locales.typography import BLANKS
from pipeline.model.quantity import Amount, Clock, Day, Quantity, Value

Read: TypeAlias = Callable[[re.Match[str]], Iterable[Quantity]]
Write: TypeAlias = Callable[[re.Match[str], Value], str | None]

BEFORE = r"(?<!\w)(?<![^\W\d_][-‑])(?<!\d[.,’'])"
"""What may stand before a figure: no letter or digit, no name that goes on (`Covid-19`)."""

_IN_BLANKS = rf"\d{{1,3}}(?:{BLANKS}\d{{3}})+(?!\d)(?:,\d{{1,6}}(?!\d))?"
_IN_POINTS = r"\d{1,15}(?:[.,’']\d{1,15}){0,6}"
FIGURE = rf"(?>{_IN_BLANKS}|{_IN_POINTS})(?!\d)"
"""A number in figures with whatever parts its digits. Bounded and atomic: reading stays linear."""

DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
HOUR = r"(?:[01]?\d|2[0-4])(?!\d)"
MINUTE = r"[0-5]\d(?!\d)"
YEAR = r"(?:1[5-9]|20|21)\d\d(?!\d)"

_GROUPED_BY_POINT = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_MARKS = re.compile(rf"{BLANKS}|[’'](?=\d{{3}}(?!\d))")
"""What parts thousands in every language."""
_DECIMAL_MARK = re.compile("[.,’']")
_NAMED = re.compile(r"\(\?P<\w+>")
_START = r"(?:(?<!\w)(?=[\w+(’'€$£])|(?=https?:))"
"""Where a form can begin at all: at a word, at a sign in front of one, at an address; quick to find."""
_DIGITS = re.compile(r"\d+")
_CENTURY = 100
_GROUP = 3
"""Digits between the marks of thousands."""
_WRITTEN_OUT = 4
"""Digits of a year that names its century."""
_THIS_CENTURY_UP_TO = 49
"""Years of two digits up to this one are in this century: ’26 is 2026, ’68 is 1968."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One way of writing quantities.

    `pattern` may name groups, but never refers back to them. `write` is given a match over a whole text and a value
    and says it in the same form; None where nobody should try.
    """

    name: str
    pattern: str
    read: Read
    write: Write | None = None


class Reader:
    """Reads the quantities of a language, and writes others in their place.

    Args:
        forms: the most specific first.
    """

    def __init__(self, forms: Sequence[Form]) -> None:
        any_form = "|".join(f"(?P<{form.name}>{_NAMED.sub('(?:', form.pattern)})" for form in forms)
        self._any = re.compile(f"{_START}(?:{any_form})")
        self._forms: Mapping[str, tuple[Form, re.Pattern[str]]] = {
            form.name: (form, re.compile(form.pattern)) for form in forms
        }

    def quantities(self, text: str) -> tuple[Quantity, ...]:
        """Return the quantities of `text`; see `Locale`."""
        return tuple(item for hit in self._any.finditer(text) for item in self._read(hit))

    def rewrite(self, written: str, value: Value) -> str | None:
        """Return `value` written the way `written` is; see `Locale`."""
        hit = self._any.match(written)
        if hit is None or hit.end() != len(written):
            return None
        form, pattern = self._forms[str(hit.lastgroup)]
        match = pattern.match(written)
        new = form.write(match, value) if form.write and match else None
        found = self.quantities(new) if new else ()
        whole = len(found) == 1 and new == (new or "")[found[0].start : found[0].end]
        return new if whole and _says(found[0].value, value) else None

    def _read(self, hit: re.Match[str]) -> Iterable[Quantity]:
        form, pattern = self._forms[str(hit.lastgroup)]
        match = pattern.match(hit.string, hit.start())
        return form.read(match) if match else ()


def _says(written: Value, value: Value) -> bool:
    """Return whether `written` is `value` or a shorter way of saying it: without year, weekday or unit."""
    match written, value:
        case Amount(), Amount():
            return written.number == value.number and written.unit in {value.unit, ""}
        case Day(), Day():
            pairs = (
                (written.day, value.day), (written.month, value.month),
                (written.year, value.year), (written.weekday, value.weekday),
            )  # fmt: skip
            return all(one in {other, None} for one, other in pairs)
        case Amount(unit="h"), Clock(minute=0):
            return written.number == value.hour
        case _:
            return written == value


def quantity(match: re.Match[str], value: Value, *, group: str | int = 0, in_words: bool = False) -> Quantity:
    """Return `value` as it stands in a group of `match`."""
    start, end = match.span(group)
    return Quantity(start=start, end=end, value=value, in_words=in_words)


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of `words`, the longest first."""
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"


def number(figure: str, *, point_groups: bool) -> Decimal | None:
    """Return what a `FIGURE` means; None for no number at all: `2.1.3`.

    Args:
        figure: as it stands in the text.
        point_groups: whether a full stop parts thousands. Where it does not, it is read as a decimal mark: that is
            how somebody sees it who does not know the other language, and `5.000` for five thousand is found.
    """
    if figure.isdecimal():
        return Decimal(figure)
    digits = _MARKS.sub("", figure)
    if point_groups and _GROUPED_BY_POINT.fullmatch(digits):
        digits = digits.replace(".", "")
    whole, *rest = _DECIMAL_MARK.split(digits)
    if len(rest) > 1 and any(len(group) != _GROUP for group in rest):
        return None
    return Decimal(f"{whole}.{''.join(rest)}" if rest else whole)


def common_forms() -> tuple[Form, ...]:
    """Return the forms that all languages share and that come before their own."""
    return (
        Form(name="contact", pattern=CONTACT, read=nothing),
        Form(name="iso", pattern=rf"{BEFORE}(?P<year>{YEAR})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)", read=_iso),
        Form(name="years", pattern=rf"{BEFORE}(?P<first>{YEAR})[/–‑-](?P<second>\d\d)(?![\w-])", read=_years),
        Form(name="short_year", pattern=r"(?<!\w)[’'](?P<year>\d\d)(?!\w)", read=_short_year),
        Form(name="always", pattern=rf"{BEFORE}(?P<first>24)/(?P<second>7)(?!\w)", read=read_idiom),
    )


def bare_clock_form() -> Form:
    """Return the form of a time without its word: `14:15`, `9:05`."""
    return Form(
        name="bare_clock",
        pattern=rf"{BEFORE}(?P<hour>[01]\d|2[0-4]|[1-9]):(?P<minute>{MINUTE})(?![:\w])",
        read=_read_bare_clock,
        write=_write_bare_clock,
    )


def _read_bare_clock(match: re.Match[str]) -> Iterator[Quantity]:
    yield quantity(match, Clock(hour=int(match["hour"]), minute=int(match["minute"])))


def _write_bare_clock(match: re.Match[str], value: Value) -> str | None:
    if not isinstance(value, Clock):
        return None
    return f"{hour_like(match['hour'], value.hour)}:{value.minute:02d}"


def hour_like(written: str, hour: int) -> str:
    """Return an hour with a leading zero where `written` has one."""
    return f"{hour:02d}" if written.startswith("0") else str(hour)


def read_idiom(match: re.Match[str]) -> Iterator[Quantity]:
    """Yield the figures of what means `always` (`24 heures sur 24`) as words: nobody misses them elsewhere."""
    for group in match.groupdict():
        figure = _DIGITS.match(match[group])
        if figure:
            yield quantity(match, Amount(number=Decimal(figure[0])), group=group, in_words=True)


def name_form() -> Form:
    """Return the form of names that hold figures, which are no quantities: `A320`, `2G`, `Covid-19`."""
    letters = r"[^\W\d_]"
    return Form(
        name="name",
        pattern=rf"(?<![\w-])(?:{letters}++(?:[-‑]{letters}++)*+[-‑]?+\d[\w-]*+|\d++{letters}[\w-]*+)",
        read=nothing,
    )


def nothing(_: re.Match[str]) -> Iterator[Quantity]:
    """Yield nothing: what was matched carries no value to compare."""
    yield from ()


def _iso(match: re.Match[str]) -> Iterator[Quantity]:
    day, month = int(match["day"]), int(match["month"])
    yield quantity(match, Day(day=day, month=month, year=int(match["year"])))


def _years(match: re.Match[str]) -> Iterator[Quantity]:
    """Yield both years of `2025/26`, the second written out; figures that are no later year as they are."""
    first, second = int(match["first"]), int(match["second"])
    later = first + (second - first) % _CENTURY
    is_later = "/" in match[0] or second > first % _CENTURY
    yield quantity(match, Amount(number=Decimal(first)), group="first")
    yield quantity(match, Amount(number=Decimal(later if is_later else second)), group="second")


def full_year(digits: str) -> int:
    """Return a year of two or four digits as four."""
    year = int(digits)
    if len(digits) >= _WRITTEN_OUT:
        return year
    return year + (2000 if year <= _THIS_CENTURY_UP_TO else 1900)


def _short_year(match: re.Match[str]) -> Iterator[Quantity]:
    yield quantity(match, Amount(number=Decimal(full_year(match["year"]))), in_words=True)
