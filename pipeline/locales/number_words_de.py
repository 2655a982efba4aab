"""Numbers, shares and times that German says in words: they explain a figure on the other side."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from pipeline.locales.phrases import Phrase, WordNumbers, amount, phrase_form
from pipeline.locales.quantities import Form, any_of
from pipeline.locales.units import Units
from pipeline.model.quantity import Clock

_ONES: Mapping[str, int] = MappingProxyType(
    {"zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9}
)
_TEENS: Mapping[str, int] = MappingProxyType(
    {
        "zehn": 10, "elf": 11, "zwölf": 12, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15, "sechzehn": 16,
        "siebzehn": 17, "achtzehn": 18, "neunzehn": 19,
    }
)  # fmt: skip
_TENS: Mapping[str, int] = MappingProxyType(
    {
        "zwanzig": 20, "dreißig": 30, "dreissig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60, "siebzig": 70,
        "achtzig": 80, "neunzig": 90,
    }
)  # fmt: skip
_STEMS: Mapping[str, int] = MappingProxyType({"erst": 1, "beid": 2, "zwo": 2, "zweit": 2, "dritt": 3, "siebt": 7})
_WORDS: Mapping[str, int] = MappingProxyType({"ein": 1, "eins": 1, **_ONES, **_TEENS, **_TENS, **_STEMS})

_BELOW_20 = any_of({**_ONES, **_TEENS})
_BELOW_100 = rf"(?:(?:ein|{any_of(_ONES)})und{any_of(_TENS)}|{any_of(_TENS)}|{_BELOW_20})"
_SMALL = rf"(?:(?:ein|{_BELOW_20})?hundert(?:und)?(?:{_BELOW_100}|eins?)?|{_BELOW_100})"
_TAIL = (
    r"(?:s?te[nrms]?|e[nrms]?|erlei|s|te?ns|t|teilung|mal(?:s|ig\w{0,4})?"
    r"|(?:fach|köpfig|sprachig|teilig|stellig|seitig|spurig|gleisig|stöckig|geschossig|sitzig|jährig|monatig|wöchig"
    r"|tägig|stündig|minütig|prozentig)(?:e[nrms]?)?)"
)
_NUMBER = (
    rf"(?:(?:{_SMALL})?tausend(?:und)?(?:{_SMALL})?|{_SMALL})(?:einhalb|{_TAIL})?"
    r"|(?:zweit|dritt|siebt)\w{1,12}|erste(?:[nrms]|ns)?|erstmal(?:s|ig\w{0,2})|beide[nrs]?|zwo"
)


def word_forms(units: Units, scales: tuple[Mapping[str, int], ...]) -> tuple[Form, ...]:
    """Return the forms of quantities in words, to be tried in this order."""
    numbers = WordNumbers(
        number=_NUMBER,
        one=r"ein(?:e[nrms]?)?|pro|je|jede[rns]?",
        value=_value,
        half=r"und ein(?:e[nrms]?)? halbe[nrs]?",
        units=units,
        scales=scales,
        link="",
    )
    decades = ((rf"{tens}er(?:n|-jahren?)?", amount(1900 + value)) for tens, value in _TENS.items())
    return phrase_form("phrase", (*_clock_phrases(), *decades, *_PHRASES)), numbers.form()


def _value(word: str) -> Decimal:
    """Return what a number word means, whatever its ending: `zweieinhalb`, `hundertfünfte`, `zwölfjährigen`."""
    for part, size in (("tausend", 1000), ("hundert", 100)):
        before, found, behind = word.partition(part)
        if found:
            return (_value(before) or 1) * size + _value(behind.removeprefix("und"))
    if "einhalb" in word:
        return _value(word.partition("einhalb")[0]) + Decimal("0.5")
    start = next((name for name in _BY_LENGTH if word.startswith(name)), None)
    if start is None:
        return Decimal(0)
    rest = word.removeprefix(start)
    tens = _value(rest.removeprefix("und")) if rest.startswith("und") else Decimal(0)
    return _WORDS[start] + tens


_BY_LENGTH = sorted(_WORDS, key=len, reverse=True)


def _clock_phrases() -> tuple[Phrase, ...]:
    """Return the times of day from one to twelve: `halb neun`, `Viertel nach acht`, `neun Uhr`."""
    hours = {"eins?": 1, **{word: hour for word, hour in _WORDS.items() if 2 <= hour <= 12 and word in _SPOKEN}}  # noqa: PLR2004
    return tuple(
        phrase
        for word, hour in hours.items()
        for phrase in (
            (rf"halb {word}", Clock(hour=hour - 1, minute=30)),
            (rf"viertel nach {word}", Clock(hour=hour, minute=15)),
            (rf"viertel vor {word}", Clock(hour=hour - 1, minute=45)),
            (rf"{word} Uhr", Clock(hour=hour)),
        )
    )


_SPOKEN = frozenset({*_ONES, "zehn", "elf", "zwölf"})

_PHRASES: tuple[Phrase, ...] = (
    (r"mittags?", Clock(hour=12)),
    (r"mitternachts?", Clock(hour=0)),
    (r"(?:eine[nr]? )?dreiviertelstunde|drei viertelstunden", amount(45, "min")),
    (r"(?:eine[nr]? )?viertelstunde", amount(15, "min")),
    (r"(?:eine[nr]? |alle |jede )?halbe[nr]? stunde|halbstündlich|halbstündig(?:e[nrms]?)?", amount(30, "min")),
    (r"stündlich|in der stunde", amount(1, "h")),
    (r"(?:ein(?:e[nms])? )?halbe[ns]? jahr(?:es)?|halbjahr(?:es)?|halbjährig(?:e[nrms]?)?", amount(6, "mo")),
    (r"(?:eine[nr]? )?halbe[nr]? million(?:en)?", amount(500_000)),
    (r"(?:eine[nr]? )?viertelmillion(?:en)?", amount(250_000)),
    (r"(?:eine[nr]? )?halbe[nr]? milliarden?", amount(500_000_000)),
    (r"anderthalb|eineinhalb", amount("1.5")),
    (r"drei ?viertel[ns]?", amount(75, "%")),
    (r"(?:ein(?:e[nms])? )?viertel[ns]?|jede[rns]? vierte[nrs]?", amount(25, "%")),
    (r"hälfte", amount(50, "%")),
    (r"(?:ein(?:e[nms])? )?fünftel[ns]?", amount(20, "%")),
    (r"(?:ein(?:e[nms])? )?zehntel[ns]?", amount(10, "%")),
    (r"quartals?|vierteljahr(?:es)?", amount(3, "mo")),
    (r"jahrzehnt(?:e[ns]?|s)?", amount(10, "a")),
    (r"jahrhundert(?:e[ns]?|s|feier)?", amount(100, "a")),
    (r"(?:ein(?:e[nms])? )?dutzend", amount(12)),
    (r"doppel(?:t(?:e[nrms]?)?|haushalts?)|verdoppel(?:t(?:e[nrms]?)?|n|ung)", amount(2)),
    (r"verdreifach(?:t(?:e[nrms]?)?|en|ung)", amount(3)),
    (r"null", amount(0)),
)
