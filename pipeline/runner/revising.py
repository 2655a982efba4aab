"""Publishing once more what was out already: corrections and withdrawals."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.errors import GateError
from pipeline.formats import bitext_json, markdown
from pipeline.model.bitext import Approval, Bitext
from pipeline.model.digest import source_hash, target_hash, wording_hash
from pipeline.model.release import Release, Revision, RevisionKind
from pipeline.runner.languages import Standing, stand
from pipeline.stages.revise import Difference, differences, next_revision, translated
from pipeline.workspace import Entry, Workspace
from pipeline.workspace.files import read_text, write_bytes
from pipeline.workspace.versions import BUNDLE, SOURCE
from pipeline.workspace.workspace import MAX_SOURCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A version of a release as it was published."""

    release: Release
    bitexts: tuple[Bitext, ...]


def keep_published(workspace: Workspace, standing: Standing, bundle: bytes) -> None:
    """Keep source, translations and bundle of a release as the version that they are, for all that comes later."""
    release = standing.release
    files = {SOURCE: markdown.dump(release).encode(), BUNDLE: bundle}
    files |= {f"{item.target_locale}.json": bitext_json.dump(item).encode() for item in standing.bitexts}
    workspace.versions(release.id).keep(release.version, files)


def published(workspace: Workspace, release_id: str, version: int | None = None) -> Published:
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
    return Published(release=release, bitexts=bitexts)


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


def changes(workspace: Workspace, release_id: str) -> dict[str, tuple[Difference, ...]]:
    """Return in what a release differs from the version that it replaces, by language, the source first.

    Raises:
        GateError: it replaces none.
    """
    standing = stand(workspace, release_id)
    before = published(workspace, release_id, max(standing.release.version - 1, 1))
    found = {standing.release.language: differences(before.release, standing.release)}
    former = {item.target_locale: item for item in before.bitexts}
    for bitext in standing.bitexts:
        if bitext.target_locale in former:
            old = translated(before.release, former[bitext.target_locale])
            found[bitext.target_locale] = differences(old, translated(standing.release, bitext))
    return found


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
