"""Where to look first: how likely each segment needs a reviewer's hand, and how long reviewing takes.

The figures are rough on purpose: they order segments, they do not grade engines.
"""

from collections.abc import Callable, Iterable, Mapping
from math import ceil
from types import MappingProxyType

from pipeline.model.bitext import Bitext, OriginKind, Segment, State
from pipeline.model.inline import plain
from pipeline.model.issue import Issue, Severity
from pipeline.model.risk import Grade, Risk

_MEDIUM, _HIGH = 25, 50
_ISSUE = MappingProxyType({Severity.ERROR: 50, Severity.WARNING: 20, Severity.INFO: 5})
_LONG = 30
"""Words from which on a sentence is hard for engines."""

WORDS_PER_MINUTE: Mapping[Grade, int] = MappingProxyType({Grade.LOW: 40, Grade.MEDIUM: 20, Grade.HIGH: 10})
"""Source words a reviewer gets through: reading what is right, mending a little, mending much."""
TRANSLATED_PER_MINUTE = 6
"""Source words a person translates."""


def rank(bitext: Bitext, issues: Iterable[Issue], rare_words: Callable[[str], int]) -> tuple[Risk, ...]:
    """Return the risk of each segment in reading order.

    Args:
        bitext: the translation.
        issues: what the checks found in it.
        rare_words: how many words of a source text are in no dictionary and no termbase.
    """
    by_segment: dict[str | None, list[Issue]] = {}
    for issue in issues:
        if issue.waiver is None:
            by_segment.setdefault(issue.segment, []).append(issue)
    return tuple(_risk(item, by_segment.get(item.id, []), rare_words) for item in bitext.segments())


def minutes(bitext: Bitext, risks: Iterable[Risk]) -> int:
    """Return about how long a reviewer needs for what no person has looked at, in minutes; 0 if that is nothing."""
    grades = {risk.segment: risk.grade for risk in risks}
    total = 0.0
    for segment in bitext.segments():
        grade = grades[segment.id]
        if grade is not Grade.NONE:
            speed = TRANSLATED_PER_MINUTE if segment.state is State.INITIAL else WORDS_PER_MINUTE[grade]
            total += len(plain(segment.source).split()) / speed
    return ceil(total)


def _risk(segment: Segment, issues: list[Issue], rare_words: Callable[[str], int]) -> Risk:
    if segment.state in {State.REVIEWED, State.FINAL}:
        return Risk(segment=segment.id, points=0, grade=Grade.NONE, reasons=())
    if segment.state is State.INITIAL:
        return Risk(segment=segment.id, points=100, grade=Grade.HIGH, reasons=("not translated",))
    reasons = [*_from_issues(issues), *_from_origin(segment), *_from_source(segment, rare_words)]
    points = min(sum(weight for weight, _ in reasons), 99)
    grade = Grade.HIGH if points >= _HIGH else Grade.MEDIUM if points >= _MEDIUM else Grade.LOW
    texts = tuple(dict.fromkeys(text for _, text in sorted(reasons, key=lambda item: -item[0]) if text))
    return Risk(segment=segment.id, points=points, grade=grade, reasons=texts)


def _from_issues(issues: list[Issue]) -> Iterable[tuple[int, str]]:
    for issue in issues:
        yield _ISSUE[issue.severity], issue.check


def _from_origin(segment: Segment) -> Iterable[tuple[int, str]]:
    origin = segment.origin
    if origin is None or origin.kind is OriginKind.HUMAN:
        return
    if origin.kind is OriginKind.TM:
        if origin.score is not None:
            yield min(2 * (100 - origin.score), 60), f"the memory's text is {origin.score} % alike"
        return
    yield 10, ""
    if origin.other is not None and origin.raw is not None:
        from rapidfuzz.distance import Levenshtein

        alike = round(100 * Levenshtein.normalized_similarity(origin.raw.casefold(), origin.other.casefold()))
        yield max(0, (80 - alike) // 2), f"two engines agree by {alike} %"


def _from_source(segment: Segment, rare_words: Callable[[str], int]) -> Iterable[tuple[int, str]]:
    if segment.origin is None or segment.origin.kind is not OriginKind.MT:
        return
    text = plain(segment.source)
    length = len(text.split())
    if length >= _LONG:
        yield 10, f"a sentence of {length} words"
    rare = rare_words(text)
    if rare:
        yield min(5 * rare, 20), "rare word" if rare == 1 else f"{rare} rare words"
