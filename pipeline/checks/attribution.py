"""Check 16: words that are put into a person's mouth are signed off by a person, one by one."""

import re
from collections.abc import Iterator

from pipeline.checks.base import Check, Subject
from pipeline.checks.leftovers import known
from pipeline.checks.passages import Passage, Side, passages
from pipeline.checks.quoted import quoted
from pipeline.checks.signatures import REVIEWED, Moment, acceptances, accepted_unchanged, moment
from pipeline.locales import Locale
from pipeline.model.bitext import Segment
from pipeline.model.inline import plain
from pipeline.model.issue import Issue, Severity, Span
from pipeline.model.texts import TextKind

_WORDS = 4
"""Words a quotation has at least before it is more than an expression."""

_NAME = re.compile(r"[^\W\d_a-zß-ÿ][^\W\d_]+ (?:(?:von|van|de|der|du) )*([^\W\d_a-zß-ÿ][^\W\d_]+)")
"""Two words with capitals, the second of which a dictionary must not know: `Ministerin Ahlbrink`."""


def _find(subject: Subject) -> Iterator[Issue]:
    spoken = {
        segment.id: (segment, spans)
        for passage in passages(subject.bitext)
        for segment, spans in _attributed(subject, passage)
    }
    together = {
        at: all(segment.id in spoken for segment in accepted)
        for at, accepted in acceptances(subject.bitext).items()
    }
    for segment, spans in spoken.values():
        if segment.state in REVIEWED and not _signed(segment, together):
            yield Issue(
                check=CHECK.name,
                severity=Severity.WARNING,
                segment=segment.id,
                message=(
                    "A person is quoted here, and the translation was only accepted together with other text: "
                    f"read {segment.id} by itself and accept or correct it"
                ),
                source=spans,
                target=(Span(start=0, end=len(plain(segment.target))),),
            )


def _attributed(subject: Subject, passage: Passage) -> Iterator[tuple[Segment, tuple[Span, ...]]]:
    """Yield the segments in which somebody is quoted, with where in their source."""
    side = passage.source
    if passage.units[0].kind is TextKind.QUOTE:
        for segment, length in _lengths(side):
            yield segment, (Span(start=0, end=length),)
        return
    long = [item for item in quoted(side.text).within(len(side.text)) if _is_long(side.text[item.start : item.end])]
    outside = side.text
    for item in reversed(long):
        outside = outside[: item.start] + " … " + outside[item.end :]
    if not long or not _names_a_speaker(outside, subject.source):
        return
    for (segment, length), (start, _) in zip(_lengths(side), side.starts, strict=True):
        spans = tuple(
            Span(start=max(item.start - start, 0), end=min(item.end - start, length))
            for item in long
            if item.start < start + length and start < item.end
        )
        if spans:
            yield segment, spans


def _names_a_speaker(text: str, locale: Locale) -> bool:
    said = locale.cues.saying.search(text) is not None
    return said or any(not known(match[1], locale) for match in _NAME.finditer(text))


def _lengths(side: Side) -> Iterator[tuple[Segment, int]]:
    for _, segment in side.starts:
        yield segment, len(plain(segment.source))


def _is_long(text: str) -> bool:
    return len(re.findall(r"\w+", text)) >= _WORDS


def _signed(segment: Segment, together: dict[Moment, bool]) -> bool:
    """Return whether a person corrected the segment, or accepted it along with nothing but quotations."""
    return any(not accepted_unchanged(edit) or together[moment(edit)] for edit in segment.history)


CHECK = Check(
    name="attribution",
    title="Quotations signed off",
    rule=(
        "A quotation of four words or more that somebody is named for is corrected or accepted by a person for "
        "itself, or together with other quotations only: a wrong word in it is a wrong word in somebody’s mouth. "
        "Looked at once a segment has been reviewed."
    ),
    example="„Wir fangen heute an“, sagte Ministerin Ahlbrink: accepted with 30 other segments.",
    severity=Severity.WARNING,
    find=_find,
)
