"""A workspace and its releases."""

import contextlib
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.config import Settings, load_settings
from pipeline.errors import FormatError, WorkspaceError
from pipeline.formats.design_files import LETTERHEAD, design_file
from pipeline.model.release import Release
from pipeline.model.release_id import ID
from pipeline.templating import packaged_templates
from pipeline.workspace.audit import AuditLog
from pipeline.workspace.files import inside, read_bytes, read_text, reported, write_bytes
from pipeline.workspace.memory import MemoryFolder
from pipeline.workspace.review import ReviewFolder
from pipeline.workspace.versions import Versions

if TYPE_CHECKING:
    from pipeline.model.bitext import Bitext
    from pipeline.model.edition import Picture

SETTINGS = "communique.toml"
SOURCE = "source.md"
MAX_SOURCE = 4_000_000
MAX_BITEXT = 100_000_000
MAX_ORIGINAL = 100_000_000
MAX_PICTURE = 40_000_000
MAX_TEMPLATE = 5_000_000
LOCK_SECONDS = 30.0

IGNORED = """releases/*/dist/
releases/*/.lock
releases/*/ledger.sqlite*
memory/*.sqlite*
memory/*.index/
recipients/
/site/
"""
"""What a workspace’s version control leaves out: what is made anew, locks, and people’s addresses."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with `communique.toml`, `releases/`, and its own `templates/` and `memory/` where there are any."""

    root: Path
    settings: Settings

    @classmethod
    def find(cls, start: Path) -> "Workspace":
        """Return the workspace that `start` is in.

        Raises:
            WorkspaceError: neither `start` nor a folder above it holds `communique.toml`.
            ConfigError: the settings are wrong.
        """
        start = start.absolute()
        for folder in (start, *start.parents):
            if (folder / SETTINGS).is_file():
                return cls(folder, load_settings(folder / SETTINGS))
        raise WorkspaceError(
            f"{start}: no {SETTINGS} here or above; go to your workspace, or make one with “communique init DIR”"
        )

    @classmethod
    def create(cls, root: Path) -> "Workspace":
        """Make a fresh workspace in `root` and return it; a file that is there already is never replaced.

        Raises:
            WorkspaceError: there is a workspace already, or the folder cannot be written.
        """
        root = root.absolute()
        if (root / SETTINGS).exists():
            raise WorkspaceError(f"{root}: is a workspace already; nothing was changed")
        fresh = packaged_templates() / "workspace"
        with reported(root, "made"):
            for folder in ("releases", "memory"):
                (root / folder).mkdir(parents=True, exist_ok=True)
        for name, data in (
            (".gitignore", IGNORED.encode()),
            ("logo.svg", read_bytes(fresh / "logo.svg", MAX_TEMPLATE)),
            (SETTINGS, read_bytes(fresh / SETTINGS, MAX_TEMPLATE)),
        ):
            if not (root / name).exists():
                write_bytes(root / name, data)
        return cls.find(root)

    def release_ids(self) -> tuple[str, ...]:
        """Return the ids of all releases, sorted."""
        folder = self.root / "releases"
        with reported(folder, "read"):
            entries = list(folder.iterdir()) if folder.is_dir() else []
        return tuple(sorted(entry.name for entry in entries if (entry / SOURCE).is_file()))

    def folder(self, release: str) -> Path:
        """Return the folder of `release`, which need not exist.

        Raises:
            WorkspaceError: `release` cannot be an id, so it could lead anywhere.
        """
        if not ID.match(release):
            raise WorkspaceError(f"“{release}” is no release id; “communique status” shows all")
        return self.root / "releases" / release

    def has(self, release: str) -> bool:
        """Return whether `release` exists."""
        return (self.folder(release) / SOURCE).exists()

    def require(self, release: str) -> None:
        """Do nothing if `release` exists.

        Raises:
            WorkspaceError: it does not.
        """
        if not self.has(release):
            raise WorkspaceError(f"there is no release “{release}” in {self.root}; “communique status” shows all")

    def load_release(self, release: str) -> Release:
        """Return the source of `release`.

        Raises:
            WorkspaceError: there is no such release, or it cannot be read.
            FormatError: its `source.md` is wrong.
        """
        self.require(release)
        from pipeline.formats import markdown

        path = inside(self.folder(release), self.folder(release) / SOURCE)
        found = markdown.parse(
            read_text(path, MAX_SOURCE), language=self.settings.source_locale, path=self._shown(path)
        )
        if found.id != release:
            message = f"says id “{found.id}”, but the folder is called “{release}”; make them the same"
            raise FormatError(message, path=self._shown(path), line=2)
        return found

    def save_release(self, release: Release) -> None:
        """Write `source.md` of a release."""
        from pipeline.formats import markdown

        write_bytes(self.folder(release.id) / SOURCE, markdown.dump(release).encode())

    def save_original(self, release: str, suffix: str, data: bytes) -> Path:
        """Keep `data` byte for byte as `original` with `suffix` (`.txt`), and return its path.

        Raises:
            WorkspaceError: there is another original already; originals are never changed.
        """
        path = self.folder(release) / f"original{suffix}"
        if path.exists():
            if read_bytes(path, MAX_ORIGINAL) == data:
                return path
            raise WorkspaceError(f"{self._shown(path)}: is there already and is never replaced")
        write_bytes(path, data)
        return path

    def load_bitext(self, release: str, target: str) -> "Bitext | None":
        """Return the bitext of `release` into `target`, or None where it was never drafted.

        Raises:
            FormatError: the file is damaged, or belongs to another release or language.
        """
        from pipeline.formats import bitext_json

        path = self._bitext_path(release, target)
        if not path.exists():
            return None
        text = read_text(inside(self.folder(release), path), MAX_BITEXT)
        bitext = bitext_json.parse(text, path=self._shown(path))
        if (bitext.release, bitext.target_locale) != (release, target):
            message = f"belongs to {bitext.release} in “{bitext.target_locale}”; move it back to where it came from"
            raise FormatError(message, path=self._shown(path))
        return bitext

    def save_bitext(self, bitext: "Bitext") -> None:
        """Write the bitext, if it differs from what is there."""
        from pipeline.formats import bitext_json

        path = self._bitext_path(bitext.release, bitext.target_locale)
        data = bitext_json.dump(bitext).encode()
        if not path.exists() or read_bytes(path, MAX_BITEXT) != data:
            write_bytes(path, data)

    def digest(self, release: str, target: str) -> str | None:
        """Return a hash of a release's source and translation as they lie there, or None where one is missing."""
        hashed = hashlib.sha256()
        for path in (self.folder(release) / SOURCE, self._bitext_path(release, target)):
            if not path.exists():
                return None
            hashed.update(hashlib.sha256(read_bytes(inside(self.folder(release), path), MAX_BITEXT)).digest())
        return hashed.hexdigest()

    @property
    def memory(self) -> MemoryFolder:
        """What the office knows of translating: its termbase and its memory."""
        return MemoryFolder(self.root / "memory")

    def languages(self) -> tuple[str, ...]:
        """Return the primary languages of the workspace, source first: `de`, `fr`."""
        tags = (self.settings.source_locale, *self.settings.target_locales)
        return tuple(dict.fromkeys(tag.partition("-")[0] for tag in tags))

    def pictures(self, release: Release) -> "tuple[Picture, ...]":
        """Return the pictures that `release` names, read from its `media/` folder.

        Raises:
            WorkspaceError: one is missing or lies elsewhere.
        """
        from pipeline.model.edition import Picture

        folder = self.folder(release.id)
        return tuple(
            Picture(file=item.file, data=read_bytes(inside(folder, folder / "media" / item.file), MAX_PICTURE))
            for item in release.media
        )

    def logo(self) -> bytes | None:
        """Return the office's crest as SVG, or None where the settings name none."""
        name = self.settings.office.logo
        return None if name is None else read_bytes(inside(self.root, self.root / name), MAX_TEMPLATE)

    def template_folders(self) -> tuple[Path, ...]:
        """Return the folders in which templates are looked up, first one first."""
        own = self.root / "templates"
        return (own, packaged_templates()) if own.is_dir() else (packaged_templates(),)

    def template(self, name: str) -> bytes:
        """Return the template file `name` (`lists/clutter.txt`), the workspace's own before the packaged one.

        Raises:
            WorkspaceError: there is none.
        """
        for folder in self.template_folders():
            if (folder / name).is_file():
                return read_bytes(inside(folder, folder / name), MAX_TEMPLATE)
        raise WorkspaceError(f"templates/{name}: is missing; reinstall the program or put the file there")

    def letterhead(self, design: str) -> bytes:
        """Return the letterhead of the Word files in a design, the workspace's own before the packaged one.

        Raises:
            ConfigError: there is no such design.
        """
        return self.template(design_file(self.template_folders(), design, LETTERHEAD))

    def dist(self, release: str) -> Path:
        """Return the folder of built files of `release`."""
        return self.folder(release) / "dist"

    def review(self, release: str) -> ReviewFolder:
        """Return the folder of what was sent to reviewers of `release` and what came back."""
        return ReviewFolder(self.folder(release) / "review")

    def versions(self, release: str) -> Versions:
        """Return the published versions of `release`."""
        return Versions(self.folder(release) / "versions")

    def log(self, release: str) -> AuditLog:
        """Return the audit log of `release`."""
        return AuditLog(self.folder(release) / "log.jsonl")

    @contextlib.contextmanager
    def lock(self, release: str) -> Iterator[None]:
        """Hold `release` for writing; another process that wants it waits.

        Raises:
            WorkspaceError: another process still holds it after half a minute, or the folder cannot be written.
        """
        from filelock import FileLock, Timeout

        path = self.folder(release) / ".lock"
        with reported(path.parent, "written"):
            path.parent.mkdir(parents=True, exist_ok=True)
            lock = FileLock(path, timeout=LOCK_SECONDS)
            try:
                lock.acquire()
            except Timeout:
                message = f"{release}: another “communique” is working on it; try again when it is done"
                raise WorkspaceError(message) from None
        try:
            yield
        finally:
            lock.release()

    def _bitext_path(self, release: str, target: str) -> Path:
        return self.folder(release) / f"{target}.json"

    def _shown(self, path: Path) -> Path:
        """Return `path` as a person would type it."""
        return Path(os.path.relpath(path))
