"""What is denied on one side is denied on the other; idioms that only look so are known."""

import pytest

from pipeline.checks.negation import CHECK
from tests.checks.conftest import Look

DE_FR, FR_DE = ("de", "fr"), ("fr", "de")


@pytest.mark.parametrize(
    ("source", "target", "pair", "word"),
    [
        ("Die Brücke wird nicht gesperrt.", "Le pont sera fermé.", DE_FR, "nicht"),
        ("Es gab keine Verletzten.", "Il y a eu des blessés.", DE_FR, "keine"),
        ("Das war nie geplant.", "C’était prévu.", DE_FR, "nie"),
        ("Er kam ohne Ausweis.", "Il est venu avec ses papiers.", DE_FR, "ohne"),
        ("Niemand hat gefragt.", "Quelqu’un a posé la question.", DE_FR, "Niemand"),
        ("Weder Bus noch Bahn fahren.", "Le bus et le train circulent.", DE_FR, "Weder Bus noch"),
        ("Der Bus kommt nicht, die Bahn fährt nicht.", "Le bus ne vient pas, le train circule.", DE_FR, "nicht"),
        ("Das verbietet das Gesetz nicht.", "La loi l’interdit.", DE_FR, "nicht"),
        ("Nicht nur der Bus fährt nicht.", "Non seulement le bus circule.", DE_FR, "nicht"),
        ("Le pont ne sera pas fermé.", "Die Brücke wird gesperrt.", FR_DE, "ne sera pas"),
        ("Il est parti sans bagages.", "Er reiste mit Gepäck ab.", FR_DE, "sans"),
        ("Personne n’a répondu.", "Alle haben geantwortet.", FR_DE, "Personne n’"),
    ],
)
def test_a_lost_negation_is_found(look: Look, source: str, target: str, pair: tuple[str, str], word: str) -> None:
    (issue,) = [issue for issue in look(CHECK, source, target, pair=pair) if issue.source]
    last = issue.source[-1]
    assert source[last.start : last.end] == word


@pytest.mark.parametrize(
    ("source", "target", "pair", "word"),
    [
        ("Die Brücke wird gesperrt.", "Le pont ne sera pas fermé.", DE_FR, "ne sera pas"),
        ("Er kam mit Gepäck.", "Il est venu sans bagages.", DE_FR, "sans"),
        ("Le pont sera fermé.", "Die Brücke wird nicht gesperrt.", FR_DE, "nicht"),
    ],
)
def test_an_added_negation_is_found(look: Look, source: str, target: str, pair: tuple[str, str], word: str) -> None:
    (issue,) = look(CHECK, source, target, pair=pair)
    assert target[issue.target[0].start : issue.target[0].end] == word


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Nicht nur der Bus, sondern auch die Bahn fährt.", "Le bus circule, le train aussi."),
        ("Viele kamen, nicht zuletzt Familien.", "Beaucoup sont venus, notamment des familles."),
        ("Das ist noch nicht entschieden.", "La décision reste à prendre."),
        ("Kein anderer als er sprach.", "C’est lui-même qui a pris la parole."),
        ("Ohne Zweifel ein Erfolg.", "Assurément un succès."),
        ("Das ist nichts anderes als Alltag.", "C’est tout simplement le quotidien."),
        ("Unter anderem fährt der Bus.", "Entre autres, le bus circule."),
        ("Rauchen ist nicht erlaubt.", "Il est interdit de fumer."),
        ("Die Mittel reichen nicht.", "Les moyens sont insuffisants."),
        ("Der Bus fährt nicht mehr.", "Le bus a cessé de circuler."),
        ("Es fehlt an Personal.", "Il n’y a pas assez de personnel."),
        ("Die Lage bleibt unklar.", "On ne sait pas ce qui se passe."),
        ("Nur zwei Busse fahren.", "Il n’y a que deux bus."),
        ("Es kamen 300 Gäste.", "Pas moins de 300 personnes sont venues."),
        ("Das Projekt ist wohl ein Erfolg.", "Le projet est sans doute une réussite."),
        ("Der erste Schritt ist getan.", "Le premier pas est fait."),
        ("Es gibt keine Busse und keine Bahnen.", "Il n’y a ni bus ni train."),
    ],
)
def test_what_says_the_same_is_let_pass_in_both_directions(look: Look, source: str, target: str) -> None:
    assert look(CHECK, source, target) == ()
    assert look(CHECK, target, source, pair=FR_DE) == ()
