"""The source of a release changed: what that means for its translations, and minor changes followed."""

from dataclasses import dataclass
from datetime import datetime

from pipeline.model.bitext import Approval, Bitext
from pipeline.model.digest import source_hash, wording_hash
from pipeline.model.release import Release
from pipeline.runner.languages import stand
from pipeline.stages import follow
from pipeline.stages.follow import Fate, SourceChange
from pipeline.workspace import Entry, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageChanges:
    """What changed in the source since one translation of it was saved, or, in its typography, reviewed last."""

    target: str
    changes: tuple[SourceChange, ...]
    """One for each sentence, unchanged ones too."""
    approval: Approval | None
    """As it was given."""
    ends: bool
    """The approval covers another source."""
    minor: bool
    """Nothing but typography changed in the sentences, if anything."""
    facts: bool
    """Something beside the sentences changed that the approval covers: date, place, contacts, pictures, …"""


def source_changes(workspace: Workspace, release_id: str) -> tuple[LanguageChanges, ...]:
    """Return what changed for each translation of a release that was saved before; nothing is written.

    Raises:
        CommuniqueError: a file is missing or damaged.
    """
    standing = stand(workspace, release_id)
    found = []
    for after in standing.bitexts:
        before = workspace.load_bitext(release_id, after.target_locale)
        if before is not None:
            found.append(_compared(standing.release, before, after))
    return tuple(found)


def _compared(release: Release, before: Bitext, after: Bitext) -> LanguageChanges:
    before = follow.restored(before)
    approval, minor = before.approval, follow.is_minor(before, after)
    ends = approval is not None and approval.source_hash != source_hash(release)
    return LanguageChanges(
        target=after.target_locale,
        changes=follow.source_changes(before, after),
        approval=approval,
        ends=ends,
        minor=minor,
        facts=ends and minor and approval is not None and approval.wording not in {None, wording_hash(release)},
    )


def follow_minor_changes(
    workspace: Workspace, release_id: str, *, target: str | None = None, by: str, at: datetime
) -> tuple[str, ...]:
    """Take a merely typographic change of the source over, reviews and approvals kept; return in which languages.

    Args:
        workspace: where the release is.
        release_id: which one.
        target: the language, or None for all.
        by: who answers for the change being minor.
        at: time to record.

    Raises:
        GateError: in one of the languages it is more than that; then none is changed.
    """
    with workspace.lock(release_id):
        standing = stand(workspace, release_id)
        followed = []
        for after in standing.bitexts:
            before = workspace.load_bitext(release_id, after.target_locale)
            if before is not None and target in {None, after.target_locale}:
                bitext, changes = follow.follow_minor(before, after, standing.release)
                if bitext != before:
                    followed.append((bitext, changes))
        for bitext, changes in followed:
            workspace.save_bitext(bitext)
            rewritten = [item.before.id for item in changes if item.before and item.fate is Fate.REWRITTEN]
            details: dict[str, object] = {"target": bitext.target_locale, "segments": rewritten}
            workspace.log(release_id).append(Entry(at=at, by=by, action="minor", details=details))
    return tuple(bitext.target_locale for bitext, _ in followed)
