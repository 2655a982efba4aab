"""Check 16: words that are put into a person's mouth are signed off by a person, one by one."""

import re
from collections.abc import Iterator

from pipeline.checks.base import Check, Subject
from pipeline.checks.leftovers import known
from pipeline.checks.passages import Passage, Side, passages
from pipeline.checks.quoted import quoted
from pipeline.checks.signatures import REVIEWED
from pipeline.locales import Locale
from pipeline.model.bitext import Segment
from pipeline.model.inline import plain
from pipeline.model.issue import Issue, Severity, Span, text_key
from pipeline.model.texts import TextKind

_WORDS = 4
"""Words a quotation has at least before it is more than an expression."""

_NAME = re.compile(r"[^\W\d_a-zß-ÿ][^\W\d_]+ (?:(?:von|van|de|der|du) )*([^\W\d_a-zß-ÿ][^\W\d_]+)")
"""Two words with capitals, the second of which a dictionary must not know: `Ministerin Ahlbrink`."""


def _find(subject: Subject) -> Iterator[Issue]:
    signed = {(item.segment, item.text) for item in subject.bitext.signoffs}
    for segment, spans in _spoken(subject):
        text = text_key(plain(segment.source), plain(segment.target))
        if segment.state in REVIEWED and (segment.id, text) not in signed:
            yield Issue(
                check=CHECK.name,
                severity=Severity.ERROR,
                segment=segment.id,
                message=(
                    "A person is quoted here: somebody must answer by name for what the translation lets them say "
                    f"(communique review sign {subject.bitext.release} {segment.id})"
                ),
                source=spans,
                target=(Span(start=0, end=len(plain(segment.target))),),
            )


def quotations(subject: Subject) -> tuple[str, ...]:
    """Return the ids of the segments in which somebody is quoted, in reading order."""
    spoken = {segment.id for segment, _ in _spoken(subject)}
    return tuple(segment.id for segment in subject.bitext.segments() if segment.id in spoken)


def _spoken(subject: Subject) -> Iterator[tuple[Segment, tuple[Span, ...]]]:
    return (found for passage in passages(subject.bitext) for found in _attributed(subject, passage))


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


CHECK = Check(
    name="attribution",
    title="Quotations signed off",
    rule=(
        "A quotation of four words or more that somebody is named for is signed off by a person, by name "
        "(“review sign”): a wrong word in it is a wrong word in somebody’s mouth. An edit of the segment ends the "
        "sign-off. Looked at once a segment has been reviewed."
    ),
    example="„Wir fangen heute an“, sagte Ministerin Ahlbrink: reviewed, and signed off by nobody.",
    severity=Severity.ERROR,
    find=_find,
)
