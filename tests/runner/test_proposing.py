"""Proposals become terms by a person's name, and only whole."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pipeline.errors import WorkspaceError
from pipeline.runner.proposing import suggest_terms, take_terms
from pipeline.workspace import Workspace
from tests.terms.corrected import ASSOCIATION, LEFT, Line, bitext

AT = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))
EVA = "Eva Muster <eva@example.org>"
SOURCE = "---\nid: {name}\ntitle: Titel\n---\n\nText.\n"

SERVICE: tuple[Line, ...] = (
    (
        "Die Verkehrsleitstelle Alvenz warnt vor Staus.",
        "La centrale d’Alvence alerte.",
        "Le centre d’Alvence alerte.",
    ),
    (
        "Auskunft gibt die Verkehrsleitstelle Alvenz.",
        "La centrale d’Alvence informe.",
        "Le centre d’Alvence informe.",
    ),
)
"""A term that may be two words or one."""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace.create(tmp_path / "office")
    for name, lines in (("faehre", (*ASSOCIATION[:2], *LEFT)), ("bus", (*ASSOCIATION[2:], *SERVICE))):
        folder = made.folder(name)
        folder.mkdir(parents=True)
        (folder / "source.md").write_text(SOURCE.format(name=name), encoding="utf-8")
        made.save_bitext(bitext(name, lines))
    return made


def take(workspace: Workspace, *numbers: int, source: str | None = None) -> list[list[str]]:
    taken = take_terms(workspace, "fr", numbers, source=source, by=EVA, at=AT)
    return [[term.text for term in concept.terms] for concept in taken]


def test_a_proposal_that_was_taken_is_in_the_termbase_and_proposed_no_more(workspace: Workspace) -> None:
    first, second = suggest_terms(workspace, "fr")
    assert (first.preferred, second.preferred) == ("syndicat intercommunal", "centre")
    assert take(workspace, 1) == [["Zweckverband", "syndicat intercommunal", "association"]]
    table = workspace.memory.terms.read_text(encoding="utf-8").splitlines()
    reference = f'"corrections in bus, faehre; {EVA}, 2026-11-23"'
    assert table == [
        "de,fr,status,reference",
        f"Zweckverband,syndicat intercommunal,,{reference}",
        f"Zweckverband,association,deprecated,{reference}",
    ]
    assert [item.preferred for item in suggest_terms(workspace, "fr")] == ["centre"]


def test_what_is_there_stays_and_comes_first(workspace: Workspace) -> None:
    workspace.memory.terms.write_text("de,fr\nUfer,rive\n", encoding="utf-8")
    take(workspace, 1)
    assert [concept.id for concept in workspace.memory.load_termbase().concepts] == ["ufer", "zweckverband"]


def test_which_of_several_terms_is_meant_is_for_a_person_to_say(workspace: Workspace) -> None:
    listed = "“Verkehrsleitstelle Alvenz”, “Alvenz”, “Verkehrsleitstelle”"
    with pytest.raises(WorkspaceError, match=f"proposal 2 may stand for {listed}"):
        take(workspace, 1, 2)
    assert not workspace.memory.terms.exists(), "nothing is taken unless all can be"
    assert take(workspace, 2, source="Verkehrsleitstellen") == [["Verkehrsleitstellen", "centre", "centrale"]]


@pytest.mark.parametrize(
    ("numbers", "source", "message"),
    [
        ((3,), None, "there is no proposal 3, there are 2"),
        ((0,), None, "there is no proposal 0"),
        ((2,), "Rathaus", "“Rathaus” is not in all sentences of proposal 2"),
        ((1, 2), "Verkehrsleitstelle", "for one proposal only"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_nothing_is_written(
    workspace: Workspace, numbers: tuple[int, ...], source: str | None, message: str
) -> None:
    with pytest.raises(WorkspaceError, match=message):
        take(workspace, *numbers, source=source)
    assert not workspace.memory.terms.exists()
