"""The bundle of a release, and the check of any bundle."""

from datetime import datetime
from pathlib import Path

from pipeline import __version__, locales
from pipeline.model.edition import Edition, EditionStatus
from pipeline.model.inline import plain
from pipeline.model.manifest import Manifest, ManifestLanguage, Verification
from pipeline.runner.kit import KINDS, kit_files
from pipeline.runner.kit_seal import kit_seal
from pipeline.runner.languages import Standing, stand
from pipeline.runner.press import Press
from pipeline.runner.publishing import editions, files_of
from pipeline.runner.revising import keep_published
from pipeline.stages.bundle import ReadmeSection, bundle, bundle_name, is_bundle_name, translation_record
from pipeline.stages.verify import verify
from pipeline.workspace import Entry, Workspace
from pipeline.workspace.files import read_bytes, reported, write_bytes
from pipeline.workspace.versions import BUNDLE

MAX_FILE = 200_000_000


def bundle_release(
    workspace: Workspace, release_id: str, press: Press, *, by: str, at: datetime
) -> tuple[Path, bool]:
    """Pack the built files of a release; return the ZIP's path and whether it is final.

    Args:
        workspace: where the release is.
        release_id: which one; its files are built.
        press: what its files were built with; seals the bundle, if it is final and the office seals.
        by: who runs this.
        at: time to record.

    Raises:
        CommuniqueError: a file is missing or damaged, or cannot be written; the bundle cannot be sealed.
    """
    with workspace.lock(release_id):
        standing = stand(workspace, release_id)
        set_pages = tuple(editions(workspace, standing))
        built = {path.name: read_bytes(path, MAX_FILE) for path in files_of(workspace, release_id)}
        files = kit_files(workspace, standing, set_pages, built)
        manifest = _manifest(standing, set_pages)
        path = workspace.dist(release_id) / bundle_name(manifest)
        # What was published is kept, though files of dist/ may be removed at any time.
        kept = workspace.versions(release_id).path(manifest.version) / BUNDLE
        packed = bundle(manifest, files, [_section(page) for page in set_pages], kit_seal(press, (path, kept)))
        final = packed.manifest.status is EditionStatus.FINAL
        if final:
            keep_published(workspace, standing, packed.data)
        if not path.exists() or read_bytes(path, MAX_FILE) != packed.data:
            write_bytes(path, packed.data)
            details = {"file": packed.name, "final": final}
            workspace.log(release_id).append(Entry(at=at, by=by, action="bundle", details=details))
        if final:
            _remove_others(path, release_id)
    return path, final


def verify_bundle(path: Path) -> Verification:
    """Return everything in which the bundle at `path` deviates from its manifest.

    Raises:
        WorkspaceError: the file cannot be read.
    """
    with reported(path, "read"), path.open("rb") as file:
        return verify(file)


def _manifest(standing: Standing, pages: tuple[Edition, ...]) -> Manifest:
    release = standing.release
    records = {
        bitext.target_locale: translation_record(bitext, approved=standing.approved(bitext.target_locale))
        for bitext in standing.bitexts
    }
    languages = tuple(
        ManifestLanguage(
            tag=page.release.language,
            title=_title(page),
            status=page.status,
            translation=records.get(page.release.language),
        )
        for page in pages
    )
    return Manifest(
        release=release.id,
        version=release.version,
        product=f"communique {__version__}",
        made=pages[0].made,
        embargo=release.held_until,
        languages=tuple(sorted(languages, key=lambda language: language.tag)),
        files=(),
    )


def _title(page: Edition) -> str | None:
    translated = not any(run.untranslated for run in page.release.title)
    return (plain(page.release.title) or None) if translated else None


def _section(page: Edition) -> ReadmeSection:
    locale = locales.get(page.release.language)
    name = f"{page.release.id}.{page.release.language}"
    number = (page.labels.number,) if page.labels.number else ()
    return ReadmeSection(
        heading=f"{page.labels.kind}: {_title(page) or page.release.id}",
        draft=page.labels.draft,
        notes=(*number, page.labels.timing, *page.labels.revision, *page.notes),
        files_heading=locale.label(locales.Label.README_FILES),
        files=tuple((f"{name}.{kind}", locale.label(what)) for kind, what in KINDS),
        check=locale.label(locales.Label.README_CHECK),
        seal=locale.label(locales.Label.README_SEAL),
    )


def _remove_others(final: Path, release_id: str) -> None:
    """Take away drafts, and bundles with another embargo, once there is a final one: nobody sends the wrong one."""
    with reported(final.parent, "removed"):
        for path in final.parent.glob("*.zip"):
            if path != final and is_bundle_name(path.name, release_id):
                path.unlink(missing_ok=True)
