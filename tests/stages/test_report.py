"""What a review did to the drafts, and how much work it was."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import locales
from pipeline.model.bitext import Bitext, Edit, Origin, OriginKind, Segment, State, Unit
from pipeline.model.difference import Piece, PieceKind
from pipeline.model.inline import Run, inlines
from pipeline.model.report import Effort, ReviewReport, SegmentReport
from pipeline.model.texts import TextKind
from pipeline.stages.report.effort import Pair, effort, signature
from pipeline.stages.report.report import report, summary
from tests.stages.reviewed import BACK, BITEXT, CORRECTED, EVA, LEA, LOG, REJECTED, TITLE, change, machine

FR = locales.get("fr")


@pytest.fixture(scope="module")
def whole() -> ReviewReport:
    return report(BITEXT, FR, LOG, title=TITLE)


def one(whole: ReviewReport, name: str) -> SegmentReport:
    return next(item for item in whole.segments if item.segment == name)


def alone(
    *history: Edit, target: str, state: State = State.REVIEWED, origin: Origin | None = None
) -> SegmentReport:
    item = Segment(
        id="S001",
        source=inlines("Satz."),
        target=inlines(target),
        state=state,
        origin=origin or machine("x"),
        history=history,
    )
    units = (Unit(path="title", kind=TextKind.TITLE, segments=(item,)),)
    bitext = Bitext(release="faehre", source_locale="de", target_locale="fr", units=units)
    return report(bitext, FR, (), title="").segments[0]


def test_a_correction_shows_word_by_word_with_its_author(whole: ReviewReport) -> None:
    item = one(whole, "S001")
    assert (item.drafted_by, item.people, item.accepted_by) == ("offline:opus", (LEA,), None)
    assert item.changes[:2] == (
        Piece(kind=PieceKind.DELETED, text="Nouveau"),
        Piece(kind=PieceKind.INSERTED, text="Un nouveau"),
    )
    assert item.effort is not None
    assert (item.effort.words, item.effort.of_words) == (2, 7)


def test_the_programs_own_typography_is_not_the_reviewers_work(whole: ReviewReport) -> None:
    item = one(whole, "S002")
    assert item.raw is not None
    assert ("'" in item.raw, "'" in item.base, item.base) == (True, False, CORRECTED[0])


def test_typography_that_the_draft_still_lacked_is_not_the_reviewers_work_either() -> None:
    item = alone(change("Voici : « Oui ! »", "Voici : « Non ! »"), target="Voici\u00a0: «\u00a0Non\u202f!\u00a0»")
    assert [piece.text for piece in item.changes if piece.kind is not PieceKind.EQUAL] == ["Oui", "Non"]
    assert item.effort is not None
    assert item.effort.words == 1


def test_an_acceptance_is_an_unchanged_draft(whole: ReviewReport) -> None:
    item = one(whole, "S003")
    assert (item.people, item.accepted_by) == ((), EVA)
    assert item.effort is not None
    assert (item.effort.unchanged, item.effort.words, item.effort.chrf) == (1, 0, 100.0)


def test_a_rejected_draft_counts_as_such_and_has_no_distance(whole: ReviewReport) -> None:
    item = one(whole, "S004")
    assert (item.base, item.final, item.people) == (REJECTED, "", (EVA,))
    assert item.effort == Effort(
        segments=0, unchanged=0, rejected=1, characters=0, of_characters=0, words=0, of_words=0, chrf=None
    )


def test_a_rejected_draft_that_was_written_anew_by_hand_is_compared_with_that(whole: ReviewReport) -> None:
    item = one(whole, "S005")
    assert (item.base, item.people) == ("Le pays paie.", (EVA, LEA))
    assert item.effort is not None
    assert (item.effort.segments, item.effort.rejected) == (1, 0)


def test_a_draft_made_after_a_rejection_is_what_counts() -> None:
    rejected = change("Un.", "")
    assert alone(rejected, target="Deux.", state=State.TRANSLATED).base == "Deux."
    assert alone(rejected, change("Deux.", "Trois."), target="Trois.").base == "Deux."


def test_text_from_the_memory_counts_as_one_engine(whole: ReviewReport) -> None:
    assert [item.engine for item in whole.engines] == ["offline:opus", "memory"]
    assert whole.engines[1].effort.unchanged_share == 1


def test_what_a_person_wrote_first_and_what_nobody_looked_at_are_not_measured(whole: ReviewReport) -> None:
    assert one(whole, "S007").effort is None
    assert one(whole, "S008").effort is None
    assert (whole.by_hand, whole.waiting) == (1, 1)
    assert (whole.total.segments, whole.total.rejected) == (5, 1)


def test_a_second_persons_changes_to_the_first_ones_words_show() -> None:
    origin = Origin(kind=OriginKind.HUMAN, at=BACK, by=EVA)
    item = alone(change("", "Un bac.", by=EVA), change("Un bac.", "Le bac."), target="Le bac.", origin=origin)
    assert (item.base, item.people, item.effort, item.touched) == ("Un bac.", (LEA,), None, True)


def test_formatting_alone_is_told_and_costs_no_words() -> None:
    after = (Run(text="Oui", bold=True),)
    item = Segment(
        id="S001",
        source=inlines("Ja"),
        target=after,
        state=State.REVIEWED,
        origin=machine("Oui"),
        history=(Edit(by=LEA, at=BACK, before=inlines("Oui"), after=after),),
    )
    bitext = replace(BITEXT, units=(Unit(path="title", kind=TextKind.TITLE, segments=(item,)),))
    (found,) = report(bitext, FR, (), title="").segments
    assert (found.formatting, found.touched, found.people) == (True, True, (LEA,))
    assert found.effort is not None
    assert found.effort.unchanged == 1


def test_what_was_said_stands_with_its_segment_or_by_itself(whole: ReviewReport) -> None:
    assert [item.id for item in one(whole, "S002").comments] == ["C001"]
    assert [item.id for item in whole.elsewhere] == ["C002"]
    assert [item.id for item in whole.doubts] == ["C002"]
    assert [item.segment for item in whole.conflicts] == ["S003"]
    assert {item.segment for item in whole.segments if item.touched} == {"S001", "S002", "S003", "S004", "S005"}


def test_the_time_from_export_to_return_is_that_of_the_first_file(whole: ReviewReport) -> None:
    first, second = whole.rounds
    assert (first.export, first.door, first.took) == ("fr-01", "docx", timedelta(hours=6, minutes=20))
    assert first.returned == ((BACK, LEA), (BACK + timedelta(days=1), ""))
    assert (second.export, second.took) == ("fr-02", None)


def test_rounds_of_another_language_are_left_out() -> None:
    assert report(replace(BITEXT, target_locale="fr-CH"), locales.get("fr-CH"), LOG, title="").rounds == ()


def test_a_summary_measures_all_segments_together(whole: ReviewReport) -> None:
    both = summary((whole, whole))
    assert both.total.segments == 2 * whole.total.segments
    assert both.total.word_share == whole.total.word_share
    assert both.total.chrf == pytest.approx(whole.total.chrf)
    assert [item.engine for item in both.engines] == ["offline:opus", "memory"]
    empty = summary(())
    assert (empty.total.unchanged_share, empty.total.word_share, empty.total.chrf) == (None, None, None)


def test_distances_are_those_of_the_book() -> None:
    found = effort((Pair(draft="La commune paie.", final="Le canton paie tout."),))
    assert (found.words, found.of_words, found.word_share) == (3, 5, 0.6)
    assert (found.unchanged, found.unchanged_share) == (0, 0)
    assert effort((Pair(draft="12\u202f000 €", final="12\u00a0000 €"),)).unchanged == 1


def test_chrf_is_sacrebleus_over_the_corpus_and_says_how() -> None:
    from sacrebleu.metrics.chrf import CHRF

    drafts, finals = ["La commune paie.", "Oui"], ["Le canton paie tout.", "Non"]
    found = effort(Pair(draft=draft, final=final) for draft, final in zip(drafts, finals, strict=True))
    assert found.chrf == CHRF().corpus_score(drafts, [finals]).score
    assert signature().startswith("nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:")


TEXTS = st.text("abc é.1 \u202f", max_size=30)


@given(draft=TEXTS, final=TEXTS)
def test_figures_stay_in_their_bounds(draft: str, final: str) -> None:
    found = effort((Pair(draft=draft, final=final),))
    assert 0 <= (found.chrf or 0) <= 100
    assert found.characters <= max(len(draft), len(final))
    assert (found.characters == 0) == (found.unchanged == 1)
    same = effort((Pair(draft=final, final=final),))
    assert (same.characters, same.words, same.unchanged) == (0, 0, 1)


def test_an_untouched_draft_that_waits_shows_no_change() -> None:
    item = alone(target="Voici : oui !", state=State.TRANSLATED)
    assert (item.touched, item.changes) == (False, (Piece(kind=PieceKind.EQUAL, text=item.final),))
