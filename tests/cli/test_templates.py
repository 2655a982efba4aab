"""`communique templates`, as a person uses it."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli.templates import templates
from tests.cli.conftest import Run


def say(office: Path, *arguments: str) -> str:
    """Run the command in `office`, and return what it said."""
    result = CliRunner().invoke(templates, arguments, obj=office, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_copies_are_told_and_then_shown_as_used(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office)
    assert re.search(r"^pdf/release\.css +packaged$", say(office, "list"), re.MULTILINE)
    said = say(office, "eject", "pdf/release.css", "designs/plain/letterhead.docx")
    assert said == "Written to templates:\n  designs/plain/letterhead.docx\n  pdf/release.css\n"
    (office / "templates/pdf/release.css").write_text("h1 { color: teal }", encoding="utf-8")
    assert say(office, "eject", "designs/plain/letterhead.docx", "pdf/release.css") == (
        "There already in templates, left as they are:\n"
        "  designs/plain/letterhead.docx  own, as packaged\n"
        "  pdf/release.css                own, differs from the packaged one\n"
    )
    shown = say(office, "list")
    assert re.search(r"^pdf/release\.css +own, differs from the packaged one$", shown, re.MULTILINE)
    assert re.search(r"^lists/clutter\.txt +packaged$", shown, re.MULTILINE)


def test_programs_get_json(office: Path) -> None:
    assert [item["state"] for item in json.loads(say(office, "eject", "--json"))["written"]][:1] == ["same"]
    listed = json.loads(say(office, "list", "--json"))
    assert {"name": "pdf/release.css", "path": str(office / "templates/pdf/release.css"), "state": "same"} in listed


def test_an_own_template_makes_the_page_and_its_mistakes_are_told_in_one_line(office: Path, run: Run) -> None:
    say(office, "eject", "pdf/release.html")
    page = office / "templates/pdf/release.html"
    text = page.read_text(encoding="utf-8").replace("<h1>", "<h1>{{ releese.title }}", 1)
    page.write_text(text, encoding="utf-8")
    line = text[: text.index("releese")].count("\n") + 1
    said = run("build", "faehre")
    assert said.code == 2
    assert said.err == f"communique: templates/pdf/release.html:{line}: “releese” is not defined\n"
