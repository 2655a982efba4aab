"""Check 15: what was reviewed and approved is what stands here now."""

from collections.abc import Iterator

from pipeline.checks.base import Check, Pair, Subject
from pipeline.checks.signatures import REVIEWED
from pipeline.model.bitext import Segment, State
from pipeline.model.digest import source_hash, target_hash
from pipeline.model.formers import reviewed_former
from pipeline.model.inline import plain
from pipeline.model.issue import Issue, Severity, Span


def _find(subject: Subject) -> Iterator[Issue]:
    yield from _approval(subject)
    for pair in subject.pairs:
        before = reviewed_former(subject.bitext, pair.segment) if pair.segment.state is State.TRANSLATED else None
        if before is not None:
            yield _rewritten(pair, before)


def _approval(subject: Subject) -> Iterator[Issue]:
    """Yield whether the approval covers another text.

    It blocks as long as a segment waits for a person. Once all of them have been reviewed again it must not stand
    in the way of the new approval it asks for, and is a warning.
    """
    approval = subject.bitext.approval
    if approval is None:
        return
    changed = [
        *(["source"] if subject.release and source_hash(subject.release) != approval.source_hash else []),
        *(["translation"] if target_hash(subject.bitext) != approval.target_hash else []),
    ]
    if changed:
        reviewed = all(segment.state in REVIEWED for segment in subject.bitext.segments())
        yield Issue(
            check=CHECK.name,
            severity=Severity.WARNING if reviewed else Severity.ERROR,
            segment=None,
            message=(
                f"The {' and the '.join(changed)} changed after {approval.by} approved the text on "
                f"{approval.at:%Y-%m-%d}: review what changed, then approve again"
            ),
        )


def _rewritten(pair: Pair, before: Segment) -> Issue:
    return Issue(
        check=CHECK.name,
        severity=Severity.ERROR,
        segment=pair.segment.id,
        message=(
            f"The source was rewritten after the review of {before.id} (“{plain(before.target)}”), and nobody has "
            "looked at the new translation yet"
        ),
        source=(Span(start=0, end=len(pair.source)),),
        target=(Span(start=0, end=len(pair.target)),),
    )


CHECK = Check(
    name="freshness",
    title="Changed since review",
    rule=(
        "An approval covers exactly one source and one translation; a sentence that was rewritten after its review "
        "needs to be looked at again. Where all segments have been reviewed again, an outdated approval is only a "
        "warning: it asks for a new one."
    ),
    example="Approved: „am 13. Dezember“. Now in the source: „am 14. Dezember“, translated by machine.",
    severity=Severity.ERROR,
    find=_find,
)
