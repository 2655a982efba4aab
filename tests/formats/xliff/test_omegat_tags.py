"""Texts with OmegaT's tags: each source here is what OmegaT 3.6 itself was seen to show for it."""

import pytest

from pipeline.formats.xliff.omegat_tags import tagged
from pipeline.model.inline import Inlines, Run, inlines


def bold(text: str) -> Run:
    return Run(text=text, bold=True)


def link(text: str) -> Run:
    return Run(text=text, href="https://www.example.org/")


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ((bold("Alles"),), "Alles"),
        ((bold("Das"), Run(text=" Land "), link("baut")), "<g0>Das</g0> Land <g1>baut</g1>"),
        (inlines("Ende\n"), "Ende"),
        (inlines("\nAnfang"), "Anfang"),
        ((bold("a"), Run(text="\n"), link("b")), "<g0>a</g0><x1/><g2>b</g2>"),
        ((Run(text=" "), bold("Blank"), Run(text=" ")), "Blank"),
        ((bold("eins\nzwei"),), "eins<x0/>zwei"),
        ((bold(" "), Run(text="Leer")), "Leer"),
        ((Run(text="\nm "), bold("n"), Run(text="\n")), "m <g0>n</g0>"),
        ((bold("k"), Run(text=" \n l")), "<g0>k</g0> <x1/> l"),
        ((bold("\u00a0"), Run(text="nb"), link("\u00a0")), "<g0>\u00a0</g0>nb<g1>\u00a0</g1>"),
        ((Run(text="\u00a0"), bold("fest"), Run(text=" so")), "<g0>fest</g0> so"),
        ((bold("a"), Run(text="b\u00a0")), "<g0>a</g0>b"),
        (inlines("schmal\u202f"), "schmal\u202f"),
        ((bold("pp"), link("qq")), "<g0>pp</g0><g1>qq</g1>"),
        (inlines("\n"), ""),
    ],
)
def test_a_source_is_written_as_omegat_shows_it(source: Inlines, shown: str) -> None:
    assert tagged(source, source) == (shown, shown)


def test_a_drafts_codes_have_the_sources_numbers_wherever_they_stand() -> None:
    source = (bold("Fett"), Run(text=" und "), link("Verweis"))
    draft = (link("Lien"), Run(text=" et "), bold("gras"))
    assert tagged(source, draft)[1] == "<g1>Lien</g1> et <g0>gras</g0>"


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        ((Run(text="Lien "), link("ici")), "Lien ici"),
        ((bold("Tout"),), "Tout"),
        (inlines("Deux\nlignes\n"), "Deux lignes"),
    ],
)
def test_a_draft_with_codes_that_the_source_does_not_show_comes_as_plain_words(draft: Inlines, words: str) -> None:
    assert tagged((Run(text="Ein "), bold("Wort")), draft)[1] == words
