"""Terms are found whatever their inflection, names only as they are written."""

import pytest

from pipeline.model.termbase import Concept, Term, Termbase, TermKind, TermStatus
from pipeline.terms.index import TermIndex

CONCEPTS = (
    ("Ministerpräsident", "ministre-président", TermKind.TITLE),
    ("Ministerpräsidentin", "ministre-présidente", TermKind.TITLE),
    ("stellvertretende Ministerpräsidentin", "ministre-présidente suppléante", TermKind.TITLE),
    ("Chef der Staatskanzlei", "chef de la chancellerie d’État", TermKind.TITLE),
    ("Staatskanzlei", "chancellerie d’État", TermKind.INSTITUTION),
    ("Bund", "Fédération", TermKind.INSTITUTION),
    ("EVTZ", "GECT", TermKind.INSTITUTION),
    ("Waldringen", "Valdraine", TermKind.PLACE),
    ("Land Waldringen", "Land de Valdraine", TermKind.PLACE),
    ("Gemeinde", "commune", TermKind.TERM),
    ("Generalkonsul", "consul général", TermKind.TERM),
    ("grenzüberschreitende Zusammenarbeit", "coopération transfrontalière", TermKind.TERM),
)


def concept(german: str, french: str, kind: TermKind = TermKind.TERM) -> Concept:
    terms = (Term(text=german, language="de"), Term(text=french, language="fr"))
    return Concept(id=german, kind=kind, terms=terms)


INDEX = TermIndex(Termbase(concepts=tuple(concept(*row) for row in CONCEPTS)), source="de", target="fr-CH")


def in_german(text: str) -> list[tuple[str, str]]:
    return [(item.concept.id, text[item.start : item.end]) for item in INDEX.in_source(text)]


def in_french(text: str) -> list[tuple[str, str]]:
    return [(item.concept.id, text[item.start : item.end]) for item in INDEX.in_target(text)]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Mit den Gemeinden wurde gesprochen.", "Gemeinde"),
        ("dank grenzüberschreitender Zusammenarbeit", "grenzüberschreitende Zusammenarbeit"),
        ("die Grenzüberschreitende Zusammenarbeit", "grenzüberschreitende Zusammenarbeit"),
        ("die beiden Ministerpräsidentinnen", "Ministerpräsidentin"),
        ("des Ministerpräsidenten", "Ministerpräsident"),
        ("Waldringens Wälder", "Waldringen"),
        ("im Haushalt des Bundes", "Bund"),
        ("drei EVTZ", "EVTZ"),
        ("am Generalkonsulat vorbei mit dem Generalkonsul", "Generalkonsul"),
    ],
)
def test_german_inflection_is_seen_through(text: str, term: str) -> None:
    assert [name for name, _ in in_german(text)] == [term]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("les communes voisines", "Gemeinde"),
        ("les consuls généraux", "Generalkonsul"),
        ("des coopérations transfrontalières", "grenzüberschreitende Zusammenarbeit"),
        ("les ministres-présidentes", "Ministerpräsidentin"),
        ("les ministres-présidents", "Ministerpräsident"),
        ("à la chancellerie d'État", "Staatskanzlei"),
        ("l’ensemble de la Valdraine", "Waldringen"),
    ],
)
def test_french_inflection_is_seen_through(text: str, term: str) -> None:
    assert [name for name, _ in in_french(text)] == [term]


@pytest.mark.parametrize(
    "text", ["im Bundestag", "gebunden und im bund", "das waldringische Wort", "www.gemeinde.example.org", "Evtz"]
)
def test_what_only_looks_like_a_term_is_none(text: str) -> None:
    assert in_german(text) == []


def test_a_function_keeps_its_gender() -> None:
    assert in_french("la ministre-présidente") == [("Ministerpräsidentin", "ministre-présidente")]
    assert in_french("le ministre-président") == [("Ministerpräsident", "ministre-président")]


def test_the_longest_term_wins_in_the_source() -> None:
    found = in_german(
        "Der Chef der Staatskanzlei traf die stellvertretende Ministerpräsidentin im Land Waldringen."
    )
    assert [name for name, _ in found] == [
        "Chef der Staatskanzlei",
        "stellvertretende Ministerpräsidentin",
        "Land Waldringen",
    ]


def test_all_terms_are_seen_in_the_target() -> None:
    found = [name for name, _ in in_french("le chef de la chancellerie d’État")]
    assert found == ["Chef der Staatskanzlei", "Staatskanzlei"]


def test_the_last_part_of_a_compound_is_found_and_marked() -> None:
    (item,) = INDEX.in_source("mit der Partnergemeinde")
    assert (item.concept.id, item.whole) == ("Gemeinde", False)


def test_forms_that_cannot_be_guessed_are_taken_from_the_termbase() -> None:
    terms = (Term(text="Bau", language="de", forms=("Bauten",)), Term(text="ouvrage", language="fr"))
    index = TermIndex(Termbase(concepts=(Concept(id="bau", terms=terms),)), source="de", target="fr")
    assert [item.concept.id for item in index.in_source("neue Bauten")] == ["bau"]


def test_both_directions_work() -> None:
    index = TermIndex(INDEX.termbase, source="fr", target="de")
    assert [item.concept.id for item in index.in_source("les communes de Valdraine")] == ["Gemeinde", "Waldringen"]
    assert [item.concept.id for item in index.in_target("Waldringens Gemeinden")] == ["Waldringen", "Gemeinde"]


def test_deprecated_terms_are_found_in_the_target_too() -> None:
    terms = (
        Term(text="Landrat", language="de"),
        Term(text="sous-préfet", language="fr", status=TermStatus.DEPRECATED),
    )
    index = TermIndex(Termbase(concepts=(Concept(id="landrat", terms=terms),)), source="de", target="fr")
    (found,) = index.in_target("le sous-préfet de la région")
    assert found.term.status is TermStatus.DEPRECATED
