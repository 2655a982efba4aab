"""Faults seeded into good translations: for each pair every fault that applies, always the same ones."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import TypeAlias

from benchmarks.quality.data import GoodPair
from pipeline.model.issue import Severity


class FaultKind(StrEnum):
    """What went wrong."""

    DIGIT = "digit changed"
    UNIT = "unit swapped"
    DATE = "date shifted"
    HOUR = "hour shifted"
    MILLION = "million for milliard"
    THOUSANDS = "thousands in the German form"
    NAME = "name misspelt"
    UNTRANSLATED = "sentence left in German"
    DROPPED = "sentence dropped"
    NEGATION = "negation lost"
    LEFTOVER = "German word left"


WARNINGS = frozenset({FaultKind.DROPPED, FaultKind.NEGATION, FaultKind.LEFTOVER})
"""Faults of which a person is to be warned; all others are to block approval."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A translation before and after one thing in it went wrong."""

    id: str
    kind: FaultKind
    source: str
    good: str
    bad: str

    @property
    def severity(self) -> Severity:
        """The least that a finding about it must weigh."""
        return Severity.WARNING if self.kind in WARNINGS else Severity.ERROR


Seed: TypeAlias = Callable[[str, str], Iterator[str]]
"""Takes source and target and yields the target with one fault in it, once for each variant that applies."""

_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_LAST_SAFE_DAY = 27
"""The day after it exists in every month."""

_DATE = re.compile(rf"(?<![\d,])(1er|\d{{1,2}})\u00a0({'|'.join(_MONTHS)})\b")
_TIME = re.compile(r"(?<![\d,])(\d{1,2})(?=\u00a0h\b)")
_NUMBER = re.compile(r"(?<![\w+@/.,-])\d+(?:\u202f\d{3})*(?:,\d+)?(?![\w@/]|\u00a0h\b)")
_ZONE = re.compile(r"\S*(?:@|://|www\.)\S*|\+\d[\d \u00a0-]+")
"""Addresses and telephone numbers."""

_UNITS: Mapping[str, str] = MappingProxyType(
    {
        "kilomètres": "mètres", "mètres carrés": "hectares", "mètres": "kilomètres", "hectares": "mètres carrés",
        "hectolitres": "litres", "km/h": "m/s", "km": "m", "m³": "m²", "m": "km", "ha": "km²", "kWh": "MWh",
        "MW": "kW", "kW": "MW", "t": "kg", "tonnes": "kilos", "Mo": "Go", "Go": "Mo", "euros": "dollars",
        "centimes": "euros", "%": "‰", "secondes": "minutes", "minutes": "heures", "heures": "minutes",
    }
)  # fmt: skip
_MEASURED = re.compile(rf"(?<=\d)([ \u00a0](?:d’)?)({'|'.join(map(re.escape, _UNITS))})(?!\w)")
_LARGE = re.compile(r"\b(milli)(on|ard)(?=s?\b)")
_GROUPED = re.compile(r"\d{1,3}(?:\u202f\d{3})+(?!\d)")
_NAME = re.compile(r"(?<![\w.@/-])[A-ZÀ-Ý][^\W\d_]{3,}(?![\w@])")
_COMMON = frozenset({"Land", "Länder", "Institut", "Landkreis"})
"""Capitalised in both languages, but no names."""

_NEGATED = re.compile(r"\b(?:(ne )|n’)([^,;.:]{1,60}?) (?:pas|plus|jamais)\b")
_NO = re.compile(r"\b(?:nicht|nie|niemals|niemand\w*|kein\w*|weder|ohne)\b", re.IGNORECASE)
_GERMAN_WORD = re.compile(r"(?<![\w.@/-])[a-zäöüß]{6,}(?![\w@.-])")
_FRENCH_WORD = re.compile(r"(?<![\w.@/’-])[a-zà-ÿœ]{5,}(?![\w@’-])")
_SENTENCE_END = re.compile(r"[.!?](?:\u00a0»)?\Z")


def seeded(pairs: Sequence[GoodPair]) -> tuple[Fault, ...]:
    """Return every fault of every pair; each differs from its original in one thing."""
    return (*_in_one_pair(pairs), *_dropped(pairs))


def _in_one_pair(pairs: Sequence[GoodPair]) -> Iterator[Fault]:
    for pair in pairs:
        for kind, seed in _SEEDS:
            for variant, bad in enumerate(seed(pair.de, pair.fr), start=1):
                yield Fault(id=f"{pair.id}-{kind}-{variant}", kind=kind, source=pair.de, good=pair.fr, bad=bad)


def _dropped(pairs: Sequence[GoodPair]) -> Iterator[Fault]:
    """Join neighbours and drop the first or the second sentence of the target, in turn."""
    for number, (one, two) in enumerate(pairwise(pairs)):
        if _SENTENCE_END.search(one.fr) and _SENTENCE_END.search(two.fr):
            yield Fault(
                id=f"{one.id}-{FaultKind.DROPPED}",
                kind=FaultKind.DROPPED,
                source=f"{one.de} {two.de}",
                good=f"{one.fr} {two.fr}",
                bad=(one.fr, two.fr)[number % 2],
            )


def _put(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


def _outside(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches outside addresses and telephone numbers."""
    zones = [zone.span() for zone in _ZONE.finditer(text)]
    for found in pattern.finditer(text):
        if not any(low <= found.start() < high for low, high in zones):
            yield found


def _first(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(_outside(pattern, text), None)


def _digit(_: str, target: str) -> Iterator[str]:
    """Change the last digit before the decimal comma of the first number that belongs to no date or time."""
    dates = {match.start() for match in _DATE.finditer(target)}
    match = next((found for found in _outside(_NUMBER, target) if found.start() not in dates), None)
    if match:
        whole, comma, decimals = match[0].partition(",")
        yield _put(target, match, f"{whole[:-1]}{(int(whole[-1]) + 1) % 10 or 1}{comma}{decimals}")


def _unit(_: str, target: str) -> Iterator[str]:
    if match := _first(_MEASURED, target):
        yield _put(target, match, match[1] + _UNITS[match[2]])


def _date(_: str, target: str) -> Iterator[str]:
    """Shift the first date by a day, and by a month."""
    if match := _DATE.search(target):
        day = int(match[1].removesuffix("er"))
        shifted = day + 1 if day <= _LAST_SAFE_DAY else day - 1
        yield _put(target, match, f"{shifted}\u00a0{match[2]}")
        month = _MONTHS[(_MONTHS.index(match[2]) + 1) % len(_MONTHS)]
        yield _put(target, match, f"{match[1]}\u00a0{month}")


def _hour(_: str, target: str) -> Iterator[str]:
    if match := _TIME.search(target):
        yield _put(target, match, str((int(match[1]) + 1) % 24))


def _million(_: str, target: str) -> Iterator[str]:
    if match := _LARGE.search(target):
        yield _put(target, match, match[1] + {"on": "ard", "ard": "on"}[match[2]])


def _thousands(_: str, target: str) -> Iterator[str]:
    if match := _first(_GROUPED, target):
        yield _put(target, match, match[0].replace("\u202f", "."))


def _name(source: str, target: str) -> Iterator[str]:
    """Let two letters in the middle of the last name that stands on both sides change places."""
    there = {match[0] for match in _outside(_NAME, source)} - _COMMON
    names = [match for match in _outside(_NAME, target) if match[0] in there]
    for match in reversed(names):
        name = match[0]
        middle = len(name) // 2
        for place in sorted(range(1, len(name) - 1), key=lambda place: abs(place - middle)):
            swapped = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
            if swapped != name:
                yield _put(target, match, swapped)
                return


def _negation(source: str, target: str) -> Iterator[str]:
    if _NO.search(source) and (match := _NEGATED.search(target)):
        yield re.sub(r"\bJe (?=ai)", "J’", _put(target, match, match[2]))


def _leftover(source: str, target: str) -> Iterator[str]:
    """Put the first German verb or adjective of the source in the place of a French word in the middle."""
    german = next((match[0] for match in _GERMAN_WORD.finditer(source) if match[0] not in target), None)
    french = [match for match in _outside(_FRENCH_WORD, target) if match[0] not in _MONTHS]
    if german and french:
        yield _put(target, french[len(french) // 2], german)


def _untranslated(source: str, _: str) -> Iterator[str]:
    yield source


_SEEDS: tuple[tuple[FaultKind, Seed], ...] = (
    (FaultKind.DIGIT, _digit),
    (FaultKind.UNIT, _unit),
    (FaultKind.DATE, _date),
    (FaultKind.HOUR, _hour),
    (FaultKind.MILLION, _million),
    (FaultKind.THOUSANDS, _thousands),
    (FaultKind.NAME, _name),
    (FaultKind.UNTRANSLATED, _untranslated),
    (FaultKind.NEGATION, _negation),
    (FaultKind.LEFTOVER, _leftover),
)
