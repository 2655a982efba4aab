"""Numbers, amounts, dates and times of day as they stand in a text, in values that compare across languages.

“3,5 Mio. Euro” and “3,5 millions d’euros” are the same `Amount`; “Di., 3. März” and “mardi 3 mars” the same `Day`.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number, with its unit if it has one."""

    number: Decimal
    """Written out in full: 3,5 Mio. is 3500000."""
    unit: str = ""
    """Empty for a plain number; else a symbol that all languages share: `%`, `EUR`, `km`, `kWh`, `°C`, `h` …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A calendar day, as far as the text tells it; None for what it leaves open."""

    day: int | None = None
    month: int | None = None
    """1 to 12."""
    year: int | None = None
    """Four digits."""
    weekday: int | None = None
    """0 is Monday, as in `datetime.date.weekday`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A time of day."""

    hour: int
    minute: int = 0


Value: TypeAlias = Amount | Day | Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A value and where it stands: characters `start` to `end` (exclusive) of the text."""

    start: int
    end: int
    value: Value
    in_words: bool = False
    """Written as a word (`drei`, `trois`): it may answer a figure on the other side, but nobody misses it there."""
