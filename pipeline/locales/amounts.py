"""Numbers in figures with what belongs to them: `3,5 Mio. Euro`, `12,5 %`, `EUR 20`. Languages supply the words."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from pipeline.locales.quantities import BEFORE, FIGURE, Form, any_of, number, quantity
from pipeline.locales.typography import BLANKS
from pipeline.locales.units import Units
from pipeline.model.quantity import Amount, Quantity, Value

_CURRENCIES: Mapping[str, str] = MappingProxyType(
    {"EUR": "EUR", "€": "EUR", "CHF": "CHF", "USD": "USD", "US$": "USD", "$": "USD", "£": "GBP"}
)
"""What may stand in front of a number."""
_BEHIND = r"(?![.,’']?\d)"
_FIRST_YEAR, _AFTER_YEARS = 1900, 2100
_DECIMALS = 3
"""Decimals that people still read: 2,345 Mio."""
_CENTS = 2
_GROUP = 3
_SMALLEST, _LARGEST = Decimal("0.1"), Decimal(1000)
"""Between which numbers `million` or `Mrd.` is a good word: 0,9 Mrd., but not 0,0184 Mrd."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """How a language writes amounts.

    Args:
        units: its units.
        scales: its words for thousands, millions and more, in families of which one word may stand for another;
            with the power of ten.
        link: pattern between a number and the word of a unit behind it, a blank aside: French `de`.
        until: pattern of the words between the two ends of a range.
        point_groups: whether a full stop parts thousands.
        singular: whether words around this number are in the singular.
        integer: writes a whole number with the thousands mark.
    """

    units: Units
    scales: tuple[Mapping[str, int], ...]
    link: str
    until: str
    point_groups: bool
    singular: Callable[[Decimal], bool]
    integer: Callable[[int], str]

    def forms(self) -> tuple[Form, ...]:
        """Return the forms, to be tried in this order."""
        scale = any_of(word for family in self.scales for word in family)
        measure = (
            rf"(?:(?:{BLANKS}|-)?(?P<scale>{scale})(?!\w))?"
            rf"(?:(?:,[-–—]{{1,2}})?(?:(?:{BLANKS}|-)?(?P<symbol>{self.units.symbol_pattern()})"
            rf"|(?:{BLANKS}|-)(?:{self.link})?(?P<word>{self.units.word_pattern()})))?(?!\w)"
        )
        currency = rf"(?:(?P<currency>{any_of(_CURRENCIES)}){BLANKS}?)?"
        high = rf"(?P<figure>{FIGURE}){_BEHIND}(?=(?:{BLANKS}|-){scale}(?!\w)){measure}"
        return (
            Form(
                name="range",
                pattern=rf"{BEFORE}(?P<low>{FIGURE})(?:{BLANKS}?[-–]{BLANKS}?|{BLANKS}(?:{self.until}){BLANKS}){high}",
                read=self._read_range,
            ),
            Form(
                name="amount",
                pattern=rf"{BEFORE}{currency}(?P<figure>{FIGURE}){_BEHIND}{measure}",
                read=self._read,
                write=self._write,
            ),
        )

    def _number(self, figure: str) -> Decimal | None:
        return number(figure, point_groups=self.point_groups)

    def _power(self, scale: str | None) -> int:
        return next((family[scale] for family in self.scales if scale and scale in family), 0)

    def _unit(self, match: re.Match[str]) -> str:
        before = match.groupdict().get("currency")
        behind = match["symbol"] or match["word"]
        return self.units.symbol(behind) if behind else _CURRENCIES[before] if before else ""

    def _read(self, match: re.Match[str]) -> Iterator[Quantity]:
        shown = self._number(match["figure"])
        if shown is not None:
            value = _scaled(shown, self._power(match["scale"]))
            yield quantity(match, Amount(number=value, unit=self._unit(match)))

    def _read_range(self, match: re.Match[str]) -> Iterator[Quantity]:
        """Yield both ends of `2 bis 3 Mio. Euro`: both are millions, unless the first looks like a year."""
        power, unit = self._power(match["scale"]), self._unit(match)
        low, high = self._number(match["low"]), self._number(match["figure"])
        if low is not None:
            is_year = _FIRST_YEAR <= low < _AFTER_YEARS
            value = Amount(number=low) if is_year else Amount(number=_scaled(low, power), unit=unit)
            yield quantity(match, value, group="low")
        if high is not None:
            whole = quantity(match, Amount(number=_scaled(high, power), unit=unit))
            yield Quantity(start=match.start("figure"), end=whole.end, value=whole.value)

    def _write(self, match: re.Match[str], value: Value) -> str | None:
        """Return the text of `match` with another number, scale and symbol; see `Locale.rewrite`."""
        shown, unit = self._number(match["figure"]), self._unit(match)
        if not isinstance(value, Amount) or shown is None or (unit and not value.unit):
            return None
        scale, new = self._scale(match["scale"], shown, value.number)
        figure = self.figure(new, match["figure"])
        symbol = match["symbol"]
        in_symbols = symbol is not None and match["scale"] is None
        # French `1.304` reads as little more than one, but whoever wrote it set the words around it in the plural.
        meant = number(match["figure"], point_groups=True) or shown
        if figure is None or (not in_symbols and self.singular(meant) != self.singular(new)):
            return None
        parts = {"figure": figure, "scale": scale}
        if unit and unit != value.unit:
            written = self.units.written(value.unit)
            if symbol is None or not written:
                return None
            parts["symbol"] = written[0]
        return replaced(match, parts)

    def _scale(self, scale: str | None, shown: Decimal, new: Decimal) -> tuple[str | None, Decimal]:
        """Return the word to use and the number before it: of the same family, the same number if it can be."""
        family = next((family for family in self.scales if scale in family), None)
        if scale is None or family is None:
            return None, new
        choices = [(word, _scaled(new, -power)) for word, power in family.items()]
        same = [choice for choice in choices if choice[1] == shown]
        good = [choice for choice in choices if _SMALLEST <= choice[1] < _LARGEST]
        own = [choice for choice in good if choice[0] == scale]
        return (*same, *own, *reversed(good), (scale, _scaled(new, -family[scale])))[0]

    def figure(self, value: Decimal, like: str) -> str | None:
        """Return a number in figures, grouped and with decimals as in `like`; None if that form cannot hold it."""
        whole, _, decimals = format(value.normalize(), "f").partition(".")
        plain = like.isdigit()
        shown, mark, places = like.rpartition(",")
        if not mark and "." in like and len(like.rpartition(".")[2]) != _GROUP:
            shown, mark, places = like.rpartition(".")
        if value < 0 or len(decimals) > max(_DECIMALS, len(places if mark else "")) or like.startswith("00"):
            return None
        if mark and len(places) == _CENTS:
            decimals = decimals.ljust(_CENTS, "0")
        blank = re.search(rf"{BLANKS}|[’']", shown if mark else like)
        if blank:
            text = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", blank[0], whole)
        elif plain and len(like) > _GROUP and len(whole) <= len(like):
            text = whole
        else:
            text = self.integer(int(whole))
        return f"{text}{mark or ','}{decimals}" if decimals else text


def _scaled(value: Decimal, power: int) -> Decimal:
    return value * 10**power if power >= 0 else value.scaleb(power)


def replaced(match: re.Match[str], parts: Mapping[str, str | None]) -> str:
    """Return the text of `match` with some of its groups replaced; what did not match or has no new text stays."""
    present = ((name, new) for name, new in parts.items() if match[name] is not None and new is not None)
    spans = sorted((*match.span(name), new) for name, new in present)
    text, position = "", match.start()
    for start, end, new in spans:
        text += match.string[position:start] + new
        position = end
    return text + match.string[position : match.end()]
