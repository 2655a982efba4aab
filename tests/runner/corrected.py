"""A release that was published, and is published once more with another figure in both languages."""

from dataclasses import replace
from datetime import datetime

from pipeline.model.inline import Run, plain
from pipeline.model.release import RevisionKind
from pipeline.runner.languages import stand
from pipeline.runner.press import Press
from pipeline.runner.publishing import build_release
from pipeline.runner.reviewing import approve_release, edit_segment
from pipeline.runner.revising import correct_release, published
from pipeline.workspace import Workspace

BUS = "2026-10-08-grenzbus-linie-40"
NOTES = {"de": "Die Zahl der Fahrgäste war falsch.", "fr": "Le nombre de voyageurs était erroné."}
REVIEWER, APPROVER = "Luc Ferrandier <luc@example.org>", "Nora Adler <nora@example.org>"


def correct_figure(workspace: Workspace, at: datetime) -> None:
    """Make the published sample its next version, in which 412.600 passengers are 421.600; approved and built."""
    correct_release(workspace, BUS, RevisionKind.FACTUAL, NOTES, by=APPROVER, at=at)
    source = workspace.folder(BUS) / "source.md"
    source.write_text(source.read_text(encoding="utf-8").replace("412.600", "421.600"), encoding="utf-8")
    (before,) = published(workspace, BUS).bitexts
    former = {plain(item.source): item.target for item in before.segments()}
    for item in stand(workspace, BUS).bitexts[0].segments():
        target = former.get(plain(item.source).replace("421.600", "412.600"))
        if "421.600" in plain(item.source) and target is not None:
            runs = tuple(_right(run) for run in target)
            edit_segment(workspace, BUS, "fr", item.id, runs, by=REVIEWER, at=at)
    approve_release(workspace, BUS, by=APPROVER, at=at)
    build_release(workspace, BUS, Press(workspace, at), lambda: None)


def _right(run: Run) -> Run:
    return replace(run, text=run.text.replace("412\u202f600", "421\u202f600"))
