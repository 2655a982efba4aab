"""`communique review report`."""

import json
import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from pipeline.cli.review_report import report
from pipeline.model.bitext import Origin, OriginKind, State
from pipeline.model.inline import inlines
from pipeline.runner.languages import stand
from pipeline.runner.reviewing import accept_segments, edit_segment
from pipeline.workspace import Workspace
from tests.cli.conftest import EVA

AT = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))
DRAFTS = (
    "Nouveau bac à partir du 3 mai 2026",
    "Le nouveau bac relie à partir de mai les deux bords.",
    "Il coûte 1 200 euros et part à 15 h 30.",
    "Les communes sont contentes, dit Solène Vaubrecourt.",
)


@pytest.fixture
def reviewed(office: Path) -> Path:
    """The office's workspace with a draft of a machine that a person has corrected in one sentence."""
    workspace = Workspace.find(office)
    texts = iter(DRAFTS)
    origin = Origin(kind=OriginKind.MT, at=AT, by="offline:opus", version="1", raw="x")
    bitext = stand(workspace, "faehre").bitext("fr")
    workspace.save_bitext(
        bitext.map_segments(
            lambda item: type(item)(
                id=item.id,
                source=item.source,
                tail=item.tail,
                target=inlines(next(texts)),
                state=State.TRANSLATED,
                origin=origin,
            )
        )
    )
    text = inlines("À partir de mai, le nouveau bac reliera les deux rives.")
    edit_segment(workspace, "faehre", "fr", "S002", text, by=EVA, at=AT)
    accept_segments(workspace, "faehre", "fr", ("S001",), by=EVA, at=AT)
    return office


def run(office: Path, *arguments: str) -> Result:
    done = CliRunner().invoke(report, arguments, obj=office, env={**os.environ, "COLUMNS": "100"})
    assert done.exception is None, done.output
    return done


def test_the_terminal_shows_figures_and_changes(reviewed: Path) -> None:
    said = run(reviewed, "faehre").output
    assert "Segments   4: 2 looked at, 2 waiting, 0 written by hand" in said
    assert "Accepted   1 of 2 drafts unchanged" in said
    assert "S002  drafted by offline:opus; changed by Eva Muster; " in said
    assert "[-" in said
    assert max(map(len, said.splitlines())) <= 100


def test_programs_get_json_and_browsers_a_page(reviewed: Path, tmp_path: Path) -> None:
    data = json.loads(run(reviewed, "faehre", "--format", "json").output)
    assert [item["engine"] for item in data["engines"]] == ["offline:opus"]
    page = tmp_path / "bericht.html"
    said = run(reviewed, "faehre", "--format", "html", "--output", str(page))
    assert said.output == f"Written: {page}\n"
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_an_office_may_have_a_page_of_its_own(reviewed: Path) -> None:
    own = reviewed / "templates" / "report"
    own.mkdir(parents=True)
    (own / "review.html").write_text("{{ report.release }}: {{ report.total.unchanged }}", encoding="utf-8")
    assert run(reviewed, "faehre", "--format", "html").output == "faehre: 1\n"


def test_without_a_release_all_are_summed_up_by_engine(reviewed: Path) -> None:
    said = run(reviewed).output
    assert said.startswith("Drafted by    Segments")
    assert "offline:opus         2       50 %" in said
    assert json.loads(run(reviewed, "--format", "json").output)["releases"][0]["release"] == "faehre"
    assert "By engine" in run(reviewed, "--format", "html").output


def test_where_nothing_was_drafted_that_is_said(office: Path) -> None:
    assert run(office).output == "No draft of an engine or the memory has been reviewed yet.\n"
    assert "0 looked at" in run(office, "faehre").output


def test_a_release_that_is_not_there_is_said_to_be_missing(office: Path) -> None:
    done = CliRunner().invoke(report, ["nichts"], obj=office)
    assert "there is no release “nichts”" in str(done.exception)
