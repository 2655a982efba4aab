"""Quantities in German text. Written forms after DIN 5008 and the Duden."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache

from pipeline.locales.amounts import Amounts, replaced
from pipeline.locales.days import Days
from pipeline.locales.number_words_de import word_forms
from pipeline.locales.phrases import Phrase, WordNumbers, amount, phrase_form
from pipeline.locales.quantities import (
    BEFORE,
    DAY,
    HOUR,
    MINUTE,
    YEAR,
    Form,
    Reader,
    bare_clock_form,
    common_forms,
    full_year,
    hour_like,
    name_form,
    quantity,
    read_idiom,
)
from pipeline.locales.typography import BLANKS
from pipeline.locales.unit_words_de import SCALES, UNIT_WORDS
from pipeline.locales.units import Units
from pipeline.model.quantity import Amount, Clock, Quantity, Value

_MONTHS = (
    ("Januar", "Jänner", "Jan."), ("Februar", "Feb."), ("März",), ("April", "Apr."), ("Mai",), ("Juni",),
    ("Juli",), ("August", "Aug."), ("September", "Sept."), ("Oktober", "Okt."), ("November", "Nov."),
    ("Dezember", "Dez."),
)  # fmt: skip
_WEEKDAYS = (
    ("Montag", "Mo."), ("Dienstag", "Di."), ("Mittwoch", "Mi."), ("Donnerstag", "Do."), ("Freitag", "Fr."),
    ("Samstag", "Sonnabend", "Sa."), ("Sonntag", "So."),
)  # fmt: skip

_UNTIL = r"(?:bis(?: (?:zu|einschließlich))?(?: zum)?|und|oder|sowie)"
_MONTH = r"(?:0?[1-9]|1[0-2])(?!\d)"
_DAY_AND_MONTH = rf"(?P<day>{DAY})\.{BLANKS}?(?P<month>{_MONTH})\."
_NUMERIC_YEAR = rf"{BLANKS}?(?P<year>{YEAR}|\d\d(?![\d.,]))"
_IN_FRONT_OF_DAYS = (
    "Ab", "ab", "Am", "am", "Bis", "bis", "dem", "den", "gegen", "mit", "oder", "Seit", "seit", "sowie", "um",
    "und", "Vom", "vom", "Zum", "zum", "Zwischen", "zwischen",
)  # fmt: skip
_DAY_IS_MEANT = "|".join(
    (
        rf"(?=\d\d?\.{BLANKS}?\d\d?\.{BLANKS}?\d)",
        *(rf"(?<=\b{word}{BLANKS})" for word in _IN_FRONT_OF_DAYS),
        rf"(?<=[.,]{BLANKS})",
        r"(?<=[-–/(])",
    )
)
"""Where `3.5.` is a day and no item of a list: with its year, behind such a word, another day or its weekday."""

_DAYS = Days(
    months=_MONTHS,
    weekdays=_WEEKDAYS,
    weekday_tail="s?(?:abend|morgen|mittag|nachmittag|vormittag|nacht|früh)?s?",
    lead=rf",?{BLANKS}?(?:\((?:den|dem)?|{BLANKS}?(?:den|dem|der){BLANKS})?",
    stop=r"\.",
    night=rf"Nacht{BLANKS}vom{BLANKS}",
    before_last=rf",?{BLANKS}{_UNTIL}{BLANKS}(?:(?:am|den|dem|zum){BLANKS})?|{BLANKS}?[-–/]{BLANKS}?",
    between=rf",{BLANKS}",
    numeric=rf"(?=\d\d?\.)(?:{_DAY_IS_MEANT}){_DAY_AND_MONTH}(?:{_NUMERIC_YEAR})?(?!\d)",
)

_TIME = rf"{HOUR}(?:[.:]{MINUTE})?"
_TIMES = re.compile(_TIME)
_AFTERNOON = frozenset({"abends", "nachmittags"})
_NOON = 12

_TENS = ("zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig")
_PHRASES: tuple[Phrase, ...] = (
    (r"(?:im )?halbstundentakt", amount(30, "min")),
    (r"(?:im )?viertelstundentakt", amount(15, "min")),
    (r"(?:eine[nr]? )?dreiviertelmillion", amount(750_000)),
    (r"zwei fünftel[ns]?", amount(40, "%")),
    (r"drei fünftel[ns]?", amount(60, "%")),
    (r"vier fünftel[ns]?", amount(80, "%")),
    (r"neun zehntel[ns]?", amount(90, "%")),
    *((f"{name}erjahren?", amount(1900 + 10 * tens)) for tens, name in enumerate(_TENS, start=2)),
)


@cache
def german_reader() -> Reader:
    """Return the reader of German text."""
    amounts = Amounts(
        units=Units(words=UNIT_WORDS, symbols={}),
        scales=SCALES,
        link="",
        until=r"bis(?: zu)?|und|oder",
        point_groups=True,
        singular=lambda shown: shown == 1,
        integer=lambda number: f"{number:,}".replace(",", "."),
    )
    date, numeric_date, *names_of_days = _DAYS.forms()
    phrases, words = word_forms(amounts.units, SCALES)
    in_figures = (
        *_idioms(),
        date,
        numeric_date,
        _clock(),
        bare_clock_form(),
        _speed(),
        _decade(),
        *amounts.forms(),
    )
    in_words = (
        phrase_form("more_phrases", _PHRASES),
        _halves("one_and_a_half", "anderthalb|eineinhalb", "1.5", amounts.units),
        phrases,
        _halves("half", rf"(?:ein(?:e[nmrs]?)?{BLANKS})?halbe[nmrs]?", "0.5", amounts.units),
        words,
    )
    return Reader((*common_forms(), *in_figures, name_form(), *names_of_days, *in_words))


def _idioms() -> tuple[Form, ...]:
    """Return the forms of what means `always`, whatever its figures."""
    hours = rf"24{BLANKS}(?:Stunden|Std\.){BLANKS}(?:am|pro){BLANKS}Tag"
    days = rf"(?:7|sieben){BLANKS}Tagen?{BLANKS}(?:die|in{BLANKS}der|pro){BLANKS}Woche"
    return (Form(name="around", pattern=rf"{BEFORE}(?P<first>{hours}|{days})(?!\w)", read=read_idiom),)


def _clock() -> Form:
    about = rf"(?:(?:ca\.|etwa|gegen|rund){BLANKS})?"
    until = rf"(?:{BLANKS}?[-–/]{BLANKS}?|{BLANKS}(?:bis|und|oder){BLANKS}{about})"
    several = rf"(?:{_TIME}(?:,{BLANKS}{_TIME}){{0,5}}{until})?"
    last = rf"(?P<hour>{HOUR})(?:(?P<mark>[.:])(?P<minute>{MINUTE}))?{BLANKS}?Uhr(?!\w)"
    half = rf"(?:{BLANKS}(?P<half>morgens|vormittags|mittags|nachmittags|abends|nachts)(?!\w))?"
    return Form(name="clock", pattern=f"{BEFORE}{several}{last}{half}", read=_read_clocks, write=_write_clock)


def _read_clocks(match: re.Match[str]) -> Iterator[Quantity]:
    """Yield the times of `9, 11.30 und 15 Uhr`, each where it stands."""
    for item in _TIMES.finditer(match.string, match.start(), match.start("hour")):
        first, _, minute = item[0].replace(":", ".").partition(".")
        yield quantity(item, Clock(hour=int(first), minute=int(minute or 0)))
    hour = int(match["hour"])
    later = _NOON if match["half"] in _AFTERNOON and hour < _NOON else 0
    value = Clock(hour=hour + later, minute=int(match["minute"] or 0))
    yield Quantity(start=match.start("hour"), end=match.end(), value=value)


def _write_clock(match: re.Match[str], value: Value) -> str | None:
    if not isinstance(value, Clock) or match["half"]:
        return None
    hour = hour_like(match["hour"], value.hour)
    if match["minute"]:
        return replaced(match, {"hour": hour, "minute": f"{value.minute:02d}"})
    return replaced(match, {"hour": f"{hour}.{value.minute:02d}" if value.minute else hour})


def _speed() -> Form:
    """Return the form of `Tempo 30`, which are kilometres per hour."""
    return Form(
        name="speed",
        pattern=rf"(?<!\w)Tempo(?:{BLANKS}|-)(?P<speed>\d{{1,3}}(?:{BLANKS}?km/h)?)(?!\w|[.,]\d)",
        read=_read_speed,
    )


def _read_speed(match: re.Match[str]) -> Iterator[Quantity]:
    figure = match["speed"].removesuffix("km/h").strip()
    yield quantity(match, Amount(number=Decimal(figure), unit="km/h"), group="speed")


def _decade() -> Form:
    years = rf"(?:-|{BLANKS})?(?P<years>Jahren?)(?!\w)"
    return Form(name="decade", pattern=rf"{BEFORE}(?P<figure>\d{{2,4}})er(?!\w)(?:{years})?", read=_read_decade)


def _read_decade(match: re.Match[str]) -> Iterator[Quantity]:
    """Yield the year in which `1990er` or `90er-Jahre` begin."""
    figure = match["figure"]
    is_short = match["years"] is not None and len(figure) == len("90")
    value = 1900 + int(figure) if is_short else full_year(figure) if match["years"] else int(figure)
    yield quantity(match, Amount(number=Decimal(value)), group="figure")


def _halves(name: str, words: str, value: str, units: Units) -> Form:
    """Return the form of a number with a half in it, with its unit: `anderthalb Stunden`, `ein halbes Prozent`."""
    numbers = WordNumbers(
        number=words, one="(?!)", value=lambda _: Decimal(value), half="(?!)", units=units, scales=SCALES, link=""
    )
    return replace(numbers.form(), name=name)
