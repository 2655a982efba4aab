"""A text in another language is told only where it is plain."""

import pytest

from pipeline.engines.language import is_foreign

GERMAN = "Die Ministerpräsidentin hat am Dienstag in Alvenz die neue Brücke für den Verkehr freigegeben."
FRENCH = "Mardi, la ministre-présidente a ouvert à la circulation le nouveau pont d’Alvence."
ENGLISH = "On Tuesday the minister-president opened the new bridge of Alvence to traffic for the first time."


@pytest.mark.parametrize(
    ("text", "language", "foreign"),
    [
        (FRENCH, "fr", False),
        (FRENCH, "fr-CH", False),
        (GERMAN, "fr", True),
        (ENGLISH, "fr", True),
        (GERMAN, "de", False),
        (FRENCH, "de", True),
        (GERMAN, "xx", False),
        ("Ja.", "fr", False),
        ("De gauche à droite : Anna von der Au, Jean Dupont, Hans auf der Heide", "fr", False),
        ("Le film « Der Himmel über der Stadt und das Land » est projeté dans la salle.", "fr", False),
        ("", "fr", False),
    ],
)
def test_only_plain_cases_are_told(text: str, language: str, foreign: bool) -> None:
    assert is_foreign(text, language) is foreign
