"""Check 13: what the source denies, the translation denies too, and nothing else."""

from collections.abc import Iterator

from pipeline.checks.base import Check, Pair, each
from pipeline.model.issue import Issue, Severity, Span


def _find(pair: Pair) -> Iterator[Issue]:
    here, there = pair.subject.source.cues.negation, pair.subject.target.cues.negation
    denied = tuple(span for span in here.denials(pair.source) if not _in_name(pair, span))
    denies = there.denials(pair.target)
    # What implies a denial on both sides makes up for nothing; what only one side has may stand for a denial.
    implied = there.count_implied(pair.target) - here.count_implied(pair.source)
    if len(denied) > len(denies) + max(implied, 0):
        start, end = denied[-1]
        yield Issue(
            check=CHECK.name,
            severity=Severity.WARNING,
            segment=pair.segment.id,
            message=f"“{pair.source[start:end]}” seems to be lost: the translation may say the opposite",
            source=tuple(Span(start=low, end=high) for low, high in denied),
        )
    elif not denied and len(denies) > max(-implied, 0):
        start, end = denies[0]
        yield Issue(
            check=CHECK.name,
            severity=Severity.WARNING,
            segment=pair.segment.id,
            message=f"“{pair.target[start:end]}” denies what the source does not deny",
            target=tuple(Span(start=low, end=high) for low, high in denies),
        )


def _in_name(pair: Pair, span: tuple[int, int]) -> bool:
    """Return whether a denial is part of a name that stays as it is (the orchestra `Ohne Grenzen`)."""
    start, end = span
    return any(
        found.start <= start and end <= found.end and pair.source[found.start : found.end] in pair.target
        for found in pair.subject.terms.in_source(pair.source)
    )


CHECK = Check(
    name="negation",
    title="Negations",
    rule=(
        "A denial (nicht, kein, ohne …) stands in the translation as a denial, or as a word that says the same "
        "without one (interdire, manquer, insuffisant …); and the translation denies nothing by itself. Idioms "
        "that only look like denials (nicht nur, nicht zuletzt, sans doute) count for nothing."
    ),
    example="Die Brücke wird nicht gesperrt. → Le pont sera fermé. (sera fermé → ne sera pas fermé)",
    severity=Severity.WARNING,
    find=each(_find),
)
