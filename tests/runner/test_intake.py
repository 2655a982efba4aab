"""Taking a file in: the original is kept, nothing is replaced, the log knows."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipeline.errors import FormatError, WorkspaceError
from pipeline.model.inline import plain
from pipeline.runner.intake import import_release, new_release
from pipeline.stages.ingest import Given
from pipeline.workspace import Workspace

AT = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
TEXT = "Neue Fähre\r\n\r\nDie neue Fähre verbindet ab Mai beide Ufer. Sie kostet zwei Euro.\n\nAnzeige\n"
SOURCE = """---
id: 2026-faehre
title: Neue Fähre
to_confirm: [title, date]
---

Sie fährt.
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "office")


@pytest.mark.parametrize(
    ("name", "kept"), [("a.txt", "original.txt"), ("-", "original.txt"), ("a.HTM", "original.htm")]
)
def test_the_original_is_kept_byte_for_byte_under_its_own_kind(workspace: Workspace, name: str, kept: str) -> None:
    data = TEXT.encode("cp1252")
    imported = import_release(workspace, data, name, Given(id="faehre"), by="Eva", at=AT)
    assert imported.original.name == kept
    assert imported.original.read_bytes() == data
    assert workspace.load_release("faehre") == imported.ingested.release


def test_the_log_tells_who_took_in_what(workspace: Workspace) -> None:
    import_release(workspace, TEXT.encode(), "/home/eva/a.txt", Given(id="faehre"), by="Eva", at=AT)
    (entry,) = workspace.log("faehre").entries()
    assert (entry.by, entry.action, entry.at) == ("Eva", "import", AT)
    assert entry.details["from"] == "a.txt"


def test_a_release_that_is_there_is_never_replaced(workspace: Workspace) -> None:
    import_release(workspace, TEXT.encode(), "a.txt", Given(id="faehre"), by="Eva", at=AT)
    before = {path: path.read_bytes() for path in workspace.folder("faehre").iterdir() if path.name != ".lock"}
    with pytest.raises(WorkspaceError, match="--id"):
        import_release(workspace, b"Anderes ist es.", "b.txt", Given(id="faehre"), by="Eva", at=AT)
    with pytest.raises(WorkspaceError, match="--id"):
        new_release(workspace, Given(id="faehre"), by="Eva", at=AT)
    after = {path: path.read_bytes() for path in workspace.folder("faehre").iterdir() if path.name != ".lock"}
    assert after == before


@pytest.mark.parametrize(
    ("data", "name"), [(b"", "a.txt"), (b"%PDF-1.7", "a.pdf"), (b"\xd0\xcf\x11\xe0", "a.docx")]
)
def test_a_file_that_is_refused_leaves_no_trace(workspace: Workspace, data: bytes, name: str) -> None:
    with pytest.raises(FormatError, match=name):
        import_release(workspace, data, name, Given(), by="Eva", at=AT)
    assert list((workspace.root / "releases").iterdir()) == []


def test_a_source_file_is_taken_as_it_is_but_for_what_the_person_says(workspace: Workspace) -> None:
    given = Given(date=date(2026, 5, 1), place="Alvenz")
    release = import_release(workspace, SOURCE.encode(), "faehre.md", given, by="Eva", at=AT).ingested.release
    assert (release.id, plain(release.title)) == ("2026-faehre", "Neue Fähre")
    assert (release.date, release.place and release.place.own("de")) == (date(2026, 5, 1), "Alvenz")
    assert release.to_confirm == ("title",)


def test_markdown_without_front_matter_is_recognised_like_text(workspace: Workspace) -> None:
    data = "# Neue Fähre\n\nAlvenz, 1. Mai 2026 – Sie **fährt**.\n\nAnzeige\n".encode()
    ingested = import_release(workspace, data, "a.md", Given(), by="Eva", at=AT).ingested
    assert (plain(ingested.release.title), ingested.release.date) == ("Neue Fähre", date(2026, 5, 1))
    assert [item.text for item in ingested.removed] == ["Anzeige"]
    assert ingested.release.to_confirm == ()


def test_a_new_release_waits_for_what_nobody_said(workspace: Workspace) -> None:
    path = new_release(workspace, Given(title="Neue Fähre", date=date(2026, 5, 1)), by="Eva", at=AT)
    release = workspace.load_release(path.parent.name)
    assert release.id == "2026-05-01-neue-faehre"
    assert release.to_confirm == ("place",)


def test_an_id_that_leads_out_of_the_folder_is_refused(workspace: Workspace) -> None:
    with pytest.raises(WorkspaceError, match="no release id"):
        import_release(workspace, TEXT.encode(), "a.txt", Given(id="../faehre"), by="Eva", at=AT)
