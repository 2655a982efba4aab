"""Typography as edits: rules that each name what they change, over the parts of a text that may be changed.

A language hands over its rules in order; each sees the text as the rules before it left it. They are gone through
until nothing changes any more, so that a text that was set once is left alone the second time.
"""

import bisect
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from pipeline.model.inline import TextEdit

PROTECTED = re.compile(
    r"(?:https?://|www\.)[^\s«»“”„<>]*[^\s«»“”„<>.,;:!?)\]]"  # addresses on the web
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # e-mail
    r"|\b\d{1,2}:\d{2}(?::\d{2})?\b"  # times of day with a colon
    r"|(?<![\w/])(?:/[\w.-]+){2,}/?"  # paths
    r"|\b[A-Za-z]:\\[\w\\.-]+"
    r"|\+\d[\d \u00a0\u202f()/.–-]{5,}\d"  # telephone numbers with a country code
)
"""Zones in which no rule changes anything. Code is kept out by the caller, who knows where it is."""

NBSP, NNBSP = "\u00a0", "\u202f"
"""No-break space and narrow no-break space."""

BLANKS = f"[ {NBSP}{NNBSP}]"
"""Any blank inside a line, for patterns."""

_SIGNS = re.compile(r"[@\\+]|www\.|/[\w/]|\d:\d")
"""What at least stands in every protected zone; quicker to look for than the zones."""

_REACH = 2_000
"""Characters around such a sign in which its zone is looked for; longer addresses are nobody's to read."""

PARAGRAPH_BREAK = "\u2029"
"""What parts the paragraphs of a text that is set as a whole (Unicode: PARAGRAPH SEPARATOR)."""

_BLANK_CHARACTERS = f" {NBSP}{NNBSP}"

MAX_ROUNDS = 5

Substitution: TypeAlias = tuple[int, int, str]
"""Start, end, and what comes there."""

Find: TypeAlias = Callable[[str], Iterable[Substitution]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: a name that people are shown, and what it would put where, in order and without overlap."""

    name: str
    find: Find


def rule(name: str, pattern: str, new: str) -> Rule:
    """Return the rule that puts `new` (with groups as in `re.sub`) wherever `pattern` is found."""
    compiled = re.compile(pattern)

    has_groups = "\\" in new

    def find(text: str) -> Iterator[Substitution]:
        for match in compiled.finditer(text):
            yield (*match.span(), match.expand(new) if has_groups else new)

    return Rule(name=name, find=find)


def blank_before(name: str, mark: str, new: str, *, behind: str) -> Rule:
    """Return the rule that puts `new` in place of any blanks before a mark.

    Args:
        name: shown to people.
        mark: pattern of the mark and what follows it; best begun with the mark itself, which is quick to find.
        new: the blank the mark wants; empty for none.
        behind: pattern of the one character that must stand before the blanks.
    """
    found, character = re.compile(mark), re.compile(behind)

    def find(text: str) -> Iterator[Substitution]:
        for match in found.finditer(text):
            start = end = match.start()
            while start and text[start - 1] in _BLANK_CHARACTERS:
                start -= 1
            if start and text[start:end] != new and character.match(text, start - 1):
                yield start, end, new

    return Rule(name=name, find=find)


def edits(text: str, rules: Sequence[Rule]) -> tuple[TextEdit, ...]:
    """Return what `rules` change in `text`; sorted, without overlap, nothing for a text that follows them.

    Args:
        text: any text; code in it must be left out by the caller.
        rules: gone through in order, until none of them changes anything.
    """
    sheet = _Sheet(text)
    for _ in range(MAX_ROUNDS):
        sheet.protect()
        changes = [sheet.apply(item) for item in rules]
        if not any(changes):
            return tuple(sheet.edits())
    # Rules that chase each other must not make a text worse with every run: then it is left as it was.
    return ()


class _Sheet:
    """A text under change that knows which of its characters stood in the original."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.length = len(text)
        self.origin: list[int] = list(range(len(text)))
        """Offset in the original of each character; -1 for a new one."""
        self.zones: list[tuple[int, int]] = []
        self.names: dict[int, str] = {}
        """The first rule that changed something at an offset of the original."""

    def apply(self, item: Rule) -> bool:
        """Follow one rule; return whether it changed anything."""
        zones = self.zones
        zone_ends = [high for _, high in zones]
        pieces: list[str] = []
        origin: list[int] = []
        moved: list[tuple[int, int]] = []
        position = shift = passed = 0
        for start, end, new in item.find(self.text):
            zone = bisect.bisect_right(zone_ends, start)
            if self.text[start:end] == new or (zone < len(zones) and zones[zone][0] < end):
                continue
            left, right = _trimmed(self.text[start:end], new)
            moved += [(low + shift, high + shift) for low, high in zones[passed:zone]]
            passed, shift = zone, shift + len(new) - (end - start)
            pieces += [self.text[position : start + left], new[left : len(new) - right]]
            origin += self.origin[position : start + left]
            origin += [-1] * (len(new) - left - right)
            position = end - right
            self.names.setdefault(self._offset(start + left), item.name)
        if not pieces:
            return False
        self.text = "".join([*pieces, self.text[position:]])
        self.origin = origin + self.origin[position:]
        self.zones = [*moved, *((low + shift, high + shift) for low, high in zones[passed:])]
        return True

    def edits(self) -> Iterator[TextEdit]:
        """Yield the changes against the original."""
        origin = [-1, *self.origin, self.length]
        breaks = [place for place, (one, other) in enumerate(pairwise(origin)) if other - one != 1]
        place = 0
        while place < len(breaks):
            # From the last kept character before a change to the first one behind it.
            low = high = breaks[place]
            while origin[high + 1] < 0:
                high += 1
            yield self._edit(origin[low] + 1, origin[high + 1], self.text[low:high])
            while place < len(breaks) and breaks[place] <= high:
                place += 1

    def _edit(self, start: int, end: int, new: str) -> TextEdit:
        return TextEdit(start=start, end=end, new=new, rule=self._name(start, end))

    def protect(self) -> None:
        """Find the zones that no rule may change; they are then moved along with what is changed before them."""
        self.zones = []
        for sign in _SIGNS.finditer(self.text):
            if self.zones and sign.start() < self.zones[-1][1]:
                continue
            start = max(sign.start() - _REACH, self.zones[-1][1] if self.zones else 0)
            start = max(start, *(self.text.rfind(blank, start, sign.start()) for blank in " \n"))
            around = PROTECTED.finditer(self.text, start, sign.end() + _REACH)
            zone = next((match.span() for match in around if match.end() >= sign.end()), None)
            if zone and zone[0] < sign.end():
                self.zones.append(zone)

    def _offset(self, position: int) -> int:
        """Return the original offset of the first kept character at or behind `position`."""
        while position < len(self.origin) and self.origin[position] < 0:
            position += 1
        return self.origin[position] if position < len(self.origin) else self.length

    def _name(self, start: int, end: int) -> str:
        return next(self.names[offset] for offset in range(start, end + 1) if offset in self.names)


def _trimmed(old: str, new: str) -> tuple[int, int]:
    """Return how many characters `old` and `new` share at their beginning and at their end."""
    shorter = min(len(old), len(new))
    left = next((index for index in range(shorter) if old[index] != new[index]), shorter)
    rest = shorter - left
    return left, next((index for index in range(rest) if old[-1 - index] != new[-1 - index]), rest)
