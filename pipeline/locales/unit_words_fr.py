"""The French words for units and large numbers."""

from collections.abc import Mapping
from types import MappingProxyType

UNIT_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "%": r"pour[ -]cents?|p\. ?100",
        "pp": "points? de pourcentage",
        "‰": "pour mille",
        "EUR": "euros?",
        "ct": "centimes?(?: d[’']euros?)?",
        "CHF": "francs?(?: suisses?)?",
        "USD": "dollars?(?: américains?)?",
        "GBP": "livres? sterling",
        "km/h": "kilomètres?(?:-| par |/)heure",
        "m/s": "mètres? par seconde",
        "m²": "mètres? carrés?",
        "km²": "kilomètres? carrés?",
        "cm²": "centimètres? carrés?",
        "m³": "mètres? cubes?",
        "ha": "hectares?",
        "hl": "hectolitres?",
        "km": "kilomètres?",
        "cm": "centimètres?",
        "mm": "millimètres?",
        "m": "mètres?",
        "l": "litres?",
        "t": "tonnes?",
        "kg": "kilo(?:gramme)?s?",
        "g": "grammes?",
        "kWh": "kilowatt(?:s|-)?heures?",
        "MWh": "mégawatt(?:s|-)?heures?",
        "GWh": "gigawatt(?:s|-)?heures?",
        "TWh": "térawatt(?:s|-)?heures?",
        "kW": "kilowatts?",
        "MW": "mégawatts?",
        "GW": "gigawatts?",
        "W": "watts?",
        "°C": "degrés?(?: celsius)?",
        "h": "heures?",
        "min": "minutes?",
        "s": "secondes?",
        "d": "jour(?:s|nées?)?",
        "wk": "semaines?",
        "mo": "mois",
        "a": "ans?|années?",
        "MB": "mégaoctets?",
        "GB": "gigaoctets?",
        "TB": "téraoctets?",
        "kB": "kilooctets?",
    }
)
"""Patterns of the words by shared symbol; of two that match, the first counts: `mètres carrés` are no `m`."""

SYMBOLS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"MB": ("Mo",), "GB": ("Go",), "TB": ("To",), "kB": ("ko",)}
)
"""What French writes instead of the symbols that all languages share."""

SCALES: tuple[Mapping[str, int], ...] = (
    {"million": 6, "milliard": 9, "billion": 12},
    {"millions": 6, "milliards": 9, "billions": 12},
    {"M": 6, "Md": 9, "k": 3},
    {"Mds": 9},
    {"mille": 3},
    {"milliers": 3},
)
"""Words for large numbers with their power of ten, in families of which one word may stand for another."""
