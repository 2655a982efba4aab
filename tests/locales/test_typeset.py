"""A translation is set as a whole: a quotation goes on from sentence to sentence, from paragraph to paragraph."""

import pytest

from pipeline import locales
from pipeline.locales.typeset import typeset
from pipeline.model.bitext import Bitext, Segment, State, Unit
from pipeline.model.inline import apply_edits, inlines, plain
from pipeline.model.texts import TextKind


def bitext(*paragraphs: list[str]) -> Bitext:
    units, number = [], 0
    for index, paragraph in enumerate(paragraphs):
        segments = []
        for text in paragraph:
            number += 1
            state = State.TRANSLATED if text else State.INITIAL
            segments.append(
                Segment(id=f"S{number:03d}", source=inlines("Satz."), tail=" ", target=inlines(text), state=state)
            )
        units.append(Unit(path=f"blocks.{index}", kind=TextKind.PARAGRAPH, segments=tuple(segments)))
    return Bitext(release="r", source_locale="de", target_locale="fr", units=tuple(units))


def as_set(*paragraphs: list[str]) -> list[str]:
    before = bitext(*paragraphs)
    edits = typeset(before, locales.get("fr"))
    return [plain(apply_edits(item.target, edits.get(item.id, ()))) for item in before.segments()]


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (
            [['Elle dit : "Un début.', "Il ajoute “oui” et part.", 'Fin."']],
            ["Elle dit\u00a0: «\u00a0Un début.", "Il ajoute “oui” et part.", "Fin.\u00a0»"],
        ),
        (
            [['"Premier paragraphe, dit-elle.'], ["Un “mot” au milieu."], ['Et la fin."']],
            ["«\u00a0Premier paragraphe, dit-elle.", "Un “mot” au milieu.", "Et la fin.\u00a0»"],
        ),
        (
            [["„Erster Absatz."], ["„Zweiter Absatz.“"]],
            ["«\u00a0Erster Absatz.", "«\u00a0Zweiter Absatz.\u00a0»"],
        ),
    ],
    ids=["over sentences", "over paragraphs", "opened again in each paragraph"],
)
def test_a_quotation_is_followed_to_its_end(paragraphs: list[list[str]], expected: list[str]) -> None:
    assert as_set(*paragraphs) == expected


def test_a_mark_somebody_forgot_changes_nothing_behind_it() -> None:
    texts = as_set(['Il manque "une marque.'], ['Ici "tout" va bien.'])
    assert texts[1] == "Ici «\u00a0tout\u00a0» va bien."


def test_what_is_missing_is_passed_over() -> None:
    assert as_set(['"Oui', "", 'non"']) == ["«\u00a0Oui", "", "non\u00a0»"]


def test_a_translation_that_is_set_is_left_alone() -> None:
    assert typeset(bitext(["«\u00a0Oui", "non.\u00a0»"]), locales.get("fr")) == {}
