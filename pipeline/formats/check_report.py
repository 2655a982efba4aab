"""What checks found, for programs, test tools and browsers: JSON, JUnit XML and one HTML page."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.checks.base import Check
from pipeline.formats.excerpt import pieces
from pipeline.model.inline import plain
from pipeline.model.issue import Issue, Severity
from pipeline.model.risk import Examined
from pipeline.templating import fill

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATE = "report/check.html"


def to_data(examined: Examined) -> dict[str, Any]:
    """Return the findings in one translation as plain data for JSON; offsets are characters of the plain texts."""
    bitext = examined.bitext
    return {
        "release": bitext.release,
        "source_locale": bitext.source_locale,
        "target_locale": bitext.target_locale,
        "minutes": examined.minutes,
        "issues": [_issue(issue) for issue in examined.issues],
        "risks": [
            {"segment": risk.segment, "points": risk.points, "grade": risk.grade, "reasons": list(risk.reasons)}
            for risk in examined.risks
        ],
    }


def _issue(issue: Issue) -> dict[str, Any]:
    waiver = issue.waiver
    return {
        "check": issue.check,
        "severity": issue.severity,
        "segment": issue.segment,
        "message": issue.message,
        "source": [[span.start, span.end] for span in issue.source],
        "target": [[span.start, span.end] for span in issue.target],
        "fix": [{"start": edit.start, "end": edit.end, "new": edit.new} for edit in issue.fix],
        "waived": {"by": waiver.by, "at": waiver.at.isoformat(), "reason": waiver.reason} if waiver else None,
    }


def to_junit(all_examined: Sequence[Examined], checks: Iterable[Check]) -> str:
    """Return the findings as JUnit XML: a suite for each translation, a case for each check, errors as failures."""
    from xml.etree import ElementTree as ET

    checks = tuple(checks)
    root = ET.Element("testsuites", name="communique check")
    for examined in all_examined:
        name = f"{examined.bitext.release}.{examined.bitext.target_locale}"
        failing = {issue.check for issue in examined.issues if _fails(issue)}
        suite = ET.SubElement(root, "testsuite", name=name, tests=str(len(checks)), failures=str(len(failing)))
        for check in checks:
            case = ET.SubElement(suite, "testcase", classname=name, name=check.name)
            found = [issue for issue in examined.issues if issue.check == check.name]
            errors = [_line(issue) for issue in found if _fails(issue)]
            if errors:
                failure = ET.SubElement(case, "failure", message=f"{check.title}: {len(errors)} found")
                failure.text = "\n".join(errors)
            if len(errors) < len(found):
                ET.SubElement(case, "system-out").text = "\n".join(
                    _line(item) for item in found if not _fails(item)
                )
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def to_html(all_examined: Sequence[Examined], checks: Iterable[Check], templates: "Environment") -> str:
    """Return the findings as one page without outside parts: segments worth a look first, both texts marked.

    Raises:
        ConfigError: the template is wrong.
    """
    return fill(
        templates,
        TEMPLATE,
        releases=[_for_page(examined) for examined in all_examined],
        titles={check.name: check.title for check in checks},
    )


def _for_page(examined: Examined) -> dict[str, Any]:
    bitext = examined.bitext
    segments = {segment.id: segment for segment in bitext.segments()}
    ranked = sorted(examined.risks, key=lambda risk: -risk.points)
    rows = []
    for risk in ranked:
        issues = examined.of(risk.segment)
        if not issues:
            continue
        segment = segments[risk.segment]
        spans = (
            [span for issue in issues for span in issue.source],
            [span for issue in issues for span in issue.target],
        )
        rows.append(
            {
                "id": segment.id,
                "risk": risk,
                "source": list(pieces(plain(segment.source), spans[0], context=None)),
                "target": list(pieces(plain(segment.target), spans[1], context=None)),
                "issues": issues,
            }
        )
    counts = {severity: sum(item.severity is severity for item in examined.issues) for severity in Severity}
    return {
        "release": bitext.release,
        "source_locale": bitext.source_locale,
        "target_locale": bitext.target_locale,
        "minutes": examined.minutes,
        "counts": counts,
        "general": examined.of(None),
        "rows": rows,
    }


def _fails(issue: Issue) -> bool:
    return issue.severity is Severity.ERROR and issue.waiver is None


def _line(issue: Issue) -> str:
    return f"{issue.segment or 'release'}: {issue.severity}: {issue.message}"
