"""Knowing without rendering that built files are up to date: one hash over everything they are made from."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from pipeline import __version__
from pipeline.workspace import Workspace
from pipeline.workspace.files import read_bytes, reported, write_bytes

NAME, BILINGUAL = ".built.json", ".built-bilingual.json"
"""What a stamp is kept in: that of the files that every build makes, and that of the bilingual edition."""
MAX_BYTES = 100_000_000


def is_current(workspace: Workspace, release_id: str, name: str = NAME) -> bool:
    """Return whether the built files of a release are there, untouched, and made from what stands there now."""
    folder = workspace.dist(release_id)
    try:
        stamp = json.loads((folder / name).read_text(encoding="utf-8"))
        files = dict(stamp["files"])
        fresh = bool(files) and stamp["inputs"] == fingerprint(workspace, release_id)
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return fresh and all(_digest(folder / file) == digest for file, digest in files.items())


def write_stamp(
    workspace: Workspace, release_id: str, inputs: str, files: tuple[Path, ...], name: str = NAME
) -> None:
    """Note that `files` were made from the inputs with hash `inputs`."""
    stamp = {"inputs": inputs, "files": {path.name: _digest(path) for path in files}}
    data = json.dumps(stamp, indent=1, sort_keys=True).encode()
    write_bytes(workspace.dist(release_id) / name, data)


def fingerprint(workspace: Workspace, release_id: str) -> str:
    """Return the hash of all that the built files of a release depend on: program, settings, templates, texts."""
    total = hashlib.sha256(__version__.encode())
    for path in sorted(set(_inputs(workspace, release_id))):
        total.update(f"\0{path}\0{_digest(path)}".encode())
    return total.hexdigest()


def _inputs(workspace: Workspace, release_id: str) -> Iterator[Path]:
    folder = workspace.folder(release_id)
    yield from workspace.root.glob("*.toml")
    yield from (folder / "source.md", *folder.glob("*.json"))
    if workspace.settings.office.logo:
        yield workspace.root / workspace.settings.office.logo
    for root in (folder / "media", *workspace.template_folders()):
        yield from (path for path in root.rglob("*") if path.is_file())


def _digest(path: Path) -> str:
    with reported(path, "read"):
        return hashlib.sha256(read_bytes(path, MAX_BYTES)).hexdigest() if path.exists() else ""
