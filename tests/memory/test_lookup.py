"""What the memory knows comes best first, with an honest score."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from pipeline import locales
from pipeline.memory.entries import Document
from pipeline.memory.lookup import Penalties, TranslationMemory
from pipeline.memory.masked import PlaceName
from pipeline.memory.store import Store
from pipeline.model.inline import Inlines, Run, inlines, plain
from pipeline.model.translation import Match, MatchKind
from tests.memory.documents import filled, release, tmx

TODAY = date(2026, 11, 23)
KNOWN = "Die Ministerin eröffnet am Montag die neue Brücke in Alvenz."
LIKE = "Die Ministerin eröffnet am Montag die alte Brücke in Alvenz."
Fill = Callable[..., TranslationMemory]


@pytest.fixture(params=[0, 4_096], ids=["indexed", "scanned"])
def memory(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Fill]:
    stores: list[Store] = []

    def fill(*documents: Document, penalties: Penalties | None = None, today: date = TODAY) -> TranslationMemory:
        stores.append(filled(tmp_path / "tm.sqlite", *documents, scanned=request.param))
        places = (PlaceName(source="Alvenz", target="Alvence"), PlaceName(source="Auental", target="Auval"))
        pair = (locales.get("de"), locales.get("fr"))
        return TranslationMemory(stores[-1], locales=pair, today=today, places=places, penalties=penalties)

    yield fill
    for store in stores:
        store.close()


def look(memory: TranslationMemory, text: str | Inlines, *around: str | None, limit: int = 5) -> tuple[Match, ...]:
    before, after = around or ("elsewhere", "elsewhere")
    return memory.lookup(inlines(text) if isinstance(text, str) else text, before=before, after=after, limit=limit)


def kinds(matches: tuple[Match, ...]) -> list[tuple[MatchKind, int, str]]:
    return [(match.kind, match.score, plain(match.target)) for match in matches]


def test_the_same_text_between_the_same_neighbours_is_a_context_match(memory: Fill) -> None:
    tm = memory(release("r", ("Vorher.", "Avant."), ("Ende.", "Fin."), ("Nachher.", "Après.")))
    assert kinds(look(tm, "Ende.", "Vorher.", "Nachher.")) == [(MatchKind.CONTEXT, 100, "Fin.")]
    assert kinds(look(tm, "Ende.", "Vorher.", None)) == [(MatchKind.EXACT, 100, "Fin.")]
    assert kinds(look(tm, "Vorher.", None, "Ende.")) == [(MatchKind.CONTEXT, 100, "Avant.")]


def test_within_one_release_the_neighbours_decide_between_two_wordings(memory: Fill) -> None:
    tm = memory(release("r", ("a", "x"), ("Ende.", "Fin."), ("b", "y"), ("Ende.", "La fin."), ("c", "z")))
    assert kinds(look(tm, "Ende.", "a", "b")) == [(MatchKind.CONTEXT, 100, "Fin.")]
    assert kinds(look(tm, "Ende.", "b", "c")) == [(MatchKind.CONTEXT, 100, "La fin.")]


def test_a_superseded_wording_does_not_come_back_through_its_neighbours(memory: Fill) -> None:
    old = release("old", ("a", "x"), ("Ende.", "Fin."), ("b", "y"), day="2026-01-01")
    tm = memory(old, release("new", ("Ende.", "La fin."), day="2026-02-01"))
    assert kinds(look(tm, "Ende.", "a", "b")) == [(MatchKind.EXACT, 100, "La fin.")]


def test_a_wording_that_was_only_confirmed_keeps_its_neighbours(memory: Fill) -> None:
    old = release("old", ("a", "x"), ("Ende.", "Fin."), ("b", "y"), day="2026-01-01")
    tm = memory(old, release("new", ("Ende.", "Fin."), day="2026-02-01"))
    (match,) = look(tm, "Ende.", "a", "b")
    assert (match.kind, match.reference) == (MatchKind.CONTEXT, "new#S001")


def test_a_similar_text_comes_with_its_source_and_a_score_below_100(memory: Fill) -> None:
    tm = memory(release("r", (KNOWN, "La ministre inaugure …")))
    (match,) = look(tm, LIKE)
    assert (match.kind, match.score, plain(match.source)) == (MatchKind.FUZZY, 95, KNOWN)
    assert look(tm, "Ganz etwas anderes steht hier.") == ()


def test_the_same_words_in_other_formatting_are_similar_only(memory: Fill) -> None:
    tm = memory(release("r", ("Guten Tag.", "Bonjour.")))
    assert kinds(look(tm, (Run(text="Guten Tag.", bold=True),))) == [(MatchKind.FUZZY, 99, "Bonjour.")]


def test_best_first_and_no_more_than_asked_for(memory: Fill) -> None:
    others = [(KNOWN.replace("Montag", day), day) for day in ("Dienstag", "Mittwoch", "Freitag", "Samstag")]
    tm = memory(release("r", *others, (KNOWN, "exact")))
    found = look(tm, KNOWN)
    assert [match.kind for match in found] == [MatchKind.EXACT, *[MatchKind.FUZZY] * 4]
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)
    assert kinds(look(tm, KNOWN, limit=1)) == [(MatchKind.EXACT, 100, "exact")]
    assert len(look(tm, LIKE, limit=3)) == 3


def test_figures_and_places_are_put_in(memory: Fill) -> None:
    tm = memory(release("r", ("Am 3. März 2026 kamen 120 Gäste.", "Le 3 mars 2026, 120 invités sont venus.")))
    kind, score, target = kinds(look(tm, "Am 17. April 2027 kamen 85 Gäste."))[0]
    assert (kind, score) == (MatchKind.MASKED, 99)
    assert target.replace("\u00a0", " ") == "Le 17 avril 2027, 85 invités sont venus."


def test_a_short_text_is_found_by_its_shape_and_a_place_by_likeness(memory: Fill) -> None:
    tm = memory(release("r", ("9.30 Uhr", "9 h 30"), (KNOWN, "La ministre inaugure lundi le pont à Alvence.")))
    assert [match.kind for match in look(tm, "14.15 Uhr")] == [MatchKind.MASKED]
    (match,) = look(tm, KNOWN.replace("Alvenz", "Auental"))
    assert kinds((match,)) == [(MatchKind.MASKED, 99, "La ministre inaugure lundi le pont à Auval.")]


def test_where_figures_cannot_be_put_in_the_text_is_similar(memory: Fill) -> None:
    tm = memory(release("r", ("Heute kamen rund 5 Gäste.", "Cinq invités sont venus.")))
    assert [match.kind for match in look(tm, "Heute kamen rund 8 Gäste.")] == [MatchKind.FUZZY]


def test_what_comes_from_elsewhere_counts_less_and_keeps_its_kind(memory: Fill) -> None:
    tm = memory(tmx("partner.tmx", ("Guten Tag.", "Bonjour.")), penalties=Penalties(tmx=7))
    (match,) = look(tm, "Guten Tag.")
    assert (match.kind, match.score, match.reference) == (MatchKind.EXACT, 93, "partner.tmx#1")


@pytest.mark.parametrize(
    ("today", "score"),
    [(date(2021, 11, 1), 100), (date(2022, 10, 31), 100), (date(2022, 11, 1), 99), (date(2040, 1, 1), 95)],
)
def test_what_is_old_counts_less(memory: Fill, today: date, score: int) -> None:
    tm = memory(release("r", ("Guten Tag.", "Bonjour."), day="2016-11-01"), today=today)
    assert look(tm, "Guten Tag.")[0].score == score


def test_what_is_no_longer_similar_after_penalties_is_left_out(memory: Fill) -> None:
    known, like = "abcdefghijklmnopqrst", "abcdefghijklmnoXXXXX"
    assert kinds(look(memory(release("r", (known, "x"))), like)) == [(MatchKind.FUZZY, 75, "x")]
    assert look(memory(tmx("r.tmx", (known, "x")), penalties=Penalties(tmx=6)), like) == ()


@pytest.mark.parametrize("text", ["", " \u00a0", "\0", "x" * 70_000])
def test_odd_texts_are_simply_not_known(memory: Fill, text: str) -> None:
    assert look(memory(release("r", ("Guten Tag.", "Bonjour."))), text) == ()


def test_people_search_either_side_whatever_the_capitals_and_blanks(memory: Fill) -> None:
    old = release("old", ("Übung 100%ig beendet", "Exercice terminé à 100\u00a0%"), day="2026-01-01")
    tm = memory(old, release("new", ("Die Übung beginnt", "L’exercice commence"), day="2026-02-01"))
    assert [match.reference for match in tm.search("übung")] == ["new#S001", "old#S001"]
    assert [match.reference for match in tm.search("100 %")] == ["old#S001"]
    assert [match.reference for match in tm.search("EXERCICE", 1)] == ["new#S001"]
    assert tm.search("100_") == tm.search(" ") == ()


def test_a_superseded_wording_is_not_shown_to_people_either(memory: Fill) -> None:
    old = release("old", ("Ende.", "Fin."), day="2026-01-01")
    tm = memory(old, release("new", ("Ende.", "La conclusion."), day="2026-02-01"))
    assert tm.search("Fin") == ()
    assert [match.reference for match in tm.search("Ende")] == ["new#S001"]
