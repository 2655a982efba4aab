"""A text that changed after its review or approval is told."""

from dataclasses import replace
from datetime import UTC, date, datetime

from pipeline import locales
from pipeline.checks.freshness import CHECK
from pipeline.model.bitext import Bitext, State
from pipeline.model.inline import inlines
from pipeline.model.issue import Severity
from pipeline.model.release import Paragraph, Release
from pipeline.stages.approve import approve
from pipeline.stages.review.decide import accept, edit
from pipeline.stages.segment import segment
from tests.checks.releases import changed, issues

AT = datetime(2026, 10, 7, 14, 0, tzinfo=UTC)
BY = "Luc Ferrandier"


def release(*sentences: str) -> Release:
    text = inlines(" ".join(sentences))
    return Release(
        id="r", language="de", title=inlines("Titel"), date=date(2026, 10, 8), blocks=(Paragraph(text=text),)
    )


def split(text: str) -> tuple[tuple[int, int], ...]:
    return locales.get("de").sentences(text, frozenset())


def drafted(source: Release, previous: Bitext | None = None) -> Bitext:
    text = segment(source, target="fr", split=split, previous=previous)
    empty = [item.id for item in text.segments() if item.state is State.INITIAL]
    filled = changed(
        text, lambda item: replace(item, target=inlines(f"fr {item.id}"), state=State.TRANSLATED), *empty
    )
    return filled if empty else text


def accepted(text: Bitext) -> Bitext:
    return accept(text, [item.id for item in text.segments()], by=BY, at=AT)


BEFORE = release("Der Bus fährt am 13. Dezember zum ersten Mal.", "Er ist neu.")
AFTER = release("Der Bus fährt am 14. Dezember zum ersten Mal.", "Er ist neu.")


def test_an_approval_of_this_very_text_is_fresh() -> None:
    assert issues(CHECK, approve(BEFORE, accepted(drafted(BEFORE)), by=BY, at=AT), BEFORE) == ()


def test_a_rewritten_sentence_is_an_error_until_a_person_has_looked() -> None:
    again = drafted(AFTER, accepted(drafted(BEFORE)))
    (issue,) = issues(CHECK, again, AFTER)
    assert (issue.severity, issue.segment) == (Severity.ERROR, "S004")
    assert "S002" in issue.message
    assert issues(CHECK, accepted(again), AFTER) == ()


def test_a_new_sentence_is_no_rewritten_one() -> None:
    new = release("Der Bus fährt am 13. Dezember zum ersten Mal.", "Kinder zahlen überhaupt nichts.")
    assert issues(CHECK, drafted(new, accepted(drafted(BEFORE))), new) == ()


def test_an_outdated_approval_blocks_until_all_is_reviewed_and_then_asks_for_a_new_one() -> None:
    approved = approve(BEFORE, accepted(drafted(BEFORE)), by=BY, at=AT)
    again = drafted(AFTER, approved)
    assert {issue.severity for issue in issues(CHECK, again, AFTER) if issue.segment is None} == {Severity.ERROR}
    (issue,) = issues(CHECK, accepted(again), AFTER)
    assert issue.severity is Severity.WARNING
    assert "source and the translation" in issue.message


def test_a_correction_after_the_approval_is_told() -> None:
    approved = approve(BEFORE, accepted(drafted(BEFORE)), by=BY, at=AT)
    (issue,) = issues(CHECK, edit(approved, "S002", inlines("autrement"), by=BY, at=AT), BEFORE)
    assert (issue.severity, issue.segment) == (Severity.WARNING, None)
    assert issue.message.startswith("The translation changed")
