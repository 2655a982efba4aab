"""Drafting fills what is empty, from memory first; what nobody translated says why, and nothing leaks."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from pipeline import locales
from pipeline.errors import TranslationFault
from pipeline.model.bitext import Bitext, Edit, OriginKind, Segment, State, Unit
from pipeline.model.inline import Inlines, Run, inlines, plain
from pipeline.model.termbase import Concept, Term, Termbase, TermKind
from pipeline.model.texts import TextKind
from pipeline.model.translation import Capabilities, Engine, Failed, Match, MatchKind, Request, Result, Translated
from pipeline.stages.draft import Drafted, Guidance, draft
from pipeline.stages.review.decide import accept, reject
from pipeline.terms.index import TermIndex

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@dataclass
class Dictionary:
    """A small engine of our own: translates what it knows, fails for the rest, and keeps what it was asked."""

    words: dict[str, str]
    name: str = "dictionary"
    version: str = "1"
    leaves: bool = False
    asked: list[str] = field(default_factory=list)

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(data_leaves_machine=self.leaves, encrypted=True, max_characters=100)

    def translate(self, request: Request) -> Iterator[Result]:
        for text in request.texts():
            self.asked.append(text)
            known = self.words.get(text)
            yield (
                Translated(text=known)
                if known
                else Failed(reason="does not know it", fault=TranslationFault.REFUSED)
            )


@dataclass
class Remembered:
    """A small memory of our own."""

    matches: dict[str, Match]

    def lookup(
        self,
        source: Inlines,
        *,
        before: str | None,  # noqa: ARG002 (the protocol's)
        after: str | None,  # noqa: ARG002 (the protocol's)
        limit: int = 5,  # noqa: ARG002 (the protocol's)
    ) -> tuple[Match, ...]:
        match = self.matches.get(plain(source))
        return (match,) if match else ()


def known(target: str, kind: MatchKind = MatchKind.EXACT, score: int = 100, source: str = "") -> Match:
    return Match(target=inlines(target), reference="old#S001", kind=kind, score=score, source=inlines(source))


def bitext(*sources: str) -> Bitext:
    segments = tuple(Segment(id=f"S{n:03d}", source=inlines(text)) for n, text in enumerate(sources, 1))
    return Bitext(
        release="r",
        source_locale="de",
        target_locale="fr",
        units=(Unit(path="blocks.0", kind=TextKind.PARAGRAPH, segments=segments),),
    )


def drafted(
    before: Bitext,
    *engines: Engine,
    matches: dict[str, Match] | None = None,
    second: Engine | None = None,
    concepts: tuple[Concept, ...] = (),
    restriction: str | None = None,
    kept: list[Bitext] | None = None,
) -> Drafted:
    guidance = Guidance(
        memory=Remembered(matches or {}),
        engines=engines,
        second=second,
        terms=TermIndex(Termbase(concepts=concepts), source="de", target="fr"),
        source=locales.get("de"),
        target=locales.get("fr"),
        restriction=restriction,
    )
    return draft(
        before,
        guidance,
        at=AT,
        advance=lambda: None,
        keep=kept.append if kept is not None else lambda _: None,
    )


def targets(result: Drafted) -> list[str]:
    return [plain(item.target) for item in result.bitext.segments()]


def test_memory_comes_first_and_the_engine_gets_the_rest() -> None:
    engine = Dictionary({"Neu.": "Nouveau."})
    result = drafted(bitext("Bekannt.", "Neu."), engine, matches={"Bekannt.": known("Connu.")})
    assert targets(result) == ["Connu.", "Nouveau."]
    assert engine.asked == ["Neu."]
    first, second = result.bitext.segments()
    assert first.origin is not None
    assert (first.origin.kind, first.origin.by) == (OriginKind.TM, "old#S001")
    assert second.origin is not None
    assert (second.origin.kind, second.origin.by, second.origin.version, second.origin.at) == (
        OriginKind.MT,
        "dictionary",
        "1",
        AT,
    )
    assert {item.state for item in result.bitext.segments()} == {State.TRANSLATED}


def test_machine_text_gets_french_typography_and_is_kept_raw() -> None:
    (segment,) = drafted(bitext("Ja!"), Dictionary({"Ja!": 'Il dit: "oui"!'})).bitext.segments()
    assert plain(segment.target) == "Il dit\u00a0: «\u00a0oui\u00a0»\u202f!"
    assert segment.origin is not None
    assert segment.origin.raw == 'Il dit: "oui"!'


def test_approved_wording_from_memory_is_never_touched() -> None:
    assert targets(drafted(bitext("Ja."), matches={"Ja.": known('Oui "alors" !')})) == ['Oui "alors" !']


def test_a_second_engine_gets_only_what_the_first_could_not_do() -> None:
    one, two = Dictionary({"A.": "a."}, name="one"), Dictionary({"B.": "b."}, name="two")
    result = drafted(bitext("A.", "B."), one, two)
    assert two.asked == ["B."]
    assert targets(result) == ["a.", "b."]
    assert [(item.engine, item.segments) for item in result.problems] == [("one", 1)]


def test_what_nobody_translated_says_why_and_stays_empty() -> None:
    result = drafted(bitext("A."), Dictionary({}))
    (segment,) = result.bitext.segments()
    assert (segment.target, segment.state) == ((), State.INITIAL)
    assert segment.failure == "dictionary: does not know it"


def test_a_later_draft_asks_for_the_missing_ones_only() -> None:
    first = drafted(bitext("A.", "B."), Dictionary({"A.": "a."}))
    engine = Dictionary({"B.": "b."})
    second = drafted(first.bitext, engine)
    assert engine.asked == ["B."]
    assert targets(second) == ["a.", "b."]
    assert [item.failure for item in second.bitext.segments()] == [None, None]


@pytest.mark.parametrize("restriction", ["it is marked confidential", "it is under embargo until …"])
def test_a_restricted_text_is_never_given_to_an_engine_outside(restriction: str) -> None:
    outside, inside = Dictionary({"A.": "a."}, name="outside", leaves=True), Dictionary({"A.": "a."}, name="inside")
    alone = drafted(bitext("A."), outside, restriction=restriction)
    assert outside.asked == []
    assert alone.refused
    assert restriction in alone.problems[0].reason
    assert targets(drafted(bitext("A."), outside, inside, restriction=restriction)) == ["a."]
    assert outside.asked == []


def test_figures_are_set_by_rule_and_nobody_is_asked() -> None:
    engine = Dictionary({})
    result = drafted(bitext("1.200", "12.400.000", "18,5 %", "2026", "–", "15.30"), engine)
    assert targets(result) == ["1\u202f200", "12\u202f400\u202f000", "18,5\u00a0%", "2026", "–", "15.30"]
    assert engine.asked == []


def test_formatting_that_cannot_be_put_back_is_told() -> None:
    source = (Run(text="Ein "), Run(text="guter", bold=True), Run(text=" Tag."))
    before = bitext("x")
    before = before.map_segments(lambda item: replace(item, source=source))
    result = drafted(before, Dictionary({"Ein guter Tag.": "Une bonne journée."}))
    assert result.unmarked == ("S001",)


def test_what_a_person_wrote_is_left_alone() -> None:
    before = bitext("A.").map_segments(lambda item: replace(item, target=inlines("à moi"), state=State.REVIEWED))
    assert drafted(before, Dictionary({"A.": "a."}), matches={"A.": known("b.")}).bitext == before


@dataclass
class Interrupted(Dictionary):
    """An engine whose user loses patience at a certain text."""

    at: str = ""

    def translate(self, request: Request) -> Iterator[Result]:
        for text, result in zip(request.texts(), super().translate(request), strict=True):
            if text == self.at:
                raise KeyboardInterrupt
            yield result


def test_answers_that_came_before_an_interruption_are_kept() -> None:
    kept: list[Bitext] = []
    engine = Interrupted({"A.": "a.", "B.": "b."}, at="B.")
    with pytest.raises(KeyboardInterrupt):
        drafted(bitext("A.", "B."), engine, kept=kept)
    assert [plain(item.target) for item in kept[-1].segments()] == ["a.", ""]


def test_a_long_draft_is_kept_on_the_way() -> None:
    sources = [f"Satz {number}." for number in range(50)]
    kept: list[Bitext] = []
    drafted(bitext(*sources), Dictionary({text: f"fr {text}" for text in sources}), kept=kept)
    assert [sum(item.state is State.TRANSLATED for item in one.segments()) for one in kept] == [20, 40]


def test_a_near_match_is_taken_before_an_engine_and_says_what_differs() -> None:
    match = known("Trois ponts.", MatchKind.FUZZY, 90, source="Drei Brücken.")
    (segment,) = drafted(
        bitext("Vier Brücken."), Dictionary({}), matches={"Vier Brücken.": match}
    ).bitext.segments()
    assert segment.origin is not None
    assert (segment.origin.score, plain(segment.origin.matched)) == (90, "Drei Brücken.")


def test_a_far_match_is_left_to_the_engine() -> None:
    match = known("Trois ponts.", MatchKind.FUZZY, 84, source="Drei Brücken.")
    engine = Dictionary({"Vier Tore.": "Quatre portes."})
    assert targets(drafted(bitext("Vier Tore."), engine, matches={"Vier Tore.": match})) == ["Quatre portes."]


def test_a_match_with_other_figures_is_taken_whole_and_shows_its_source() -> None:
    match = known("13 ponts.", MatchKind.MASKED, source="12 Brücken.")
    (segment,) = drafted(bitext("13 Brücken."), matches={"13 Brücken.": match}).bitext.segments()
    assert segment.origin is not None
    assert (segment.origin.score, plain(segment.origin.matched)) == (None, "12 Brücken.")


def test_a_second_engine_is_heard_and_changes_nothing() -> None:
    first = Dictionary({"A.": "a.", "B.": "b."}, name="first")
    second = Dictionary({"A.": "ah."}, name="second")
    result = drafted(bitext("A.", "B."), first, second=second)
    assert targets(result) == ["a.", "b."]
    assert [item.origin and item.origin.other for item in result.bitext.segments()] == ["ah.", None]


def test_a_second_engine_outside_is_not_asked_for_a_restricted_text() -> None:
    second = Dictionary({"A.": "ah."}, name="second", leaves=True)
    drafted(bitext("A."), Dictionary({"A.": "a."}), second=second, restriction="it is marked confidential")
    assert second.asked == []


@dataclass
class Listening(Dictionary):
    """An engine that keeps the whole request."""

    requests: list[Request] = field(default_factory=list)

    def translate(self, request: Request) -> Iterator[Result]:
        self.requests.append(request)
        return super().translate(request)


def test_an_engine_is_told_the_context_the_terms_and_what_must_stay() -> None:
    terms = (Term(text="Gemeinde", language="de"), Term(text="commune", language="fr"))
    keep = (Term(text="Montcerval", language="de"), Term(text="Montcerval", language="fr"))
    concepts = (Concept(id="g", terms=terms), Concept(id="m", kind=TermKind.KEEP, terms=keep))
    engine = Listening({})
    drafted(bitext("Die Gemeinden.", "Nach Montcerval."), engine, concepts=concepts)
    (request,) = engine.requests
    assert request.context == ("Die Gemeinden.Nach Montcerval.",)
    assert [(pair.source, pair.target) for pair in request.terms] == [
        ("Gemeinde", "commune"),
        ("Montcerval", "Montcerval"),
    ]
    assert [[(span.start, span.end) for span in passage.keep] for passage in request.passages] == [[], [(5, 15)]]


def test_the_spelling_of_a_kept_name_is_put_right() -> None:
    keep = (Term(text="Montcerval", language="de"), Term(text="Montcerval", language="fr"))
    concepts = (Concept(id="m", kind=TermKind.KEEP, terms=keep),)
    result = drafted(
        bitext("Nach Montcerval."), Dictionary({"Nach Montcerval.": "À montcerval."}), concepts=concepts
    )
    assert targets(result) == ["À Montcerval."]


def test_a_quotation_over_two_sentences_is_set_as_one() -> None:
    engine = Dictionary({"„Ja.": '"Oui.', "Ein ‚Nein‘ nicht.“": 'Un “non”, non."'})
    result = drafted(bitext("„Ja.", "Ein ‚Nein‘ nicht.“"), engine)
    assert targets(result) == ["«\u00a0Oui.", "Un “non”, non.\u00a0»"]


LEA = "Léa Roy <lea@example.org>"
MONDAY, TUESDAY = "Die Brücke öffnet am Montag um 8 Uhr.", "Die Brücke öffnet am Dienstag um 8 Uhr."
REWRITTEN = "Am Dienstag geben wir die neue Brücke frei."


def followed(source: str) -> Bitext:
    """Return a bitext whose only sentence was `MONDAY` and reviewed, before it was rewritten."""
    old = accept(drafted(bitext(MONDAY), Dictionary({MONDAY: "Le pont ouvre."})).bitext, ["S001"], by=LEA, at=AT)
    now = Segment(id="S002", source=inlines(source), former="S001")
    return replace(old, units=(replace(old.units[0], segments=(now,)),), archived=tuple(old.segments()))


def test_a_sentence_changed_a_little_begins_with_what_was_reviewed_before() -> None:
    engine = Dictionary({TUESDAY: "Machine."})
    result = drafted(followed(TUESDAY), engine, matches={TUESDAY: known("Autre.", MatchKind.FUZZY, 99)})
    (segment,) = result.bitext.segments()
    assert (plain(segment.target), segment.state, engine.asked) == ("Le pont ouvre.", State.TRANSLATED, [])
    assert segment.origin is not None
    assert (segment.origin.kind, segment.origin.by, segment.origin.score) == (OriginKind.TM, "r#S001", 89)
    assert plain(segment.origin.matched) == MONDAY


def test_a_sentence_that_came_back_word_for_word_is_no_mere_likeness() -> None:
    (segment,) = drafted(followed(MONDAY)).bitext.segments()
    assert segment.origin is not None
    assert (plain(segment.target), segment.origin.score, segment.origin.matched) == ("Le pont ouvre.", None, ())


def test_the_memory_goes_first_where_it_has_the_very_words() -> None:
    result = drafted(followed(TUESDAY), matches={TUESDAY: known("Le pont ouvre mardi.")})
    assert targets(result) == ["Le pont ouvre mardi."]


def test_a_sentence_changed_a_lot_is_left_to_memory_and_engine() -> None:
    fuzzy = {REWRITTEN: known("Mémoire.", MatchKind.FUZZY, 90)}
    assert targets(drafted(followed(REWRITTEN), matches=fuzzy)) == ["Mémoire."]
    assert targets(drafted(followed(REWRITTEN), Dictionary({REWRITTEN: "Machine."}))) == ["Machine."]


def rejected(before: Bitext) -> Bitext:
    (segment,) = before.segments()
    return reject(before, segment.id, reason="contresens", by=LEA, at=AT)


def test_an_engine_that_gives_the_rejected_wording_again_is_not_listened_to() -> None:
    engine = Dictionary({"Ja!": 'Il dit "oui"!'})
    result = drafted(rejected(drafted(bitext("Ja!"), engine).bitext), engine)
    (segment,) = result.bitext.segments()
    assert (segment.target, segment.state) == ((), State.INITIAL)
    assert segment.failure == f"dictionary: gave the wording again that {LEA} rejected"
    assert [(item.engine, item.segments) for item in result.problems] == [("dictionary", 1)]


def test_after_a_rejection_the_next_engine_may_know_better() -> None:
    engine, other = Dictionary({"Ja!": "Non!"}), Dictionary({"Ja!": "Oui!"}, name="other")
    result = drafted(rejected(drafted(bitext("Ja!"), engine).bitext), engine, other)
    assert targets(result) == ["Oui\u202f!"]


def test_nothing_that_was_rejected_comes_back_from_the_memory_or_by_rule() -> None:
    remembered = {"Ja.": known("Non.")}
    again = drafted(rejected(drafted(bitext("Ja."), matches=remembered).bitext), matches=remembered)
    (segment,) = again.bitext.segments()
    assert (segment.state, segment.failure) == (State.INITIAL, f"rejected by {LEA}: contresens")
    assert targets(drafted(rejected(drafted(bitext("1.200")).bitext))) == [""]


def test_what_was_rejected_stays_so_when_the_source_is_changed_a_little() -> None:
    before = rejected(drafted(followed(TUESDAY)).bitext)
    wednesday = MONDAY.replace("Montag", "Mittwoch")
    now = Segment(id="S003", source=inlines(wednesday), former="S002")
    before = replace(
        before,
        units=(replace(before.units[0], segments=(now,)),),
        archived=(*before.archived, *before.segments()),
    )
    assert targets(drafted(before, Dictionary({wednesday: "Le pont ouvre."}))) == [""]
    assert targets(drafted(before, Dictionary({wednesday: "Il ouvre mercredi."}))) == ["Il ouvre mercredi."]


def test_a_text_rejected_while_a_draft_was_kept_is_never_in_what_is_kept() -> None:
    sources = [f"Satz {number}." for number in range(25)]
    engine = Dictionary({text: f"fr {text}" for text in sources})
    refusal = Edit(by=LEA, at=AT, before=inlines("fr Satz 3."), after=())
    before = bitext(*sources).map_segments(
        lambda item: replace(item, history=(refusal,)) if item.id == "S004" else item
    )
    kept: list[Bitext] = []
    drafted(before, engine, kept=kept)
    assert plain(kept[0].segment("S003").target) == "fr Satz 2."
    assert not kept[0].segment("S004").target
