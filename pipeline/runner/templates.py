"""The templates of a workspace: which are the office's own and which packaged; copies of the packaged to change."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pipeline.errors import WorkspaceError
from pipeline.templating import packaged_templates
from pipeline.workspace import Workspace
from pipeline.workspace.files import inside, read_bytes, reported, write_bytes
from pipeline.workspace.workspace import MAX_TEMPLATE

FOLDERS = ("designs", "fonts", "pdf", "docx", "kit", "mail", "site", "report", "lists")
"""Those of the packaged templates that an office makes its own; the others begin a workspace or list models."""


class TemplateState(StrEnum):
    """Which file a template is taken from."""

    PACKAGED = "packaged"
    """The workspace has none of its own."""
    SAME = "same"
    """The workspace's own, which is what is packaged."""
    CHANGED = "changed"
    """The workspace's own, which differs from what is packaged."""
    ADDED = "added"
    """The workspace's own, of a name that no packaged one has: only other templates can take it in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A template and where it is taken from."""

    name: str
    """`pdf/release.css`"""
    path: Path
    """The file that is used."""
    state: TemplateState


@dataclass(frozen=True, slots=True, kw_only=True)
class Ejected:
    """What a workspace has of its own after packaged templates were copied into it."""

    written: tuple[Template, ...]
    kept: tuple[Template, ...]
    """Those that were there already and stay as they are."""


def list_templates(workspace: Workspace) -> tuple[Template, ...]:
    """Return all templates of a workspace, packaged and its own, in the order of their names.

    Raises:
        WorkspaceError: a template cannot be read, or is a link that leads out of the workspace.
        FormatError: one of the workspace's own is no file, or too large.
    """
    own, packaged = _own_folder(workspace), packaged_templates()
    names = sorted({*_names(own), *_names(packaged)})
    return tuple(_template(own, packaged, name) for name in names)


def eject_templates(workspace: Workspace, wanted: Sequence[str] = ()) -> Ejected:
    """Copy packaged templates into the workspace, where they are used from then on; no file is ever replaced.

    Args:
        workspace: whose own they become.
        wanted: names (`pdf/release.css`) or folders (`pdf`); without any, all.

    Raises:
        WorkspaceError: there is no such template, or it cannot be read or written.
        FormatError: something that is no file, or too large, stands in its place.
    """
    own, packaged = _own_folder(workspace), packaged_templates()
    before = [_template(own, packaged, name) for name in _chosen(sorted(_names(packaged)), wanted)]
    missing = [item.name for item in before if item.state is TemplateState.PACKAGED]
    for name in missing:
        write_bytes(own / name, read_bytes(packaged / name, MAX_TEMPLATE))
    return Ejected(
        written=tuple(_template(own, packaged, name) for name in missing),
        kept=tuple(item for item in before if item.state is not TemplateState.PACKAGED),
    )


def _own_folder(workspace: Workspace) -> Path:
    return workspace.root / "templates"


def _names(root: Path) -> Iterator[str]:
    """Yield the names of the templates in `root`, which need not exist; hidden files are none."""
    for folder in FOLDERS:
        with reported(root / folder, "read"):
            for path in sorted((root / folder).rglob("*")):
                if path.name[0] != "." and not path.is_dir():
                    yield path.relative_to(root).as_posix()


def _template(own: Path, packaged: Path, name: str) -> Template:
    path, original = inside(own, own / name), packaged / name
    if not _is_there(path):
        return Template(name=name, path=original, state=TemplateState.PACKAGED)
    data = read_bytes(path, MAX_TEMPLATE)
    if not original.is_file():
        state = TemplateState.ADDED
    elif read_bytes(original, MAX_TEMPLATE) == data:
        state = TemplateState.SAME
    else:
        state = TemplateState.CHANGED
    return Template(name=name, path=path, state=state)


def _is_there(path: Path) -> bool:
    """Return whether `path` is taken, be it by a link that leads nowhere."""
    with reported(path, "read"):
        try:
            path.lstat()
        except FileNotFoundError:
            return False
    return True


def _chosen(known: Sequence[str], wanted: Sequence[str]) -> Sequence[str]:
    """Return those of the `known` names that are meant, in the same order."""
    chosen: set[str] = set()
    for item in wanted:
        asked = item.removeprefix("templates/").rstrip("/")
        found = [name for name in known if name == asked or name.startswith(f"{asked}/")]
        if not found:
            near = difflib.get_close_matches(asked, (*known, *FOLDERS), n=1)
            hint = f"did you mean “{near[0]}”?" if near else "“communique templates list” shows all"
            raise WorkspaceError(f"there is no packaged template “{item}”; {hint}")
        chosen.update(found)
    return [name for name in known if name in chosen or not wanted]
