"""`communique log`: shown, and verified against the release."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import EVA, Run


@pytest.fixture
def release(run: Run, office: Path) -> Path:
    """A release with three decisions."""
    run("draft", "faehre")
    run("review", "edit", "faehre", "S001", "Nouveau bac", "--as", EVA)
    run("review", "edit", "faehre", "S002", "Il relie les deux rives.", "--as", EVA)
    run("review", "edit", "faehre", "S001", "Nouveau bac à partir du 3 mai 2026", "--as", EVA)
    return office / "releases" / "faehre"


@pytest.mark.usefixtures("release")
def test_the_log_tells_who_did_what(run: Run) -> None:
    lines = run("log", "faehre").out.splitlines()
    assert lines[-1].endswith(f"{EVA}  edit  segments: S001; target: fr")
    entries = json.loads(run("log", "faehre", "--json").out)
    assert [entry["action"] for entry in entries[-3:]] == ["edit", "edit", "edit"]


@pytest.mark.usefixtures("release")
def test_a_whole_log_is_said_to_be_whole(run: Run) -> None:
    said = run("log", "faehre", "--verify")
    assert (said.code, "entries, unbroken, from " in said.out) == (0, True)
    data = json.loads(run("log", "faehre", "--verify", "--json").out)
    assert (data["whole"], data["findings"]) == (True, [])


def test_a_cut_log_is_said_to_be_wrong(run: Run, release: Path) -> None:
    log = release / "log.jsonl"
    log.write_text("".join(log.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8")
    said = run("log", "faehre", "--verify")
    assert said.code == 1
    assert "WRONG: fewer lines were there than the" in said.out
    assert f"WRONG: fr: edit or acceptance by {EVA}, S001, of" in said.out
    data = json.loads(run("log", "faehre", "--verify", "--json").out)
    assert (data["whole"], len(data["findings"])) == (False, 2)


def test_a_log_that_is_gone_is_said_to_be_wrong(run: Run, release: Path) -> None:
    (release / "log.jsonl").unlink()
    (release / "log.seal").unlink()
    said = run("log", "faehre", "--verify")
    assert (said.code, f"WRONG: fr: edit or acceptance by {EVA}, S001, S" in said.out) == (1, True)


def test_a_log_without_a_seal_yet_is_no_fault(run: Run, office: Path) -> None:
    run("review", "edit", "faehre", "S001", "Nouveau bac", "--as", EVA)
    (office / "releases" / "faehre" / "log.seal").unlink()
    said = run("log", "faehre", "--verify")
    assert (said.code, "Note: the log is not sealed yet" in said.out) == (0, True)


def test_a_damaged_translation_is_a_finding_and_no_traceback(run: Run, release: Path) -> None:
    (release / "fr.json").write_text("{", encoding="utf-8")
    said = run("log", "faehre", "--verify")
    assert (said.code, "fr.json" in said.out) == (1, True)


def test_what_was_sent_to_a_reviewer_must_stay_what_it_was(run: Run, release: Path) -> None:
    assert run("review", "export", "faehre").code == 0
    assert run("log", "faehre", "--verify").code == 0
    (path,) = (release / "review").glob("*.docx")
    path.write_bytes(path.read_bytes() + b" ")
    said = run("log", "faehre", "--verify")
    assert (said.code, f"review/{path.name} is no longer what it was then" in said.out) == (1, True)


def test_every_kind_of_decision_agrees_with_the_log(run: Run) -> None:
    texts = ("Nouveau bac", "Un bac relie les deux rives.", "Il coûte 1300 euros.", "Bien, dit Solène Vaubrecourt.")
    steps: list[tuple[str, ...]] = [("edit", f"S{number:03d}", text) for number, text in enumerate(texts, 1)]
    steps += [("reject", "S002", "--reason", "trop court"), ("edit", "S002", texts[1])]
    for command, *rest in steps:
        assert run("review", command, "faehre", *rest, "--as", EVA).code == 0
    assert run("typography", "faehre", "--set", "--as", EVA).code == 0
    assert run("waive", "faehre", "money", "S003", "--reason", "Absicht", "--as", EVA).code == 0
    actions = {entry["action"] for entry in json.loads(run("log", "faehre", "--json").out)}
    assert actions >= {"edit", "reject", "typography", "waive"}
    said = run("log", "faehre", "--verify")
    assert (said.code, said.out.count("\n")) == (0, 1), said.out


def test_a_release_that_is_not_there_has_no_log(run: Run) -> None:
    said = run("log", "nichts", "--verify")
    assert (said.code, "there is no release “nichts”" in said.err) == (2, True)
