"""Good translations are let pass: none of these checks finds anything in them, in either direction."""

from pathlib import Path

import pytest

from pipeline.checks import (
    attribution,
    consistency,
    decisions,
    form,
    freshness,
    length,
    negation,
    quotations,
    spacing,
    untranslated,
)
from pipeline.checks.base import Check
from pipeline.formats import bitext_json, markdown
from tests.checks.releases import bitext, issues, silent_pairs, typeset

CHECKS = [
    module.CHECK
    for module in (
        untranslated, quotations, spacing, form, length, consistency, negation, decisions, freshness, attribution
    )
]  # fmt: skip
PAIRS = silent_pairs()


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_a_release_of_good_french_is_let_pass(check: Check) -> None:
    assert issues(check, bitext(*[[pair] for pair in PAIRS])) == ()


@pytest.mark.parametrize(
    "check", [check for check in CHECKS if check.name != "length"], ids=lambda check: check.name
)
def test_so_is_its_german_when_the_french_was_there_first(check: Check) -> None:
    # But for its length: free French is long, and nobody would have made so short a German text of it.
    swapped = [[(french, typeset(german, "de"))] for german, french in PAIRS]
    assert issues(check, bitext(*swapped, pair=("fr", "de"))) == ()


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
@pytest.mark.parametrize("name", ["2025-11-18-fortbildungswoche", "2026-10-08-grenzbus-linie-40"])
def test_approved_releases_of_this_repository_are_let_pass(check: Check, name: str) -> None:
    folder = Path(__file__).parents[2] / "releases" / name
    release = markdown.parse((folder / "source.md").read_text(encoding="utf-8"), language="de")
    text = bitext_json.parse((folder / "fr.json").read_text(encoding="utf-8"), path=folder)
    assert issues(check, text, release) == ()


def test_there_are_enough_of_them() -> None:
    assert len(set(PAIRS)) >= 80
