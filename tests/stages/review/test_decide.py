"""Decisions of people: each by name, each kept, none made by accident."""

import pytest

from pipeline.errors import GateError, WorkspaceError
from pipeline.model.bitext import State
from pipeline.model.exchange import Remark
from pipeline.model.inline import inlines, plain
from pipeline.model.review import Choice
from pipeline.stages.review.decide import (
    accept,
    answer,
    edit,
    is_signed_off,
    open_comments,
    reject,
    settle,
    sign_off,
)
from tests.stages.review.returns import AT, BACK, EVA, LUC, came_back, drafted, sent, taken_in


def test_a_rejected_text_is_gone_from_the_page_and_kept_in_the_history() -> None:
    segment = reject(drafted(), "S001", reason="contresens", by=EVA, at=AT).segment("S001")
    assert (segment.target, segment.state) == ((), State.INITIAL)
    assert segment.failure == f"rejected by {EVA}: contresens"
    assert plain(segment.history[-1].before) == "Le Land construit un pont."


def test_what_is_not_translated_can_be_neither_accepted_nor_rejected_nor_signed() -> None:
    with pytest.raises(GateError, match=r"S003 cannot be rejected"):
        reject(drafted(), "S003", reason="x", by=EVA, at=AT)
    with pytest.raises(GateError, match=r"S003 cannot be accepted: not translated yet"):
        accept(drafted(), ["S001", "S003"], by=EVA, at=AT)
    with pytest.raises(GateError, match=r"S001, S003: correct or accept"):
        sign_off(drafted(), ["S001", "S003"], by=EVA, at=AT)


def test_an_unknown_segment_is_named_with_the_way_to_find_the_right_one() -> None:
    with pytest.raises(WorkspaceError, match=r"r has no segment S009; see “communique review list r”"):
        edit(drafted(), "S009", inlines("x"), by=EVA, at=AT)


def test_a_signature_holds_for_the_words_that_were_signed() -> None:
    text = sign_off(accept(drafted(), ["S001"], by=LUC, at=AT), ["S001"], by=EVA, at=AT)
    assert is_signed_off(text, text.segment("S001"))
    changed = edit(text, "S001", inlines("Autre chose."), by=LUC, at=BACK)
    assert not is_signed_off(changed, changed.segment("S001"))
    again = sign_off(changed, ["S001"], by=EVA, at=BACK)
    assert is_signed_off(again, again.segment("S001"))
    assert len(again.signoffs) == 1


def test_a_comment_is_settled_by_one_answer() -> None:
    sending = sent(drafted())
    back = came_back(sending, {}, remarks=(Remark(segment="S001", by="Luc", at=None, text="Sûr ?"),))
    text = taken_in(drafted(), sending, back).bitext
    answered = answer(text, "C001", "Oui.", by=EVA, at=BACK)
    assert [item.id for item in open_comments(text)] == ["C001"]
    assert open_comments(answered) == ()
    with pytest.raises(GateError, match=r"C001 was answered already, by Eva Muster"):
        answer(answered, "C001", "Non.", by=LUC, at=BACK)
    with pytest.raises(WorkspaceError, match=r"r has no comment C002"):
        answer(text, "C002", "Oui.", by=EVA, at=BACK)


@pytest.mark.parametrize(
    ("choice", "stands"),
    [
        (Choice.THEIRS, "Le Land érige un pont."),
        (Choice.OURS, "Le Land bâtit un pont."),
        (Choice.EDITED, "Le Land aura un pont."),
    ],
)
def test_a_conflict_ends_with_the_wording_a_person_chose(choice: Choice, stands: str) -> None:
    sending = sent(drafted())
    ours = edit(drafted(), "S001", inlines("Le Land bâtit un pont."), by=EVA, at=BACK)
    text = taken_in(ours, sending, came_back(sending, {"S001": "Le Land érige un pont."})).bitext
    settled = settle(text, "S001", choice, inlines("Le Land aura un pont."), by=EVA, at=BACK)
    assert plain(settled.segment("S001").target) == stands
    assert settled.segment("S001").history[-1].by == EVA
    (conflict,) = settled.conflicts
    assert conflict.settled is not None
    assert conflict.settled.choice is choice
    with pytest.raises(WorkspaceError, match=r"no open conflict in S001"):
        settle(settled, "S001", choice, (), by=EVA, at=BACK)
