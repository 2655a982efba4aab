"""Names stand in the translation as the termbase or the source has them."""

import pytest

from pipeline.checks.names import CHECK
from pipeline.model.issue import Severity
from pipeline.model.termbase import Concept, Term, TermKind, TermStatus
from tests.checks.conftest import Look


def place(german: str, *french: str, deprecated: str | None = None) -> Concept:
    terms = [Term(text=german, language="de"), *(Term(text=name, language="fr") for name in french)]
    if deprecated:
        terms.append(Term(text=deprecated, language="fr", status=TermStatus.DEPRECATED))
    return Concept(id=german, kind=TermKind.PLACE, terms=tuple(terms))


def keep(name: str) -> Concept:
    terms = (Term(text=name, language="de"), Term(text=name, language="fr"))
    return Concept(id=name, kind=TermKind.KEEP, terms=terms)


CONCEPTS = (
    place("Waldringen", "Valdraine", deprecated="Waldringen"),
    place("Land Waldringen", "Land de Valdraine"),
    place("Alvenz", "Alvence"),
    keep("Solène Vaubrecourt"),
)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Der Zug fährt von Alvenz nach Straßburg.", "Le train va d’Alvence à Strasbourg."),
        ("Gäste im Land Waldringen", "Des hôtes en Valdraine"),
        ("Waldringens Wälder bei Alvenz", "Les forêts de Valdraine, près d’Alvence"),
        ("Solène Vaubrecourt sprach zuerst.", "Mme Vaubrecourt a pris la parole la première."),
        ("Das Parlament und die Kommission in Italien", "Le Parlement et la Commission, en Italie"),
        ("Die Region begrüßt Frau Düsterhoff aus Zürich.", "La Région accueille Mme Düsterhoff, de Zurich."),
        ("Ellerdings Rede in Neuenfurth", "Le discours de M. Ellerding à Neuenfurth"),
        ("Minister Kestenholz und Präsident Ahlbrink", "Le Ministre Kestenholz et le Président Ahlbrink"),
    ],
)
def test_right_names_are_passed_over(look: Look, source: str, target: str) -> None:
    assert look(CHECK, source, target, concepts=CONCEPTS) == ()


@pytest.mark.parametrize(
    ("source", "target", "wrong"),
    [
        ("Gäste in Waldringen", "Des hôtes à Waldringen", "Waldringen"),
        ("Gäste in Alvenz", "Des hôtes à Alvenz", "Alvenz"),
        ("Gäste in Alvenz", "Des hôtes à Alvance", "Alvance"),
        ("Es sprach Solène Vaubrecourt.", "Solène Vaubercourt a pris la parole.", "Vaubercourt"),
        ("Frau Ahlbrink kommt.", "Mme Ahlbrinck viendra.", "Ahlbrinck"),
        ("Herr Kestenholz kommt.", "M. Kestenhloz viendra.", "Kestenhloz"),
    ],
)
def test_a_wrong_name_is_an_error_that_points_at_it(look: Look, source: str, target: str, wrong: str) -> None:
    (issue,) = look(CHECK, source, target, concepts=CONCEPTS)
    (span,) = issue.target
    assert (issue.severity, target[span.start : span.end]) == (Severity.ERROR, wrong)


def test_a_misspelt_name_can_be_put_right_at_once(look: Look) -> None:
    (issue,) = look(CHECK, "Frau Ahlbrink kommt.", "Mme Ahlbirnk viendra.")
    (edit,) = issue.fix
    assert (edit.start, edit.end, edit.new) == (4, 12, "Ahlbrink")


def test_a_name_that_is_missing_is_a_warning(look: Look) -> None:
    (issue,) = look(CHECK, "Das sagte sie in Alvenz.", "C’est ce qu’elle a déclaré.", concepts=CONCEPTS)
    assert (issue.severity, issue.target) == (Severity.WARNING, ())


def test_one_missing_name_is_told_once(look: Look) -> None:
    assert len(look(CHECK, "Von Alvenz nach Alvenz.", "Aller et retour.", concepts=CONCEPTS)) == 1


def test_french_to_german_works_too(look: Look) -> None:
    (issue,) = look(CHECK, "Des hôtes en Valdraine", "Gäste in Valdraine", concepts=CONCEPTS, pair=("fr", "de"))
    assert "Waldringen" in issue.message
