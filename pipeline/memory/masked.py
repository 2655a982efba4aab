"""The same text but for figures and places: the memory's target, with what changed put in by rule.

“Am 3. März 2026 kamen 120 Gäste” is “Am 17. April 2027 kamen 85 Gäste” with another day and another number. Where
it is not certain which word of the target stands for what changed, or a word around it would have to change with
it, there is no match: a person or an engine translates the text instead.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from itertools import pairwise
from typing import TypeAlias
from zlib import crc32

from pipeline.locales import Locale
from pipeline.model.inline import Inlines, TextEdit, apply_edits, plain
from pipeline.model.quantity import Amount, Day, Quantity, Value

_FIGURE = re.compile(r"\d\S*")

_VOWELS = frozenset("aàâäeéèêëiîïoôöœuùûü")
_UNSURE = frozenset("hyæ")
"""Initials before which some words are elided and others are not."""

_PLURAL_FROM = Decimal(2)
"""Where languages differ in what they count as one: French 1,5 is singular, so is German 1 alone. Below two, words
around a number may have another form than from two on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceName:
    """A place in both languages."""

    source: str
    target: str
    gender: str | None = None
    """Of the target: of a country or region, which takes an article; None for a town, which takes none."""


_What: TypeAlias = Value | PlaceName


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slot:
    """What may change, and where it stands in the source."""

    start: int
    end: int
    value: _What

    def kind(self) -> str:
        """Return what must be alike for one to stand in place of the other."""
        match self.value:
            case Amount(unit=unit):
                return f"amount {unit}"
            case Day():
                return " ".join(f.name for f in fields(Day) if getattr(self.value, f.name) is not None)
            case PlaceName():
                return "place"
            case _:
                return "clock"


def outline(text: str) -> int | None:
    """Return a hash that texts share if they differ in figures only; None for a text without figures.

    Args:
        text: `normalised`.
    """
    return crc32(_without_figures(text).encode(errors="surrogatepass")) if _FIGURE.search(text) else None


def _without_figures(text: str) -> str:
    """Return `text` without its figures and the words beside them, where weekday, month and unit stand.

    So some texts become the same that differ otherwise: it finds candidates.
    """
    first, *others = [piece.split() for piece in _FIGURE.split(text)]
    if not others:
        return text
    kept = (first[:-1], *(piece[1:-1] for piece in others[:-1]), others[-1][1:])
    return "0".join(map(" ".join, kept))


class Masks:
    """Puts what changed in a text into the translation of one that is otherwise the same.

    Args:
        locales: of source and target.
        places: names that may change; others are words like any other.
    """

    def __init__(self, locales: tuple[Locale, Locale], places: Sequence[PlaceName] = ()) -> None:
        self._source, self._target = locales
        self._places = {place.source: place for place in places}
        self._names = _any_of(self._places)

    def shape(self, text: str) -> str:
        """Return what texts have in common that may differ in figures and places only; `text` if it has neither."""
        return _without_figures(self._names.sub("\0", text))

    def translate(self, text: Inlines, known: Inlines, target: Inlines) -> Inlines | None:
        """Return `target`, which translates `known`, as a translation of `text`; None where no rule is certain.

        Args:
            text: what to translate, blanks normalised.
            known: the memory's source, blanks normalised.
            target: its translation.
        """
        slots, known_slots = self._slots(plain(text)), self._slots(plain(known))
        if not slots or _masked(text, slots) != _masked(known, known_slots):
            return None
        changes: dict[_What, _What] = {}
        for old, new in zip(known_slots, slots, strict=True):
            if changes.setdefault(old.value, new.value) != new.value:
                return None
        edits: list[TextEdit] = []
        for before, after in changes.items():
            if before != after:
                steps = self._edits(before, after, known, target)
                if steps is None:
                    return None
                edits += steps
        edits.sort(key=lambda edit: edit.start)
        if any(edit.end > later.start for edit, later in pairwise(edits)):
            return None
        return apply_edits(target, edits)

    def _slots(self, text: str) -> tuple[_Slot, ...]:
        """Return the figures and places of a source in order."""
        slots = [
            _Slot(start=item.start, end=item.end, value=item.value)
            for item in self._source.quantities(text)
            if _in_figures(item, text)
        ]
        for match in self._names.finditer(text):
            if all(match.end() <= slot.start or slot.end <= match.start() for slot in slots):
                slots.append(_Slot(start=match.start(), end=match.end(), value=self._places[match[0]]))
        return tuple(sorted(slots, key=lambda slot: slot.start))

    def _edits(self, before: _What, after: _What, known: Inlines, target: Inlines) -> list[TextEdit] | None:
        """Return how `target` says `after` instead of `before`; None where that is not certain."""
        if isinstance(before, PlaceName) and isinstance(after, PlaceName):
            return self._place_edits(before, after, plain(known), plain(target))
        if isinstance(before, PlaceName) or isinstance(after, PlaceName) or _other_number(before, after):
            return None
        here = [item for item in self._source.quantities(plain(known)) if item.value == before]
        there = [item for item in self._target.quantities(plain(target)) if item.value == before]
        if len(here) != len(there) or not all(_in_figures(item, plain(known)) for item in here):
            return None
        edits = []
        for item in there:
            written = plain(target)[item.start : item.end]
            new = None if item.in_words else self._target.rewrite(written, after)
            if new is None:
                return None
            edits.append(TextEdit(start=item.start, end=item.end, new=new, rule="masked"))
        return edits

    def _place_edits(self, before: PlaceName, after: PlaceName, known: str, target: str) -> list[TextEdit] | None:
        if not _alike(before, after):
            return None
        here = [match[0] for match in self._names.finditer(known) if self._places[match[0]].target == before.target]
        there = list(_any_of([before.target]).finditer(target))
        if set(here) != {before.source} or len(here) != len(there):
            return None
        return [TextEdit(start=item.start(), end=item.end(), new=after.target, rule="masked") for item in there]


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    """Return what finds any of `names` as whole words, the longest first; nothing where there are none."""
    longest_first = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{longest_first})(?![\w-])" if longest_first else r"(?!)")


def _in_figures(item: Quantity, text: str) -> bool:
    return not item.in_words and any(character.isdigit() for character in text[item.start : item.end])


def _masked(text: Inlines, slots: Sequence[_Slot]) -> Inlines:
    """Return `text` with its slots replaced by their kinds; a control character, which no text has, marks them."""
    edits = [TextEdit(start=item.start, end=item.end, new=f"\0{item.kind()}\0", rule="mask") for item in slots]
    return apply_edits(text, edits)


def _other_number(before: Value, after: Value) -> bool:
    """Return whether words around a number may stand in another number: `1 Gast`, `2 Gäste`."""
    return (
        isinstance(before, Amount)
        and isinstance(after, Amount)
        and (abs(before.number) < _PLURAL_FROM) != (abs(after.number) < _PLURAL_FROM)
    )


def _alike(before: PlaceName, after: PlaceName) -> bool:
    """Return whether articles and prepositions before one name are right before the other.

    They depend on gender, on number (told by the last letter) and on whether the name begins with a vowel.
    """
    initials = {name.target[0].lower() for name in (before, after)}
    plural = {name.target.endswith(("s", "x")) for name in (before, after) if name.gender is not None}
    return (
        before.gender == after.gender
        and len(plural) < 2  # noqa: PLR2004 (one of each)
        and not initials & _UNSURE
        and len({initial in _VOWELS for initial in initials}) == 1
    )
