"""Every segment is translated, into the right language; what rightly stays is left alone."""

from dataclasses import replace

import pytest

from pipeline.checks.untranslated import CHECK
from pipeline.model.issue import Severity
from pipeline.model.termbase import Concept, Term, TermKind
from pipeline.model.texts import TextKind
from tests.checks.conftest import Look
from tests.checks.releases import bitext, changed, issues

E, W = Severity.ERROR, Severity.WARNING


def test_a_segment_without_a_translation_is_an_error() -> None:
    text = changed(bitext([("Guten Tag.", "")]), lambda item: replace(item, failure="engine: no answer"))
    (issue,) = issues(CHECK, text)
    assert (issue.severity, issue.segment) == (E, "S001")
    assert "engine: no answer" in issue.message


@pytest.mark.parametrize(
    ("source", "target", "pair"),
    [
        ("Die Brücke wird am Montag gesperrt.", "Die Brücke wird am Montag gesperrt.", ("de", "fr")),
        ("Die Brücke wird am Montag gesperrt.", "Der Steg ist für die Fußgänger nicht offen.", ("de", "fr")),
        (
            "Wir laden alle ein.",
            "We invite everybody, and there will be music and something good to eat.",
            ("de", "fr"),
        ),
        ("Le pont sera fermé à partir de lundi.", "Le pont sera fermé dès lundi pour les voitures.", ("fr", "de")),
    ],
)
def test_another_language_is_an_error(look: Look, source: str, target: str, pair: tuple[str, str]) -> None:
    (issue,) = look(CHECK, source, target, pair=pair)
    assert issue.severity is E
    assert (issue.target[0].start, issue.target[0].end) == (0, len(target))


@pytest.mark.parametrize("text", ["Fahrgastzahlen", "Kennzahl", "Pünktliche Abfahrten", "Mehr Abfahrten"])
def test_short_german_that_was_copied_is_a_warning(look: Look, text: str) -> None:
    assert [issue.severity for issue in look(CHECK, text, text, kind=TextKind.CELL)] == [W]


@pytest.mark.parametrize(
    "text",
    [
        "Jonas Rethmeier",
        "Alvenz–Montcerval",
        "LfK",
        "187.400",
        "+49 69 90009-528",
        "j.rethmeier@example.org",
        "[fahrplan.example.org](https://fahrplan.example.org/linie-40)",
        "`linie-40`",
        "International",
        "[« Communauté de communes du Val de Montcerval »]{lang=fr}",
        "Festival",
    ],
)
def test_what_is_the_same_everywhere_may_be_the_same(look: Look, text: str) -> None:
    assert look(CHECK, text, text) == ()


def test_a_term_that_stays_may_stay(look: Look) -> None:
    terms = tuple(Term(text="Grenze verbindet", language=language) for language in ("de", "fr"))
    concept = Concept(id="g", kind=TermKind.KEEP, terms=terms)
    assert look(CHECK, "Grenze verbindet", "Grenze verbindet", concepts=[concept]) == ()


@pytest.mark.parametrize(
    ("source", "target", "left"),
    [
        ("Der Gemeindeverband zahlt.", "Le Gemeindeverband paie.", ["Gemeindeverband"]),
        ("Die Ministerin betont den Nutzen.", "La ministre betont l’utilité.", ["betont"]),
        ("Bus und Bahn fahren öfter.", "Le bus und le train circulent plus souvent.", ["und"]),
        ("Das neue Bürgerbüro hilft.", "Le nouveau Bürgerbüro apporte son aide.", ["Bürgerbüro"]),
        ("Die Fahrgeldeinnahmen steigen.", "Les Fahrgeldeinnahmen augmentent.", ["Fahrgeldeinnahmen"]),
        ("Es gilt unverzüglich die Regel.", "La règle s’applique unverzüglich.", ["unverzüglich"]),
    ],
)
def test_german_words_left_in_french_are_shown(look: Look, source: str, target: str, left: list[str]) -> None:
    (issue,) = look(CHECK, source, target)
    assert issue.severity is W
    assert [target[span.start : span.end] for span in issue.target] == left
    assert [source[span.start : span.end] for span in issue.source] == left


def test_french_words_left_in_german_are_shown(look: Look) -> None:
    target = "Die Gemeinden zahlen désormais mehr."
    (issue,) = look(CHECK, "Les communes paient désormais davantage.", target, pair=("fr", "de"))
    assert target[issue.target[0].start : issue.target[0].end] == "désormais"


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Der Bundestag tagt.", "Le Bundestag se réunit."),
        ("Ursula von der Wiese kommt.", "Ursula von der Wiese sera présente."),
        ("Der Film „Die Brücke“ läuft.", "Le film « Die Brücke » est à l’affiche."),
        ("Die Landesakademie lädt ein.", "L’académie du Land (Landesakademie) vous invite."),
        ("Die *Zeitung* erscheint.", "Le journal *Zeitung* paraît."),
        ("Die Staatskanzlei lädt ein.", "La [Staatskanzlei]{lang=de} vous invite."),
        ("In Waldringen liegt Wiesenweiler.", "Wiesenweiler se trouve en Valdraine, non à Waldringen."),
        ("Die Schule am Wald feiert.", "L’école Am Wald est en fête."),
        ("Die nationale Agentur zahlt.", "L’agence nationale paie."),
    ],
)
def test_names_titles_and_shared_words_are_no_left_overs(look: Look, source: str, target: str) -> None:
    assert look(CHECK, source, target) == ()
