"""Approval: a name that answers for exactly this source and exactly this target."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from pipeline.errors import GateError
from pipeline.model.bitext import Approval, Bitext, State
from pipeline.model.digest import source_hash, target_hash, wording_hash
from pipeline.model.inline import plain
from pipeline.model.issue import Issue
from pipeline.model.people import is_among
from pipeline.model.release import Release


def approve(
    release: Release,
    bitext: Bitext,
    *,
    by: str,
    at: datetime,
    issues: Iterable[Issue] = (),
    four_eyes: bool = False,
) -> Bitext:
    """Return `bitext` approved by `by`, every segment final.

    Args:
        release: the source as it stands now.
        bitext: its translation, segmented from exactly this source.
        issues: errors of the checks that nobody waived.
        by: name and address of the person who answers for the text.
        at: when.
        four_eyes: whether the house forbids people to approve what they reviewed themselves.

    Raises:
        GateError: something stands in the way; each reason is listed.
    """
    own = _own_work(bitext, by) if four_eyes else ()
    reasons = (*obstacles(release, bitext), *_errors(issues), *own)
    if reasons:
        raise GateError(f"{release.id} cannot be approved in “{bitext.target_locale}” yet:", reasons=reasons)
    final = bitext.map_segments(lambda item: replace(item, state=State.FINAL))
    approval = Approval(
        by=by,
        at=at,
        source_hash=source_hash(release),
        target_hash=target_hash(final),
        wording=wording_hash(release),
    )
    return replace(final, approval=approval)


def obstacles(release: Release, bitext: Bitext) -> tuple[str, ...]:
    """Return what stands in the way of an approval, one line each; empty if nothing does."""
    reasons = [f"source.md: “{key}” waits for a person (to_confirm)" for key in release.to_confirm]
    if not plain(release.title).strip():
        reasons.append("source.md: there is no title")
    if release.date is None:
        reasons.append("source.md: there is no date")
    untranslated = [item.id for item in bitext.segments() if item.state is State.INITIAL]
    unreviewed = [item.id for item in bitext.segments() if item.state is State.TRANSLATED]
    if untranslated:
        reasons.append(f"not translated: {_listed(untranslated)}")
    if unreviewed:
        reasons.append(f"not reviewed by a person: {_listed(unreviewed)}")
    conflicts = [item.segment for item in bitext.conflicts if item.settled is None]
    if conflicts:
        reasons.append(f"conflicts to settle: {_listed(conflicts)} (communique review resolve {release.id})")
    waiting = [item.id for item in bitext.comments if item.answer is None]
    if waiting:
        reasons.append(f"comments without an answer: {_listed(waiting)} (communique review comments {release.id})")
    return tuple(reasons)


def _own_work(bitext: Bitext, by: str) -> Iterator[str]:
    """Yield a line if `by` was the last to decide on a segment."""
    own = [item.id for item in bitext.segments() if item.history and is_among(by, item.history[-1].by)]
    if own:
        yield f"{by} was the last to edit or accept {_listed(own)}; the house asks for four eyes (four_eyes = true)"


def _errors(issues: Iterable[Issue]) -> Iterator[str]:
    """Yield a line for each error; what is not translated is told of already."""
    for issue in issues:
        if issue.check != "untranslated" or issue.source:
            where = f"{issue.segment}: " if issue.segment else ""
            yield f"{where}{issue.check}: {issue.message} (mend it, or “communique waive”)"


def _listed(ids: list[str]) -> str:
    shown = 8
    return ", ".join(ids[:shown]) + (f" and {len(ids) - shown} more" if len(ids) > shown else "")
