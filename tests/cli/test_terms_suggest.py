"""`communique terms suggest`."""

import json
from pathlib import Path

import pytest

from pipeline.workspace import Workspace
from tests.cli.conftest import EVA, Run
from tests.terms.corrected import ASSOCIATION, bitext


@pytest.fixture
def office(office: Path) -> Path:
    workspace = Workspace.find(office)
    text = bitext("faehre", ASSOCIATION)
    workspace.save_bitext(text)
    return office


def test_proposals_are_listed_with_the_corrections_they_come_from(run: Run) -> None:
    said = run("terms", "suggest")
    lines = said.plain.splitlines()
    assert lines[0] == "1  syndicat intercommunal, not association  for “Zweckverband”, in 3 sentences"
    assert lines[1:4] == [
        "   faehre S001, Léa Roy",
        "      Der Zweckverband betreibt die neue Buslinie.",
        "      [-L’association][+Le syndicat intercommunal] exploite la nouvelle ligne de bus.",
    ]
    (data,) = json.loads(run("terms", "suggest", "--json").out)
    assert (data["number"], data["candidates"], len(data["evidence"])) == (1, ["Zweckverband"], 3)


def test_a_proposal_is_taken_by_name(run: Run, office: Path) -> None:
    said = run("terms", "suggest", "--take", "1", "--as", EVA)
    assert (said.code, said.out.splitlines()[-1]) == (0, "Added to memory/terms.csv.")
    assert "Zweckverband,association,deprecated" in (office / "memory" / "terms.csv").read_text(encoding="utf-8")
    assert run("terms", "check").code == 0
    assert run("terms", "suggest").out == "No correction recurs that the termbase does not have already.\n"
    assert json.loads(run("terms", "suggest", "--json").out) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--take", "1"), "--take needs a name"),
        (("--source", "Zweckverband"), "--source chooses for a proposal"),
        (("--take", "7", "--as", EVA), "there is no proposal 7"),
        (("--take", "1", "--as", "Eva"), "write it as"),
        (("--take", "eins", "--as", EVA), "eins"),
    ],
)
def test_what_is_missing_or_wrong_is_said(run: Run, office: Path, arguments: tuple[str, ...], message: str) -> None:
    said = run("terms", "suggest", *arguments)
    assert (said.code, message in said.err) == (2, True)
    assert not (office / "memory" / "terms.csv").exists()
