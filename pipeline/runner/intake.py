"""From a foreign file, or from nothing, to a release in the workspace."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePath

from pipeline import locales
from pipeline.errors import WorkspaceError
from pipeline.formats import markdown
from pipeline.formats.decode import decode
from pipeline.formats.intake import read_original, suffix_of
from pipeline.formats.markdown_intake import read_markdown
from pipeline.model.intake import Ingested
from pipeline.model.release import Localized, Release
from pipeline.runner.languages import office_abbreviations
from pipeline.stages.ingest import Given, House, ingest
from pipeline.stages.ingest.ingest import release_id
from pipeline.stages.ingest.recognise import plain_title
from pipeline.workspace import Entry, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A release that was taken in."""

    ingested: Ingested
    original: Path
    """The file as it came in, kept byte for byte."""
    source: Path


def import_release(
    workspace: Workspace, data: bytes, name: str, given: Given, *, by: str, at: datetime
) -> Imported:
    """Take in a foreign file as a new release.

    Args:
        workspace: where to.
        data: the whole file.
        name: what the user calls it; `-` for standard input.
        given: what the user said beside it.
        by: who runs this.
        at: time to record.

    Raises:
        FormatError: the file cannot be read as what it is.
        WorkspaceError: there is a release of this id already.
    """
    suffix = suffix_of(data, name)
    ingested = _ingested(workspace, data, name, suffix, given)
    release = ingested.release
    with workspace.lock(release.id):
        _refuse_existing(workspace, release.id)
        original = workspace.save_original(release.id, suffix, data)
        workspace.save_release(release)
        details = {
            "from": PurePath(name).name,
            "removed": len(ingested.removed),
            "to_confirm": list(release.to_confirm),
        }
        workspace.log(release.id).append(Entry(at=at, by=by, action="import", details=details))
    return Imported(ingested=ingested, original=original, source=workspace.folder(release.id) / "source.md")


def new_release(workspace: Workspace, given: Given, *, by: str, at: datetime) -> Path:
    """Make an empty release to write in, and return its `source.md`.

    Raises:
        WorkspaceError: there is a release of this id already.
    """
    title = given.title or ""
    language = workspace.settings.source_locale
    said = (("title", given.title), ("date", given.date), ("place", given.place))
    missing = [key for key, value in said if not value]
    release = Release(
        id=given.id or release_id(given.date, title),
        language=language,
        title=plain_title(title),
        date=given.date,
        place=Localized(texts=((language, given.place),)) if given.place else None,
        to_confirm=tuple(missing),
    )
    with workspace.lock(release.id):
        _refuse_existing(workspace, release.id)
        workspace.save_release(release)
        workspace.log(release.id).append(Entry(at=at, by=by, action="new", details={}))
    return workspace.folder(release.id) / "source.md"


def _refuse_existing(workspace: Workspace, release_id: str) -> None:
    if workspace.has(release_id):
        message = f"release “{release_id}” is there already; give the new one another name with --id"
        raise WorkspaceError(message)


def _with_given(release: Release, given: Given) -> Release:
    """Return a release with front matter of its own, and what the user said in place of what it says."""
    said = {"title": given.title, "date": given.date, "place": given.place}
    return replace(
        release,
        id=given.id or release.id,
        title=plain_title(given.title) if given.title else release.title,
        date=given.date or release.date,
        place=Localized(texts=((release.language, given.place),)) if given.place else release.place,
        to_confirm=tuple(key for key in release.to_confirm if not said.get(key)),
    )


def _ingested(workspace: Workspace, data: bytes, name: str, suffix: str, given: Given) -> Ingested:
    settings = workspace.settings
    if suffix == ".md":
        text = decode(data, name).text
        if text.startswith("---"):
            release = markdown.parse(text, language=settings.source_locale, path=name)
            return Ingested(release=_with_given(release, given))
        content = read_markdown(text, name)
    else:
        content = read_original(data, name, suffix)
    house = House(
        locale=locales.get(settings.source_locale),
        others=tuple(map(locales.get, settings.target_locales)),
        clutter=workspace.template("lists/clutter.txt").decode("utf-8-sig", errors="replace"),
        abbreviations=office_abbreviations(workspace),
        zone=settings.office.time_zone,
        boilerplate=settings.boilerplate,
    )
    return ingest(content, house, given)
