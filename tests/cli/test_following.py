"""`communique review changes`: what a changed source reopens, and minor changes that reopen nothing."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli.following import changes
from pipeline.errors import GateError
from pipeline.model.bitext import State
from pipeline.model.inline import inlines
from pipeline.model.review import SignOff
from pipeline.runner.languages import stand
from pipeline.runner.reviewing import approve_release, edit_segment, sign_quotations, unsigned_quotations
from pipeline.workspace import Workspace

AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
MAX = "Max Beispiel <max@example.org>"
SOURCE = """---
id: bus
title: Neuer Bus über die Brücke
date: 2026-05-04
place: {de: Alvenz, fr: Alvence}
---

Der Bus fährt am 13. Dezember zum ersten Mal - und zwar im Takt. Er ist neu.

Ministerin Friederike Ahlbrink sagte: "Das ist ein guter Tag für alle."
"""
TARGETS = (
    "Un nouveau bus sur le pont",
    "Le bus circulera pour la première fois le 13\u00a0décembre, à intervalles réguliers.",
    "Il est neuf.",
    "La ministre Friederike Ahlbrink a déclaré\u00a0: «\u00a0C’est un beau jour pour tous.\u00a0»",
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An office with one release, reviewed, signed off and approved."""
    workspace = Workspace.create(tmp_path / "office")
    folder = workspace.folder("bus")
    folder.mkdir(parents=True)
    (folder / "source.md").write_text(SOURCE, encoding="utf-8")
    for number, text in enumerate(TARGETS, 1):
        edit_segment(workspace, "bus", "fr", f"S{number:03d}", inlines(text), by=MAX, at=AT)
    quoted = [item.id for item in unsigned_quotations(workspace, "bus", "fr", AT)]
    sign_quotations(workspace, "bus", "fr", quoted, by=MAX, at=AT)
    approve_release(workspace, "bus", by=MAX, at=AT)
    return workspace


def rewrite(workspace: Workspace, *replaced: tuple[str, str]) -> None:
    path = workspace.folder("bus") / "source.md"
    text = path.read_text(encoding="utf-8")
    for old, new in replaced:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def run(workspace: Workspace, *arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(
        changes, ["bus", *arguments], obj=workspace.root, input=typed, env={"COMMUNIQUE_AS": None}
    )


def saved(workspace: Workspace) -> bytes:
    return (workspace.folder("bus") / "fr.json").read_bytes()


MINOR = (("Mal - und", "Mal – und"), ('"Das', "„Das"), ('alle."', "alle.“"))


def test_without_a_change_there_is_nothing_to_tell(workspace: Workspace) -> None:
    result = run(workspace)
    assert result.output == "fr  4 unchanged\nNothing changed in the source.\n"


def test_a_release_that_was_never_drafted_has_nothing_to_compare_with(workspace: Workspace) -> None:
    (workspace.folder("bus") / "fr.json").unlink()
    assert "never drafted" in run(workspace).output


def test_what_changed_is_shown_word_by_word_with_what_it_reopens(workspace: Workspace) -> None:
    rewrite(workspace, ("am 13. Dezember", "am 14. Dezember"), (" Er ist neu.", ""), ('alle."', 'alle." Ende.'))
    before = saved(workspace)
    result = run(workspace)
    assert result.output == (
        "fr  2 unchanged, 1 rewritten, 1 added, 1 removed\n"
        "S002  rewritten, its review is open again, its translation goes to the archive\n"
        "      Der Bus fährt am [-13][+14]. Dezember zum ersten Mal - und zwar im Takt.\n"
        "S006  added\n"
        "      [+Ende.]\n"
        "S003  removed, its translation goes to the archive\n"
        "      [-Er ist neu.]\n"
        f"The approval by {MAX} of 2026-05-04 does not cover this source.\n"
        "\nNext: communique draft bus, then review what is open\n"
    )
    assert saved(workspace) == before, "nothing is written"


def test_the_same_as_data(workspace: Workspace) -> None:
    rewrite(workspace, ("am 13. Dezember", "am 14. Dezember"))
    ((language,),) = [json.loads(run(workspace, "--json").output)]
    assert (language["target"], language["minor"], language["approval"]["ends"]) == ("fr", False, True)
    (change,) = language["changes"]
    assert (change["change"], change["was"], change["segment"]) == ("rewritten", "S002", "S005")
    assert (change["typographic"], change["reopens"], change["archives"]) == (False, True, True)
    assert change["after"].startswith("Der Bus fährt am 14. Dezember")


def test_a_minor_change_keeps_reviews_signatures_and_approval(workspace: Workspace) -> None:
    rewrite(workspace, *MINOR)
    assert "--minor" in run(workspace).output
    assert not stand(workspace, "bus").approved("fr")

    result = run(workspace, "--minor", "--as", MAX, typed="y\n")
    assert result.exit_code == 0
    assert "ersten Mal [--][+–] und" in result.output
    assert "typography only" in result.output
    assert "nothing is reopened: fr" in result.output
    assert stand(workspace, "bus").approved("fr")
    assert unsigned_quotations(workspace, "bus", "fr", AT) == ()
    signs: tuple[SignOff, ...] = stand(workspace, "bus").bitext("fr").signoffs
    assert [item.segment for item in signs] == ["S004"]
    entry = list(workspace.log("bus").entries())[-1]
    assert (entry.by, entry.action) == (MAX, "minor")
    assert entry.details == {"target": "fr", "segments": ["S002", "S004"]}
    assert "Nothing changed" in run(workspace).output


def test_a_minor_change_is_still_one_after_a_draft(workspace: Workspace) -> None:
    rewrite(workspace, *MINOR)
    bitext = stand(workspace, "bus").bitext("fr")
    workspace.save_bitext(
        bitext.map_segments(
            lambda item: item if item.target else replace(item, target=inlines("x"), state=State.TRANSLATED)
        )
    )
    assert "S002  rewritten, typography only" in run(workspace).output
    run(workspace, "--minor", "--yes", "--as", MAX)
    assert stand(workspace, "bus").approved("fr")


def test_nothing_is_taken_over_without_a_yes_or_a_name(workspace: Workspace) -> None:
    rewrite(workspace, *MINOR)
    before = saved(workspace)
    assert run(workspace, "--minor", "--as", MAX, typed="n\n").exit_code == 1
    assert run(workspace, "--minor", "--yes").exit_code == 2
    assert run(workspace, "--minor", "--json", "--as", MAX).exit_code == 2
    assert saved(workspace) == before


def test_a_change_of_words_is_no_minor_one_and_nobody_is_asked(workspace: Workspace) -> None:
    rewrite(workspace, *MINOR, ("Er ist neu.", "Er ist alt."))
    before = saved(workspace)
    result = run(workspace, "--minor", "--as", MAX)
    assert isinstance(result.exception, GateError)
    assert result.exception.reasons == ("S003 rewritten: “Er ist [-neu][+alt].”",)
    assert saved(workspace) == before


def test_another_date_is_told_and_asks_for_a_new_approval(workspace: Workspace) -> None:
    rewrite(workspace, ("date: 2026-05-04", "date: 2026-05-05"))
    result = run(workspace)
    assert "does not cover this source: something beside the sentences changed" in result.output
    assert result.output.endswith("Next: communique approve bus, once all is reviewed\n")


def test_programs_can_take_a_minor_change_over(workspace: Workspace) -> None:
    rewrite(workspace, *MINOR)
    result = run(workspace, "--minor", "--yes", "--json", "--as", MAX, "--to", "fr")
    assert [item["change"] for item in json.loads(result.output)[0]["changes"]] == ["rewritten", "rewritten"]
    assert stand(workspace, "bus").approved("fr")
