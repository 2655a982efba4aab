"""Findings for programs, test tools and browsers."""

import json
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

from pipeline.checks.registry import CHECKS
from pipeline.formats.check_report import to_data, to_html, to_junit
from pipeline.model.bitext import Bitext, Segment, State, Unit
from pipeline.model.inline import TextEdit, inlines
from pipeline.model.issue import Issue, Severity, Span, Waiver
from pipeline.model.risk import Examined, Grade, Risk
from pipeline.model.texts import TextKind
from pipeline.templating import environment, packaged_templates

GOLDEN = Path(__file__).parent / "golden"
AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
SEGMENTS = (
    Segment(id="S001", source=inlines("40 <Gäste>"), target=inlines("30 <hôtes>"), state=State.TRANSLATED),
    Segment(id="S002", source=inlines("Ja!"), target=inlines("Oui !"), state=State.TRANSLATED),
)
EXAMINED = Examined(
    bitext=Bitext(
        release="2026-11-23-fest",
        source_locale="de",
        target_locale="fr",
        units=(Unit(path="title", kind=TextKind.TITLE, segments=SEGMENTS),),
    ),
    issues=(
        Issue(check="decisions", severity=Severity.INFO, segment=None, message="all of it at once"),
        Issue(
            check="numbers",
            severity=Severity.ERROR,
            segment="S001",
            message="“40” has become “30”",
            source=(Span(start=0, end=2),),
            target=(Span(start=0, end=2),),
            fix=(TextEdit(start=0, end=2, new="40", rule="numbers"),),
        ),
        Issue(
            check="spacing",
            severity=Severity.WARNING,
            segment="S002",
            message="a blank",
            target=(Span(start=3, end=4),),
            waiver=Waiver(check="spacing", segment="S002", text="", reason="so <gewollt>", by="Eva", at=AT),
        ),
    ),
    risks=(
        Risk(segment="S001", points=60, grade=Grade.HIGH, reasons=("numbers",)),
        Risk(segment="S002", points=10, grade=Grade.LOW, reasons=()),
    ),
    minutes=3,
)


def same_as_golden(name: str, text: str) -> bool:
    return text == (GOLDEN / name).read_text(encoding="utf-8")


def test_the_page_is_as_it_was_looked_at() -> None:
    assert same_as_golden("check.html", to_html([EXAMINED], CHECKS, environment((packaged_templates(),))))


def test_the_page_loads_nothing_and_lets_no_text_become_markup() -> None:
    page = to_html([EXAMINED], CHECKS, environment((packaged_templates(),)))
    assert "<Gäste>" not in page
    assert "<gewollt>" not in page
    assert "src=" not in page
    assert "http" not in page


def test_junit_is_as_it_was() -> None:
    assert same_as_golden("check.xml", to_junit([EXAMINED], CHECKS))


def test_junit_fails_a_check_for_errors_nobody_waived() -> None:
    suite = ET.fromstring(to_junit([EXAMINED], CHECKS).encode())[0]  # noqa: S314 (our own text)
    failed = [case.get("name") for case in suite if case.find("failure") is not None]
    assert (suite.get("tests"), suite.get("failures"), failed) == (str(len(CHECKS)), "1", ["numbers"])


def test_data_names_the_exact_characters_and_the_fix() -> None:
    data = json.loads(json.dumps(to_data(EXAMINED)))
    assert data["issues"][1]["target"] == [[0, 2]]
    assert data["issues"][1]["fix"] == [{"start": 0, "end": 2, "new": "40"}]
    assert data["issues"][2]["waived"]["reason"] == "so <gewollt>"
    assert data["risks"][0] == {"segment": "S001", "points": 60, "grade": "high", "reasons": ["numbers"]}
