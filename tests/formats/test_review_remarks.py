"""What a reviewer is told beside a segment, in the reviewer's language and understandable without colours."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline.formats.review_remarks import Tone, Tongue, remarks
from pipeline.locales.review_words import review_words
from pipeline.model.bitext import Origin, OriginKind, Segment, State
from pipeline.model.difference import word_diff
from pipeline.model.exchange import Former, ReviewRow
from pipeline.model.inline import TextEdit, inlines
from pipeline.model.issue import Issue, Severity, Span
from pipeline.model.review import Comment
from pipeline.model.texts import TextKind
from pipeline.model.translation import TermPair

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SOURCE, TARGET = "Es kamen 112 Gäste.", "Il y a eu 84 invités."
MACHINE = Origin(kind=OriginKind.MT, at=AT, by="offline:tiny")
MEMORY = Origin(kind=OriginKind.TM, at=AT, by="2025-11-18-fest#S004")
SEGMENT = Segment(
    id="S001",
    source=inlines(SOURCE),
    target=inlines(TARGET),
    state=State.TRANSLATED,
    origin=MACHINE,
)
ROW = ReviewRow(segment=SEGMENT, kind=TextKind.PARAGRAPH)
MISSING = replace(ROW, segment=replace(SEGMENT, target=(), state=State.INITIAL, origin=None))


def told(row: ReviewRow, language: str = "fr") -> list[str]:
    return ["".join(part.text for part in remark) for remark in remarks(row, review_words(language))]


def about(row: ReviewRow, text: str) -> tuple[Tone, Tongue]:
    """Return how the part of the remarks that holds `text` is meant, and what language it is in."""
    parts = [part for remark in remarks(row, review_words("fr")) for part in remark]
    (found,) = [part for part in parts if text in part.text]
    return found.tone, found.tongue


def finding(check: str = "numbers", **fields: object) -> ReviewRow:
    known = {"severity": Severity.ERROR, "segment": "S001", "message": "“112” has become “84”", **fields}
    return replace(ROW, issues=(Issue(check=check, **known),))  # type: ignore[arg-type]  # fields by name


def test_a_machines_text_is_called_one() -> None:
    assert told(ROW) == ["Traduction automatique, non relue."]
    assert told(ROW, "de") == ["Maschinell übersetzt, nicht durchgesehen."]


def test_what_is_not_translated_says_so_and_why() -> None:
    failed = replace(MISSING, segment=replace(MISSING.segment, failure="the service did not answer"))
    assert told(MISSING) == ["À traduire."]
    assert told(failed) == ["À traduire.", "Pas de traduction automatique\u00a0: the service did not answer"]
    assert about(failed, "À traduire.")[0] is Tone.ERROR
    assert about(failed, "did not answer")[1] is Tongue.ENGLISH


@pytest.mark.parametrize("state", [State.REVIEWED, State.FINAL])
def test_what_a_person_reviewed_is_ticked(state: State) -> None:
    row = replace(ROW, segment=replace(SEGMENT, state=state))
    assert told(row) == ["✓ Relu"]
    assert about(row, "Relu")[0] is Tone.GOOD


def test_what_an_approved_release_said_is_called_so() -> None:
    assert told(replace(ROW, segment=replace(SEGMENT, origin=MEMORY))) == ["Repris d’un communiqué approuvé."]


def test_what_was_made_for_a_similar_sentence_shows_what_differs_by_sign_and_tone() -> None:
    origin = replace(MEMORY, score=92, matched=inlines("Es kamen 84 Gäste."))
    row = replace(ROW, segment=replace(SEGMENT, origin=origin))
    assert told(row) == [
        "Repris d’une phrase semblable (92\u00a0%). Différences avec l’original d’alors\u00a0:",
        "Es kamen [−84][+112] Gäste.",
    ]
    assert about(row, "[−84]") == (Tone.GONE, Tongue.SOURCE)
    assert about(row, "[+112]") == (Tone.NEW, Tongue.SOURCE)


def test_a_rewritten_source_shows_what_changed_and_what_was_reviewed_then() -> None:
    old = "Es kamen viele Gäste."
    former = Former(source=inlines(old), target=inlines("Beaucoup sont venus."), changes=word_diff(old, SOURCE))
    assert told(replace(MISSING, former=former)) == [
        "À traduire.",
        "L’original a changé depuis la dernière relecture\u00a0: Es kamen [−viele][+112] Gäste.",
        "Traduction relue avant ce changement\u00a0: Beaucoup sont venus.",
    ]
    assert len(told(replace(MISSING, former=replace(former, target=())))) == 2


def test_a_finding_names_its_weight_and_quotes_both_sides() -> None:
    fix = (TextEdit(start=10, end=12, new="112", rule="numbers"),)
    row = finding(source=(Span(start=9, end=12),), target=(Span(start=10, end=12),), fix=fix)
    (line,) = told(row)[1:]
    assert line.replace("\u00a0", " ") == "Nombres (erreur probable) : « 112 » → « 84 » · proposition : « 112 »"
    assert about(row, "Nombres")[0] is Tone.ERROR
    assert about(row, "proposition")[0] is Tone.QUIET


@pytest.mark.parametrize(
    ("severity", "word", "tone"),
    [
        (Severity.ERROR, "erreur probable", Tone.ERROR),
        (Severity.WARNING, "à vérifier", Tone.DOUBT),
        (Severity.INFO, "pour information", Tone.QUIET),
    ],
)
def test_a_weight_is_a_word_not_only_a_colour(severity: Severity, word: str, tone: Tone) -> None:
    assert about(finding(severity=severity), f"({word})")[0] is tone


def test_a_finding_without_two_passages_says_what_is_the_matter() -> None:
    assert told(finding("names", source=(Span(start=0, end=2),)))[1:] == [
        "Noms (erreur probable)\u00a0: «\u00a0Es\u00a0» – un nom manque ou s’écrit autrement"
    ]
    assert told(finding("negation"))[1:] == [
        "Négation (erreur probable)\u00a0: une négation manque ou s’est ajoutée"
    ]


def test_a_finding_of_an_unknown_check_keeps_its_own_english_words() -> None:
    row = finding("office-rule")
    assert told(row)[1:] == ["office-rule (erreur probable)\u00a0: “112” has become “84”"]
    assert about(row, "has become")[1] is Tongue.ENGLISH


def test_long_passages_are_marked_in_their_place_and_not_quoted() -> None:
    long = replace(SEGMENT, target=inlines("x" * 200))
    row = replace(finding("length", target=(Span(start=0, end=200),)), segment=long)
    assert told(row)[1:] == [
        "Longueur (erreur probable)\u00a0: la traduction est nettement plus courte ou plus longue que d’ordinaire"
    ]


def test_signs_that_nobody_sees_are_named() -> None:
    edits = (
        TextEdit(start=2, end=3, new="\u202f", rule="high"),
        TextEdit(start=4, end=5, new="", rule="blank"),
    )
    row = finding("spacing", target=(Span(start=2, end=3),), fix=edits)
    (line,) = told(row)[1:]
    assert "\u00a0: espace – " in line
    assert line.endswith(" · proposition\u00a0: espace fine insécable, à supprimer")


def test_equal_passages_are_quoted_once() -> None:
    row = finding(target=(Span(start=10, end=12), Span(start=10, end=12)))
    assert told(row)[1].count("84") == 1


@pytest.mark.parametrize("check", ["attribution", "decisions"])
def test_what_only_the_office_can_settle_is_not_asked_of_the_reviewer(check: str) -> None:
    assert told(finding(check)) == told(ROW)


def test_that_a_text_is_missing_is_said_once() -> None:
    assert told(replace(MISSING, issues=finding("untranslated").issues)) == told(MISSING)


def test_comments_that_nobody_answered_are_shown_with_their_author() -> None:
    luc = Comment(
        id="C001", segment="S001", by="Luc Ferrandier <luc@example.org>", at=None, text="Officiel ?", quoted="84"
    )
    unsigned = replace(luc, id="C002", by="unknown", quoted="")
    assert told(replace(ROW, comments=(luc, unsigned)))[1:] == [
        "C001 · Commentaire de Luc Ferrandier\u00a0: «\u00a084\u00a0» – Officiel ?",
        "C002 · Commentaire\u00a0: Officiel ?",
    ]


def test_terms_are_listed_and_names_that_stay_stand_once() -> None:
    terms = (TermPair(source="Land", target="Land de Valdraine"), TermPair(source="Alvenz", target="Alvenz"))
    row = replace(ROW, terms=terms)
    assert told(row)[1:] == ["Termes\u00a0: Land\u00a0→ Land de Valdraine\u00a0· Alvenz"]
    assert about(row, "Alvenz")[1] is Tongue.SOURCE


def test_a_second_engines_version_and_a_quotation_are_pointed_at() -> None:
    row = replace(ROW, quotation=True, segment=replace(SEGMENT, origin=replace(MACHINE, other="84 venus.")))
    assert told(row)[1:] == [
        "Paroles citées, à rendre fidèlement.",
        "Autre traduction automatique\u00a0: 84 venus.",
    ]
    reviewed = replace(row, segment=replace(row.segment, state=State.REVIEWED))
    assert told(reviewed)[1:] == ["Paroles citées, à rendre fidèlement."]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (TextKind.TITLE, "Titre"),
        (TextKind.HEADING, "Intertitre"),
        (TextKind.CAPTION, "Légende"),
        (TextKind.ALT, "Description d’image"),
    ],
)
def test_what_a_text_is_for_is_said_where_it_is_no_matter_of_course(kind: TextKind, name: str) -> None:
    assert told(replace(ROW, kind=kind)) == [f"{name} · Traduction automatique, non relue."]
