"""Accepting everything at once is told, and so is machine text that nobody touched."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pipeline.checks.decisions import CHECK
from pipeline.model.bitext import Bitext, Origin, OriginKind, Segment
from pipeline.model.inline import inlines
from pipeline.model.issue import Severity
from pipeline.stages.review.decide import accept, edit
from tests.checks.releases import bitext, changed, issues

AT = datetime(2026, 10, 7, 14, 0, tzinfo=UTC)
BY = "Luc Ferrandier <l.ferrandier@example.org>"


def machine(segment: Segment) -> Segment:
    return replace(segment, origin=Origin(kind=OriginKind.MT, at=AT, by="deepl"))


def release(segments: int) -> Bitext:
    return bitext([(f"Satz {number}.", f"Phrase {number}.") for number in range(segments)])


def ids(text: Bitext) -> list[str]:
    return [segment.id for segment in text.segments()]


def warnings(text: Bitext) -> list[str]:
    return [issue.message for issue in issues(CHECK, text) if issue.severity is Severity.WARNING]


def test_more_than_ten_and_more_than_half_at_once_is_a_warning() -> None:
    text = release(12)
    (message,) = warnings(accept(text, ids(text), by=BY, at=AT))
    assert "12 of 12" in message
    assert "Luc Ferrandier" in message


def test_few_or_a_small_part_or_one_by_one_is_none() -> None:
    few, many = release(10), release(30)
    assert warnings(accept(few, ids(few), by=BY, at=AT)) == []
    assert warnings(accept(many, ids(many)[:12], by=BY, at=AT)) == []
    for number, segment in enumerate(ids(many)):
        many = accept(many, [segment], by=BY, at=AT + timedelta(minutes=number))
    assert warnings(many) == []


def test_machine_text_accepted_as_it_stands_is_worth_knowing() -> None:
    text = changed(bitext([("Eins.", "Un."), ("Zwei.", "Deux."), ("3", "3")]), machine)
    text = edit(accept(text, ["S001", "S003"], by=BY, at=AT), "S002", inlines("Deuze."), by=BY, at=AT)
    found = issues(CHECK, text)
    assert [(issue.severity, issue.segment) for issue in found] == [(Severity.INFO, "S001")]


def test_nothing_is_said_before_the_review() -> None:
    assert issues(CHECK, changed(release(20), machine)) == ()
