"""A translation goes to reviewers and comes back; people decide by name; the release is approved."""

import json
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import EVA, Run, Said
from tests.formats.review_docx.word import Word

LUC = "Luc Ferrandier <luc@example.org>"
MAX = "Max Muster <max@example.org>"
SOURCE = """---
id: bruecke
title: Brücke eröffnet
date: 2026-04-30
place: Alvenz
---

Die Brücke ist 80 Meter lang.

„Wir bauen heute gemeinsam weiter“, sagte Ministerin Solène Vaubrecourt.
"""
TARGETS = {
    "S001": "Pont inauguré",
    "S002": "Le pont est long de 80 mètres.",
    "S003": "« Nous continuons à bâtir ensemble », a déclaré la ministre Solène Vaubrecourt.",
}


@pytest.fixture
def bridge(run: Run, office: Path) -> Path:
    """A release with a translation, made by hand, that nobody else has looked at."""
    folder = office / "releases" / "bruecke"
    folder.mkdir()
    (folder / "source.md").write_text(SOURCE, encoding="utf-8")
    for segment, text in TARGETS.items():
        assert run("review", "edit", "bruecke", segment, text, "--as", EVA).code == 0
    return folder


def sent(run: Run, folder: Path, *options: str) -> Path:
    assert run("review", "export", "bruecke", *options).code == 0
    return max((folder / "review").glob("bruecke.fr-*.docx"))


def taken_in(run: Run, word: Word, tmp_path: Path, *options: str) -> Said:
    path = tmp_path / "retour.docx"
    path.write_bytes(word.save())
    return run("review", "import", str(path), *options)


def corrected(document: Path, segment: str, old: str, new: str, *, author: str = "Luc Ferrandier") -> Word:
    word = Word(document.read_bytes(), author=author)
    start = word.text(segment).index(old)
    word.replace(segment, start, start + len(old), new)
    return word


def state(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_correction_in_word_stands_in_the_translation(run: Run, bridge: Path, tmp_path: Path) -> None:
    document = sent(run, bridge)
    said = taken_in(run, corrected(document, "S002", "est long de", "mesure"), tmp_path, "--from", LUC)
    assert said.code == 0
    assert "bruecke (fr-01), from" in said.out
    assert "2 unchanged, 1 corrected" in said.out
    assert "Le pont [-est long de][+mesure] 80 mètres." in said.plain
    assert "mesure 80 mètres" in run("review", "list", "bruecke").plain
    kept = list((bridge / "review").glob("bruecke.fr-01.return-*.docx"))
    assert [path.read_bytes() for path in kept] == [(tmp_path / "retour.docx").read_bytes()]
    assert "import-review" in run("log", "bruecke").out


def test_the_same_file_twice_changes_nothing(run: Run, bridge: Path, tmp_path: Path) -> None:
    word = corrected(sent(run, bridge), "S002", "est long de", "mesure")
    taken_in(run, word, tmp_path)
    before = state(bridge)
    said = taken_in(run, word, tmp_path)
    assert (said.code, state(bridge)) == (0, before)
    assert "Everything in it was known already; nothing was changed." in said.out


def test_nothing_is_exported_twice_without_need(run: Run, bridge: Path) -> None:
    sent(run, bridge)
    before = state(bridge)
    assert "nothing has changed since it was made" in run("review", "export", "bruecke").out
    assert state(bridge) == before


def test_a_copy_goes_where_it_is_wanted(run: Run, bridge: Path, tmp_path: Path) -> None:
    copy = tmp_path / "Relecture.docx"
    document = sent(run, bridge, "--output", str(copy))
    assert copy.read_bytes() == document.read_bytes()


def test_two_reviewers_on_two_copies_and_a_conflict_settled_by_a_person(
    run: Run, bridge: Path, tmp_path: Path
) -> None:
    document = sent(run, bridge)
    taken_in(run, corrected(document, "S002", "est long de", "mesure"), tmp_path)
    said = taken_in(run, corrected(document, "S002", "long de", "d’une longueur de", author="Ada"), tmp_path)
    assert "1 conflict" in said.out
    assert "communique review resolve bruecke" in said.out
    assert "mesure 80" in run("review", "list", "bruecke").plain, "nothing is overwritten"
    shown = run("review", "resolve", "bruecke").plain
    assert "sent    Le pont est long de 80 mètres." in shown
    assert "ours    Le pont [-est long de][+mesure] 80 mètres." in shown
    assert "theirs  Le pont est [-long][+d’une longueur] de 80 mètres." in shown
    assert run("approve", "bruecke", "--as", MAX).code == 1
    assert "nothing" not in run("review", "resolve", "bruecke", "S002", "--theirs", "--as", MAX).err
    assert "d’une longueur de 80" in run("review", "list", "bruecke").plain
    assert "No conflict waits" in run("review", "resolve", "bruecke").out


def test_corrections_of_different_words_meet_and_are_read_once_more(run: Run, bridge: Path, tmp_path: Path) -> None:
    document = sent(run, bridge)
    taken_in(run, corrected(document, "S002", "Le pont", "L’ouvrage"), tmp_path)
    said = taken_in(run, corrected(document, "S002", "80", "90", author="Ada"), tmp_path)
    assert "1 merged" in said.out
    listed = run("review", "list", "bruecke", "--open").plain
    assert "L’ouvrage est long de 90 mètres." in listed


@pytest.mark.parametrize(
    ("options", "stands"),
    [(("--ours",), "mesure 80"), (("--text", "Le pont fait **80** mètres."), "Le pont fait **80** mètres.")],
)
def test_a_conflict_may_end_otherwise(
    run: Run, bridge: Path, tmp_path: Path, options: tuple[str, ...], stands: str
) -> None:
    document = sent(run, bridge)
    taken_in(run, corrected(document, "S002", "est long de", "mesure"), tmp_path)
    taken_in(run, corrected(document, "S002", "long de", "d’une longueur de", author="Ada"), tmp_path)
    assert run("review", "resolve", "bruecke", "S002", *options, "--as", MAX).code == 0
    assert stands in run("review", "list", "bruecke").plain


def test_the_overview_names_what_waits_for_somebody(run: Run, bridge: Path, tmp_path: Path) -> None:
    def next_step() -> str:
        (row,) = [item for item in json.loads(run("status", "--json").out) if item["release"] == "bruecke"]
        return str(row["next_step"])

    document = sent(run, bridge)
    word = corrected(document, "S002", "est long de", "mesure")
    word.comment("S001", 0, 4, "Titre ?")
    taken_in(run, word, tmp_path)
    assert next_step() == "communique review comments bruecke"
    taken_in(run, corrected(document, "S002", "long de", "d’une longueur de", author="Ada"), tmp_path)
    assert next_step() == "communique review resolve bruecke"


def test_a_conflict_may_be_settled_in_an_editor(
    run: Run, bridge: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\ncp "$1" seen.md\nsed -i "1s/.*/Le pont atteint 80 mètres./" "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    document = sent(run, bridge)
    taken_in(run, corrected(document, "S002", "est long de", "mesure"), tmp_path)
    taken_in(run, corrected(document, "S002", "long de", "d’une longueur de", author="Ada"), tmp_path)
    assert run("review", "resolve", "bruecke", "S002", "--as", MAX).code == 0
    assert "Le pont atteint 80 mètres." in run("review", "list", "bruecke").plain
    seen = Path("seen.md").read_text(encoding="utf-8")
    assert "# theirs: Le pont est d’une longueur de 80 mètres.  (Ada)" in seen


def test_comments_wait_for_an_answer_and_hold_the_approval_up(run: Run, bridge: Path, tmp_path: Path) -> None:
    word = Word(sent(run, bridge).read_bytes(), author="Luc Ferrandier")
    word.comment("S002", 20, 22, "Chiffre vérifié ?")
    word.delete_row("S001")
    said = taken_in(run, word, tmp_path)
    assert "1 unchanged, 1 commented, 1 doubtful" in said.out
    shown = run("review", "comments", "bruecke").out
    assert "C001  Luc Ferrandier: Chiffre vérifié ? (about “80”)" in shown
    assert "C002  Luc Ferrandier: Its row was deleted: (no text)" in shown
    refused = run("approve", "bruecke", "--as", MAX)
    assert (refused.code, "comments without an answer: C001, C002" in refused.err) == (1, True)
    assert run("review", "answer", "bruecke", "C001", "Oui, par le service.", "--as", MAX).code == 0
    assert run("review", "answer", "bruecke", "C002", "Le titre reste.", "--as", MAX).code == 0
    assert "No comment waits" in run("review", "comments", "bruecke").out
    assert "answered by Max Muster" in run("review", "comments", "bruecke", "--all").out


@pytest.mark.usefixtures("bridge")
def test_a_quotation_is_signed_off_before_the_approval(run: Run) -> None:
    waiting = run("review", "sign", "bruecke")
    assert "S003" in waiting.out
    assert "S002" not in waiting.out
    refused = run("approve", "bruecke", "--as", MAX)
    assert (refused.code, "review sign bruecke S003" in refused.err) == (1, True)
    assert run("review", "sign", "bruecke", "S003").code == 2
    assert run("review", "sign", "bruecke", "S002", "--as", EVA).code == 1
    assert run("review", "sign", "bruecke", "S003", "--as", EVA).code == 0
    assert "No quotation waits" in run("review", "sign", "bruecke").out
    assert run("approve", "bruecke", "--as", MAX).code == 0


@pytest.mark.usefixtures("bridge")
def test_where_the_house_asks_for_four_eyes_two_people_are_needed(run: Run, office: Path) -> None:
    settings = office / "communique.toml"
    settings.write_text(settings.read_text().replace("# four_eyes = true", "four_eyes = true"))
    run("review", "sign", "bruecke", "S003", "--as", EVA)
    refused = run("approve", "bruecke", "--as", EVA)
    assert (refused.code, "four eyes" in refused.err) == (1, True)
    assert run("approve", "bruecke", "--as", MAX).code == 0


@pytest.mark.usefixtures("bridge")
def test_a_rejected_translation_is_open_again(run: Run) -> None:
    said = run("review", "reject", "bruecke", "S002", "--reason", "contresens", "--as", MAX)
    assert "(rejected by Max Muster <max@example.org>: contresens)" in said.out
    assert "not translated: S002" in run("approve", "bruecke", "--as", MAX).err


def test_an_edit_after_the_approval_reopens_what_it_touches(run: Run, bridge: Path, tmp_path: Path) -> None:
    run("review", "sign", "bruecke", "S003", "--as", EVA)
    document = sent(run, bridge)
    assert run("approve", "bruecke", "--as", MAX).code == 0
    taken_in(run, corrected(document, "S002", "est long de", "mesure"), tmp_path)
    states = {item["id"]: item["state"] for item in json.loads(run("review", "list", "bruecke", "--json").out)}
    assert states == {"S001": "final", "S002": "reviewed", "S003": "final"}
    (row,) = [item for item in json.loads(run("status", "--json").out) if item["release"] == "bruecke"]
    assert row["languages"][0]["approved_by"] is None


def test_programs_read_what_became_of_a_return(run: Run, bridge: Path, tmp_path: Path) -> None:
    word = corrected(sent(run, bridge), "S002", "est long de", "mesure")
    word.comment("S001", 0, 4, "Titre ?")
    data = json.loads(taken_in(run, word, tmp_path, "--json").out)
    assert (data["release"], data["export"], data["new"]) == ("bruecke", "fr-01", True)
    assert [(item["id"], item["outcome"]) for item in data["segments"]] == [
        ("S001", "commented"),
        ("S002", "corrected"),
        ("S003", "unchanged"),
    ]
    assert data["segments"][0]["comments"][0]["quoted"] == "Pont"


@pytest.mark.parametrize("damage", ["another workspace", "record changed", "record gone", "cut", "foreign", "text"])
def test_a_file_that_is_no_return_of_ours_is_refused_and_nothing_changes(
    run: Run, bridge: Path, tmp_path: Path, damage: str
) -> None:
    document = sent(run, bridge)
    path = tmp_path / "retour.docx"
    path.write_bytes(document.read_bytes())
    record = bridge / "review" / "fr-01.json"
    match damage:
        case "another workspace":
            for old in (bridge / "review").iterdir():
                old.unlink()
            run("review", "edit", "bruecke", "S001", "Autre titre", "--as", EVA)
            sent(run, bridge)
        case "record changed":
            record.write_text(record.read_text(encoding="utf-8").replace("80", "90"), encoding="utf-8")
        case "record gone":
            record.unlink()
        case "cut":
            path.write_bytes(path.read_bytes()[:9000])
        case "foreign":
            path.write_bytes((Path(__file__).parents[2] / "templates/designs/classic/letterhead.docx").read_bytes())
        case "text":
            path.write_text("Bonjour", encoding="utf-8")
    before = state(bridge)
    said = run("review", "import", str(path))
    assert (said.code, said.out, state(bridge)) == (2, "", before)
    assert len(said.err.strip().splitlines()) == 1


@pytest.mark.parametrize("form", ["xliff", "omegat"])
def test_translation_tools_are_another_door_to_the_same_merge(
    run: Run, bridge: Path, tmp_path: Path, form: str
) -> None:
    assert run("review", "export", "bruecke", "--to", form).code == 0
    (document,) = [path for path in (bridge / "review").iterdir() if path.suffix != ".json"]
    returned = tmp_path / f"retour{document.suffix}"
    if form == "xliff":
        text = document.read_text(encoding="utf-8")
        returned.write_text(text.replace("est long de", "mesure"), encoding="utf-8")
    else:
        with zipfile.ZipFile(document) as archive:
            (name,) = [name for name in archive.namelist() if name.endswith(".xlf")]
            text = archive.read(name).decode()
        text = text.replace('<target state="needs-translation">Die Brücke ist', "<target>Le pont mesure")
        with zipfile.ZipFile(returned, "w") as archive:
            archive.writestr(name.replace("/source/", "/target/"), text.replace("Meter lang.</t", "mètres.</t"))
    said = run("review", "import", str(returned), "--from", LUC)
    assert (said.code, "2 unchanged, 1 corrected" in said.out) == (0, True)
    assert "Le pont mesure 80 mètres." in run("review", "list", "bruecke").plain
