"""What came back is merged, listed as a conflict, or kept as a doubt: never lost, never guessed."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.bitext import Bitext, State
from pipeline.model.exchange import Remark, Stray
from pipeline.model.inline import inlines, plain
from pipeline.model.review import Choice
from pipeline.stages.review.decide import accept, edit, settle
from pipeline.stages.review.receive import Outcome, Received
from tests.stages.review.returns import AT, BACK, EVA, LUC, SENT, came_back, drafted, sent, taken_in

LATER = BACK + timedelta(hours=1)
NEW = "Le Land bâtit un pont."


def outcomes(received: Received) -> dict[str | None, Outcome]:
    return {item.segment: item.outcome for item in received.results}


def target(bitext: Bitext, segment: str) -> str:
    return plain(bitext.segment(segment).target)


def test_a_correction_is_taken_in_with_its_author_and_the_export_it_came_from() -> None:
    sending = sent(drafted())
    received = taken_in(drafted(), sending, came_back(sending, {"S001": NEW}))
    assert outcomes(received) == {
        "S001": Outcome.CORRECTED,
        "S002": Outcome.UNCHANGED,
        "S003": Outcome.UNCHANGED,
    }
    segment = received.bitext.segment("S001")
    assert plain(segment.target) == NEW
    assert segment.state is State.REVIEWED
    (change,) = segment.history
    assert (change.by, change.at, change.via) == ("Luc Ferrandier", BACK, f"fr-01 {sending.key}")
    assert plain(change.before) == "Le Land construit un pont."


def test_what_came_back_unchanged_is_not_reviewed_by_that() -> None:
    sending = sent(drafted())
    received = taken_in(drafted(), sending, came_back(sending, {}))
    assert received.bitext == drafted()


def test_a_text_that_a_person_put_there_again_is_accepted() -> None:
    sending = sent(drafted())
    received = taken_in(drafted(), sending, came_back(sending, {}, confirmed=("S002",)), sender=LUC)
    assert outcomes(received)["S002"] is Outcome.CONFIRMED
    assert received.bitext.segment("S002").state is State.REVIEWED


def test_a_sentence_that_was_not_translated_is_translated_by_the_reviewer() -> None:
    sending = sent(drafted())
    received = taken_in(drafted(), sending, came_back(sending, {"S003": "Il coûte cher."}))
    assert target(received.bitext, "S003") == "Il coûte cher."
    assert outcomes(received)["S003"] is Outcome.CORRECTED


def test_the_sender_answers_for_what_was_not_tracked() -> None:
    sending = sent(drafted())
    back = came_back(sending, {"S001": NEW}, author=None)
    assert taken_in(drafted(), sending, back, sender=LUC).bitext.segment("S001").history[0].by == LUC
    assert taken_in(drafted(), sending, back).bitext.segment("S001").history[0].by == "unknown"


def test_a_name_of_the_sender_gets_the_senders_address() -> None:
    sending = sent(drafted())
    received = taken_in(drafted(), sending, came_back(sending, {"S001": NEW}), sender=LUC)
    assert received.bitext.segment("S001").history[0].by == LUC


def test_the_same_return_once_more_changes_nothing() -> None:
    sending = sent(drafted())
    back = came_back(
        sending,
        {"S001": NEW},
        remarks=(Remark(segment="S002", by="Luc", at=datetime(2026, 11, 23, 11, 0), text="80 ?"),),  # noqa: DTZ001 (Word)
        strays=(Stray(reason="A row was added", text="Une ligne"),),
    )
    once = taken_in(drafted(), sending, back).bitext
    twice = taken_in(once, sending, back, at=LATER)
    assert twice.bitext == once
    assert outcomes(twice)["S001"] is Outcome.KNOWN


def test_nor_does_it_when_the_sentence_was_corrected_again_since() -> None:
    sending = sent(drafted())
    back = came_back(sending, {"S001": NEW})
    once = taken_in(drafted(), sending, back).bitext
    further = edit(once, "S001", inlines("Le Land bâtit une passerelle."), by=EVA, at=LATER)
    assert taken_in(further, sending, back, at=LATER).bitext == further


def test_two_reviewers_correct_different_words_of_one_sentence() -> None:
    sending = sent(drafted())
    once = taken_in(drafted(), sending, came_back(sending, {"S001": NEW})).bitext
    other = came_back(sending, {"S001": "Le Land construit un viaduc."}, author="Ada")
    both = taken_in(once, sending, other, at=LATER)
    assert target(both.bitext, "S001") == "Le Land bâtit un viaduc."
    assert outcomes(both)["S001"] is Outcome.MERGED
    assert both.bitext.segment("S001").state is State.TRANSLATED, "nobody has read the sentence that came of it"
    change = both.bitext.segment("S001").history[-1]
    assert (change.by, plain(change.proposed)) == ("Ada", "Le Land construit un viaduc.")
    assert taken_in(both.bitext, sending, other, at=LATER).bitext == both.bitext


def test_two_reviewers_who_correct_the_same_words_are_a_conflict() -> None:
    sending = sent(drafted())
    once = taken_in(drafted(), sending, came_back(sending, {"S001": NEW})).bitext
    other = came_back(sending, {"S001": "Le Land érige un pont."}, author="Ada")
    both = taken_in(once, sending, other, at=LATER)
    assert target(both.bitext, "S001") == NEW, "nothing is overwritten"
    assert outcomes(both)["S001"] is Outcome.CONFLICT
    (conflict,) = both.bitext.conflicts
    assert (conflict.by, plain(conflict.theirs)) == ("Ada", "Le Land érige un pont.")
    assert taken_in(both.bitext, sending, other, at=LATER).bitext == both.bitext, "listed once"
    settled = settle(both.bitext, "S001", Choice.THEIRS, (), by=EVA, at=LATER)
    assert target(settled, "S001") == "Le Land érige un pont."
    assert taken_in(settled, sending, other, at=LATER).bitext == settled, "settled for good"


def test_the_second_version_of_one_reviewers_file_goes_on_from_the_first() -> None:
    sending = sent(drafted())
    once = taken_in(drafted(), sending, came_back(sending, {"S001": NEW})).bitext
    better = "Le Land bâtit un pont neuf."
    again = taken_in(once, sending, came_back(sending, {"S001": better}), at=LATER)
    assert target(again.bitext, "S001") == better
    assert outcomes(again)["S001"] is Outcome.CORRECTED


def test_an_acceptance_here_is_no_change_of_the_text() -> None:
    sending = sent(drafted())
    accepted = accept(drafted(), ["S001"], by=EVA, at=SENT + timedelta(hours=1))
    received = taken_in(accepted, sending, came_back(sending, {"S001": NEW}))
    assert outcomes(received)["S001"] is Outcome.CORRECTED
    assert target(received.bitext, "S001") == NEW


def test_a_correction_of_a_sentence_rewritten_since_is_kept_with_the_old_one() -> None:
    sending = sent(drafted())
    before = drafted()
    (unit,) = before.units
    rewritten = replace(before, units=(replace(unit, segments=unit.segments[1:]),), archived=(unit.segments[0],))
    received = taken_in(rewritten, sending, came_back(sending, {"S001": NEW}))
    assert outcomes(received)["S001"] is Outcome.LATE
    assert plain(received.bitext.archived[0].target) == NEW
    assert received.bitext.archived[0].state is State.REVIEWED


def test_a_translation_of_a_sentence_that_is_gone_altogether_waits_as_a_doubt() -> None:
    sending = sent(drafted())
    before = drafted()
    (unit,) = before.units
    without = replace(before, units=(replace(unit, segments=unit.segments[:2]),))
    received = taken_in(without, sending, came_back(sending, {"S003": "Il coûte cher."}))
    (comment,) = received.bitext.comments
    assert (comment.segment, comment.text) == ("S003", "Il coûte cher.")
    assert comment.doubt
    assert "removed or rewritten" in comment.doubt


def test_comments_and_doubts_are_kept_with_their_authors_and_numbers() -> None:
    sending = sent(drafted())
    back = came_back(
        sending,
        {},
        missing=("S002",),
        remarks=(
            Remark(segment="S001", by="Luc", at=None, text="« bâtit » ?", quoted="construit"),
            Remark(segment="S001", by="Luc", at=None, text="« bâtit » ?", quoted="construit"),
        ),
        strays=(
            Stray(reason="The row was deleted", text="", segment="S002", by="Luc"),
            Stray(reason="Text outside the table", text="Bonjour"),
        ),
    )
    received = taken_in(drafted(), sending, back)
    assert [(item.id, item.segment, item.by) for item in received.bitext.comments] == [
        ("C001", "S001", "Luc"),
        ("C002", "S001", "Luc"),
        ("C003", "S002", "Luc"),
        ("C004", None, "unknown"),
    ]
    assert outcomes(received) == {
        "S001": Outcome.COMMENTED,
        "S002": Outcome.DOUBTFUL,
        "S003": Outcome.UNCHANGED,
        None: Outcome.DOUBTFUL,
    }


words = st.lists(st.sampled_from("un deux trois pont rive , .".split()), min_size=1, max_size=8).map(" ".join)


@given(st.lists(st.tuples(st.sampled_from(["S001", "S002", "S003"]), words), min_size=1, max_size=6), st.data())
def test_whatever_comes_back_in_whatever_order_is_found_again(
    corrections: list[tuple[str, str]], data: st.DataObject
) -> None:
    sending = sent(drafted())
    returns = [
        came_back(sending, {segment: text}, author=data.draw(st.sampled_from(["Luc", "Ada", None])))
        for segment, text in corrections
    ]
    bitext = drafted()
    for back in returns:
        bitext = taken_in(bitext, sending, back).bitext
    original = {item.segment: plain(item.target) for item in sending.segments}
    for segment, text in corrections:
        kept = {plain(edit.proposed or edit.after) for edit in bitext.segment(segment).history}
        kept |= {plain(item.theirs) for item in bitext.conflicts if item.segment == segment}
        assert text in kept or text == original[segment] or text == target(bitext, segment)
    assert [item.id for item in bitext.segments()] == ["S001", "S002", "S003"]
    again = bitext
    for back in returns:
        again = taken_in(again, sending, back).bitext
    assert again == bitext


def test_an_edit_made_before_the_export_does_not_ask_for_another_reading() -> None:
    early = edit(drafted(), "S001", inlines("Le Land construit un beau pont."), by=EVA, at=AT)
    sending = sent(early)
    received = taken_in(early, sending, came_back(sending, {"S001": "Le Land bâtit un beau pont."}))
    assert outcomes(received)["S001"] is Outcome.CORRECTED
