"""Quantities in German text. Written forms after DIN 5008 and the Duden."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from pipeline.locales.amounts import Amounts, replaced
from pipeline.locales.days import Days
from pipeline.locales.number_words_de import word_forms
from pipeline.locales.quantities import (
    BEFORE,
    DAY,
    HOUR,
    MINUTE,
    YEAR,
    Form,
    Reader,
    common_forms,
    full_year,
    name_form,
    quantity,
)
from pipeline.locales.typography import BLANKS
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

_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "%": r"prozent(?:ig(?:e[nrms]?)?)?", "pp": r"prozentpunkte?n?", "‰": "promille", "EUR": r"euros?",
        "ct": r"(?:euro)?cents?", "CHF": r"(?:schweizer )?franken", "USD": r"(?:us-)?dollars?",
        "GBP": r"(?:britische )?pfund sterling", "km/h": r"stundenkilometern?|kilometern? (?:pro|je|in der) stunde",
        "m/s": r"metern? (?:pro|je|in der) sekunde", "m²": r"quadratmetern?", "km²": r"quadratkilometern?",
        "cm²": r"quadratzentimetern?", "m³": r"kubikmetern?", "ha": r"hektar[ns]?", "hl": r"hektolitern?",
        "km": r"kilometern?", "cm": r"zentimetern?", "mm": r"millimetern?", "m": r"metern?", "l": r"litern?",
        "t": r"tonnen?", "kg": r"kilo(?:gramm)?s?", "g": r"gramm", "kWh": r"kilowattstunden?",
        "MWh": r"megawattstunden?", "GWh": r"gigawattstunden?", "TWh": r"terawattstunden?", "kW": "kilowatt",
        "MW": "megawatt", "GW": "gigawatt", "W": "watt", "°C": r"grad(?: celsius)?",
        "h": r"stunden?|stündig(?:e[nrms]?)?|std\.", "min": r"minuten?|minütig(?:e[nrms]?)?|min\.",
        "s": r"sekunden?|sek\.", "d": r"tage?n?s?|tägig(?:e[nrms]?)?", "wk": r"wochen?|wöchig(?:e[nrms]?)?",
        "mo": r"monat(?:e[ns]?|s)?|monatig(?:e[nrms]?)?", "a": r"jahr(?:e[ns]?|s)?|jährig(?:e[nrms]?)?",
        "MB": "megabytes?", "GB": "gigabytes?", "TB": "terabytes?", "kB": "kilobytes?",
    }
)  # fmt: skip
_SCALES = (
    {"Mio.": 6, "Mrd.": 9, "Bio.": 12},
    {"Mio": 6, "Mrd": 9},
    {"Million": 6, "Milliarde": 9, "Billion": 12},
    {"Millionen": 6, "Milliarden": 9, "Billionen": 12},
    {"Tsd.": 3},
    {"Tausend": 3},
    {"tausend": 3},
)

_UNTIL = r"(?:bis(?: (?:zu|einschließlich))?(?: zum)?|und|oder|sowie)"
_MONTH = r"(?:0?[1-9]|1[0-2])(?!\d)"
_NUMERIC = rf"{DAY}\.{BLANKS}?{_MONTH}\."
"""A day in figures; without a year it is one only behind a word such as `am`, `vom`, `bis`, or a weekday."""

_DAYS = Days(
    months=_MONTHS,
    weekdays=_WEEKDAYS,
    weekday_tail="s?(?:abend|morgen|mittag|nachmittag|vormittag|nacht|früh)?s?",
    lead=rf",?{BLANKS}?(?:\((?:den|dem)?|{BLANKS}?(?:den|dem|der){BLANKS})?",
    stop=r"\.",
    night=rf"Nacht{BLANKS}vom{BLANKS}",
    before_last=rf",?{BLANKS}{_UNTIL}{BLANKS}(?:(?:am|den|dem|zum){BLANKS})?|{BLANKS}?[-–/]{BLANKS}?",
    between=rf",{BLANKS}",
    numeric=(
        rf"(?:(?={_NUMERIC}{BLANKS}?\d)|(?<=[Aa]m.)|(?<=om.)|(?<=is.)|(?<=um.)|(?<=[Aa]b.)|(?<=en.)|(?<=em.)|(?<=nd.)"
        rf"|(?<=it.)|(?<=[.,].)|(?<=[-–/(]))"
        rf"(?P<day>{DAY})\.{BLANKS}?(?P<month>{_MONTH})\.(?:{BLANKS}?(?P<year>{YEAR}|\d\d(?![\d.,])))?(?!\d)"
    ),
)

_TIME = rf"{HOUR}(?:[.:]{MINUTE})?"
_AFTERNOON = frozenset({"abends", "nachmittags"})
_NOON = 12


@cache
def german_reader() -> Reader:
    """Return the reader of German text."""
    amounts = Amounts(
        units=Units(words=_WORDS, symbols={}),
        scales=_SCALES,
        link="",
        until=r"bis(?: zu)?|und|oder",
        point_groups=True,
        singular=lambda shown: shown == 1,
        integer=lambda number: f"{number:,}".replace(",", "."),
    )
    day = _DAYS.forms()
    return Reader(
        (*common_forms(), *_idioms(), *day[:2], *_clocks(), _decade(), *amounts.forms(), name_form(), *day[2:],
         *word_forms(amounts.units, _SCALES))
    )  # fmt: skip


def _idioms() -> tuple[Form, ...]:
    """Return the forms of what means `always`, whatever its figures."""
    hours = rf"24{BLANKS}(?:Stunden|Std\.){BLANKS}(?:am|pro){BLANKS}Tag"
    days = rf"(?:7|sieben){BLANKS}Tagen?{BLANKS}(?:die|in{BLANKS}der|pro){BLANKS}Woche"
    return (
        Form(name="always", pattern=rf"{BEFORE}(?P<first>24)/(?P<second>7)(?!\w)", read=_always),
        Form(name="around", pattern=rf"{BEFORE}(?P<first>{hours}|{days})(?!\w)", read=_always),
    )


def _always(match: re.Match[str]) -> Iterator[Quantity]:
    for group in match.groupdict():
        figure = re.match(r"\d+", match[group])
        if figure:
            yield quantity(match, Amount(number=Decimal(figure[0])), group=group, in_words=True)


def _clocks() -> tuple[Form, ...]:
    about = rf"(?:(?:ca\.|etwa|gegen|rund){BLANKS})?"
    until = rf"(?:{BLANKS}?[-–/]{BLANKS}?|{BLANKS}(?:bis|und|oder){BLANKS}{about})"
    several = rf"(?:{_TIME}(?:,{BLANKS}{_TIME}){{0,5}}{until})?"
    return (
        Form(
            name="clock",
            pattern=(
                rf"{BEFORE}{several}(?P<hour>{HOUR})(?:(?P<mark>[.:])(?P<minute>{MINUTE}))?{BLANKS}?(?P<uhr>Uhr)(?!\w)"
                rf"(?:{BLANKS}(?P<half>morgens|vormittags|mittags|nachmittags|abends|nachts)(?!\w))?"
            ),
            read=_read_clocks,
            write=_write_clock,
        ),
        Form(
            name="bare_clock",
            pattern=rf"{BEFORE}(?P<hour>[01]\d|2[0-4]|[1-9])(?P<mark>:)(?P<minute>{MINUTE})(?![:\w])",
            read=_read_clocks,
            write=_write_clock,
        ),
    )


def _read_clocks(match: re.Match[str]) -> Iterator[Quantity]:
    """Yield the times of `9, 11.30 und 15 Uhr`, each where it stands."""
    half = match.groupdict().get("half")
    for item in re.compile(_TIME).finditer(match.string, match.start(), match.start("hour")):
        first, _, minute = item[0].replace(":", ".").partition(".")
        yield quantity(item, Clock(hour=int(first), minute=int(minute or 0)))
    hour = int(match["hour"])
    later = _NOON if half in _AFTERNOON and hour < _NOON else 0
    value = Clock(hour=hour + later, minute=int(match["minute"] or 0))
    yield Quantity(start=match.start("hour"), end=match.end(), value=value)


def _write_clock(match: re.Match[str], value: Value) -> str | None:
    if not isinstance(value, Clock) or match.groupdict().get("half"):
        return None
    hour = f"{value.hour:02d}" if match["hour"].startswith("0") else str(value.hour)
    if match["minute"]:
        return replaced(match, {"hour": hour, "minute": f"{value.minute:02d}"})
    return replaced(match, {"hour": f"{hour}.{value.minute:02d}" if value.minute else hour})


def _decade() -> Form:
    years = rf"(?:-|{BLANKS})?(?P<years>Jahren?)(?!\w)"
    return Form(name="decade", pattern=rf"{BEFORE}(?P<figure>\d{{2,4}})er(?!\w)(?:{years})?", read=_read_decade)


def _read_decade(match: re.Match[str]) -> Iterator[Quantity]:
    """Yield the year in which `1990er` or `90er-Jahre` begin."""
    figure = match["figure"]
    is_short = match["years"] is not None and len(figure) == len("90")
    value = 1900 + int(figure) if is_short else full_year(figure) if match["years"] else int(figure)
    yield quantity(match, Amount(number=Decimal(value)), group="figure")
