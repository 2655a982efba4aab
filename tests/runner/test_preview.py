"""The preview of a release: made from its PDFs, which are built where they are not up to date."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from pipeline.errors import WorkspaceError
from pipeline.runner.press import Press
from pipeline.runner.preview import preview_release
from pipeline.runner.publishing import build_release
from pipeline.runner.stamp import is_current
from pipeline.workspace import Workspace

SOURCE = """---
id: faehre
title: Neue Fähre ab 3. Mai 2026
date: 2026-04-30
place: Alvenz
---

Die neue Fähre verbindet ab Mai beide Ufer.
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    found = Workspace.create(tmp_path_factory.mktemp("preview") / "office")
    source = found.folder("faehre") / "source.md"
    source.parent.mkdir()
    source.write_text(SOURCE, encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def press(workspace: Workspace) -> Press:
    return Press(workspace, datetime(2026, 5, 4, tzinfo=UTC))


def preview(workspace: Workspace, press: Press) -> tuple[Path, list[None]]:
    steps: list[None] = []
    made = preview_release(workspace, "faehre", press, lambda: steps.append(None))
    assert made.pages == {"de": 1, "fr": 1}
    return made.path, steps


def test_what_is_missing_is_built_and_shown(workspace: Workspace, press: Press) -> None:
    path, steps = preview(workspace, press)
    assert path == workspace.dist("faehre") / "faehre.preview.png"
    assert len(steps) == 4
    assert is_current(workspace, "faehre")
    with Image.open(path) as picture:
        assert picture.width > picture.height, "one page in each of two languages"
        dark = sum(1 for value in picture.convert("L").tobytes() if value < 80)
    assert dark > 2_000, "there is text"


def test_what_is_up_to_date_is_shown_as_it_is_and_the_picture_repeats(workspace: Workspace, press: Press) -> None:
    before = preview(workspace, press)[0].read_bytes()
    path, steps = preview(workspace, press)
    assert steps == []
    assert path.read_bytes() == before
    assert not build_release(workspace, "faehre", press, lambda: None).rendered, (
        "a picture leaves the build current"
    )


def test_a_file_that_was_spoilt_is_built_anew(workspace: Workspace, press: Press) -> None:
    before = preview(workspace, press)[0].read_bytes()
    (workspace.dist("faehre") / "faehre.fr.pdf").write_bytes(b"%PDF-1.7 spoilt")
    path, steps = preview(workspace, press)
    assert len(steps) == 4
    assert path.read_bytes() == before


def test_a_release_that_is_not_there_is_refused(workspace: Workspace, press: Press) -> None:
    with pytest.raises(WorkspaceError, match="no release “bruecke”"):
        preview_release(workspace, "bruecke", press, lambda: None)
