"""What the checks find is told in order, and a person may let it stand until the text changes."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline import locales
from pipeline.checks.base import Subject
from pipeline.checks.registry import CHECKS
from pipeline.errors import GateError
from pipeline.model.bitext import Bitext, Segment, State, Unit
from pipeline.model.inline import inlines
from pipeline.model.issue import Issue, Severity
from pipeline.model.termbase import Termbase
from pipeline.model.texts import TextKind
from pipeline.stages.check import blocking, examine, waive
from pipeline.terms.index import TermIndex

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
EVA = "Eva Muster <eva@example.org>"


def bitext(*pairs: tuple[str, str]) -> Bitext:
    segments = tuple(
        Segment(
            id=f"S{number:03d}",
            source=inlines(source),
            target=inlines(target),
            state=State.TRANSLATED if target else State.INITIAL,
        )
        for number, (source, target) in enumerate(pairs, 1)
    )
    unit = Unit(path="blocks.0", kind=TextKind.PARAGRAPH, segments=segments)
    return Bitext(release="r", source_locale="de", target_locale="fr", units=(unit,))


def found(one: Bitext) -> tuple[Issue, ...]:
    terms = TermIndex(Termbase(), source="de", target="fr")
    return examine(Subject(bitext=one, locales=(locales.get("de"), locales.get("fr")), terms=terms), CHECKS)


WRONG = ("Es kamen 40 Gäste aus Alvenz.", "30 hôtes sont venus d’Alvenz.")
RIGHT = ("Das Fest war schön.", "La fête était belle.")


def test_findings_come_in_reading_order_the_gravest_first() -> None:
    issues = found(bitext(RIGHT, WRONG, ("Ja!", "Oui !"), ("Neu.", "")))
    assert [(issue.segment, issue.check, issue.severity) for issue in issues] == [
        ("S002", "numbers", Severity.ERROR),
        ("S003", "spacing", Severity.WARNING),
        ("S004", "untranslated", Severity.ERROR),
    ]


def test_errors_block_and_warnings_do_not() -> None:
    assert [issue.check for issue in blocking(found(bitext(WRONG, ("Ja!", "Oui !"))))] == ["numbers"]


def test_a_waived_error_blocks_no_longer_and_says_who_let_it_stand() -> None:
    before = bitext(RIGHT, WRONG)
    after = waive(before, found(before), check="numbers", segment="S002", reason="Gerundet.", by=EVA, at=AT)
    (issue,) = found(after)
    assert blocking(found(after)) == ()
    assert issue.waiver is not None
    assert (issue.waiver.by, issue.waiver.reason, issue.waiver.at) == (EVA, "Gerundet.", AT)


def test_an_edit_ends_a_waiver() -> None:
    before = bitext(RIGHT, WRONG)
    waived = waive(before, found(before), check="numbers", segment="S002", reason="Gerundet.", by=EVA, at=AT)
    edited = waived.map_segments(
        lambda item: replace(item, target=inlines("20 hôtes sont venus d’Alvenz.")) if item.id == "S002" else item
    )
    assert [issue.waiver for issue in blocking(found(edited))] == [None]


def test_an_edit_elsewhere_leaves_a_waiver_alone() -> None:
    before = bitext(RIGHT, WRONG)
    waived = waive(before, found(before), check="numbers", segment="S002", reason="Gerundet.", by=EVA, at=AT)
    edited = waived.map_segments(
        lambda item: replace(item, target=inlines("La fête fut belle.")) if item.id == "S001" else item
    )
    assert blocking(found(edited)) == ()


@pytest.mark.parametrize(("check", "segment"), [("numbers", "S001"), ("dates", "S002"), ("numbers", None)])
def test_what_was_not_found_cannot_be_waived(check: str, segment: str | None) -> None:
    one = bitext(RIGHT, WRONG)
    with pytest.raises(GateError, match="nothing to waive"):
        waive(one, found(one), check=check, segment=segment, reason="x", by=EVA, at=AT)
