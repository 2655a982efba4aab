"""Publishing once more what was out already: corrections and withdrawals."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from pipeline import locales
from pipeline.errors import GateError
from pipeline.formats import bitext_json, markdown
from pipeline.model.bitext import Approval, Bitext
from pipeline.model.changes import Change
from pipeline.model.digest import source_hash, target_hash, wording_hash
from pipeline.model.release import Release, Revision, RevisionKind
from pipeline.runner.languages import Standing, stand
from pipeline.stages.render import translation
from pipeline.stages.revise import changes, next_revision
from pipeline.workspace import Entry, Workspace
from pipeline.workspace.files import read_text, write_bytes
from pipeline.workspace.versions import BUNDLE, SOURCE
from pipeline.workspace.workspace import MAX_SOURCE


def keep_published(workspace: Workspace, standing: Standing, bundle: bytes) -> None:
    """Keep source, translations and bundle of a release as the version that they are, for all that comes later."""
    release = standing.release
    files = {SOURCE: markdown.dump(release).encode(), BUNDLE: bundle}
    files |= {f"{item.target_locale}.json": bitext_json.dump(item).encode() for item in standing.bitexts}
    workspace.versions(release.id).keep(release.version, files)


def published(workspace: Workspace, release_id: str, version: int | None = None) -> Standing:
    """Return a version of a release as it was published; the newest, where none is named.

    Raises:
        GateError: it was never published.
        FormatError: what was kept of it is damaged.
    """
    workspace.require(release_id)
    versions = workspace.versions(release_id)
    number = versions.newest() if version is None else version
    source = None if number is None else versions.read(number, SOURCE)
    if number is None or source is None:
        reason = "nothing of it was published; “communique bundle” does, once every language is approved"
        raise GateError(f"{release_id}:", reasons=(reason,))
    language = workspace.settings.source_locale
    where = f"releases/{release_id}/versions/{number}"
    release = markdown.parse(source.decode("utf-8", errors="replace"), language=language, path=f"{where}/{SOURCE}")
    kept = ((tag, versions.read(number, f"{tag}.json")) for tag in workspace.settings.target_locales)
    bitexts = tuple(
        bitext_json.parse(data.decode("utf-8", errors="replace"), path=f"{where}/{tag}.json")
        for tag, data in kept
        if data is not None
    )
    return Standing(release=release, bitexts=bitexts)


def correct_release(
    workspace: Workspace, release_id: str, kind: RevisionKind, notes: Mapping[str, str], *, by: str, at: datetime
) -> Revision:
    """Make a release the next version of itself: its texts wait for their corrections and new approvals.

    Args:
        workspace: where the release is.
        release_id: which one; a version of it was published.
        kind: why it is published once more.
        notes: what changes, by language.
        by: who decided it.
        at: when.

    Raises:
        GateError: nothing of it was published, or a note is missing.
    """
    with workspace.lock(release_id):
        revision = _revise(workspace, release_id, kind, notes)
        details = {"version": revision.version, "kind": kind.value}
        workspace.log(release_id).append(Entry(at=at, by=by, action="correct", details=details))
    return revision


def withdraw_release(
    workspace: Workspace, release_id: str, notes: Mapping[str, str], *, by: str, at: datetime
) -> Revision:
    """Take a release back; `by` answers for that in every language, so nothing has to be approved any more.

    Raises:
        GateError: nothing of it was published, or a note is missing.
    """
    with workspace.lock(release_id):
        revision = _revise(workspace, release_id, RevisionKind.WITHDRAWAL, notes)
        standing = stand(workspace, release_id)
        log = workspace.log(release_id)
        log.append(Entry(at=at, by=by, action="withdraw", details={"version": revision.version}))
        for bitext in standing.bitexts:
            approval = _answered_for(standing.release, bitext, by=by, at=at)
            workspace.save_bitext(replace(bitext, approval=approval))
            hashes = {"source_hash": approval.source_hash, "target_hash": approval.target_hash}
            log.append(Entry(at=at, by=by, action="approve", details={"target": bitext.target_locale, **hashes}))
    return revision


def changes_of(workspace: Workspace, standing: Standing) -> dict[str, tuple[Change, ...]]:
    """Return in what a release differs from the version that was published before, by language, the source first.

    Args:
        workspace: where the release is.
        standing: the release; a first version is compared with itself as it was published.

    Raises:
        GateError: nothing was published before.
    """
    before = published(workspace, standing.release.id, max(standing.release.version - 1, 1))
    old, new = _by_language(before), _by_language(standing)
    return {tag: changes(old[tag], release, locales.get(tag)) for tag, release in new.items() if tag in old}


def changes_told(workspace: Workspace, standing: Standing) -> dict[str, tuple[Change, ...]]:
    """Return what readers are told of the changes of a later version, by language.

    Nothing of a first version; of one that takes the release back, whose text is not published any more; and of one
    that replaces a version which was not published by us.
    """
    release = standing.release
    if release.withdrawn or release.version - 1 not in workspace.versions(release.id).numbers():
        return {}
    return changes_of(workspace, standing)


def _by_language(standing: Standing) -> dict[str, Release]:
    """Return a release in each of its languages, the source first."""
    release = standing.release
    source = locales.get(release.language)
    targets = (
        (item.target_locale, translation(release, item, (source, locales.get(item.target_locale))))
        for item in standing.bitexts
    )
    return {release.language: release, **dict(targets)}


def _revise(workspace: Workspace, release_id: str, kind: RevisionKind, notes: Mapping[str, str]) -> Revision:
    settings = workspace.settings
    languages = (settings.source_locale, *settings.target_locales)
    revision = next_revision(published(workspace, release_id).release, kind, notes, languages)
    path = workspace.folder(release_id) / SOURCE
    text = markdown.revised(read_text(path, MAX_SOURCE), revision, language=settings.source_locale)
    markdown.parse(text, language=settings.source_locale, path=path)  # what a person wrote there may be anything
    write_bytes(path, text.encode())
    return revision


def _answered_for(release: Release, bitext: Bitext, *, by: str, at: datetime) -> Approval:
    """Return the approval of a translation as it stands: of a release taken back, none of it is published."""
    return Approval(
        by=by,
        at=at,
        source_hash=source_hash(release),
        target_hash=target_hash(bitext),
        wording=wording_hash(release),
    )
