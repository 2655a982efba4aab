"""One source has one translation."""

import pytest

from pipeline.checks.consistency import CHECK
from pipeline.model.issue import Severity
from tests.checks.releases import Pairs, bitext, issues


@pytest.mark.parametrize("pair", [("de", "fr"), ("fr", "de")])
def test_two_translations_of_one_text_are_found(pair: tuple[str, str]) -> None:
    text = bitext([("Un billet", "Ein Ticket"), ("Un billet", "Ein Fahrschein")], pair=pair)
    (issue,) = issues(CHECK, text)
    assert (issue.severity, issue.segment) == (Severity.WARNING, "S002")
    assert "S001" in issue.message


def test_one_translation_of_two_texts_is_worth_knowing() -> None:
    pairs = [
        ("Der Bus fährt am Montag zum ersten Mal.", "Le bus circulera lundi pour la première fois."),
        ("Die Feuerwehr übt im Wald bei Wiesenweiler.", "Le bus circulera lundi pour la première fois."),
    ]
    (issue,) = issues(CHECK, bitext(pairs))
    assert (issue.severity, issue.segment) == (Severity.INFO, "S002")


@pytest.mark.parametrize(
    "pairs",
    [
        [("Ein Fahrschein", "Un billet"), ("Ein Fahrschein.", "Un billet.")],
        [("ein Fahrschein", "un billet"), ("Ein Fahrschein", "Un billet")],
        [("Ja", "Oui"), ("Gewiss", "Oui")],
        [("1.200", "1 200"), ("1.200", "1\u202f200")],
        [
            ("Der Bus fährt um 6 Uhr.", "Le bus part à 6 heures."),
            ("Der Bus fährt um sechs.", "Le bus part à 6 heures."),
        ],
    ],
)
def test_case_blanks_and_near_sources_do_not_count(pairs: Pairs) -> None:
    assert issues(CHECK, bitext(pairs)) == ()
