"""An approval needs every segment reviewed, and covers exactly the text that was approved."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pipeline.errors import GateError, WorkspaceError
from pipeline.model.bitext import Bitext, Segment, State, Unit
from pipeline.model.digest import is_approved
from pipeline.model.inline import inlines, plain
from pipeline.model.release import Paragraph, Release
from pipeline.model.review import Comment, Conflict
from pipeline.model.texts import TextKind
from pipeline.stages.approve import approve, obstacles
from pipeline.stages.review.decide import accept, edit

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
EVA = "Eva Muster <eva@example.org>"
RELEASE = Release(
    id="r",
    language="de",
    title=inlines("Titel"),
    date=date(2026, 11, 23),
    blocks=(Paragraph(text=inlines("Eins. Zwei.")),),
)


def drafted(*states: State) -> Bitext:
    segments = tuple(
        Segment(
            id=f"S{number:03d}",
            source=inlines(f"Satz {number}."),
            target=() if state is State.INITIAL else inlines(f"Phrase {number}."),
            state=state,
        )
        for number, state in enumerate(states, 1)
    )
    unit = Unit(path="blocks.0", kind=TextKind.PARAGRAPH, segments=segments)
    return Bitext(release="r", source_locale="de", target_locale="fr", units=(unit,), next_number=9)


def test_a_reviewed_release_is_approved_and_every_segment_becomes_final() -> None:
    approved = approve(RELEASE, drafted(State.REVIEWED, State.REVIEWED), by=EVA, at=AT)
    assert {item.state for item in approved.segments()} == {State.FINAL}
    assert approved.approval is not None
    assert approved.approval.by == EVA
    assert is_approved(RELEASE, approved)


def test_each_thing_in_the_way_is_named_with_its_segment() -> None:
    release = replace(RELEASE, title=(), date=None, to_confirm=("title", "place"))
    with pytest.raises(GateError) as caught:
        approve(release, drafted(State.INITIAL, State.TRANSLATED, State.REVIEWED), by=EVA, at=AT)
    assert caught.value.reasons == (
        "source.md: “title” waits for a person (to_confirm)",
        "source.md: “place” waits for a person (to_confirm)",
        "source.md: there is no title",
        "source.md: there is no date",
        "not translated: S001",
        "not reviewed by a person: S002",
    )


def test_long_lists_of_segments_are_cut_short() -> None:
    assert obstacles(RELEASE, drafted(*[State.TRANSLATED] * 10))[0].endswith("S008 and 2 more")


@pytest.mark.parametrize(
    "changed",
    [
        replace(RELEASE, title=inlines("Anderer Titel")),
        replace(RELEASE, date=date(2026, 11, 24)),
        replace(RELEASE, number="12"),
        replace(RELEASE, blocks=(Paragraph(text=inlines("Eins. Drei.")),)),
        replace(RELEASE, blocks=(*RELEASE.blocks, Paragraph(text=inlines("Mehr.")))),
    ],
)
def test_any_change_of_the_source_ends_the_approval(changed: Release) -> None:
    approved = approve(RELEASE, drafted(State.REVIEWED), by=EVA, at=AT)
    assert not is_approved(changed, approved)


def test_what_readers_never_see_does_not_end_it() -> None:
    approved = approve(RELEASE, drafted(State.REVIEWED), by=EVA, at=AT)
    assert is_approved(replace(RELEASE, tags=("kultur",)), approved)


def test_an_edit_after_the_approval_reopens_that_segment_only() -> None:
    approved = approve(RELEASE, drafted(State.REVIEWED, State.REVIEWED), by=EVA, at=AT)
    later = edit(approved, "S002", inlines("Autre phrase."), by="Paul <p@example.org>", at=AT)
    assert [item.state for item in later.segments()] == [State.FINAL, State.REVIEWED]
    assert not is_approved(RELEASE, later)


def test_a_correction_keeps_what_it_replaced_and_who_wrote_it() -> None:
    after = edit(drafted(State.TRANSLATED), "S001", inlines("Mieux."), by=EVA, at=AT)
    (segment,) = after.segments()
    (change,) = segment.history
    assert (plain(change.before), plain(change.after), change.by) == ("Phrase 1.", "Mieux.", EVA)
    assert segment.state is State.REVIEWED


def test_accepting_is_recorded_as_a_decision_of_its_own() -> None:
    after = accept(drafted(State.TRANSLATED, State.TRANSLATED), ["S001"], by=EVA, at=AT)
    first, second = after.segments()
    assert (first.state, second.state) == (State.REVIEWED, State.TRANSLATED)
    assert first.history[0].before == first.history[0].after == first.target


def test_nothing_can_be_accepted_where_nothing_stands() -> None:
    with pytest.raises(GateError, match="S001"):
        accept(drafted(State.INITIAL), ["S001"], by=EVA, at=AT)


def test_an_unknown_segment_is_named() -> None:
    with pytest.raises(WorkspaceError, match="S999"):
        edit(drafted(State.TRANSLATED), "S999", inlines("x"), by=EVA, at=AT)


def test_a_conflict_or_a_comment_without_an_answer_stands_in_the_way() -> None:
    text = replace(
        drafted(State.REVIEWED),
        comments=(Comment(id="C001", segment="S001", by="Luc", at=None, text="Sûr ?"),),
        conflicts=(
            Conflict(segment="S001", base=(), theirs=inlines("Une phrase."), by="Luc", at=AT, file="f" * 64),
        ),
    )
    assert obstacles(RELEASE, text) == (
        "conflicts to settle: S001 (communique review resolve r)",
        "comments without an answer: C001 (communique review comments r)",
    )


def test_where_the_house_asks_for_four_eyes_nobody_approves_their_own_work() -> None:
    text = edit(drafted(State.TRANSLATED), "S001", inlines("Une phrase."), by="Eva Muster", at=AT)
    with pytest.raises(GateError, match=r"Eva Muster <eva@example.org> was the last to edit or accept S001"):
        approve(RELEASE, text, by=EVA, at=AT, four_eyes=True)
    assert approve(RELEASE, text, by=EVA, at=AT).approval
    assert approve(RELEASE, text, by="Max Beispiel <max@example.org>", at=AT, four_eyes=True).approval
