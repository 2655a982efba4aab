"""A workspace finds, keeps and guards its releases."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from pipeline.errors import ConfigError, FormatError, WorkspaceError
from pipeline.model.bitext import Bitext
from pipeline.model.inline import inlines
from pipeline.model.release import Media, Paragraph, Release
from pipeline.workspace import Workspace

RELEASE = Release(
    id="2026-fest", language="de", title=inlines("Fest"), blocks=(Paragraph(text=inlines("Es wird gefeiert.")),)
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    workspace = Workspace.create(tmp_path / "office")
    workspace.save_release(RELEASE)
    return workspace


def test_a_fresh_workspace_has_no_online_engine_and_is_found_from_any_folder_in_it(workspace: Workspace) -> None:
    assert workspace.settings.engines is None
    assert Workspace.find(workspace.folder("2026-fest")).root == workspace.root
    assert workspace.release_ids() == ("2026-fest",)


def test_making_a_workspace_never_replaces_anything(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="is a workspace already"):
        Workspace.create(workspace.root)
    other = tmp_path / "other"
    other.mkdir()
    (other / ".gitignore").write_text("mine\n")
    Workspace.create(other)
    assert (other / ".gitignore").read_text() == "mine\n"


def test_outside_a_workspace_the_way_in_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="communique init"):
        Workspace.find(tmp_path)


def test_releases_and_bitexts_are_kept(workspace: Workspace) -> None:
    bitext = Bitext(release="2026-fest", source_locale="de", target_locale="fr")
    workspace.save_bitext(bitext)
    assert workspace.load_release("2026-fest") == RELEASE
    assert workspace.load_bitext("2026-fest", "fr") == bitext
    assert workspace.load_bitext("2026-fest", "it") is None


def test_an_original_is_kept_byte_for_byte_and_never_replaced(workspace: Workspace) -> None:
    path = workspace.save_original("2026-fest", ".txt", b"\xff\x00 roh")
    assert path.read_bytes() == b"\xff\x00 roh"
    assert workspace.save_original("2026-fest", ".txt", b"\xff\x00 roh") == path
    with pytest.raises(WorkspaceError, match="never replaced"):
        workspace.save_original("2026-fest", ".txt", b"anders")
    assert path.read_bytes() == b"\xff\x00 roh"


@pytest.mark.parametrize("name", ["..", "../x", "/etc", "a/b", "", "ä", "a" * 81, "-a"])
def test_a_name_that_could_lead_elsewhere_is_no_release(workspace: Workspace, name: str) -> None:
    with pytest.raises(WorkspaceError):
        workspace.load_release(name)


def test_a_picture_that_is_a_link_out_of_the_release_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"x")
    media = workspace.folder("2026-fest") / "media"
    media.mkdir()
    (media / "a.png").symlink_to(tmp_path / "secret.png")
    release = Release(id="2026-fest", language="de", media=(Media(file="a.png"),))
    with pytest.raises(WorkspaceError, match="leads out"):
        workspace.pictures(release)


def test_a_half_written_bitext_is_refused_and_left_as_it_is(workspace: Workspace) -> None:
    path = workspace.folder("2026-fest") / "fr.json"
    path.write_text('{"format": "communique-bitext", "vers')
    with pytest.raises(FormatError, match="damaged JSON"):
        workspace.load_bitext("2026-fest", "fr")
    assert path.read_text() == '{"format": "communique-bitext", "vers'


def test_a_source_in_the_wrong_folder_is_named(workspace: Workspace) -> None:
    (workspace.root / "releases" / "2026-fest").rename(workspace.root / "releases" / "2026-ball")
    with pytest.raises(FormatError, match="make them the same"):
        workspace.load_release("2026-ball")


def test_a_wrong_setting_is_named_with_its_line(workspace: Workspace) -> None:
    path = workspace.root / "communique.toml"
    path.write_text(path.read_text().replace('# engines = ["offline"]', "engins = []"))
    line = path.read_text().splitlines().index("engins = []") + 1
    with pytest.raises(ConfigError, match=rf"communique\.toml:{line}: “engins”.*did you mean “engines”"):
        Workspace.find(workspace.root)


def test_the_offices_own_templates_come_first(workspace: Workspace) -> None:
    packaged = workspace.template("lists/clutter.txt")
    own = workspace.root / "templates" / "lists" / "clutter.txt"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"Eigene Liste\n")
    assert packaged != b"Eigene Liste\n"
    assert workspace.template("lists/clutter.txt") == b"Eigene Liste\n"


def test_a_second_process_waits_for_the_lock(workspace: Workspace) -> None:
    program = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from pipeline.workspace import Workspace
        workspace = Workspace.find(Path(sys.argv[1]))
        print("waiting", flush=True)
        with workspace.lock("2026-fest"):
            print((workspace.folder("2026-fest") / "proof").read_text(), flush=True)
        """
    )
    with workspace.lock("2026-fest"):
        other = subprocess.Popen(
            [sys.executable, "-c", program, str(workspace.root)], stdout=subprocess.PIPE, text=True
        )
        assert other.stdout is not None
        assert other.stdout.readline() == "waiting\n"
        (workspace.folder("2026-fest") / "proof").write_text("written under the lock")
    output, _ = other.communicate(timeout=30)
    assert output == "written under the lock\n"
