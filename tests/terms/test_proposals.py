"""Corrections that recur become proposals; everything else does not."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import locales
from pipeline.model.bitext import Bitext, Edit
from pipeline.model.termbase import Concept, Term, Termbase, TermStatus
from pipeline.terms.index import TermIndex
from pipeline.terms.proposals import Proposal, proposals
from pipeline.terms.replacements import replacements
from tests.terms.corrected import ASSOCIATION, LEA, LEFT, Line, bitext

DE, FR = locales.get("de"), locales.get("fr")


def found(*bitexts: Bitext, terms: Termbase | None = None) -> tuple[Proposal, ...]:
    return proposals(bitexts, TermIndex(terms or Termbase(), source="de", target="fr"), DE, FR)


def concept(*texts: tuple[str, str, TermStatus]) -> Termbase:
    terms = tuple(Term(text=text, language=language, status=status) for language, text, status in texts)
    return Termbase(concepts=(Concept(id="x", terms=terms),))


def test_a_wording_replaced_in_several_sentences_is_proposed_for_the_word_that_all_of_them_have() -> None:
    (proposal,) = found(bitext("faehre", (*ASSOCIATION[:2], *LEFT)), bitext("bus", ASSOCIATION[2:]))
    assert proposal.candidates == ("Zweckverband",)
    assert (proposal.preferred, proposal.replaced) == ("syndicat intercommunal", "association")
    assert [(item.release, item.segment) for item in proposal.evidence] == [
        ("faehre", "S001"),
        ("faehre", "S002"),
        ("bus", "S001"),
    ]
    assert proposal.evidence[0].by == LEA


def test_a_correction_that_happened_once_is_none() -> None:
    assert found(bitext("faehre", (ASSOCIATION[0], *LEFT))) == ()


def test_the_same_sentence_in_two_releases_is_one_sentence() -> None:
    assert found(bitext("faehre", ASSOCIATION[:1]), bitext("bus", ASSOCIATION[:1])) == ()


def test_a_correction_that_was_taken_back_speaks_for_nothing() -> None:
    text = bitext("faehre", ASSOCIATION[:2])

    def back(item: Edit) -> Edit:
        return replace(item, before=item.after, after=item.before)

    undone = text.map_segments(
        lambda item: (
            replace(item, target=item.history[0].before, history=(*item.history, back(item.history[0])))
            if item.id == "S001"
            else item
        )
    )
    assert found(undone) == ()


def test_sentences_whose_source_is_gone_still_count() -> None:
    text = bitext("faehre", ASSOCIATION[:2])
    archived = replace(text, units=(), archived=tuple(text.segments()))
    assert [item.candidates for item in found(archived)] == [("Zweckverband",)]


TWO_WORDS: tuple[Line, ...] = (
    (
        "Die grenzüberschreitende Arbeitsgruppe tagt in Alvenz.",
        "L’équipe de travail transfrontalière se réunit à Alvence.",
        "Le comité transfrontalier se réunit à Alvence.",
    ),
    (
        "Alvenz lädt die grenzüberschreitende Arbeitsgruppe ein.",
        "Alvence invite l’équipe de travail transfrontalière.",
        "Alvence invite le comité transfrontalier.",
    ),
)


def test_where_several_words_are_possible_all_are_listed_for_a_person() -> None:
    (proposal,) = found(bitext("faehre", TWO_WORDS))
    assert (proposal.preferred, proposal.replaced) == ("comité", "équipe de travail")
    assert proposal.candidates == ("grenzüberschreitende Arbeitsgruppe", "Alvenz", "Arbeitsgruppe")


def test_a_word_in_sentences_where_the_replaced_wording_was_left_is_no_candidate() -> None:
    left: Line = (
        "Alvenz dankt.",
        "L’équipe de travail d’Alvence remercie.",
        "L’équipe de travail d’Alvence remercie.",
    )
    (proposal,) = found(bitext("faehre", (*TWO_WORDS, left)))
    assert "Alvenz" not in proposal.candidates
    assert "Arbeitsgruppe" in proposal.candidates


def test_a_word_in_many_sentences_with_neither_wording_is_no_candidate() -> None:
    others: tuple[Line, ...] = tuple((f"Alvenz {word}.", f"Alvence {word}.", f"Alvence {word}.") for word in "abc")
    (proposal,) = found(bitext("faehre", (*TWO_WORDS, *others)))
    assert "Alvenz" not in proposal.candidates


@pytest.mark.parametrize(
    "terms",
    [
        concept(("de", "Zweckverband", TermStatus.PREFERRED), ("fr", "syndicat", TermStatus.PREFERRED)),
        concept(
            ("de", "Verband", TermStatus.PREFERRED),
            ("fr", "syndicats intercommunaux", TermStatus.PREFERRED),
            ("fr", "associations", TermStatus.DEPRECATED),
        ),
    ],
    ids=["source term", "pair of target terms"],
)
def test_what_the_termbase_has_is_not_proposed(terms: Termbase) -> None:
    assert found(bitext("faehre", ASSOCIATION), terms=terms) == ()


def test_a_verb_is_no_term() -> None:
    lines: tuple[Line, ...] = (
        ("Er spricht in Alvenz.", "Il parle à Alvence.", "Il s’exprime à Alvence."),
        ("Sie spricht am Montag.", "Elle parle lundi.", "Elle s’exprime lundi."),
    )
    assert found(bitext("faehre", lines)) == ()


def test_nothing_corrected_nothing_proposed() -> None:
    assert found() == ()
    assert found(bitext("faehre", LEFT)) == ()


def pairs(before: str, after: str) -> list[tuple[str, str]]:
    return [(item.old.text, item.new.text) for item in replacements(before, after, FR)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("La commune paie.", "Le canton paie.", [("commune", "canton")]),
        ("L’association paie.", "Le syndicat intercommunal paie.", [("association", "syndicat intercommunal")]),
        ("les villes jumelées", "les villes partenaires", [("jumelées", "partenaires")]),
        ("la commune de Montcerval", "les communes de Montcerval", []),
        ("Il coûte 12 euros.", "Il coûte 13 euros.", []),
        ("Un bac relie les rives.", "Un bac relie les deux rives.", []),
        ("Une phrase bien trop longue ici", "Tout autre chose que cela fut dit là-bas", []),
        ("les 940 dans 602", "les 940 nouveau-nés, 602", []),
        ("la nouvelle commune", "le nouveau canton", [("nouvelle commune", "nouveau canton")]),
        ("de la commune", "de la ville et de la commune voisine", []),
        ("", "Oui", []),
    ],
)
def test_articles_inflections_figures_and_rewritten_passages_are_left_aside(
    before: str, after: str, expected: list[tuple[str, str]]
) -> None:
    assert pairs(before, after) == expected


@given(before=st.text("ab é’l12 .", max_size=40), after=st.text("ab é’l12 .", max_size=40))
def test_a_replacement_stands_in_both_texts(before: str, after: str) -> None:
    for old, new in pairs(before, after):
        assert old in " ".join(before.split())
        assert new in " ".join(after.split())
