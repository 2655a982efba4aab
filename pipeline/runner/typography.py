"""Typographic changes of a release: shown, made, taken back."""

from collections.abc import Collection
from datetime import datetime

from pipeline import locales
from pipeline.errors import WorkspaceError
from pipeline.runner.languages import stand
from pipeline.stages.typography import Setting, made, pending, put, turned
from pipeline.workspace import Entry, Workspace


def typography_of(
    workspace: Workspace, release_id: str, target: str
) -> tuple[tuple[Setting, ...], tuple[Setting, ...]]:
    """Return what typography changed in a translation, and what it would still change; nothing is written."""
    bitext = stand(workspace, release_id).bitext(target)
    locale = locales.get(target)
    return made(bitext, locale), pending(bitext, locale)


def change_typography(
    workspace: Workspace,
    release_id: str,
    target: str,
    segments: Collection[str],
    *,
    undo: bool,
    by: str,
    at: datetime,
) -> tuple[Setting, ...]:
    """Make what is open or, with `undo`, take back what was made; return what was changed.

    Args:
        workspace: where the release is.
        release_id: which one.
        target: the language.
        segments: ids; empty for all.
        undo: the way back.
        by: who decides.
        at: time to record.

    Raises:
        WorkspaceError: there is no such segment.
    """
    with workspace.lock(release_id):
        bitext = stand(workspace, release_id).bitext(target)
        unknown = sorted(set(segments) - {item.id for item in bitext.segments()})
        if unknown:
            raise WorkspaceError(f"{release_id} has no segment {', '.join(unknown)}")
        locale = locales.get(target)
        found = map(turned, made(bitext, locale)) if undo else pending(bitext, locale)
        settings = tuple(item for item in found if not segments or item.segment in segments)
        if settings:
            workspace.save_bitext(put(bitext, settings, by=by, at=at))
            action = "typography-undo" if undo else "typography"
            details: dict[str, object] = {"target": target, "segments": [item.segment for item in settings]}
            workspace.log(release_id).append(Entry(at=at, by=by, action=action, details=details))
    return settings
