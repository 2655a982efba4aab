"""Quantities in words: number words with their unit, and fixed phrases such as `eine halbe Stunde`."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from pipeline.locales.quantities import Form, any_of, quantity
from pipeline.locales.typography import BLANKS
from pipeline.locales.units import Units
from pipeline.model.quantity import Amount, Quantity, Value

Phrase: TypeAlias = tuple[str, Value]
"""A pattern that ignores case, and what it says; a blank in it stands for any blank."""

_HALF = Decimal("0.5")


def phrase_form(name: str, phrases: Sequence[Phrase]) -> Form:
    """Return the form of fixed phrases, to be tried in their order."""
    compiled = [(re.compile(_blanks(pattern), re.IGNORECASE), value) for pattern, value in phrases]

    def read(match: re.Match[str]) -> Iterator[Quantity]:
        start, end = match.span()
        hits = ((pattern.match(match.string, start), value) for pattern, value in compiled)
        value = next(value for hit, value in hits if hit and hit.end() == end)
        yield quantity(match, value, group="phrase", in_words=True)

    any_phrase = "|".join(_blanks(pattern) for pattern, _ in phrases)
    return Form(name=name, pattern=rf"(?<!\w)(?P<phrase>(?i:{any_phrase}))(?!\w)", read=read)


def _blanks(pattern: str) -> str:
    return pattern.replace(" ", BLANKS)


def amount(number: int | str, unit: str = "") -> Amount:
    """Return an amount, for tables of phrases."""
    return Amount(number=Decimal(number), unit=unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class WordNumbers:
    """How a language writes numbers in words.

    Args:
        number: pattern of a number from two on, with what may follow in the same word.
        one: pattern of one, which is mostly an article: read only in front of a unit or a scale.
        value: what a match of `number` means.
        half: pattern that adds a half behind a unit: `et demi`.
        units: units that may follow.
        scales: words for millions and more, with the power of ten.
        link: as in `Amounts`.
    """

    number: str
    one: str
    value: Callable[[str], Decimal]
    half: str
    units: Units
    scales: tuple[Mapping[str, int], ...]
    link: str

    def form(self) -> Form:
        """Return the form."""
        scale = rf"{any_of(word for family in self.scales for word in family)}(?!\w)"
        unit = self.units.word_pattern()
        one = rf"(?i:{self.one})(?={BLANKS}(?:{scale}|(?:{self.link})?{unit}))"
        return Form(
            name="number_words",
            pattern=(
                rf"(?<![\w-])(?:(?P<number>(?i:{self.number}))|{one})(?!\w)"
                rf"(?:(?:{BLANKS}|-)(?P<scale>{scale}))?(?:(?:{BLANKS}|-)(?:{self.link})?(?P<unit>{unit}))?"
                rf"(?P<half>{BLANKS}{self.half}(?!\w))?"
            ),
            read=self._read,
        )

    def _read(self, match: re.Match[str]) -> Iterator[Quantity]:
        number = self.value(match["number"].lower()) if match["number"] else Decimal(1)
        number += _HALF if match["half"] else 0
        power = next((family[match["scale"]] for family in self.scales if match["scale"] in family), 0)
        unit = self.units.symbol(match["unit"]) if match["unit"] else ""
        yield quantity(match, Amount(number=number * 10**power, unit=unit), in_words=True)
