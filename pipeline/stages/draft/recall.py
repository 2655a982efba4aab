"""Segments filled without asking anybody: from the memory, from what they said before, and figures by rule."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from pipeline.locales import Locale
from pipeline.memory.entries import normalised
from pipeline.memory.index import ranked
from pipeline.memory.lookup import ALMOST
from pipeline.model.bitext import Bitext, Origin, OriginKind, Segment, State
from pipeline.model.formers import reviewed_former
from pipeline.model.inline import Inlines, inlines, plain
from pipeline.model.translation import Match, MatchKind
from pipeline.stages.draft.rejected import Rejections, rejections

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
    """Return `bitext` with what is known already, word for word or nearly so, in segments that have no target.

    That is what the memory has for the very words; what a person had reviewed here before the source was changed
    a little; what the memory has for words much alike. What a person rejected is none of it.
    """
    texts = [plain(segment.source) for segment in bitext.segments()]
    filled: dict[str, Segment] = {}
    for index, segment in enumerate(bitext.segments()):
        if segment.state is not State.INITIAL:
            continue
        before = texts[index - 1] if index else None
        after = texts[index + 1] if index + 1 < len(texts) else None
        rejected = rejections(bitext, segment)
        # One match is found sooner than several: only as many more as may turn out to be rejected.
        matches = memory.lookup(segment.source, before=before, after=after, limit=1 + len(rejected))
        match = next((item for item in matches if rejected.by(plain(item.target)) is None), None)
        found = _remembered(segment, match, at) if match and match.kind is not MatchKind.FUZZY else None
        found = found or _followed(bitext, segment, rejected, at)
        if found is None and match and match.score >= FUZZY_FROM:
            found = _remembered(segment, match, at)
        if found:
            filled[segment.id] = found
    return bitext.map_segments(lambda segment: filled.get(segment.id, segment))


def _followed(bitext: Bitext, segment: Segment, rejected: Rejections, at: datetime) -> Segment | None:
    """Return `segment` with what it said before its source was rewritten, if little was changed."""
    former = reviewed_former(bitext, segment)
    if former is None or rejected.by(plain(former.target)) is not None:
        return None
    near = ranked(normalised(plain(segment.source)), [(0, normalised(plain(former.source)))], FUZZY_FROM)
    if not near:
        return None
    same = former.source == segment.source
    origin = Origin(
        kind=OriginKind.TM,
        at=at,
        by=f"{bitext.release}#{former.id}",
        score=None if same else min(near[0].percent, ALMOST),
        matched=() if same else former.source,
    )
    return replace(segment, target=former.target, state=State.TRANSLATED, origin=origin, failure=None)


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


def from_figures(bitext: Bitext, source: Locale, target: Locale, at: datetime) -> Bitext:
    """Return `bitext` with segments that hold figures only filled with these as the target language groups them."""
    marks = source.integer(10_000)[2:-3], target.integer(10_000)[2:-3]
    grouped = rf"(?<![\d.,])\d{{1,3}}(?:{re.escape(marks[0])}\d{{3}})+(?![\d.,]\d)" if marks[0] else r"(?!)"

    def fill(segment: Segment) -> Segment:
        text = plain(segment.source)
        if segment.state is not State.INITIAL or any(letter.isalpha() for letter in text):
            return segment
        text = re.sub(grouped, lambda match: match[0].replace(*marks), text)
        if rejections(bitext, segment).by(text) is not None:
            return segment
        origin = Origin(kind=OriginKind.MT, at=at, by=NUMBERS, raw=text)
        return replace(segment, target=inlines(text), state=State.TRANSLATED, origin=origin, failure=None)

    return bitext.map_segments(fill)
