"""Check 14: what was reviewed was read."""

from collections.abc import Iterator

from pipeline.checks.base import Check, Subject
from pipeline.checks.signatures import REVIEWED, acceptances, accepted_unchanged
from pipeline.model.bitext import OriginKind, Segment
from pipeline.model.issue import Issue, Severity

_BULK = 10
"""Segments that a person can hardly have read at one and the same moment."""


def _find(subject: Subject) -> Iterator[Issue]:
    segments = tuple(subject.bitext.segments())
    for (by, at), accepted in acceptances(subject.bitext).items():
        if len(accepted) > _BULK and len(accepted) * 2 > len(segments):
            yield Issue(
                check=CHECK.name,
                severity=Severity.WARNING,
                segment=None,
                message=(
                    f"{by} accepted {len(accepted)} of {len(segments)} segments at the same moment "
                    f"({at:%Y-%m-%d %H:%M}): were they read one by one?"
                ),
            )
    for segment in segments:
        if _unchanged_machine_text(segment):
            yield Issue(
                check=CHECK.name,
                severity=Severity.INFO,
                segment=segment.id,
                message=f"{segment.history[-1].by} accepted the machine’s translation without changing it",
            )


def _unchanged_machine_text(segment: Segment) -> bool:
    """Return whether a person let a machine's words stand; text without words needs no reading."""
    return (
        segment.state in REVIEWED
        and segment.origin is not None
        and segment.origin.kind is OriginKind.MT
        and bool(segment.history)
        and all(accepted_unchanged(edit) for edit in segment.history)
        and any(letter.isalpha() for run in segment.source for letter in run.text)
    )


CHECK = Check(
    name="decisions",
    title="Reviewed without reading",
    rule=(
        "More than ten segments, and more than half of a release, accepted as they stand at the same moment are a "
        "warning: nobody reads so fast. A machine’s translation that a person accepted unchanged is worth knowing "
        "of."
    ),
    example="48 of 48 segments accepted by Luc Ferrandier on 7 October at 14:00.",
    severity=Severity.WARNING,
    find=_find,
)
