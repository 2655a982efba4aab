"""An edition says everything that will stand on the page, in its own language, and marks what is no final text."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipeline import locales
from pipeline.config import load_settings
from pipeline.errors import ConfigError
from pipeline.formats.markdown import parse
from pipeline.model.bitext import Bitext, State
from pipeline.model.edition import Edition, EditionStatus
from pipeline.model.inline import Run, inlines, plain
from pipeline.model.release import Localized, Paragraph, Revision, RevisionKind
from pipeline.stages.render import Paper, source_edition, target_edition
from pipeline.stages.segment import segment

ROOT = Path(__file__).parents[2]
SETTINGS = load_settings(ROOT / "communique.toml")
PAPER = Paper(settings=SETTINGS, logo=None, pictures=())
DE, FR = locales.get("de"), locales.get("fr")
RELEASE = parse(
    """---
id: r
title: Neue Fähre
date: 2026-11-01
place: {de: Alvenz, fr: Alvence}
number: 12/2026
embargo: 2026-11-01 09:05 Europe/Berlin
boilerplate: staatskanzlei
---

Erster Satz. Zweiter Satz.
""",
    language="de",
)


def bitext(*targets: str) -> Bitext:
    empty = segment(RELEASE, target="fr", split=lambda text: DE.sentences(text, frozenset()))
    words = iter(targets)

    def fill(item: object) -> object:
        text = next(words)
        return replace(item, target=inlines(text), state=State.TRANSLATED if text else State.INITIAL)  # type: ignore[type-var]

    return empty.map_segments(fill)  # type: ignore[arg-type]  # the same function for every segment


def french(text: Bitext, *, approved: bool = False) -> Edition:
    return target_edition(RELEASE, text, (DE, FR), PAPER, approved=approved)


def test_what_is_taken_back_is_under_no_embargo_any_more() -> None:
    note = Localized(texts=(("de", "Falsch."), ("fr", "Faux.")))
    revision = Revision(version=2, kind=RevisionKind.WITHDRAWAL, note=note, replaces=date(2026, 10, 7))
    page = source_edition(replace(RELEASE, revision=revision), DE, PAPER, approved=True)
    assert page.labels.timing == "Zur sofortigen Veröffentlichung"
    assert page.release.embargo is None


def test_labels_date_line_and_embargo_are_the_languages_own() -> None:
    labels = french(bitext("Nouveau bac", "Un.", "Deux.")).labels
    assert labels.kind == "Communiqué de presse"
    assert labels.place_and_date == "Alvence, le 1er\u00a0novembre 2026"
    assert labels.timing == "Sous embargo jusqu’au 1er\u00a0novembre 2026 à 9\u00a0h\u00a005"
    assert labels.number == "N°\u00a012/2026"
    german = source_edition(RELEASE, DE, PAPER, approved=True).labels
    assert german.place_and_date == "Alvenz, 1.\u00a0November 2026"
    assert german.timing == "Sperrfrist: 1.\u00a0November 2026, 9.05\u00a0Uhr"
    assert german.about == "Über die Staatskanzlei"


def test_sentences_are_joined_as_they_were_parted() -> None:
    (paragraph,) = french(bitext("Nouveau bac", "Un.", "Deux.")).release.blocks
    assert isinstance(paragraph, Paragraph)
    assert plain(paragraph.text) == "Un. Deux."


def test_what_is_not_translated_is_shown_as_such_in_its_own_language() -> None:
    edition = french(bitext("Nouveau bac", "Un.", ""))
    (paragraph,) = edition.release.blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text[-2:] == (
        Run(text="[non traduit] ", untranslated=True),
        Run(text="Zweiter Satz.", lang="de", untranslated=True),
    )
    assert edition.notes[1] == "Un passage sur 3 n’est pas traduit et figure dans la langue d’origine."


def test_a_draft_says_how_far_it_is() -> None:
    machine = french(bitext("Nouveau bac", "Un.", "Deux."))
    assert "non relue" in machine.notes[0]
    text = bitext("Nouveau bac", "Un.", "Deux.").map_segments(lambda item: replace(item, state=State.REVIEWED))
    assert "relue, non encore validée" in french(text).notes[0]
    assert french(bitext("", "", "")).notes == ("Brouillon\u00a0: texte non encore traduit. Ne pas diffuser.",)
    assert {machine.status, french(text).status} == {EditionStatus.DRAFT}
    assert "nicht freigegeben" in source_edition(RELEASE, DE, PAPER, approved=False).notes[0]


def test_a_final_edition_carries_no_note() -> None:
    edition = french(bitext("Nouveau bac", "Un.", "Deux."), approved=True)
    assert (edition.status, edition.notes) == (EditionStatus.FINAL, ())


def test_files_carry_the_releases_date_and_not_the_runs() -> None:
    assert source_edition(RELEASE, DE, PAPER, approved=True).made == datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize("name", ["unbekannt"])
def test_an_unknown_boilerplate_names_the_known_ones(name: str) -> None:
    with pytest.raises(ConfigError, match="known: staatskanzlei"):
        source_edition(replace(RELEASE, boilerplate=name), DE, PAPER, approved=True)


def test_contacts_are_the_releases_own_or_else_the_offices() -> None:
    assert source_edition(RELEASE, DE, PAPER, approved=True).contacts == SETTINGS.office.contacts
