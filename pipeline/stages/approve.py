"""Approval: a name that answers for exactly this source and exactly this target."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from pipeline.errors import GateError
from pipeline.model.bitext import Approval, Bitext, State
from pipeline.model.digest import source_hash, target_hash
from pipeline.model.inline import plain
from pipeline.model.issue import Issue
from pipeline.model.release import Release


def approve(release: Release, bitext: Bitext, *, by: str, at: datetime, issues: Iterable[Issue] = ()) -> Bitext:
    """Return `bitext` approved by `by`, every segment final.

    Args:
        release: the source as it stands now.
        bitext: its translation, segmented from exactly this source.
        issues: errors of the checks that nobody waived.
        by: name and address of the person who answers for the text.
        at: when.

    Raises:
        GateError: something stands in the way; each reason is listed.
    """
    reasons = (*obstacles(release, bitext), *_errors(issues))
    if reasons:
        raise GateError(f"{release.id} cannot be approved in “{bitext.target_locale}” yet:", reasons=reasons)
    final = bitext.map_segments(lambda item: replace(item, state=State.FINAL))
    approval = Approval(by=by, at=at, source_hash=source_hash(release), target_hash=target_hash(final))
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
    return tuple(reasons)


def _errors(issues: Iterable[Issue]) -> Iterator[str]:
    """Yield a line for each error; what is not translated is told of already."""
    for issue in issues:
        if issue.check != "untranslated" or issue.source:
            where = f"{issue.segment}: " if issue.segment else ""
            yield f"{where}{issue.check}: {issue.message} (mend it, or “communique waive”)"


def _listed(ids: list[str]) -> str:
    shown = 8
    return ", ".join(ids[:shown]) + (f" and {len(ids) - shown} more" if len(ids) > shown else "")
