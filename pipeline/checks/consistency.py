"""Check 12: one source has one translation in a release."""

from collections.abc import Iterator

from pipeline.checks.base import Check, Pair, Subject
from pipeline.model.issue import Issue, Severity, Span

_WORDS = 4
"""Words a target has at least before it is strange that two sources share it."""
_DIFFERENT = 60
"""Likeness of two sources in percent below which they clearly say different things."""


def _find(subject: Subject) -> Iterator[Issue]:
    first: dict[str, Pair] = {}
    users: dict[str, Pair] = {}
    for pair in subject.pairs:
        source, target = _key(pair.source), _key(pair.target)
        known = first.setdefault(source, pair)
        if _key(known.target) != target and any(letter.isalpha() for letter in source):
            yield _two_targets(pair, known)
        other = users.setdefault(target, pair)
        if len(target.split()) >= _WORDS and _differ(_key(other.source), source):
            yield _two_sources(pair, other)


def _key(text: str) -> str:
    """Return `text` without what typography or the place in a sentence changes."""
    return " ".join(text.replace("'", "’").casefold().split()).strip(" .,;:!?")


def _differ(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    return fuzz.token_sort_ratio(one, other) < _DIFFERENT


def _two_targets(pair: Pair, known: Pair) -> Issue:
    return Issue(
        check=CHECK.name,
        severity=Severity.WARNING,
        segment=pair.segment.id,
        message=f"The same text is translated otherwise in {known.segment.id}: “{known.target}”",
        source=(Span(start=0, end=len(pair.source)),),
        target=(Span(start=0, end=len(pair.target)),),
    )


def _two_sources(pair: Pair, other: Pair) -> Issue:
    return Issue(
        check=CHECK.name,
        severity=Severity.INFO,
        segment=pair.segment.id,
        message=f"{other.segment.id} has the same translation, but another source: “{other.source}”",
        source=(Span(start=0, end=len(pair.source)),),
        target=(Span(start=0, end=len(pair.target)),),
    )


CHECK = Check(
    name="consistency",
    title="Same text, same translation",
    rule=(
        "A text that stands twice in a release is translated the same way both times; capitals, spaces and the "
        "stop at the end do not count. Two clearly different texts with one and the same translation are worth "
        "knowing of."
    ),
    example="Ein Fahrschein für beide Netze → once « Un seul billet pour deux réseaux », once « Ticket unique ».",
    severity=Severity.WARNING,
    find=_find,
)
