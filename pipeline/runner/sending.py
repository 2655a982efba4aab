"""What goes out to reviewers: a Word document, an XLIFF file, or a project for OmegaT."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from pipeline import locales
from pipeline.errors import WorkspaceError
from pipeline.model.bitext import Bitext
from pipeline.model.exchange import Door, Export, ReviewSheet
from pipeline.model.release import Release
from pipeline.runner.checking import find_issues, quoted_segments, terms_for
from pipeline.runner.languages import stand
from pipeline.runner.remembering import approved_units
from pipeline.stages.follow import last_reviewed
from pipeline.stages.review.send import export, sheet
from pipeline.workspace import Entry, Workspace
from pipeline.workspace.files import read_bytes
from pipeline.workspace.review import MAX_FILE, ReviewFolder

SUFFIX: Mapping[Door, str] = MappingProxyType({Door.DOCX: ".docx", Door.XLIFF: ".xlf", Door.OMEGAT: ".zip"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """An export that was made."""

    export: Export
    path: Path
    """The document, in the release's `review/` folder."""
    new: bool
    """False where the very same document was made before and still lies there."""


def export_release(
    workspace: Workspace, release_id: str, target: str, door: Door, *, by: str, at: datetime
) -> Sending:
    """Make a document for a reviewer and keep it with the release.

    Raises:
        CommuniqueError: a file is missing or damaged or cannot be written, or there is nothing to review.
    """
    with workspace.lock(release_id):
        standing = stand(workspace, release_id)
        bitext = standing.bitext(target)
        folder = workspace.review(release_id)
        numbers = folder.numbers(target)
        made = export(bitext, number=max(numbers, default=0) + 1, door=door, by=by, at=at)
        if not made.segments:
            raise WorkspaceError(f"{release_id}: there is no text to review yet; write source.md first")
        earlier = _same(folder, made, numbers)
        if earlier is not None:
            path = folder.document(earlier, SUFFIX[door])
            document = _document(workspace, standing.release, bitext, earlier)
            if path.exists() and read_bytes(path, MAX_FILE) == document:
                return Sending(export=earlier, path=path, new=False)
        document = _document(workspace, standing.release, bitext, made)
        # Returns are merged by the segments' ids: they must stand before anything leaves.
        workspace.save_bitext(bitext)
        path = folder.keep_export(made, document, SUFFIX[door])
        details: dict[str, object] = {
            "target": target,
            "export": made.name,
            "door": door,
            "file": path.name,
            "sha256": hashlib.sha256(document).hexdigest(),
        }
        workspace.log(release_id).append(Entry(at=at, by=by, action="export", details=details))
    return Sending(export=made, path=path, new=True)


def _same(folder: ReviewFolder, made: Export, numbers: Sequence[int]) -> Export | None:
    """Return the latest export if it was made for the same door of the same texts."""
    if not numbers:
        return None
    latest = folder.load(made.target_locale, numbers[-1])
    return latest if replace(made, number=latest.number, by=latest.by, at=latest.at) == latest else None


def _document(workspace: Workspace, release: Release, bitext: Bitext, made: Export) -> bytes:
    shown = _sheet(workspace, release, bitext, made)
    match made.door:
        case Door.DOCX:
            from pipeline.formats.review_docx.write import write_review

            return write_review(shown, locales.get(made.source_locale), locales.get(made.target_locale))
        case Door.XLIFF:
            from pipeline.formats.xliff.write import write_xliff

            return write_xliff(shown, drafts=True)
        case Door.OMEGAT:
            from pipeline.formats.xliff.kit import write_kit

            return write_kit(shown, approved_units(workspace, made.target_locale))


def _sheet(workspace: Workspace, release: Release, bitext: Bitext, made: Export) -> ReviewSheet:
    terms = terms_for(release, bitext, workspace.memory.load_termbase(), workspace.settings, made.at)
    formers = {item.id: last_reviewed(bitext, item) for item in bitext.segments()}
    return sheet(
        release,
        bitext,
        made,
        office=workspace.settings.office.name,
        issues=find_issues(release, bitext, terms),
        formers={name: former for name, former in formers.items() if former is not None},
        quotations=quoted_segments(workspace, release, bitext, made.at),
        terms=terms,
    )
