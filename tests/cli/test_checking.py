"""`communique check` and `waive`, and the gate they keep."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.cli.conftest import EVA, Run

TEXTS = {
    "S001": "Nouveau bac à partir du 3 mai 2026",
    "S002": "À partir de mai, un nouveau bac relie les deux rives.",
    "S003": "Il coûte 1 300 euros et part à 15 h 30.",
    "S004": "Les communes s’en réjouissent, indique Solène Vaubrecourt.",
}


def translate(run: Run) -> None:
    for segment, text in TEXTS.items():
        run("review", "edit", "faehre", segment, text, "--as", EVA)


def test_a_wrong_sum_is_shown_where_it_stands_with_a_proposal(run: Run) -> None:
    translate(run)
    said = run("check", "faehre")
    assert said.code == 1
    assert "S003  error   money: “1.200 Euro” has become “1 300 euros”" in said.plain
    assert "Il coûte [1 300 euros] et part" in said.plain
    assert "proposed: Il coûte 1 200 euros" in said.plain


def test_an_error_blocks_approval_until_somebody_lets_it_stand(run: Run, office: Path) -> None:
    translate(run)
    refused = run("approve", "faehre", "--as", EVA)
    assert (refused.code, "money" in refused.err, "communique waive" in refused.err) == (1, True, True)
    said = run("waive", "faehre", "money", "S003", "--reason", "Neuer Preis.", "--as", EVA)
    assert said.out.startswith("Let stand: S003")
    assert run("check", "faehre").code == 0
    assert run("approve", "faehre", "--as", EVA).code == 0
    log = (office / "releases/faehre/log.jsonl").read_text(encoding="utf-8")
    assert '"action": "waive"' in log
    assert "Neuer Preis." in log


def test_an_edit_ends_the_waiver(run: Run) -> None:
    translate(run)
    run("waive", "faehre", "money", "S003", "--reason", "Neuer Preis.", "--as", EVA)
    run("review", "edit", "faehre", "S003", "Il coûte 1 400 euros et part à 15 h 30.", "--as", EVA)
    assert run("check", "faehre").code == 1


def test_programs_read_the_findings_as_json(run: Run) -> None:
    translate(run)
    (data,) = json.loads(run("check", "faehre", "--format", "json").out)
    (issue,) = [item for item in data["issues"] if item["severity"] == "error"]
    assert (issue["check"], issue["segment"]) == ("money", "S003")


def test_test_tools_read_them_as_junit_and_people_as_a_page(run: Run, office: Path) -> None:
    translate(run)
    assert ET.fromstring(run("check", "faehre", "--format", "junit").out.encode()).tag == "testsuites"  # noqa: S314 (our own text)
    said = run("check", "faehre", "--format", "html", "--output", "findings.html")
    assert (said.code, said.out.strip()) == (1, "Written: findings.html")
    assert "<mark>1.200 Euro</mark>" in (office / "findings.html").read_text(encoding="utf-8")


def test_every_check_explains_itself_and_an_unknown_one_names_the_nearest(run: Run) -> None:
    assert run("check", "--explain", "numbers").out.startswith("numbers: Numbers (1, error)")
    assert run("check", "--explain", "all").out.count("Example: ") == 16
    unknown = run("check", "--explain", "numers")
    assert (unknown.code, "did you mean “numbers”" in unknown.err) == (2, True)


def test_what_was_not_found_cannot_be_waived(run: Run) -> None:
    translate(run)
    said = run("waive", "faehre", "money", "S001", "--reason", "x", "--as", EVA)
    assert (said.code, "nothing to waive" in said.err) == (1, True)
    assert run("waive", "faehre", "money", "S003", "--reason", "  ", "--as", EVA).code == 2
