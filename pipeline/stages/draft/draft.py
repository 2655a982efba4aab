"""Drafting: empty segments filled from the memory, then by engines, in the target language's typography."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from pipeline.locales import Locale
from pipeline.model.bitext import Bitext, Origin, OriginKind, Segment, State
from pipeline.model.inline import Inlines, apply_edits, inlines, plain
from pipeline.model.projection import project
from pipeline.model.translation import Engine, Failed, Match, Passage, Request, Translated


class Memory(Protocol):
    """What approved releases already say."""

    def exact(self, source: Inlines) -> Match | None:
        """Return the approved translation of exactly this text, or None."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why an engine left segments without a translation."""

    engine: str
    reason: str
    segments: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """What drafting did."""

    bitext: Bitext
    problems: tuple[Problem, ...] = ()
    refused: bool = False
    """An engine was not asked because the text must not leave this machine."""
    unmarked: tuple[str, ...] = ()
    """Ids of segments in which bold, italic or a link could not be put back."""


KEEP_EVERY = 20
"""Answers of an engine after which the draft so far is kept."""

NUMBERS = "numbers"
"""Origin of a text without letters: its figures are rewritten by rule, nobody is asked."""


def draft(
    bitext: Bitext,
    *,
    memory: Memory,
    engines: Sequence[Engine],
    locales: tuple[Locale, Locale],
    restriction: str | None,
    at: datetime,
    advance: Callable[[], None],
    keep: Callable[[Bitext], None],
) -> Drafted:
    """Fill the segments of `bitext` that have no target; the others are left as they are.

    Args:
        bitext: segmented source, drafted in part or not at all.
        memory: asked first, for exact matches.
        engines: asked in order, each for what is still missing.
        locales: of source and target.
        restriction: why the text must not leave this machine, or None. An engine that sends it away is then
            refused before it is asked.
        at: time to record.
        advance: called once for each answer of an engine.
        keep: called with the bitext so far while an engine answers, and when that breaks off: answers may be paid
            for, and a text should leave the house once.
    """
    source, target = locales
    bitext = bitext.map_segments(lambda item: _from_memory(item, memory, at))
    bitext = bitext.map_segments(lambda item: _from_figures(item, source, target, at))
    problems: list[Problem] = []
    unmarked: list[str] = []
    refused = False
    for engine in engines:
        open_segments = [item for item in bitext.segments() if item.state is State.INITIAL]
        if not open_segments:
            break
        if restriction is not None and engine.capabilities.data_leaves_machine:
            reason = f"not asked, because {restriction} and this engine sends text to another machine"
            answers: Iterator[Segment] = (replace(item, failure=reason) for item in open_segments)
            refused = True
        else:
            answers = _asked(engine, open_segments, locales, at, advance)
        filled = _collected(bitext, answers, keep)
        bitext = _with(bitext, filled)
        problems += _problems(engine.name, filled.values())
        unmarked += [item.id for item in open_segments if _lost_marks(item, filled[item.id])]
    return Drafted(bitext=bitext, problems=tuple(problems), refused=refused, unmarked=tuple(unmarked))


def _collected(bitext: Bitext, answers: Iterable[Segment], keep: Callable[[Bitext], None]) -> dict[str, Segment]:
    filled: dict[str, Segment] = {}
    try:
        for item in answers:
            filled[item.id] = item
            if len(filled) % KEEP_EVERY == 0:
                keep(_with(bitext, filled))
    except BaseException:
        keep(_with(bitext, filled))
        raise
    return filled


def _with(bitext: Bitext, filled: Mapping[str, Segment]) -> Bitext:
    return bitext.map_segments(lambda item: filled.get(item.id, item))


def _from_memory(segment: Segment, memory: Memory, at: datetime) -> Segment:
    match = memory.exact(segment.source) if segment.state is State.INITIAL else None
    if match is None:
        return segment
    origin = Origin(kind=OriginKind.TM, at=at, by=match.reference)
    return replace(segment, target=match.target, state=State.TRANSLATED, origin=origin, failure=None)


def _from_figures(segment: Segment, source: Locale, target: Locale, at: datetime) -> Segment:
    text = plain(segment.source)
    if segment.state is not State.INITIAL or any(letter.isalpha() for letter in text):
        return segment
    marks = source.integer(10_000)[2:-3], target.integer(10_000)[2:-3]
    grouped = rf"(?<![\d.,])\d{{1,3}}(?:{re.escape(marks[0])}\d{{3}})+(?![\d.,]\d)" if marks[0] else r"(?!)"
    text = re.sub(grouped, lambda match: match[0].replace(*marks), text)
    origin = Origin(kind=OriginKind.MT, at=at, by=NUMBERS, raw=text)
    return replace(segment, target=_set(segment, text, target), state=State.TRANSLATED, origin=origin)


def _asked(
    engine: Engine,
    segments: Sequence[Segment],
    locales: tuple[Locale, Locale],
    at: datetime,
    advance: Callable[[], None],
) -> Iterator[Segment]:
    source, target = locales
    passages = tuple(Passage(text=plain(item.source)) for item in segments)
    results = engine.translate(Request(passages=passages, source=source.tag, target=target.tag))
    for item, result in zip(segments, results, strict=True):
        advance()
        match result:
            case Translated():
                origin = Origin(kind=OriginKind.MT, at=at, by=engine.name, version=engine.version, raw=result.text)
                words = _set(item, result.text, target)
                yield replace(item, target=words, state=State.TRANSLATED, origin=origin, failure=None)
            case Failed():
                yield replace(item, failure=f"{engine.name}: {result.reason}")


def _set(segment: Segment, text: str, target: Locale) -> Inlines:
    """Return `text` in the target language's typography, with the source's formatting where it can be found."""
    words = inlines(text.strip())
    return project(segment.source, apply_edits(words, target.typography(plain(words))), language=target.tag)


def _lost_marks(before: Segment, after: Segment) -> bool:
    def marks(text: Inlines) -> set[tuple[bool, bool, str | None]]:
        return {(run.bold, run.italic, run.href) for run in text} - {(False, False, None)}

    return after.state is not State.INITIAL and marks(before.source) != marks(after.target)


def _problems(engine: str, segments: Iterable[Segment]) -> list[Problem]:
    reasons: dict[str, int] = {}
    for item in segments:
        if item.failure is not None:
            reason = item.failure.removeprefix(f"{engine}: ")
            reasons[reason] = reasons.get(reason, 0) + 1
    return [Problem(engine=engine, reason=reason, segments=count) for reason, count in reasons.items()]
