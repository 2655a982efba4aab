"""Doubled words, blanks, stops, brackets and lost formatting are found, with the change where it is clear."""

import pytest

from pipeline.checks.form import CHECK
from pipeline.model.bitext import Bitext
from pipeline.model.issue import Severity
from pipeline.model.texts import TextKind
from tests.checks.conftest import Look
from tests.checks.releases import bitext, fixed, issues

E, W = Severity.ERROR, Severity.WARNING


@pytest.mark.parametrize(
    ("source", "target", "right", "pair"),
    [
        ("Der Bus fährt.", "Le le bus circule.", "Le bus circule.", ("de", "fr")),
        ("Le bus circule.", "Der Bus fährt fährt.", "Der Bus fährt.", ("fr", "de")),
        ("Der Bus fährt.", "Le bus  circule.", "Le bus circule.", ("de", "fr")),
        ("Der Bus fährt.", "Le bus circule", "Le bus circule.", ("de", "fr")),
    ],
)
def test_a_clear_slip_comes_with_its_correction(
    look: Look, source: str, target: str, right: str, pair: tuple[str, str]
) -> None:
    (issue,) = look(CHECK, source, target, pair=pair)
    assert issue.severity is W
    assert fixed(target, issue) == right


@pytest.mark.parametrize(
    ("source", "target", "pair"),
    [
        ("Sie treffen sich.", "Vous vous retrouvez.", ("de", "fr")),
        ("Wir erinnern uns.", "Nous nous souvenons.", ("de", "fr")),
        ("Vous vous retrouvez.", "Die, die die Brücke kennen, treffen sich.", ("fr", "de")),
        ("Der Chor Tra Tra singt.", "La chorale Tra Tra chante.", ("de", "fr")),
        ("Es heißt Cha cha.", "Cela s’appelle cha cha.", ("de", "fr")),
        ("Kommt er?", "Viendra-t-il ?", ("de", "fr")),
        ("Er sagte: „Ja.“", "Il a dit : « Oui. »", ("de", "fr")),
        ("Und so weiter …", "Et ainsi de suite.", ("de", "fr")),
    ],
)
def test_what_may_be_so_is_let_pass(look: Look, source: str, target: str, pair: tuple[str, str]) -> None:
    assert look(CHECK, source, target, pair=pair) == ()


@pytest.mark.parametrize(("source", "target"), [("Kommt er?", "Il viendra."), ("Er kommt.", "Il vient :")])
def test_another_stop_is_found(look: Look, source: str, target: str) -> None:
    (issue,) = look(CHECK, source, target)
    assert target[issue.target[0].start] == target[-1]
    assert issue.fix == ()


def test_a_title_needs_no_stop(look: Look) -> None:
    assert look(CHECK, "Der Bus kommt.", "Le bus arrive", kind=TextKind.TITLE) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (bitext([("Er (40) kommt.", "Il (40 ans vient.")]), [("S001", 3)]),
        (bitext([("(Eins. Zwei.)", "(Un. Deux.)")]), []),
        (bitext([("(Eins.", "(Un."), ("Zwei.)", "Deux.)")]), []),
        (bitext([("Zwei: a) eins; b) zwei.", "Deux : a) un ; b) deux.")]), []),
        (bitext([("Er kommt.", "Il vient].")]), [("S001", 8)]),
    ],
)
def test_brackets_come_in_pairs_over_the_sentences_of_a_paragraph(
    text: Bitext, found: list[tuple[str, int]]
) -> None:
    assert [(issue.segment, issue.target[0].start) for issue in issues(CHECK, text)] == found


@pytest.mark.parametrize(
    ("source", "target", "severity"),
    [
        ("Siehe [hier](https://example.org/a).", "Voir ici.", E),
        ("Siehe [hier](https://example.org/a).", "Voir [ici](https://example.org/b).", E),
        ("Befehl `draft --all` nutzen.", "Utiliser `draft --tout`.", E),
        ("Am **13. Dezember** kommt er.", "Il vient le 13 décembre.", W),
        ("Das *Fest* beginnt.", "La fête commence.", W),
    ],
)
def test_lost_formatting_is_found_in_the_source(look: Look, source: str, target: str, severity: Severity) -> None:
    (issue,) = look(CHECK, source, target)
    assert issue.severity is severity
    assert issue.source


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Siehe [hier](https://example.org/de/a).", "Voir [ici](https://example.org/fr/a)."),
        ("Am **13. Dezember** kommt er.", "Il vient le **13 décembre**."),
        ("Die [*Mairie*]{lang=fr} lädt ein.", "La mairie vous invite."),
        ("[**Hier** und da](https://example.org/a)", "[**Ici** et là](https://example.org/a)"),
    ],
)
def test_kept_formatting_is_let_pass(look: Look, source: str, target: str) -> None:
    assert look(CHECK, source, target) == ()
