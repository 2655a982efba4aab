"""Segments filled without asking anybody: from the memory, and figures by rule."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from pipeline.locales import Locale
from pipeline.model.bitext import Bitext, Origin, OriginKind, Segment, State
from pipeline.model.inline import Inlines, inlines, plain
from pipeline.model.translation import Match, MatchKind

FUZZY_FROM = 85
"""Percent of likeness from which the memory's text saves more work than an engine's: a word or two to mend."""

NUMBERS = "numbers"
"""Origin of a text without letters: its figures are rewritten by rule, nobody is asked."""


class Memory(Protocol):
    """What approved releases already say."""

    def lookup(
        self, source: Inlines, *, before: str | None, after: str | None, limit: int = 5
    ) -> tuple[Match, ...]:
        """Return what is known of a text between two others (plain; None at an end of the release), best first."""
        ...


def from_memory(bitext: Bitext, memory: Memory, at: datetime) -> Bitext:
    """Return `bitext` with what the memory knows, word for word or nearly so, in segments that have no target."""
    texts = [plain(segment.source) for segment in bitext.segments()]
    filled: dict[str, Segment] = {}
    for index, segment in enumerate(bitext.segments()):
        if segment.state is not State.INITIAL:
            continue
        before = texts[index - 1] if index else None
        after = texts[index + 1] if index + 1 < len(texts) else None
        matches = memory.lookup(segment.source, before=before, after=after, limit=1)
        if matches and (matches[0].kind is not MatchKind.FUZZY or matches[0].score >= FUZZY_FROM):
            filled[segment.id] = _remembered(segment, matches[0], at)
    return bitext.map_segments(lambda segment: filled.get(segment.id, segment))


def _remembered(segment: Segment, match: Match, at: datetime) -> Segment:
    differs = match.kind in {MatchKind.FUZZY, MatchKind.MASKED}
    origin = Origin(
        kind=OriginKind.TM,
        at=at,
        by=match.reference,
        score=match.score if match.score < 100 else None,  # noqa: PLR2004 (percent)
        matched=match.source if differs else (),
    )
    return replace(segment, target=match.target, state=State.TRANSLATED, origin=origin, failure=None)


def from_figures(segment: Segment, source: Locale, target: Locale, at: datetime) -> Segment:
    """Return a segment that holds figures only with these as the target language groups them."""
    text = plain(segment.source)
    if segment.state is not State.INITIAL or any(letter.isalpha() for letter in text):
        return segment
    marks = source.integer(10_000)[2:-3], target.integer(10_000)[2:-3]
    grouped = rf"(?<![\d.,])\d{{1,3}}(?:{re.escape(marks[0])}\d{{3}})+(?![\d.,]\d)" if marks[0] else r"(?!)"
    text = re.sub(grouped, lambda match: match[0].replace(*marks), text)
    origin = Origin(kind=OriginKind.MT, at=at, by=NUMBERS, raw=text)
    return replace(segment, target=inlines(text), state=State.TRANSLATED, origin=origin)
