"""`correct`, `withdraw`, `changes`: what is out can be put right or taken back, by name, in every language."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from pipeline.model.bitext import State
from pipeline.model.inline import inlines, plain
from pipeline.model.release import RevisionKind
from pipeline.runner.languages import stand
from pipeline.runner.publishing import editions
from pipeline.runner.reviewing import approve_release, edit_segment, sign_quotations, unsigned_quotations
from pipeline.workspace import Workspace
from tests.cli.conftest import EVA, Run

AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
TARGETS = (
    "Un nouveau bac à partir du 3\u00a0mai 2026",
    "Le nouveau bac relie les deux rives à partir de mai.",
    "Il coûte 1\u202f200\u00a0euros et part à 15\u00a0h\u00a030.",
    "Les communes se réjouissent, dit Solène Vaubrecourt.",
)
NOTES = ("--note", "de=Sie kostet 1.300 Euro.", "--note", "fr=Il coûte 1\u202f300\u00a0euros.")


@pytest.fixture
def workspace(office: Path) -> Workspace:
    """The office, with its release reviewed and approved."""
    workspace = Workspace.find(office)
    for number, text in enumerate(TARGETS, 1):
        edit_segment(workspace, "faehre", "fr", f"S{number:03d}", inlines(text), by=EVA, at=AT)
    quoted = [item.id for item in unsigned_quotations(workspace, "faehre", "fr", AT)]
    sign_quotations(workspace, "faehre", "fr", quoted, by=EVA, at=AT)
    approve_release(workspace, "faehre", by=EVA, at=AT)
    return workspace


@pytest.fixture
def out(workspace: Workspace, run: Run) -> Workspace:
    """The office, with its release published."""
    assert run("bundle", "faehre").code == 0
    return workspace


def source(workspace: Workspace) -> Path:
    return workspace.folder("faehre") / "source.md"


def test_what_was_never_published_cannot_be_corrected(workspace: Workspace, run: Run) -> None:
    before = source(workspace).read_bytes()
    said = run("correct", "faehre", "--kind", "factual", *NOTES, "--as", EVA)
    assert said.code == 1
    assert "nothing of it was published" in said.err
    assert source(workspace).read_bytes() == before


def test_a_correction_is_the_next_version_and_waits_for_its_approval(out: Workspace, run: Run) -> None:
    assert run("correct", "faehre", "--kind", "factual", *NOTES, "--as", EVA).code == 0
    standing = stand(out, "faehre")
    assert standing.release.version == 2
    assert not standing.all_approved()
    assert [item.state for item in standing.bitexts[0].segments()] == [State.FINAL] * 4


def test_everything_else_in_the_source_stays_as_it_was_written(out: Workspace, run: Run) -> None:
    text = source(out).read_text(encoding="utf-8").replace("place: Alvenz", "place: Alvenz  # am Ufer")
    source(out).write_text(text, encoding="utf-8")
    run("correct", "faehre", "--kind", "typing", *NOTES, "--as", EVA)
    lines = source(out).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line in text.splitlines()] == text.splitlines()


def test_the_new_files_say_what_they_replace_and_what_changed(out: Workspace, run: Run) -> None:
    run("correct", "faehre", "--kind", "factual", *NOTES, "--as", EVA)
    german, french = editions(out, stand(out, "faehre"))
    assert german.labels.revision == (
        "Korrektur (Fassung 2) – ersetzt die Fassung vom 30.\u00a0April 2026.",
        "Berichtigt: Sie kostet 1.300 Euro.",
    )
    assert french.labels.revision == (
        "Rectificatif (version\u00a02) – annule et remplace la version du 30\u00a0avril 2026.",
        "Rectification\u00a0: Il coûte 1\u202f300\u00a0euros.",
    )
    assert run("build", "faehre").code == 0
    word = Document(BytesIO((out.dist("faehre") / "faehre.fr.docx").read_bytes()))
    assert set(french.labels.revision) <= {paragraph.text for paragraph in word.paragraphs}


def test_changes_are_shown_in_both_languages(out: Workspace, run: Run) -> None:
    run("correct", "faehre", "--kind", "factual", *NOTES, "--as", EVA)
    text = source(out).read_text(encoding="utf-8")
    source(out).write_text(text.replace("1.200 Euro", "1.300 Euro"), encoding="utf-8")
    number = next(item.id for item in stand(out, "faehre").bitexts[0].segments() if "1.300" in plain(item.source))
    words = inlines(TARGETS[2].replace("200", "300"))
    edit_segment(out, "faehre", "fr", number, words, by=EVA, at=AT)
    said = run("changes", "faehre").plain
    assert "- Die neue Fähre verbindet ab Mai beide Ufer. Sie kostet 1.200 Euro" in said
    assert "+ Die neue Fähre verbindet ab Mai beide Ufer. Sie kostet 1.300 Euro" in said
    assert "- Le nouveau bac relie les deux rives à partir de mai. Il coûte 1 200 euros" in said
    assert "+ Le nouveau bac relie les deux rives à partir de mai. Il coûte 1 300 euros" in said


def test_a_withdrawal_holds_at_once_and_says_only_that(out: Workspace, run: Run) -> None:
    notes = ("--note", "de=Die Fähre fährt nicht.", "--note", "fr=Le bac ne circule pas.")
    assert run("withdraw", "faehre", *notes, "--as", EVA).code == 0
    standing = stand(out, "faehre")
    assert standing.all_approved()
    german, french = editions(out, standing)
    assert "gilt nicht mehr" in german.labels.revision[0]
    assert [plain(block.text) for block in french.release.blocks if hasattr(block, "text")] == [
        "Le bac ne circule pas."
    ]
    assert run("bundle", "faehre").code == 0
    assert run("log", "faehre", "--verify").code == 0


@pytest.mark.usefixtures("out")
def test_what_is_withdrawn_stays_so(run: Run) -> None:
    run("withdraw", "faehre", *NOTES, "--as", EVA)
    run("bundle", "faehre")
    said = run("correct", "faehre", "--kind", "factual", *NOTES, "--as", EVA)
    assert said.code == 1
    assert "it was withdrawn" in said.err


def test_an_unpublished_change_does_not_hinder_a_withdrawal(out: Workspace, run: Run) -> None:
    text = source(out).read_text(encoding="utf-8")
    source(out).write_text(text.replace("1.200 Euro", "1.300 Euro"), encoding="utf-8")
    assert run("withdraw", "faehre", *NOTES, "--as", EVA).code == 0
    assert stand(out, "faehre").all_approved()


def test_a_second_correction_counts_on(out: Workspace, run: Run) -> None:
    for version in (2, 3):
        assert run("correct", "faehre", "--kind", "legal", *NOTES, "--as", EVA).code == 0
        approve_release(out, "faehre", by=EVA, at=AT)
        assert run("bundle", "faehre").code == 0
        release = stand(out, "faehre").release
        assert release.revision is not None
        assert (release.version, release.revision.kind) == (version, RevisionKind.LEGAL)
        assert source(out).read_text(encoding="utf-8").count("revision:") == 1


@pytest.mark.parametrize(
    ("notes", "message"),
    [
        (("--note", "de=Nur auf Deutsch."), "there is no note in “fr”"),
        (("--note", "de=", "--note", "fr=x"), "there is no note in “de”"),
        (("--note", "it=x"), "LANGUAGE=TEXT"),
        (("--note", "no language"), "LANGUAGE=TEXT"),
    ],
)
def test_every_language_is_told(out: Workspace, run: Run, notes: tuple[str, ...], message: str) -> None:
    before = source(out).read_bytes()
    said = run("correct", "faehre", "--kind", "factual", *notes, "--as", EVA)
    assert said.code in {1, 2}
    assert message in said.err
    assert source(out).read_bytes() == before
