"""Check 7: quotation marks are balanced over the release, and both sides quote equally often.

A quotation may go over several sentences and paragraphs, so marks are looked at in whole passages.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.checks.base import Check, Subject
from pipeline.checks.passages import Passage, Side, passages
from pipeline.checks.quoted import Quotation, Quoted, quoted
from pipeline.model.issue import Issue, Severity, Span

_ASIDE = re.compile(r"[\s,.;:!?–—-]*(?:[,;:–—-][^„“”«»]{0,160})?[\s,.;:–—-]*")
"""What may stand between two quotations that a translation joins: nothing, or who is speaking."""


def _find(subject: Subject) -> Iterator[Issue]:
    for passage in passages(subject.bitext):
        if passage.translated:
            yield from _unbalanced(passage.target)
            yield from _miscounted(subject, passage)


def _unbalanced(target: Side) -> Iterator[Issue]:
    for offset in quoted(target.text).stray:
        segment, at = target.place(offset)
        mark = target.text[offset]
        yield Issue(
            check=CHECK.name,
            severity=Severity.WARNING,
            segment=segment.id,
            message=f"The quotation mark “{mark}” has no other half: a quotation is not opened or not closed",
            target=(Span(start=at, end=at + 1),),
        )


def _miscounted(subject: Subject, passage: Passage) -> Iterator[Issue]:
    source, target = passage.source, passage.target
    here, there = quoted(source.text), quoted(target.text)
    if here.stray or there.stray:
        return
    few, many = _range(subject, source, target, here.complete)
    least, most = _range(subject, target, source, there.complete)
    if few <= most and least <= many:
        return
    marks = [(_marks(source, id_, here), _marks(target, id_, there)) for id_ in _ids(source)]
    index = next((place for place, (one, two) in enumerate(marks) if len(one) != len(two)), 0)
    yield Issue(
        check=CHECK.name,
        severity=Severity.WARNING,
        segment=_ids(source)[index],
        message=(
            f"The source quotes {_times(len(here.complete))} here, the translation {_times(len(there.complete))}"
        ),
        source=marks[index][0],
        target=marks[index][1],
    )


def _ids(side: Side) -> list[str]:
    return [segment.id for _, segment in side.starts]


def _marks(side: Side, segment: str, found: Quoted) -> tuple[Span, ...]:
    """Return the outer marks that stand in a segment."""
    offsets = sorted(offset for item in found.complete for offset in (item.start, item.end - 1))
    places = [side.place(offset) for offset in offsets]
    return tuple(Span(start=at, end=at + 1) for there, at in places if there.id == segment)


def _range(subject: Subject, side: Side, other: Side, found: Sequence[Quotation]) -> tuple[int, int]:
    """Return how few and how many quotations the other side may have for these."""
    needed = [item for item in found if not _is_optional(subject, side, other, item)]
    joined = sum(_ASIDE.fullmatch(side.text[one.end : two.start]) is not None for one, two in pairwise(needed))
    return len(needed) - joined, len(found)


def _is_optional(subject: Subject, side: Side, other: Side, item: Quotation) -> bool:
    """Return whether the other side needs no marks: a name or title, a term, a passage in a marked language."""
    words = re.sub(r"\s+", " ", side.text[item.start + 1 : item.end - 1]).strip(" .,;:!?")
    if words in re.sub(r"\s+", " ", other.text) or _is_foreign(side, words):
        return True
    terms = (*subject.terms.in_source(words), *subject.terms.in_target(words))
    return any(found.end - found.start == len(words) for found in terms)


def _is_foreign(side: Side, words: str) -> bool:
    marked = (run.text for runs in side.runs for run in runs if run.lang is not None)
    return any(words in re.sub(r"\s+", " ", text) for text in marked)


def _times(count: int) -> str:
    return {0: "nothing", 1: "once", 2: "twice"}.get(count, f"{count} times")


CHECK = Check(
    name="quotations",
    title="Quotation marks",
    rule=(
        "Every quotation that is opened is closed, over all sentences and paragraphs it goes on for; and the "
        "translation quotes as often as the source. Who is speaking may stand inside a quotation in one language "
        "and part it in the other; names, titles, terms and passages in a marked language need no marks."
    ),
    example="„Wir fangen heute an“, sagte sie. → « Nous commençons aujourd’hui, a-t-elle dit.: not closed.",
    severity=Severity.WARNING,
    find=_find,
)
