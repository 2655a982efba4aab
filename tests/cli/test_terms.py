"""`communique terms` and `communique memory`."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import EVA, Run

TERMS = "de,fr,status,kind,note\nGemeinde,commune,,,\nLandrat,Landrat,,title,In Frankreich ein anderes Amt.\n"
TERMS += "Landrat,sous-préfet,deprecated,title,\n"


@pytest.fixture
def office(office: Path) -> Path:
    (office / "memory" / "terms.csv").write_text(TERMS, encoding="utf-8")
    return office


def test_terms_are_found_in_any_inflection(run: Run) -> None:
    said = run("terms", "search", "mit den Gemeinden")
    assert "commune" in said.out
    assert "sous-préfet  deprecated" in run("terms", "search", "Landrat").out
    assert json.loads(run("terms", "search", "Turm", "--json").out) == []


def test_a_contradiction_is_told_and_a_draft_mentions_it(run: Run, office: Path) -> None:
    assert run("terms", "check").code == 0
    path = office / "memory" / "terms.csv"
    path.write_text(TERMS + "Gemeinde,municipalité,,,\n", encoding="utf-8")
    said = run("terms", "check")
    assert (said.code, "2 preferred terms" in said.out) == (1, True)
    assert "the termbase contradicts itself" in run("draft", "faehre").err


def test_a_damaged_termbase_stops_a_draft_with_its_line(run: Run, office: Path) -> None:
    (office / "memory" / "terms.csv").write_text("de,fr\nHaus\n", encoding="utf-8")
    said = run("draft", "faehre")
    assert (said.code, "memory/terms.csv:2" in said.err) == (2, True)


def test_terms_go_out_and_come_back(run: Run, office: Path) -> None:
    run("terms", "export", "termbase.tbx")
    (office / "memory" / "terms.csv").unlink()
    assert "2 concepts added, 0 were there already" in run("terms", "import", "termbase.tbx").out
    assert "0 concepts added, 2 were there already" in run("terms", "import", "termbase.tbx").out
    assert run("terms", "check").code == 0
    assert run("terms", "export", "termbase.xls").code == 2


def approved(run: Run) -> None:
    for number, text in enumerate(
        (
            "Nouveau bac à partir du 3 mai 2026",
            "À partir de mai, un nouveau bac relie les deux rives.",
            "Il coûte 1 200 euros et part à 15 h 30.",
            "Les communes s’en réjouissent, indique Solène Vaubrecourt.",
        ),
        1,
    ):
        run("review", "edit", "faehre", f"S{number:03d}", text, "--as", EVA)
    assert run("approve", "faehre", "--as", EVA).code == 0


def test_approved_text_is_found_with_other_figures_too(run: Run) -> None:
    approved(run)
    said = run("memory", "search", "Sie kostet 1.400 Euro und fährt um 16.45 Uhr.")
    assert "faehre#S003  99 % masked" in said.out
    assert "Il coûte 1 400 euros et part à 16 h 45." in said.plain
    assert "nothing like it" in run("memory", "search", "Etwas ganz anderes hier.").out


def test_a_memory_goes_out_as_tmx_and_one_from_elsewhere_comes_in(run: Run, office: Path) -> None:
    approved(run)
    assert "4 translations written" in run("memory", "export", "out.tmx").out
    text = (office / "out.tmx").read_text(encoding="utf-8").replace("Die Gemeinden", "Alle Gemeinden")
    (office / "partner.tmx").write_text(text, encoding="utf-8")
    assert "4 translations taken in" in run("memory", "import", "partner.tmx").out
    found = json.loads(
        run("memory", "search", "Alle Gemeinden freuen sich, sagt Solène Vaubrecourt.", "--json").out
    )
    assert (found[0]["reference"], found[0]["score"]) == ("partner.tmx#faehre#S004", 95)


@pytest.mark.parametrize("text", ["<tmx><body>", "<html/>", '<tmx version="1.4"><body></body></tmx>'])
def test_what_is_no_memory_is_refused_and_not_kept(run: Run, office: Path, text: str) -> None:
    (office / "broken.tmx").write_text(text, encoding="utf-8")
    said = run("memory", "import", "broken.tmx")
    assert (said.code, said.err.startswith("communique: broken.tmx")) == (2, True)
    assert not (office / "memory" / "broken.tmx").exists()
