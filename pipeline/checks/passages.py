"""Passages: sentences and paragraphs that quotation marks hold together, as one text in each language.

A passage is a paragraph, or all paragraphs of a quotation set apart, and what follows as long as both languages
leave a quotation open.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.checks.quoted import quoted
from pipeline.model.bitext import Bitext, Segment, State, Unit
from pipeline.model.inline import Inlines, plain
from pipeline.model.texts import TextKind

_MAX_UNITS = 40
"""Paragraphs after which an open quotation is none any more: both sides forgot its closing mark."""

_OPENING = re.compile(r"[\s\u00a0\u202f]*[«„“\"»](?:\u00a0|\u202f)?")


@dataclass(slots=True)
class Side:
    """One language of a passage."""

    text: str = ""
    starts: list[tuple[int, Segment]] = field(default_factory=list)
    runs: list[Inlines] = field(default_factory=list)
    """The formatted texts of the segments, in order."""

    def add(self, segment: Segment, text: Inlines, tail: str) -> None:
        """Append a segment's text."""
        self.starts.append((len(self.text), segment))
        self.runs.append(text)
        self.text += plain(text) + tail

    def place(self, offset: int) -> tuple[Segment, int]:
        """Return the segment at an offset of the text, and the offset in it."""
        start, segment = next(item for item in reversed(self.starts) if item[0] <= offset)
        return segment, offset - start

    def begin_paragraph(self, offset: int) -> None:
        """Take the opening mark at `offset` for the one that a paragraph of a long quotation may repeat."""
        match = _OPENING.match(self.text, offset)
        if match:
            self.text = self.text[:offset] + " " * len(match[0]) + self.text[match.end() :]


@dataclass(slots=True)
class Passage:
    """Both languages of a passage."""

    source: Side = field(default_factory=Side)
    target: Side = field(default_factory=Side)
    units: list[Unit] = field(default_factory=list)

    @property
    def translated(self) -> bool:
        """Whether all of it has a target."""
        return all(segment.state is not State.INITIAL for _, segment in self.target.starts)

    @property
    def unfinished(self) -> bool:
        """Whether both languages leave a quotation open."""
        return all(quoted(side.text).open is not None for side in (self.source, self.target))

    def add(self, unit: Unit) -> None:
        """Append a paragraph."""
        self.units.append(unit)
        for side in (self.source, self.target):
            goes_on = quoted(side.text).open is not None
            start = len(side.text)
            for segment in unit.segments:
                side.add(segment, segment.source if side is self.source else segment.target, segment.tail or " ")
            if goes_on:
                side.begin_paragraph(start)
            side.text += "\n"


def passages(bitext: Bitext) -> Iterator[Passage]:
    """Yield the passages of a release in reading order."""
    passage = Passage()
    for unit, following in zip(bitext.units, (*bitext.units[1:], None), strict=True):
        passage.add(unit)
        goes_on = following is not None and len(passage.units) < _MAX_UNITS
        if not (goes_on and following is not None and (_same_quote(unit, following) or passage.unfinished)):
            yield passage
            passage = Passage()


def _same_quote(unit: Unit, following: Unit) -> bool:
    block = unit.path.rpartition(".")[0]
    return unit.kind is following.kind is TextKind.QUOTE and following.path.rpartition(".")[0] == block
