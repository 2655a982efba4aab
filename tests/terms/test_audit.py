"""A termbase that contradicts itself says so."""

from pipeline.model.termbase import Concept, Term, Termbase, TermStatus
from pipeline.terms.audit import problems


def concept(name: str, *french: tuple[str, TermStatus]) -> Concept:
    terms = tuple(Term(text=text, language="fr", status=status) for text, status in french)
    return Concept(id=name, terms=(Term(text=name, language="de"), *terms))


P, A, D = TermStatus.PREFERRED, TermStatus.ADMITTED, TermStatus.DEPRECATED


def messages(*concepts: Concept) -> list[str]:
    return [item.message for item in problems(Termbase(concepts=concepts))]


def test_one_preferred_term_with_others_is_no_contradiction() -> None:
    assert messages(concept("Landrat", ("Landrat", P), ("chef du district", A), ("sous-préfet", D))) == []


def test_two_preferred_terms_are_one() -> None:
    (message,) = messages(concept("Haus", ("maison", P), ("logis", P)))
    assert "2 preferred terms, “maison” and “logis”" in message


def test_a_term_asked_for_and_deprecated_is_one() -> None:
    (message,) = messages(concept("Haus", ("maison", P), ("maison", D)))
    assert "deprecates it" in message


def test_terms_that_send_people_in_a_circle_are_one() -> None:
    (message,) = messages(
        concept("Haus", ("maison", P), ("logis", D)), concept("Heim", ("logis", P), ("maison", D))
    )
    assert "the other way round" in message
