"""People's decisions about a translation, by name: corrected, accepted, approved."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from pipeline.errors import GateError
from pipeline.model.bitext import Bitext, Segment, State
from pipeline.model.inline import Inlines
from pipeline.model.review import Choice
from pipeline.runner.checking import blocking_issues, quoted_segments
from pipeline.runner.languages import Standing, stand
from pipeline.stages.approve import approve
from pipeline.stages.review.decide import accept, answer, edit, is_signed_off, reject, settle, sign_off
from pipeline.workspace import Entry, Workspace


def edit_segment(
    workspace: Workspace, release_id: str, target: str, segment: str, text: Inlines, *, by: str, at: datetime
) -> Segment:
    """Put a person's wording into a segment and return it; errors as in `pipeline.stages.review.decide`."""
    with workspace.lock(release_id):
        bitext = edit(stand(workspace, release_id).bitext(target), segment, text, by=by, at=at)
        _record(workspace, bitext, "edit", by=by, at=at, details={"target": target, "segments": [segment]})
    return bitext.segment(segment)


def accept_segments(
    workspace: Workspace, release_id: str, target: str, segments: Sequence[str], *, by: str, at: datetime
) -> tuple[str, ...]:
    """Accept translations as they stand and return the ids newly accepted.

    Args:
        workspace: where the release is.
        release_id: which one.
        target: the language.
        segments: ids; empty for all that are translated and not reviewed.
        by: who accepts.
        at: time to record.
    """
    with workspace.lock(release_id):
        before = stand(workspace, release_id).bitext(target)
        waiting = [item.id for item in before.segments() if item.state is State.TRANSLATED]
        after = accept(before, tuple(segments) or waiting, by=by, at=at)
        changed = tuple(name for name in waiting if not segments or name in segments)
        if changed:
            _record(workspace, after, "accept", by=by, at=at, details={"target": target, "segments": list(changed)})
    return changed


def reject_segment(
    workspace: Workspace, release_id: str, target: str, segment: str, *, reason: str, by: str, at: datetime
) -> Segment:
    """Take a segment's text back and return it, open again; errors as in `pipeline.stages.review.decide`."""
    with workspace.lock(release_id):
        bitext = reject(stand(workspace, release_id).bitext(target), segment, reason=reason, by=by, at=at)
        details = {"target": target, "segments": [segment], "reason": reason}
        _record(workspace, bitext, "reject", by=by, at=at, details=details)
    return bitext.segment(segment)


def sign_quotations(
    workspace: Workspace, release_id: str, target: str, segments: Sequence[str], *, by: str, at: datetime
) -> None:
    """Sign off the quotations in `segments`; errors as in `pipeline.stages.review.decide`.

    Raises:
        GateError: in one of them nobody is quoted.
    """
    with workspace.lock(release_id):
        standing = stand(workspace, release_id)
        bitext = standing.bitext(target)
        quoted = quoted_segments(workspace, standing.release, bitext, at)
        plain_ones = [name for name in segments if name not in quoted]
        signed = sign_off(bitext, segments, by=by, at=at)
        if plain_ones:
            raise GateError(f"{', '.join(plain_ones)}: nobody is quoted there; nothing was signed off")
        details = {"target": target, "segments": list(segments)}
        _record(workspace, signed, "sign", by=by, at=at, details=details)


def unsigned_quotations(workspace: Workspace, release_id: str, target: str, at: datetime) -> tuple[Segment, ...]:
    """Return the segments in which somebody is quoted and that nobody signed off as they stand."""
    standing = stand(workspace, release_id)
    bitext = standing.bitext(target)
    quoted = quoted_segments(workspace, standing.release, bitext, at)
    return tuple(item for item in bitext.segments() if item.id in quoted and not is_signed_off(bitext, item))


def answer_comment(
    workspace: Workspace, release_id: str, target: str, comment: str, text: str, *, by: str, at: datetime
) -> None:
    """Answer a comment, which settles it; errors as in `pipeline.stages.review.decide`."""
    with workspace.lock(release_id):
        bitext = answer(stand(workspace, release_id).bitext(target), comment, text, by=by, at=at)
        details = {"target": target, "comment": comment, "answer": text}
        _record(workspace, bitext, "answer", by=by, at=at, details=details)


def settle_conflict(
    workspace: Workspace,
    release_id: str,
    target: str,
    segment: str,
    *,
    choice: Choice,
    text: Inlines = (),
    by: str,
    at: datetime,
) -> Segment:
    """Settle the oldest open conflict of a segment and return it; errors as in `pipeline.stages.review.decide`."""
    with workspace.lock(release_id):
        bitext = settle(stand(workspace, release_id).bitext(target), segment, choice, text, by=by, at=at)
        details = {"target": target, "segments": [segment], "choice": choice}
        _record(workspace, bitext, "resolve", by=by, at=at, details=details)
    return bitext.segment(segment)


def approve_release(workspace: Workspace, release_id: str, *, by: str, at: datetime) -> tuple[str, ...]:
    """Approve a release in every target language and return the languages.

    Raises:
        GateError: something stands in the way in one of them; then none is approved.
    """
    with workspace.lock(release_id):
        standing = stand(workspace, release_id)
        approved = _approve_all(workspace, standing, by, at)
        for bitext in approved:
            approval = bitext.approval
            details = {"target": bitext.target_locale}
            if approval is not None:
                details |= {"source_hash": approval.source_hash, "target_hash": approval.target_hash}
            _record(workspace, bitext, "approve", by=by, at=at, details=details)
    return tuple(bitext.target_locale for bitext in approved)


def _approve_all(workspace: Workspace, standing: Standing, by: str, at: datetime) -> tuple[Bitext, ...]:
    approved: list[Bitext] = []
    refusals: list[str] = []
    for bitext in standing.bitexts:
        try:
            approved.append(
                approve(
                    standing.release,
                    bitext,
                    issues=blocking_issues(workspace, standing.release, bitext, at),
                    four_eyes=workspace.settings.four_eyes,
                    by=by,
                    at=at,
                )
            )
        except GateError as error:
            refusals += [f"{bitext.target_locale}: {reason}" for reason in error.reasons]
    if refusals:
        raise GateError(f"{standing.release.id} cannot be approved yet:", reasons=tuple(refusals))
    return tuple(approved)


def _record(
    workspace: Workspace, bitext: Bitext, action: str, *, by: str, at: datetime, details: Mapping[str, object]
) -> None:
    """Save a person's decision and write it into the audit log."""
    workspace.save_bitext(bitext)
    workspace.log(bitext.release).append(Entry(at=at, by=by, action=action, details=details))
