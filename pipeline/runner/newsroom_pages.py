"""The newsroom's pages: those of one release, and those that tell of all."""

import shutil
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from pipeline import locales
from pipeline.formats.atom import Feed, to_atom
from pipeline.formats.file_list import OfferedFile
from pipeline.formats.site_pages import SEARCH, STYLE, list_page, release_page, search_index
from pipeline.formats.zip_damage import damage_told
from pipeline.locales.site_words import site_words
from pipeline.model.edition import Edition
from pipeline.model.inline import plain
from pipeline.model.manifest import README_NAME, UNLISTED
from pipeline.model.newsroom import CREST, FILES, Listing, Newsroom
from pipeline.model.release import Paragraph, Release
from pipeline.model.texts import texts
from pipeline.runner.kit import KINDS
from pipeline.runner.languages import Standing
from pipeline.runner.publishing import editions
from pipeline.runner.revising import changes_told
from pipeline.workspace import Workspace
from pipeline.workspace.files import put_bytes, reported
from pipeline.workspace.versions import BUNDLE

if TYPE_CHECKING:
    from jinja2 import Environment

    from pipeline.formats.picture import Prepared

NEWEST = 30
"""Releases on the first page."""
INSIDE = frozenset({README_NAME, "index.html", *UNLISTED})
"""Files of a press kit that serve only who has all of it."""


def make_release(
    workspace: Workspace, newsroom: Newsroom, folder: Path, found: Standing, templates: "Environment"
) -> tuple[Listing, ...]:
    """Write the pages and files of a release and return what lists say of it."""
    release_id = found.release.id
    files = _kit(workspace, release_id, found.release.version)
    _put_files(folder / FILES / release_id, files)
    pages = tuple(editions(workspace, found, _pictures(found.release, files)))
    changes = changes_told(workspace, found)
    for page in pages:
        language = page.release.language
        others = [other for other in pages if other is not page]
        changed = changes.get(language, ())
        html = release_page(
            newsroom,
            page,
            others,
            templates,
            files=_offered(release_id, language, files),
            changes=changed,
            updated=_released(page, found),
        )
        put_bytes(folder / language / release_id / "index.html", html.encode("utf-8"))
    return tuple(_listing(page, _released(page, found)) for page in pages)


def _put_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write what can be fetched of a release, and take away what only a former version had.

    Raises:
        WorkspaceError: a file cannot be written or removed.
    """
    for name, data in files.items():
        put_bytes(folder / name, data)
    with reported(folder, "cleared"):
        for path in sorted(folder.rglob("*"), reverse=True):
            if path.is_dir() and not any(path.iterdir()):
                path.rmdir()
            elif path.is_file() and path.relative_to(folder).as_posix() not in files:
                path.unlink()


def _offered(release: str, language: str, files: Mapping[str, bytes]) -> list[OfferedFile]:
    """Return which files a page leads to: those of its language, the whole kit, and the record."""
    label, words = locales.get(language).label, site_words(language)
    own = [(f"{release}.{language}.{kind}", label(what)) for kind, what in KINDS]
    shared = [(f"{release}.zip", words.kit), ("record.html", words.record)]
    return [
        OfferedFile(name=name, what=what, size=len(files[name])) for name, what in (*own, *shared) if name in files
    ]


def _kit(workspace: Workspace, release_id: str, version: int) -> dict[str, bytes]:
    """Return what can be fetched of a release: the files of its press kit, and all of it."""
    data = workspace.versions(release_id).read(version, BUNDLE)
    if data is None:
        return {}
    path = workspace.versions(release_id).path(version) / BUNDLE
    with damage_told("is damaged; bundle the release anew", path), ZipFile(BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name not in INSIDE}
    return files | {f"{release_id}.zip": data}


def _pictures(release: Release, files: Mapping[str, bytes]) -> "tuple[Prepared, ...]":
    from pipeline.formats.picture import prepared

    names = [f"media/{item.file}" for item in release.media]
    return tuple(prepared(files[name], name) for name in names if name in files)


def _released(edition: Edition, found: Standing) -> datetime:
    """Return when a version could be published: a correction may keep the day of what it corrects."""
    approvals = (bitext.approval.at for bitext in found.bitexts if bitext.approval)
    return max((edition.made, *approvals, *filter(None, (found.release.embargo,))))


def _listing(edition: Edition, updated: datetime) -> Listing:
    release = edition.release
    first = next((block for block in release.blocks if isinstance(block, Paragraph)), None)
    title = plain(release.title).replace("\n", " ").strip()
    words = " ".join(plain(place.text) for place in texts(release, "")).lower().split()
    return Listing(
        release=release.id,
        language=release.language,
        version=release.version,
        title=title or release.id,
        summary=plain(release.subtitle) or (plain(first.text) if first else ""),
        day=release.date or edition.made.date(),
        place_and_date=edition.labels.place_and_date or "",
        number=edition.labels.number,
        updated=updated,
        notice=" ".join(edition.labels.revision),
        withdrawn=release.withdrawn,
        words=" ".join(sorted(set(words))),
    )


def make_lists(
    workspace: Workspace, newsroom: Newsroom, folder: Path, listings: Sequence[Listing], templates: "Environment"
) -> None:
    """Write everything that tells of all releases: lists, feeds, search, and the looks of the site."""
    tags = newsroom.languages
    years_of = {tag: {item.year for item in listings if item.language == tag} for tag in tags}
    for language in tags:
        own = sorted((item for item in listings if item.language == language), key=_newest_first)
        # A correction of something old is news to whoever reads the feed.
        latest = sorted(own, key=lambda item: item.updated, reverse=True)
        years = sorted(years_of[language], reverse=True)
        first = list_page(newsroom, language, own[:NEWEST], templates, years=years, year=None, there=tags)
        put_bytes(folder / language / "index.html", first.encode("utf-8"))
        for year in years:
            of_year = [item for item in own if item.year == year]
            there = [tag for tag in tags if year in years_of[tag]]
            html = list_page(newsroom, language, of_year, templates, years=years, year=year, there=there)
            put_bytes(folder / language / str(year) / "index.html", html.encode("utf-8"))
        kept = {*map(str, years), *(item.release for item in own)}
        for former in (folder / language).glob("[0-9][0-9][0-9][0-9]"):
            if former.name not in kept:
                remove_folder(former)
        put_bytes(folder / language / "search.json", search_index(own))
        put_bytes(folder / language / "feed.xml", to_atom(_feed(newsroom, language), latest))
    for name in (STYLE, SEARCH):
        put_bytes(folder / Path(name).name, workspace.template(name))
    if newsroom.crest is not None:
        put_bytes(folder / CREST, newsroom.crest)
    entrance = folder / newsroom.languages[0] / "index.html"
    page = entrance.read_text(encoding="utf-8").replace('="../', '="')
    put_bytes(folder / "index.html", page.replace('data-index="', f'data-index="{newsroom.languages[0]}/').encode())


def remove_folder(path: Path) -> None:
    """Take a folder of pages off the site, if it is there.

    Raises:
        WorkspaceError: it cannot be removed.
    """
    with reported(path, "removed"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)


def _newest_first(item: Listing) -> tuple[int, str]:
    return -item.day.toordinal(), item.release


def _feed(newsroom: Newsroom, language: str) -> Feed:
    name = newsroom.mastheads[language].name
    return Feed(
        url=newsroom.url,
        language=language,
        others=tuple(tag for tag in newsroom.languages if tag != language),
        title=f"{site_words(language).newsroom} · {name}",
        author=name,
    )
