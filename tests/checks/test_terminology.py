"""The office's words are used, in whatever inflection."""

import pytest

from pipeline.checks.terminology import CHECK
from pipeline.model.issue import Severity
from pipeline.model.termbase import Concept, Term, TermKind, TermStatus
from tests.checks.conftest import Look


def concept(german: str, *french: str, deprecated: str | None = None, kind: TermKind = TermKind.TERM) -> Concept:
    first, *others = french
    terms = [Term(text=german, language="de"), Term(text=first, language="fr")]
    terms += [Term(text=text, language="fr", status=TermStatus.ADMITTED) for text in others]
    if deprecated:
        terms.append(Term(text=deprecated, language="fr", status=TermStatus.DEPRECATED))
    return Concept(id=german, kind=kind, terms=tuple(terms))


CONCEPTS = (
    concept("Fahrgast", "voyageur", "passager", deprecated="client"),
    concept("grenzüberschreitende Zusammenarbeit", "coopération transfrontalière"),
    concept("Ministerpräsidentin", "ministre-présidente", kind=TermKind.TITLE),
    concept("Landrat", "Landrat", deprecated="sous-préfet", kind=TermKind.TITLE),
    concept("Gemeinde", "commune"),
)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Die Fahrgäste warten.", "Les voyageurs attendent."),
        ("Die Fahrgäste warten.", "Les passagers attendent."),
        ("dank grenzüberschreitender Zusammenarbeit", "grâce aux coopérations transfrontalières"),
        ("Die Partnergemeinde feiert.", "La ville jumelée est en fête."),
        ("Nichts davon steht hier.", "Rien de tout cela, même pour les clients."),
    ],
)
def test_preferred_and_admitted_terms_are_passed_over(look: Look, source: str, target: str) -> None:
    assert look(CHECK, source, target, concepts=CONCEPTS) == ()


def test_a_deprecated_term_is_an_error_with_what_to_say_instead(look: Look) -> None:
    (issue,) = look(CHECK, "Der Landrat kam.", "Le sous-préfet est venu.", concepts=CONCEPTS)
    assert issue.severity is Severity.ERROR
    assert "“Landrat”" in issue.message
    assert [(span.start, span.end) for span in issue.target] == [(3, 14)]


def test_a_term_is_never_put_in_where_its_article_may_change(look: Look) -> None:
    (issue,) = look(CHECK, "Der Landrat kam.", "Le sous-préfet est venu.", concepts=CONCEPTS)
    assert issue.fix == ()


def test_a_missing_term_is_a_warning_that_points_at_the_source(look: Look) -> None:
    (issue,) = look(CHECK, "Die Gemeinden helfen.", "Les villages apportent leur aide.", concepts=CONCEPTS)
    assert (issue.severity, [(span.start, span.end) for span in issue.source]) == (Severity.WARNING, [(4, 13)])


def test_the_wrong_gender_of_a_function_is_noticed(look: Look) -> None:
    (issue,) = look(CHECK, "Die Ministerpräsidentin lud ein.", "Le ministre-président a invité.", concepts=CONCEPTS)
    assert "ministre-présidente" in issue.message
