"""Quotation marks are balanced over all sentences a quotation goes on for, and both sides quote as often."""

import pytest

from pipeline.checks.quotations import CHECK
from pipeline.model.bitext import Bitext
from pipeline.model.termbase import Concept, Term, TermKind
from pipeline.model.texts import TextKind
from tests.checks.conftest import Look
from tests.checks.releases import bitext, issues


@pytest.mark.parametrize(
    "text",
    [
        bitext([("„Wir beginnen heute.", "« Nous commençons aujourd’hui."), ("Und morgen.“", "Et demain. »")]),
        bitext([("„Eins.", "« Un.")], [("Zwei.“", "Deux. »")], kind=TextKind.QUOTE),
        bitext([("„Eins.", "« Un.")], [("Zwei.“", "« Deux. »")]),
        bitext([("„Eins“, sagte sie, „und zwei.“", "« Un, a-t-elle dit, et deux. »")]),
        bitext([("„Eins“, sagte sie. „Zwei.“", "« Un, a-t-elle dit. Deux. »")]),
        bitext([("Er sagte: „Wir nennen es ‚Brücke‘.“", "Il a dit : « Nous l’appelons “pont”. »")]),
        bitext([("Das [„Institut des cadres“]{lang=fr} lädt ein.", "L’Institut des cadres vous invite.")]),
        bitext([("Der Film „Grenzgänger“ läuft.", "Le film *Grenzgänger* est à l’affiche.")]),
        bitext([('Er sagte "Ja" dazu.', "Il y a dit « oui ».")]),
    ],
)
def test_these_are_balanced(text: Bitext) -> None:
    assert issues(CHECK, text) == ()


@pytest.mark.parametrize(
    ("text", "segment", "offset"),
    [
        (bitext([("„Wir beginnen.“", "« Nous commençons.")]), "S001", 0),
        (bitext([("„Eins.", "« Un."), ("Zwei.“", "Deux.")]), "S001", 0),
        (bitext([("„Eins.", "Un."), ("Zwei.“", "Deux. »")]), "S002", 6),
        (bitext([("„Eins.“", "« Un.")], [("Danach.", "Ensuite.")], [("„Zwei.“", "« Deux. »")]), "S001", 0),
    ],
)
def test_half_a_quotation_is_found_where_it_stands(text: Bitext, segment: str, offset: int) -> None:
    (issue,) = issues(CHECK, text)
    assert (issue.segment, issue.target[0].start) == (segment, offset)


@pytest.mark.parametrize(
    ("source", "target", "pair"),
    [
        ("Sie nannte es „mutig“ und „klug“.", "Elle l’a jugé « courageux » et sage.", ("de", "fr")),
        ("Sie nannte es mutig.", "Elle l’a jugé « courageux ».", ("de", "fr")),
        ("Elle l’a jugé « courageux ».", "Sie nannte es mutig.", ("fr", "de")),
    ],
)
def test_a_quotation_too_few_or_too_many_is_found(
    look: Look, source: str, target: str, pair: tuple[str, str]
) -> None:
    assert [issue.segment for issue in look(CHECK, source, target, pair=pair)] == ["S001"]


def test_a_term_needs_no_marks(look: Look) -> None:
    terms = (Term(text="Woche der Nachbarn", language="de"), Term(text="Semaine des voisins", language="fr"))
    concept = Concept(id="w", kind=TermKind.INSTITUTION, terms=terms)
    source, target = "Die „Woche der Nachbarn“ beginnt.", "La Semaine des voisins commence."
    assert look(CHECK, source, target, concepts=[concept]) == ()
    assert len(look(CHECK, source, target)) == 1
