"""Typography restores what engines and keyboards lose, touches no protected zone, and is done after one pass."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.locales import get
from pipeline.model.inline import apply_edits, inlines, plain

SIGNS = [*"aélM105 .,:;!?%€h«»„“”\"'’‚‘-–()/\u00a0\u202f\n…", "mars", "http://a.b", "M.", "10:30"]


def typeset(text: str, tag: str) -> str:
    """Return `text` in the typography of `tag`, with `~` and `_` for the two no-break spaces."""
    done = plain(apply_edits(inlines(text), get(tag).typography(text)))
    return done.replace("\u00a0", "~").replace("\u202f", "_")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Il a dit : "Bonjour !" puis "Au revoir".', "Il a dit~: «~Bonjour_!~» puis «~Au revoir~»."),
        ("„Das“ devient ceci", "«~Das~» devient ceci"),
        ('Elle ajoute: «Nous disons "oui"».', "Elle ajoute~: «~Nous disons “oui”~»."),
        ("‚Cybersecurity first‘ et ‚KI first‘", "«~Cybersecurity first~» et «~KI first~»"),
        ('continuons." Puis', "continuons.~» Puis"),
        ("l ´État, aujourd'hui, qu 'il, L`été", "l’État, aujourd’hui, qu’il, L’été"),
        ("3,5 millions d'euros; 12,5% de 1 000 000 €", "3,5~millions d’euros_; 12,5~% de 1_000_000~€"),
        ("à 15h30 ou 15 h 30", "à 15~h~30 ou 15~h~30"),
        ("Le 1 novembre et le 12 novembre 2019", "Le 1er~novembre et le 12~novembre 2019"),
        ("M. Dupont, Mme Roy, n° 5, Louis XIV", "M.~Dupont, Mme~Roy, n°~5, Louis~XIV"),
        ("Vraiment?! Oui...", "Vraiment_?! Oui…"),
        ("un - deux, franco-allemand", "un – deux, franco-allemand"),
        ("5 000 habitants en 2019", "5_000 habitants en 2019"),
    ],
)
def test_french(text: str, expected: str) -> None:
    assert typeset(text, "fr") == expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("fr", "Prix~: «~50~%~»_!"),
        ("fr-FR", "Prix~: «~50~%~»_!"),
        ("fr-BE", "Prix~: «~50~%~»_!"),
        ("fr-LU", "Prix~: «~50~%~»_!"),
        ("fr-CH", "Prix_: «50%»_!"),
        ("fr-EU", "Prix: «50~%»!"),
    ],
)
def test_each_profile_has_its_own_spaces(tag: str, expected: str) -> None:
    assert typeset('Prix : "50 %" !', tag) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Er sagte: "Ja"...', "Er sagte: „Ja“…"),
        ("« Ja » und »Nein« und “Yes”", "„Ja“ und „Nein“ und „Yes“"),
        ('Das "Programm "X" neu"', "Das „Programm ‚X‘ neu“"),
        ("z.B. 5 % am 12. November um 15.30 Uhr, Nr. 5", "z.~B. 5~% am 12.~November um 15.30~Uhr, Nr.~5"),
        ("heute - morgen", "heute – morgen"),
    ],
)
def test_german(text: str, expected: str) -> None:
    assert typeset(text, "de") == expected


@pytest.mark.parametrize(
    "zone",
    [
        "https://example.org/a?b=c;d:e!",
        "www.example.org/x",
        "presse@example.org",
        "12:30",
        "+33 387 123 456",
        "/usr/share/x",
    ],
)
def test_protected_zones_stay_as_they_are(zone: str) -> None:
    assert zone.rstrip("!") in typeset(f"Voir {zone} ici", "fr")


@pytest.mark.parametrize("tag", ["fr", "fr-CH", "fr-EU", "de"])
@given(text=st.lists(st.sampled_from(SIGNS), max_size=30).map("".join))
def test_a_text_that_was_set_once_is_left_alone(tag: str, text: str) -> None:
    once = plain(apply_edits(inlines(text), get(tag).typography(text)))
    assert list(get(tag).typography(once)) == []


@given(text=st.lists(st.sampled_from(SIGNS), max_size=30).map("".join))
def test_edits_are_in_order_and_name_their_rule(text: str) -> None:
    edits = get("fr").typography(text)
    assert all(before.end <= after.start for before, after in itertools.pairwise(edits))
    assert all(edit.rule and text[edit.start : edit.end] != edit.new for edit in edits)
    assert all(edit.start < edit.end or edit.new for edit in edits)


@given(text=st.lists(st.sampled_from(SIGNS), max_size=30).map("".join))
def test_letters_and_digits_are_never_changed(text: str) -> None:
    kept = [character for character in typeset(text, "fr") if character.isalnum()]
    assert "".join(kept).replace("1er", "1") == "".join(filter(str.isalnum, text)).replace("1er", "1")
