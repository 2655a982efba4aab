"""The German words for units and large numbers."""

from collections.abc import Mapping
from types import MappingProxyType

_NO_COMPOUND = r"halb|(?:drei)?viertel|licht|früh|neu|\w*(?:watt|ampere)stunde|\w*mittag"
"""What makes another unit, or none, of the word behind it: `Halbjahr`, `Wattstunde`, `Nachmittag`."""
_WEEKDAY = r"(?:mon|diens|donners|frei|sams|sonn)tag"
_IN_COMPOUND = rf"(?:(?=[^\W\d_]{{6}})(?!{_NO_COMPOUND}|{_WEEKDAY})[a-zäöüß]{{2,24}})?"
"""What may stand in front of a unit in the same word: `Arbeits` of `Arbeitsstunden`."""

_ENDING = r"(?:e[nrms]?)?"

UNIT_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "%": rf"prozent(?:ig{_ENDING})?",
        "pp": "prozentpunkte?n?",
        "‰": "promille",
        "EUR": "euros?",
        "ct": "(?:euro)?cents?",
        "CHF": "(?:schweizer )?franken",
        "USD": "(?:us-)?dollars?",
        "GBP": "(?:britische )?pfund sterling",
        "km/h": "stundenkilometern?|kilometern? (?:pro|je|in der) stunde",
        "m/s": "metern? (?:pro|je|in der) sekunde",
        "m²": "quadratmetern?",
        "km²": "quadratkilometern?",
        "cm²": "quadratzentimetern?",
        "m³": "kubikmetern?",
        "ha": "hektar[ns]?",
        "hl": "hektolitern?",
        "km": f"{_IN_COMPOUND}kilometern?",
        "cm": "zentimetern?",
        "mm": "millimetern?",
        "m": "metern?",
        "l": "litern?",
        "t": "tonnen?",
        "kg": "kilo(?:gramm)?s?",
        "g": "gramm",
        "kWh": "kilowattstunden?",
        "MWh": "megawattstunden?",
        "GWh": "gigawattstunden?",
        "TWh": "terawattstunden?",
        "kW": "kilowatt",
        "MW": "megawatt",
        "GW": "gigawatt",
        "W": "watt",
        "°C": "grad(?: celsius)?",
        "h": rf"{_IN_COMPOUND}stunden?|stündig{_ENDING}|std\.",
        "min": rf"{_IN_COMPOUND}minuten?|minütig{_ENDING}|min\.",
        "s": r"sekunden?|sek\.",
        "d": rf"{_IN_COMPOUND}tag(?:e[ns]?)?|tags|tägig{_ENDING}",
        "wk": f"{_IN_COMPOUND}wochen?|wöchig{_ENDING}",
        "mo": f"{_IN_COMPOUND}monat(?:e[ns]?|s)?|monatig{_ENDING}",
        "a": f"{_IN_COMPOUND}jahr(?:e[ns]?|s)?|jährig{_ENDING}",
        "MB": "megabytes?",
        "GB": "gigabytes?",
        "TB": "terabytes?",
        "kB": "kilobytes?",
    }
)
"""Patterns of the words by shared symbol; of two that match, the first counts: `Quadratkilometer` is no `km`."""

SCALES: tuple[Mapping[str, int], ...] = (
    {"Mio.": 6, "Mrd.": 9, "Bio.": 12},
    {"Mio": 6, "Mrd": 9},
    {"Million": 6, "Milliarde": 9, "Billion": 12},
    {"Millionen": 6, "Milliarden": 9, "Billionen": 12},
    {"Tsd.": 3},
    {"Tausend": 3},
    {"tausend": 3},
)
"""Words for large numbers with their power of ten, in families of which one word may stand for another."""
