"""Units as languages write them. The symbols that all languages share are the keys; see `model.quantity.Amount`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pipeline.locales.quantities import any_of

SYMBOLS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "%": ("%",), "‰": ("‰",), "EUR": ("€", "EUR"), "CHF": ("CHF",),
        "USD": ("$", "US$", "USD"), "GBP": ("£", "GBP"),
        "m": ("m",), "km": ("km",), "cm": ("cm",), "mm": ("mm",), "m²": ("m²", "m2", "qm"), "km²": ("km²", "km2"),
        "cm²": ("cm²",), "ha": ("ha",), "m³": ("m³", "m3"), "l": ("l", "L"), "hl": ("hl",), "t": ("t",),
        "kg": ("kg",), "g": ("g",), "km/h": ("km/h",), "m/s": ("m/s",), "W": ("W",), "kW": ("kW",), "MW": ("MW",),
        "GW": ("GW",),
        "kWh": ("kWh",), "MWh": ("MWh",), "GWh": ("GWh",), "TWh": ("TWh",), "°C": ("°C", "°"), "h": ("h",),
        "min": ("min", "mn"), "s": ("s",), "kB": ("kB",), "MB": ("MB",), "GB": ("GB",), "TB": ("TB",),
        "dB": ("dB",),
    }
)  # fmt: skip
"""What all languages write; first what is usual."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """The units of one language.

    Args:
        words: patterns of its words by shared symbol, without regard to case.
        symbols: what it writes instead of, or beside, `SYMBOLS`.
    """

    words: Mapping[str, str]
    symbols: Mapping[str, tuple[str, ...]]

    def written(self, unit: str) -> tuple[str, ...]:
        """Return the symbols for `unit`, the usual one first."""
        return self.symbols.get(unit, SYMBOLS.get(unit, ()))

    def symbol_pattern(self) -> str:
        """Return a pattern for any symbol; an apostrophe behind it shows that it was an elided article."""
        return rf"{any_of(text for unit in SYMBOLS for text in self.written(unit))}(?![\w’'])"

    def word_pattern(self) -> str:
        """Return a pattern for any word."""
        return rf"(?i:{'|'.join(self.words.values())})(?!\w)"

    def symbol(self, text: str) -> str:
        """Return the shared symbol for a unit as the language writes it."""
        for unit in SYMBOLS:
            if text in self.written(unit):
                return unit
        return next(unit for unit, words in self.words.items() if re.fullmatch(words, text, re.IGNORECASE))
