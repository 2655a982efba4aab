"""`communique preview`, as a person uses it."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli.preview import preview
from pipeline.errors import WorkspaceError


def run(office: Path, *arguments: str) -> Result:
    return CliRunner().invoke(preview, arguments, obj=office, catch_exceptions=False)


def test_the_picture_is_named_with_its_pages(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office)
    name = r"releases/faehre/dist/faehre\.preview\.png"
    assert re.fullmatch(rf"{name}  \d+ kB  \(pages: de: 1, fr: 1\)\n", run(office, "faehre").output)
    said = json.loads(run(office, "faehre", "--json").output)
    path = office / "releases/faehre/dist/faehre.preview.png"
    assert said == {"release": "faehre", "file": str(path), "pages": {"de": 1, "fr": 1}}
    assert path.read_bytes().startswith(b"\x89PNG")


def test_a_release_that_is_not_there_is_refused(office: Path) -> None:
    with pytest.raises(WorkspaceError, match="communique status"):
        run(office, "bruecke")
