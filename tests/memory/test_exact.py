"""The memory gives back approved wording, and only that."""

from datetime import UTC, datetime, timedelta

from pipeline.memory.exact import ExactMemory
from pipeline.model.bitext import Approval, Bitext, Segment, State, Unit
from pipeline.model.inline import Run, inlines
from pipeline.model.texts import TextKind

AT = datetime(2026, 11, 23, tzinfo=UTC)


def bitext(release: str, source: str, target: str, *, state: State = State.FINAL, days: int = 0) -> Bitext:
    segment = Segment(id="S001", source=inlines(source), target=inlines(target), state=state)
    approval = Approval(by="Eva", at=AT + timedelta(days=days), source_hash="", target_hash="")
    return Bitext(
        release=release,
        source_locale="de",
        target_locale="fr",
        units=(Unit(path="title", kind=TextKind.TITLE, segments=(segment,)),),
        approval=approval,
    )


def test_the_same_text_is_found_with_where_it_comes_from() -> None:
    match = ExactMemory.of([bitext("2025-fest", "Guten Tag.", "Bonjour.")]).exact(inlines("Guten Tag."))
    assert match is not None
    assert (match.target, match.reference) == (inlines("Bonjour."), "2025-fest#S001")


def test_blanks_make_no_difference_and_formatting_does() -> None:
    memory = ExactMemory.of([bitext("r", "Guten Tag.", "Bonjour.")])
    assert memory.exact(inlines("Guten\u00a0 Tag.")) is not None
    assert memory.exact((Run(text="Guten Tag.", bold=True),)) is None


def test_of_two_wordings_the_later_approved_one_wins_whatever_the_order() -> None:
    old, new = bitext("a", "Guten Tag.", "Salut.", days=1), bitext("b", "Guten Tag.", "Bonjour.", days=2)
    for order in ([old, new], [new, old]):
        match = ExactMemory.of(order).exact(inlines("Guten Tag."))
        assert match is not None
        assert match.target == inlines("Bonjour.")


def test_a_segment_that_was_reopened_is_not_used() -> None:
    memory = ExactMemory.of([bitext("r", "Guten Tag.", "Bonjour.", state=State.REVIEWED)])
    assert memory.exact(inlines("Guten Tag.")) is None
