"""Quantities in French text. Written forms after the Lexique of the Imprimerie nationale."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from pipeline.locales.amounts import Amounts, replaced
from pipeline.locales.days import Days
from pipeline.locales.number_words_fr import word_forms
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
    hour_like,
    name_form,
    quantity,
    read_idiom,
)
from pipeline.locales.typography import BLANKS, NBSP
from pipeline.locales.unit_words_fr import SCALES, SYMBOLS, UNIT_WORDS
from pipeline.locales.units import Units
from pipeline.model.quantity import Amount, Clock, Quantity, Value

_MONTHS = (
    ("janvier", "janv."), ("février", "févr."), ("mars",), ("avril", "avr."), ("mai",), ("juin",),
    ("juillet", "juil."), ("août",), ("septembre", "sept."), ("octobre", "oct."), ("novembre", "nov."),
    ("décembre", "déc."),
)  # fmt: skip
_WEEKDAYS = (("lundi",), ("mardi",), ("mercredi",), ("jeudi",), ("vendredi",), ("samedi",), ("dimanche",))

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
_HALF = rf"(?:une?{BLANKS})?demie?"
_LINK = r"de |d[’']"

_PHRASES: tuple[Phrase, ...] = (
    (r"quarts d[’']heure", amount(15, "min")),
    (r"midi et trois quarts", Clock(hour=12, minute=45)),
    (r"(?:les )?deux cinquièmes", amount(40, "%")),
    (r"(?:les )?trois cinquièmes", amount(60, "%")),
    (r"(?:les )?quatre cinquièmes", amount(80, "%")),
    (r"(?:les )?neuf dixièmes", amount(90, "%")),
)


def french_reader(integer: Callable[[int], str]) -> Reader:
    """Return the reader of French text.

    Args:
        integer: writes a whole number in the profile at hand.
    """
    amounts = Amounts(
        units=Units(words=UNIT_WORDS, symbols=SYMBOLS),
        scales=SCALES,
        link=_LINK,
        until="à|et|ou",
        point_groups=False,
        singular=lambda shown: shown < _PLURAL_FROM,
        integer=integer,
    )
    date, numeric_date, *names_of_days = _DAYS.forms()
    phrases, words = word_forms(amounts.units, SCALES)
    in_figures = (
        *_idioms(), date, numeric_date, _clock(), bare_clock_form(), _ordinal(), _decade(), *amounts.forms()
    )  # fmt: skip
    in_words = (phrase_form("more_phrases", _PHRASES), phrases, _half(amounts.units), words)
    return Reader((*common_forms(), *in_figures, name_form(), *names_of_days, *in_words))


def _idioms() -> tuple[Form, ...]:
    """Return the forms of what means `always`: nobody misses its figures elsewhere."""
    out_of = rf"(?:{BLANKS}sur{BLANKS}|{BLANKS}?/{BLANKS}?)"
    hours = rf"(?P<first>24){BLANKS}?(?:heures|h){out_of}(?P<second>24)(?:{BLANKS}?h)?"
    days = rf"(?P<first>7){BLANKS}?(?:jours|j){out_of}(?P<second>7)(?:{BLANKS}?j)?"
    return (
        Form(name="around", pattern=rf"{BEFORE}{hours}(?!\w)", read=read_idiom),
        Form(name="daily", pattern=rf"{BEFORE}{days}(?!\w)", read=read_idiom),
    )


def _clock() -> Form:
    first = rf"(?:(?P<from>{HOUR})(?:{BLANKS}(?:à|et|ou){BLANKS}|{BLANKS}?[-–]{BLANKS}?))?"
    hour = rf"(?P<hour>{HOUR})(?P<gap>{BLANKS}?)(?P<h>h|H|heures?)"
    minute = rf"(?:{BLANKS}?(?P<minute>{MINUTE})(?:{BLANKS}?(?:minutes|min|mn))?)?(?![\w’'])"
    half = rf"(?:{BLANKS}(?P<half>du{BLANKS}matin|du{BLANKS}soir|de{BLANKS}l[’']après-midi)(?!\w))?"
    return Form(name="clock", pattern=f"{BEFORE}{first}{hour}{minute}{half}", read=_read_clocks, write=_write_clock)


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
    hour = hour_like(match["hour"], value.hour)
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


def _half(units: Units) -> Form:
    """Return the form of halves with their unit: `un demi-kilomètre`, `un demi pour cent`."""
    numbers = WordNumbers(
        number=_HALF,
        one="(?!)",
        value=lambda _: Decimal("0.5"),
        half="(?!)",
        units=units,
        scales=SCALES,
        link=_LINK,
    )
    return replace(numbers.form(), name="half")
