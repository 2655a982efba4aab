"""The way of a draft: memory, figures, one engine after the other, and a second opinion."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.locales import Locale
from pipeline.model.bitext import Bitext, Origin, OriginKind, Segment, State
from pipeline.model.inline import apply_edits, inlines, plain
from pipeline.model.translation import Engine, Failed, Passage, Request, Translated
from pipeline.stages.draft.finish import finished, lost_formatting
from pipeline.stages.draft.recall import Memory, from_figures, from_memory
from pipeline.stages.draft.rejected import rejections
from pipeline.terms.index import TermIndex
from pipeline.terms.keep import kept_spans, restored
from pipeline.terms.required import term_pairs

KEEP_EVERY = 20
"""Answers of an engine after which the draft so far is kept for the first time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why an engine left segments without a translation."""

    engine: str
    reason: str
    segments: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance:
    """What a draft is made with."""

    memory: Memory
    """Asked first."""
    engines: tuple[Engine, ...]
    """Asked in order, each for what is still missing."""
    second: Engine | None = None
    """Asked for its own version of what an engine translated, for comparison only."""
    terms: TermIndex
    source: Locale
    target: Locale
    restriction: str | None
    """Why the text must not leave this machine, or None. An engine that sends it away is then not asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """What drafting did."""

    bitext: Bitext
    problems: tuple[Problem, ...] = ()
    refused: bool = False
    """An engine was not asked because the text must not leave this machine."""
    unmarked: tuple[str, ...] = ()
    """Ids of segments in which bold, italic or a link could not be put back."""


def draft(
    bitext: Bitext,
    guidance: Guidance,
    *,
    at: datetime,
    advance: Callable[[], None],
    keep: Callable[[Bitext], None],
) -> Drafted:
    """Fill the segments of `bitext` that have no target; the others are left as they are.

    Args:
        bitext: segmented source, drafted in part or not at all.
        guidance: what to fill them with.
        at: time to record.
        advance: called once for each answer of an engine.
        keep: called with the bitext so far while an engine answers, and when that breaks off: answers may be paid
            for, and a text should leave the house once.
    """
    target = guidance.target
    bitext = from_memory(bitext, guidance.memory, at)
    waiting = {item.id for item in bitext.segments() if item.state is State.INITIAL}
    bitext = from_figures(bitext, guidance.source, target, at)
    problems: list[Problem] = []
    refused = False
    for engine in guidance.engines:
        open_segments = [item for item in bitext.segments() if item.state is State.INITIAL]
        if not open_segments:
            break
        if _refused(engine, guidance):
            refused = True
            reason = f"not asked, because {guidance.restriction} and this engine sends text to another machine"
            answers: Iterator[Segment] = (replace(item, failure=reason) for item in open_segments)
        else:
            request = request_for(bitext, open_segments, guidance)
            answers = _translated(engine, open_segments, request, at, advance)
            answers = _accepted(bitext, answers, target)
        filled = _collected(bitext, answers, lambda so_far: keep(finished(so_far, waiting, target)))
        bitext = _with(bitext, filled)
        problems += _problems(engine.name, filled.values())
    bitext = finished(bitext, waiting, target)
    if guidance.second is not None and not _refused(guidance.second, guidance):
        keep(bitext)
        bitext = _compared(guidance.second, bitext, waiting, guidance)
    unmarked = lost_formatting(bitext, waiting)
    return Drafted(bitext=bitext, problems=tuple(problems), refused=refused, unmarked=unmarked)


def request_for(bitext: Bitext, segments: Sequence[Segment], guidance: Guidance) -> Request:
    """Return what an engine is asked for `segments` of `bitext`."""
    kinds = {segment.id: unit.kind for unit in bitext.units for segment in unit.segments}
    passages = tuple(
        Passage(text=plain(item.source), kind=kinds[item.id], keep=kept_spans(item.source, guidance.terms))
        for item in segments
    )
    context = ("".join(plain(item.source) + item.tail for item in unit.segments) for unit in bitext.units)
    return Request(
        passages=passages,
        source=guidance.source.tag,
        target=guidance.target.tag,
        context=tuple(context),
        terms=term_pairs(guidance.terms, [passage.text for passage in passages]),
    )


def _refused(engine: Engine, guidance: Guidance) -> bool:
    return guidance.restriction is not None and engine.capabilities.data_leaves_machine


def _collected(bitext: Bitext, answers: Iterable[Segment], keep: Callable[[Bitext], None]) -> dict[str, Segment]:
    filled: dict[str, Segment] = {}
    due = KEEP_EVERY
    try:
        for item in answers:
            filled[item.id] = item
            if len(filled) >= due:
                keep(_with(bitext, filled))
                # A long draft is set as a whole each time it is kept: seldom enough to cost little.
                due += max(KEEP_EVERY, len(filled) // 4)
    except BaseException:
        keep(_with(bitext, filled))
        raise
    return filled


def _with(bitext: Bitext, filled: Mapping[str, Segment]) -> Bitext:
    return bitext.map_segments(lambda item: filled.get(item.id, item))


def _translated(
    engine: Engine, segments: Sequence[Segment], request: Request, at: datetime, advance: Callable[[], None]
) -> Iterator[Segment]:
    for item, passage, result in zip(segments, request.passages, engine.translate(request), strict=True):
        advance()
        match result:
            case Translated():
                origin = Origin(kind=OriginKind.MT, at=at, by=engine.name, version=engine.version, raw=result.text)
                words = restored(passage.text, passage.keep, result.text.strip())
                yield replace(item, target=inlines(words), state=State.TRANSLATED, origin=origin, failure=None)
            case Failed():
                yield replace(item, failure=f"{engine.name}: {result.reason}")


def _accepted(bitext: Bitext, answers: Iterable[Segment], target: Locale) -> Iterator[Segment]:
    """Yield `answers`; without its text, and with the reason, where a person rejected that text before."""
    standing = {item.id: item for item in bitext.segments()}
    for item in answers:
        words = plain(apply_edits(item.target, target.typography(plain(item.target))))
        person = rejections(bitext, item).by(words)
        if person is None or item.origin is None:
            yield item
        else:
            reason = f"{item.origin.by}: gave the wording again that {person} rejected"
            yield replace(standing[item.id], failure=reason)


def _compared(second: Engine, bitext: Bitext, waiting: set[str], guidance: Guidance) -> Bitext:
    """Return `bitext` with the second engine's version beside what another engine translated just now."""
    segments = [
        item
        for item in bitext.segments()
        if item.id in waiting and item.origin and item.origin.version and item.origin.by != second.name
    ]
    results = second.translate(request_for(bitext, segments, guidance)) if segments else iter(())
    others = {
        item.id: result.text.strip()
        for item, result in zip(segments, results, strict=True)
        if isinstance(result, Translated)
    }

    def beside(item: Segment) -> Segment:
        if item.id not in others or item.origin is None:
            return item
        return replace(item, origin=replace(item.origin, other=others[item.id]))

    return bitext.map_segments(beside)


def _problems(engine: str, segments: Iterable[Segment]) -> list[Problem]:
    reasons: dict[str, int] = {}
    for item in segments:
        if item.failure is not None:
            reason = item.failure.removeprefix(f"{engine}: ")
            reasons[reason] = reasons.get(reason, 0) + 1
    return [Problem(engine=engine, reason=reason, segments=count) for reason, count in reasons.items()]
