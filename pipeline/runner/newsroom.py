"""The newsroom: a static site of everything that was published, made again only where something changed."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import __version__
from pipeline.config import SiteSettings
from pipeline.errors import ConfigError
from pipeline.model.newsroom import FILES, Masthead, Newsroom
from pipeline.runner.newsroom_pages import make_lists, make_release, remove_folder
from pipeline.runner.newsroom_state import Shown, SiteState, load_state, save_state
from pipeline.runner.publishing import crest
from pipeline.runner.revising import published
from pipeline.templating import environment
from pipeline.workspace import Workspace
from pipeline.workspace.files import read_bytes, reported

if TYPE_CHECKING:
    from jinja2 import Environment

MAX_TEMPLATE = 5_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteBuilt:
    """What became of the site."""

    folder: Path
    releases: int
    made: tuple[str, ...]
    """Releases whose pages were made anew."""
    removed: tuple[str, ...]
    waiting: tuple[tuple[str, datetime], ...]
    """Releases that are under embargo, and until when."""


@dataclass(slots=True)
class _Site:
    """The site being written."""

    workspace: Workspace
    newsroom: Newsroom
    folder: Path
    templates: "Environment"
    shown: dict[str, Shown] = field(default_factory=dict)
    """Releases that have pages now."""
    made: list[str] = field(default_factory=list)
    waiting: list[tuple[str, datetime]] = field(default_factory=list)


def build_site(workspace: Workspace, now: datetime) -> SiteBuilt:
    """Write the site of all published releases whose embargo has ended.

    Args:
        workspace: with `[site]` in its settings.
        now: releases under embargo later than this are not part of it.

    Raises:
        ConfigError: the settings name no site, or a template is wrong.
        CommuniqueError: a published version is damaged, or the site cannot be written.
    """
    settings = workspace.settings.site
    if settings is None:
        raise ConfigError('communique.toml: names no newsroom; add [site] with url = "https://presse.example.org/"')
    site = _Site(
        workspace=workspace,
        newsroom=_newsroom(workspace, settings),
        folder=workspace.root / settings.folder,
        templates=environment(workspace.template_folders()),
    )
    before, common = load_state(site.folder), _common(workspace, site.newsroom)
    same = before.common == common
    for release_id in workspace.release_ids():
        _update(site, release_id, before.releases.get(release_id) if same else None, now)
    removed = tuple(sorted(set(before.releases) - set(site.shown)))
    for release_id in removed:
        _remove(site, release_id)
    for tag in {item.language for shown in before.releases.values() for item in shown.listings}:
        if tag not in site.newsroom.languages:
            remove_folder(site.folder / tag)
    if site.made or removed or not same:
        listings = [item for shown in site.shown.values() for item in shown.listings]
        make_lists(workspace, site.newsroom, site.folder, listings, site.templates)
        save_state(site.folder, SiteState(common=common, releases=site.shown))
    return SiteBuilt(
        folder=site.folder,
        releases=len(site.shown),
        made=tuple(site.made),
        removed=removed,
        waiting=tuple(site.waiting),
    )


def _newsroom(workspace: Workspace, settings: SiteSettings) -> Newsroom:
    office = workspace.settings.office
    languages = (workspace.settings.source_locale, *workspace.settings.target_locales)
    mastheads = {
        tag: Masthead(
            name=office.name.any(tag),
            body=office.body.any(tag),
            address=office.address,
            accent=office.accent,
            links=tuple(_links(settings, tag)),
        )
        for tag in languages
    }
    return Newsroom(url=settings.url, languages=languages, mastheads=mastheads, crest=crest(workspace))


def _links(settings: SiteSettings, tag: str) -> Iterator[tuple[str, str]]:
    for link in settings.links:
        text, url = link.text.own(tag), link.url.own(tag)
        if text is not None and url is not None:
            yield text, url


def _update(site: _Site, release_id: str, known: Shown | None, now: datetime) -> None:
    """Make the pages of a release from its newest version that may be seen, unless they are there already."""
    for version in site.workspace.versions(release_id).numbers():
        signature = _signature(site.workspace, release_id, version)
        if known is not None and known.signature == signature:
            site.shown[release_id] = known
            return
        found = published(site.workspace, release_id, version)
        embargo = found.release.embargo
        if embargo is None or now >= embargo:
            listings = make_release(site.workspace, site.newsroom, site.folder, found, site.templates)
            site.shown[release_id] = Shown(signature=signature, listings=listings)
            site.made.append(release_id)
            return
        if release_id not in dict(site.waiting):
            site.waiting.append((release_id, embargo))


def _signature(workspace: Workspace, release_id: str, version: int) -> str:
    """Return what tells whether a published version is still the one that pages were made from."""
    folder = workspace.versions(release_id).path(version)
    with reported(folder, "read"):
        files = sorted((path.name, path.stat()) for path in folder.iterdir())
    return f"{version} " + " ".join(f"{name}:{found.st_size}:{found.st_mtime_ns}" for name, found in files)


def _common(workspace: Workspace, newsroom: Newsroom) -> str:
    """Return a hash of all that every page is made from."""
    total = hashlib.sha256(__version__.encode() + repr(workspace.settings).encode() + repr(newsroom).encode())
    for root in workspace.template_folders():
        for path in sorted((root / "site").glob("*")):
            total.update(read_bytes(path, MAX_TEMPLATE))
    return total.hexdigest()


def _remove(site: _Site, release_id: str) -> None:
    folders = (FILES, *site.newsroom.languages)
    for name in folders:
        remove_folder(site.folder / name / release_id)
