"""Templates of an office's own: copied from the packaged ones, never over anything, known by what is in them."""

from pathlib import Path

import pytest

from pipeline.errors import CommuniqueError, FormatError, WorkspaceError
from pipeline.runner.templates import TemplateState, eject_templates, list_templates
from pipeline.templating import packaged_templates
from pipeline.workspace import Workspace

CSS = "pdf/release.css"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "office")


def own(workspace: Workspace, name: str, data: bytes = b"/* ours */") -> Path:
    path = workspace.root / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_a_fresh_workspace_uses_the_packaged_templates(workspace: Workspace) -> None:
    found = {item.name: item for item in list_templates(workspace)}
    assert {
        CSS,
        "pdf/release.html",
        "designs/plain/letterhead.docx",
        "report/check.html",
        "lists/clutter.txt",
    } <= set(found)
    assert {item.state for item in found.values()} == {TemplateState.PACKAGED}
    assert found[CSS].path == packaged_templates() / CSS


def test_what_begins_a_workspace_or_lists_models_is_no_template_to_change(workspace: Workspace) -> None:
    folders = {item.name.partition("/")[0] for item in list_templates(workspace)}
    assert folders == {"designs", "pdf", "kit", "mail", "site", "report", "lists"}


def test_copies_are_equal_and_win(workspace: Workspace) -> None:
    ejected = eject_templates(workspace)
    assert ejected.kept == ()
    assert [item.name for item in ejected.written] == [item.name for item in list_templates(workspace)]
    assert {item.state for item in ejected.written} == {TemplateState.SAME}
    for item in ejected.written:
        assert item.path == workspace.root / "templates" / item.name
        assert item.path.read_bytes() == (packaged_templates() / item.name).read_bytes()
    own(workspace, CSS)
    assert workspace.template(CSS) == b"/* ours */"


def test_no_file_is_ever_replaced(workspace: Workspace) -> None:
    path = own(workspace, CSS)
    ejected = eject_templates(workspace)
    assert [(item.name, item.state) for item in ejected.kept] == [(CSS, TemplateState.CHANGED)]
    assert CSS not in {item.name for item in ejected.written}
    assert path.read_bytes() == b"/* ours */"
    again = eject_templates(workspace)
    assert again.written == ()
    states = {item.name: item.state for item in again.kept}
    assert states.pop(CSS) is TemplateState.CHANGED
    assert set(states.values()) == {TemplateState.SAME}


def test_files_of_no_packaged_name_are_shown_and_left_alone(workspace: Workspace) -> None:
    own(workspace, "pdf/foot.html")
    own(workspace, "pdf/.foot.html.swp")
    added = [item.name for item in list_templates(workspace) if item.state is TemplateState.ADDED]
    assert added == ["pdf/foot.html"]


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ((CSS,), {CSS}),
        ((f"templates/{CSS}", CSS), {CSS}),
        (("designs/modern/",), {"designs/modern/design.css", "designs/modern/letterhead.docx"}),
        (("lists",), {"lists/clutter.txt", "lists/abbreviations.de.txt", "lists/abbreviations.fr.txt"}),
    ],
)
def test_only_what_is_named_is_copied(workspace: Workspace, wanted: tuple[str, ...], names: set[str]) -> None:
    assert {item.name for item in eject_templates(workspace, wanted).written} == names
    found = [path for path in (workspace.root / "templates").rglob("*") if path.is_file()]
    assert {path.relative_to(workspace.root / "templates").as_posix() for path in found} == names


@pytest.mark.parametrize(
    ("wanted", "hint"),
    [
        ("pdf/relaese.css", r"did you mean “pdf/release\.css”\?"),
        ("pfd", "did you mean “pdf”"),
        ("../communique.toml", "no packaged template"),
        ("workspace", "templates list"),
        ("", "templates list"),
    ],
)
def test_an_unknown_name_is_refused_and_nothing_copied(workspace: Workspace, wanted: str, hint: str) -> None:
    with pytest.raises(WorkspaceError, match=hint):
        eject_templates(workspace, (CSS, wanted))
    assert not (workspace.root / "templates").exists()


def blocked_by_folder(templates: Path) -> None:
    (templates / CSS).mkdir(parents=True)


def blocked_by_file(templates: Path) -> None:
    templates.mkdir()
    (templates / "pdf").write_bytes(b"")


def led_out(templates: Path) -> None:
    templates.mkdir()
    (templates.parent.parent / "elsewhere").mkdir()
    (templates / "pdf").symlink_to(templates.parent.parent / "elsewhere")


def led_nowhere(templates: Path) -> None:
    (templates / "pdf").mkdir(parents=True)
    (templates / CSS).symlink_to(templates / "pdf" / "gone.css")


@pytest.mark.parametrize("spoil", [blocked_by_folder, blocked_by_file, led_out, led_nowhere])
def test_what_stands_in_the_way_is_named_and_nothing_copied(workspace: Workspace, spoil: object) -> None:
    assert callable(spoil)
    spoil(workspace.root / "templates")
    before = sorted(workspace.root.parent.rglob("*"))
    with pytest.raises(CommuniqueError, match="pdf"):
        eject_templates(workspace)
    assert sorted(workspace.root.parent.rglob("*")) == before


def test_a_template_of_enormous_size_is_refused(workspace: Workspace) -> None:
    own(workspace, CSS, b" " * 5_000_001)
    with pytest.raises(FormatError, match="larger than 5 MB"):
        list_templates(workspace)
