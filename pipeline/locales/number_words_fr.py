"""Numbers, shares and times that French says in words: they explain a figure on the other side."""

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from pipeline.locales.phrases import Phrase, WordNumbers, amount, phrase_form
from pipeline.locales.quantities import Form, any_of
from pipeline.locales.typography import BLANKS
from pipeline.locales.units import Units
from pipeline.model.quantity import Clock

_BELOW_17: Mapping[str, int] = MappingProxyType(
    {
        "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
        "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
    }
)  # fmt: skip
_TENS: Mapping[str, int] = MappingProxyType(
    {
        "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70, "huitante": 80,
        "octante": 80, "nonante": 90,
    }
)  # fmt: skip
_ROUND: Mapping[str, int] = MappingProxyType(
    {
        "huitaine": 8, "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30,
        "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "millier": 1000,
    }
)  # fmt: skip
_ORDINALS: Mapping[str, int] = MappingProxyType(
    {
        "premier": 1, "première": 1, "second": 2, "seconde": 2,
        **{f"{stem}ième": value for stem, value in {
            "deux": 2, "trois": 3, "quatr": 4, "cinqu": 5, "six": 6, "sept": 7, "huit": 8, "neuv": 9, "dix": 10,
            "onz": 11, "douz": 12, "treiz": 13, "quatorz": 14, "quinz": 15, "seiz": 16, "vingt": 20, "trent": 30,
            "quarant": 40, "cinquant": 50, "soixant": 60, "cent": 100, "mill": 1000,
        }.items()},
    }
)  # fmt: skip
_SINGLE: Mapping[str, int] = MappingProxyType({**_BELOW_17, **_TENS, **_ROUND, **_ORDINALS, "un": 1, "une": 1})
_ATOM = any_of((*_BELOW_17, *_TENS, "vingts", "cent", "cents", "mille"))
_JOIN = rf"(?:{BLANKS}|[-‑])"
_NUMBER = (
    rf"{_ATOM}(?!\w)(?:{_JOIN}(?:(?:et{_JOIN})?(?:une?|onze)|{_ATOM})(?!\w)){{0,9}}"
    rf"|{any_of(_ROUND)}s?|{any_of(_ORDINALS)}s?"
)
_ROMAN: Mapping[str, int] = MappingProxyType({"I": 1, "V": 5, "X": 10, "L": 50})


def word_forms(units: Units, scales: tuple[Mapping[str, int], ...]) -> tuple[Form, ...]:
    """Return the forms of quantities in words, to be tried in this order."""
    numbers = WordNumbers(
        number=_NUMBER,
        one=r"une?|par|chaque",
        value=_value,
        half=r"et demie?",
        units=units,
        scales=scales,
        link=r"de |d[’']",
    )
    return phrase_form("phrase", (*_century_phrases(), *_clock_phrases(), *_PHRASES)), numbers.form()


def _value(words: str) -> Decimal:
    """Return what number words mean: `quatre-vingt-dix-sept`, `deux cent mille`, `trentaine`, `douzième`."""
    total = current = 0
    for word in re.split(_JOIN, words):
        match word.removesuffix("s") if word not in _SINGLE else word:
            case "et":
                continue
            case "vingt" if current % 100 == 4:  # noqa: PLR2004 (quatre-vingts)
                current += 76
            case "cent":
                current = max(current, 1) * 100
            case "mille":
                total, current = total + max(current, 1) * 1000, 0
            case single:
                current += _SINGLE[single]
    return Decimal(total + current)


def _roman(number: int) -> str:
    """Return a number below forty in Roman numerals."""
    ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return "X" * (number // 10) + ones[number % 10]


def _century_phrases() -> tuple[Phrase, ...]:
    """Return Roman ordinals, which German writes in figures: `XVIIIe`, `IIe`."""
    return tuple((f"{_roman(number)}(?:e|ᵉ|ème)s?", amount(number)) for number in range(21, 1, -1))


def _clock_phrases() -> tuple[Phrase, ...]:
    hours = {"une": 1, **{word: hour for word, hour in _BELOW_17.items() if hour < 12}}  # noqa: PLR2004 (midi)
    return tuple(
        phrase
        for word, hour in hours.items()
        for phrase in (
            (rf"{word} heures? et demie", Clock(hour=hour, minute=30)),
            (rf"{word} heures? et quart", Clock(hour=hour, minute=15)),
            (rf"{word} heures? moins le quart", Clock(hour=hour - 1, minute=45)),
        )
    )


_PHRASES: tuple[Phrase, ...] = (
    (r"midi et demie?", Clock(hour=12, minute=30)),
    (r"(?:les )?trois quarts d[’']heure", amount(45, "min")),
    (r"(?:un )?quart d[’']heure", amount(15, "min")),
    (r"(?:une )?demi-heures?", amount(30, "min")),
    (r"par heure|à l[’']heure|de l[’']heure|toutes les heures", amount(1, "h")),
    (r"semestres?", amount(6, "mo")),
    (r"trimestres?", amount(3, "mo")),
    (r"(?:un )?demi-million", amount(500_000)),
    (r"(?:un )?demi-milliard", amount(500_000_000)),
    (r"(?:une )?demi-douzaine", amount(6)),
    (r"(?:les )?trois(?: |-)quarts", amount(75, "%")),
    (r"(?:un |le )?quart", amount(25, "%")),
    (r"moitié", amount(50, "%")),
    (r"tiers", amount(3)),
    (r"(?:un )?cinquième", amount(20, "%")),
    (r"(?:un )?dixième", amount(10, "%")),
    (r"décennies?", amount(10, "a")),
    (r"siècles?|centenaire", amount(100, "a")),
    (r"cinquantenaire", amount(50, "a")),
    (r"bicentenaire", amount(200, "a")),
    (r"tricentenaire", amount(300, "a")),
    (r"biennal(?:e|es)?|bisannuel(?:le)?s?|doubl(?:e|es|é|ée|és|er|ement)", amount(2)),
    (r"tripl(?:e|es|é|ée|és|er|ement)", amount(3)),
    (r"quinze(?= jours)", amount(15)),
    (r"(?<=quinze )jours", amount(14, "d")),  # a fortnight: fourteen days for a German
    (r"toutes les demi-heures", amount(30, "min")),
    (r"minuit et quart", Clock(hour=0, minute=15)),
    (r"minuit et demie?", Clock(hour=0, minute=30)),
    (r"midi et quart", Clock(hour=12, minute=15)),
    (r"midi", Clock(hour=12)),
    (r"minuit", Clock(hour=0)),
    (r"zéro", amount(0)),
)
