"""Quantities in French text. Written forms after the Lexique of the Imprimerie nationale."""

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType

from pipeline.locales.amounts import Amounts, replaced
from pipeline.locales.days import Days
from pipeline.locales.number_words_fr import word_forms
from pipeline.locales.quantities import (
    BEFORE,
    DAY,
    HOUR,
    MINUTE,
    YEAR,
    Form,
    Reader,
    common_forms,
    name_form,
    quantity,
)
from pipeline.locales.typography import BLANKS, NBSP
from pipeline.locales.units import Units
from pipeline.model.quantity import Amount, Clock, Quantity, Value

_MONTHS = (
    ("janvier", "janv."), ("février", "févr."), ("mars",), ("avril", "avr."), ("mai",), ("juin",),
    ("juillet", "juil."), ("août",), ("septembre", "sept."), ("octobre", "oct."), ("novembre", "nov."),
    ("décembre", "déc."),
)  # fmt: skip
_WEEKDAYS = (("lundi",), ("mardi",), ("mercredi",), ("jeudi",), ("vendredi",), ("samedi",), ("dimanche",))

_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "%": r"pour[ -]cents?|p\. ?100", "pp": "points? de pourcentage", "‰": "pour mille", "EUR": "euros?",
        "ct": r"centimes?(?: d[’']euros?)?", "CHF": "francs?(?: suisses?)?", "USD": "dollars?(?: américains?)?",
        "GBP": "livres? sterling", "km/h": r"kilomètres?(?:-| par |/)heure", "m/s": r"mètres? par seconde",
        "m²": "mètres? carrés?", "km²": "kilomètres? carrés?", "cm²": "centimètres? carrés?",
        "m³": "mètres? cubes?", "ha": "hectares?", "hl": "hectolitres?", "km": "kilomètres?",
        "cm": "centimètres?", "mm": "millimètres?",
        "m": "mètres?", "l": "litres?", "t": "tonnes?", "kg": "kilo(?:gramme)?s?", "g": "grammes?",
        "kWh": "kilowatt(?:s|-)?heures?", "MWh": "mégawatt(?:s|-)?heures?", "GWh": "gigawatt(?:s|-)?heures?",
        "TWh": "térawatt(?:s|-)?heures?", "kW": "kilowatts?", "MW": "mégawatts?", "GW": "gigawatts?", "W": "watts?",
        "°C": r"degrés?(?: celsius)?", "h": "heures?", "min": "minutes?", "s": "secondes?",
        "d": "jour(?:s|nées?)?", "wk": "semaines?", "mo": "mois", "a": "ans?|années?", "MB": "mégaoctets?",
        "GB": "gigaoctets?", "TB": "téraoctets?", "kB": "kilooctets?",
    }
)  # fmt: skip
_SYMBOLS = MappingProxyType({"MB": ("Mo",), "GB": ("Go",), "TB": ("To",), "kB": ("ko",)})
_SCALES: tuple[Mapping[str, int], ...] = (
    {"million": 6, "milliard": 9, "billion": 12},
    {"millions": 6, "milliards": 9, "billions": 12},
    {"M": 6, "Md": 9, "k": 3},
    {"Mds": 9},
    {"mille": 3},
    {"milliers": 3},
)

_TO = rf"{BLANKS}(?:et|ou|au|à){BLANKS}(?:(?:le|les|du|au){BLANKS})?|{BLANKS}?[-–/]{BLANKS}?"
_DAYS = Days(
    months=_MONTHS,
    weekdays=_WEEKDAYS,
    weekday_tail=rf"s?(?:{BLANKS}(?:matin|soir|après-midi))?",
    lead=rf",?{BLANKS}(?:\(|le{BLANKS})?",
    stop="",
    night=rf"nuit{BLANKS}du{BLANKS}",
    before_last=_TO,
    between=rf",{BLANKS}",
    numeric=(
        rf"(?P<day>{DAY})(?=(?:/\d\d?/|\.\d\d?\.|-\d\d?-)\d)[./-](?P<month>(?:0?[1-9]|1[0-2])(?!\d))"
        rf"[./-](?P<year>{YEAR}|\d\d)(?![\d/-])"
    ),
    first="1er",
    elides=True,
)
_CLOCK_BEFORE = re.compile(rf"(?:\bà|\bvers|\bdès|\bavant|jusqu[’']à|\bentre|\bet|partir{BLANKS}de){BLANKS}\Z")
_REACH = 16
"""Characters in front of `15 heures` in which such a word stands."""
_DAY_HOURS = 24
_NOON = 12
_PLURAL_FROM = 2


def french_reader(integer: Callable[[int], str]) -> Reader:
    """Return the reader of French text.

    Args:
        integer: writes a whole number in the profile at hand.
    """
    amounts = Amounts(
        units=Units(words=_WORDS, symbols=_SYMBOLS),
        scales=_SCALES,
        link=r"de |d[’']",
        until="à|et|ou",
        point_groups=False,
        singular=lambda shown: shown < _PLURAL_FROM,
        integer=integer,
    )
    day = _DAYS.forms()
    return Reader(
        (*common_forms(), *_idioms(), *day[:2], *_clocks(), _ordinal(), _decade(), *amounts.forms(), name_form(),
         *day[2:], *word_forms(amounts.units, _SCALES))
    )  # fmt: skip


def _idioms() -> tuple[Form, ...]:
    """Return the forms of what means `always`: nobody misses its figures elsewhere."""
    hours = rf"(?P<first>24){BLANKS}?(?:heures|h)(?:{BLANKS}sur{BLANKS}|{BLANKS}?/{BLANKS}?)(?P<second>24)"
    days = rf"(?P<first>7){BLANKS}?(?:jours|j)(?:{BLANKS}sur{BLANKS}|{BLANKS}?/{BLANKS}?)(?P<second>7)"
    return (
        Form(name="around", pattern=rf"{BEFORE}{hours}(?:{BLANKS}?h)?(?!\w)", read=_always),
        Form(name="daily", pattern=rf"{BEFORE}{days}(?:{BLANKS}?j)?(?!\w)", read=_always),
        Form(name="always", pattern=rf"{BEFORE}(?P<first>24)/(?P<second>7)(?!\w)", read=_always),
    )


def _always(match: re.Match[str]) -> Iterator[Quantity]:
    for group in match.groupdict():
        yield quantity(match, Amount(number=Decimal(match[group])), group=group, in_words=True)


def _clocks() -> tuple[Form, ...]:
    first = rf"(?:(?P<from>{HOUR})(?:{BLANKS}(?:à|et|ou){BLANKS}|{BLANKS}?[-–]{BLANKS}?))?"
    return (
        Form(
            name="clock",
            pattern=(
                rf"{BEFORE}{first}(?P<hour>{HOUR})(?P<gap>{BLANKS}?)(?P<h>h|H|heures?)"
                rf"(?:(?P<space>{BLANKS}?)(?P<minute>{MINUTE})(?:{BLANKS}?(?:minutes|min|mn))?)?(?![\w’'])"
                rf"(?:{BLANKS}(?P<half>du{BLANKS}matin|du{BLANKS}soir|de{BLANKS}l[’']après-midi)(?!\w))?"
            ),
            read=_read_clocks,
            write=_write_clock,
        ),
        Form(
            name="bare_clock",
            pattern=rf"{BEFORE}(?P<hour>[01]\d|2[0-4]|[1-9])(?P<mark>:)(?P<minute>{MINUTE})(?![:\w])",
            read=_read_bare,
            write=_write_bare,
        ),
    )


def _read_bare(match: re.Match[str]) -> Iterator[Quantity]:
    yield quantity(match, Clock(hour=int(match["hour"]), minute=int(match["minute"])))


def _write_bare(match: re.Match[str], value: Value) -> str | None:
    if not isinstance(value, Clock):
        return None
    hour = f"{value.hour:02d}" if match["hour"].startswith("0") else str(value.hour)
    return replaced(match, {"hour": hour, "minute": f"{value.minute:02d}"})


def _read_clocks(match: re.Match[str]) -> Iterator[Quantity]:
    """Yield the times of `9 à 17 h`, each where it stands; without minutes and `à` before it, `15 heures` last."""
    hour, minute = int(match["hour"]), match["minute"]
    before = match.string[max(match.start() - _REACH, 0) : match.start()]
    lasts = len(match["h"]) > 1 and not minute and not match["half"] and not _CLOCK_BEFORE.search(before)
    if match["from"]:
        value: Value = Amount(number=Decimal(match["from"])) if lasts else Clock(hour=int(match["from"]))
        yield quantity(match, value, group="from")
    if lasts:
        value = Amount(number=Decimal(hour), unit="h")
    else:
        is_later = match["half"] is not None and not match["half"].endswith("matin") and hour < _NOON
        value = Clock(hour=hour + (_NOON if is_later else 0), minute=int(minute or 0))
    yield Quantity(start=match.start("hour"), end=match.end(), value=value)


def _write_clock(match: re.Match[str], value: Value) -> str | None:
    """Return a time of day, or a number of hours, in the form of `match`; no-break blanks, no `00`."""
    if match["half"] or match["from"]:
        return None
    if isinstance(value, Amount):
        value = Clock(hour=int(value.number)) if value.unit == "h" and value.number == int(value.number) else value
    if not isinstance(value, Clock) or value.hour > _DAY_HOURS:
        return None
    if len(match["h"]) > 1 and (int(match["hour"]) < _PLURAL_FROM) != (value.hour < _PLURAL_FROM):
        return None
    hour = f"{value.hour:02d}" if match["hour"].startswith("0") else str(value.hour)
    gap = NBSP if match["gap"] else ""
    end = f"{gap}{value.minute:02d}" if value.minute else ""
    return f"{hour}{gap}{match['h']}{end}"


def _ordinal() -> Form:
    ending = r"(?P<ending>(?<=1)(?:ers?|res?|ère)|e|es|ᵉ|ème|nde?)"
    return Form(
        name="ordinal",
        pattern=rf"{BEFORE}(?P<figure>\d{{1,4}}){ending}(?!\w)",
        read=lambda match: [quantity(match, Amount(number=Decimal(match["figure"])))],
        write=_write_ordinal,
    )


def _write_ordinal(match: re.Match[str], value: Value) -> str | None:
    """Return an ordinal; None where a first is on one side, for its ending depends on the noun."""
    if not isinstance(value, Amount) or value.unit or value.number == 1 or int(match["figure"]) == 1:
        return None
    return replaced(match, {"figure": str(value.number)})


def _decade() -> Form:
    return Form(name="decade", pattern=rf"(?<!\w)[Aa]nnées{BLANKS}(?P<figure>\d0|{YEAR})(?!\w)", read=_read_decade)


def _read_decade(match: re.Match[str]) -> Iterator[Quantity]:
    """Yield the year in which `années 1990` or `années 90` begin."""
    figure = match["figure"]
    value = 1900 + int(figure) if len(figure) == len("90") else int(figure)
    yield quantity(match, Amount(number=Decimal(value)), group="figure")
