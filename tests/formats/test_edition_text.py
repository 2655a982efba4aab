"""An edition as plain text: all of its words, in lines that every mail program leaves alone."""

import re

import pytest

from pipeline.formats.edition_text import WIDTH, edition_text
from pipeline.model.inline import plain
from pipeline.model.texts import TextKind, texts
from pipeline.runner.languages import stand
from pipeline.runner.publishing import editions
from pipeline.workspace import Workspace
from tests.engines.pdf_releases import ROOT, edition

GERMAN, FRENCH = editions(Workspace.find(ROOT), stand(Workspace.find(ROOT), "2026-10-08-grenzbus-linie-40"))
UNSEEN = {TextKind.ALT, TextKind.CAPTION}
"""A picture is told by one of the two."""


def squeezed(text: str) -> str:
    return re.sub(r"[\s>]+", "", text)


@pytest.mark.parametrize("number", range(120))
def test_every_word_is_there(number: int) -> None:
    page = edition(number)
    text = squeezed(edition_text(page))
    places = [
        place for place in texts(page.release, "") if place.kind not in UNSEEN and place.kind != TextKind.CELL
    ]
    lost = [
        plain(place.text)
        for place in places
        if squeezed("".join(run.text for run in place.text if not run.href)) not in text
        and not any(run.href for run in place.text)
    ]
    assert lost == []


@pytest.mark.parametrize("number", range(0, 120, 3))
def test_no_line_is_too_long_unless_a_word_is(number: int) -> None:
    long = [line for line in edition_text(edition(number)).splitlines() if len(line) > WIDTH]
    assert [line for line in long if len(max(re.split(" +", line), key=len)) < WIDTH - 12] == []


def test_it_opens_with_what_it_is_and_when_it_may_be_used() -> None:
    assert edition_text(GERMAN).startswith(
        "Medieninformation · Nr.\u00a0198/2026 · Staatskanzlei\n\nZur sofortigen Veröffentlichung\n\n"
    )


def test_a_table_is_told_row_by_row_in_the_typography_of_the_language() -> None:
    assert "\nKennzahl: Fahrgäste\nOktober 2025 bis März 2026: 187.400\n" in edition_text(GERMAN).replace(
        "\u00a0", " "
    )
    assert "\nIndicateur\u00a0: Voyageurs\n" in edition_text(FRENCH)


def test_a_link_tells_where_it_leads() -> None:
    assert "<https://fahrplan.waldringen.example.org/linie-40>" in edition_text(FRENCH)


def test_a_quotation_is_set_in() -> None:
    assert "\n> «\u00a0Les prévisions sont patientes" in edition_text(FRENCH)
