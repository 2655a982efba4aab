"""Checking: what the checks find in a translation, and which of it people let stand."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from pipeline.checks.base import Check, Subject
from pipeline.errors import GateError
from pipeline.model.bitext import Bitext
from pipeline.model.digest import text_keys
from pipeline.model.issue import Issue, Severity, Waiver


def examine(subject: Subject, checks: Iterable[Check]) -> tuple[Issue, ...]:
    """Return what `checks` find in a release, in reading order, with the waivers that still hold.

    Findings about the release as a whole come first; of one segment, the gravest first.
    """
    bitext = subject.bitext
    order = {segment.id: number for number, segment in enumerate(bitext.segments(), 1)}
    keys = text_keys(bitext)
    waivers = {(item.check, item.segment): item for item in bitext.waivers if item.text == keys.get(item.segment)}
    weight = {severity: number for number, severity in enumerate(Severity)}
    found = [
        replace(issue, waiver=waivers.get((issue.check, issue.segment)))
        for check in checks
        for issue in check.find(subject)
    ]
    return tuple(sorted(found, key=lambda item: (order.get(item.segment or "", 0), weight[item.severity])))


def blocking(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Return the findings that stand in the way of an approval: errors that nobody waived."""
    return tuple(issue for issue in issues if issue.severity is Severity.ERROR and issue.waiver is None)


def waive(
    bitext: Bitext, issues: Iterable[Issue], *, check: str, segment: str | None, reason: str, by: str, at: datetime
) -> Bitext:
    """Return `bitext` with the findings of one check in one segment waived.

    Args:
        bitext: the translation.
        issues: what was found in it just now.
        check: name of the check.
        segment: id, or None for a finding about the release as a whole.
        reason: why it may stand.
        by: name and address of the person who decides.
        at: when.

    Raises:
        GateError: there is no such finding, or it is one that no reason can excuse.
    """
    found = [issue for issue in issues if (issue.check, issue.segment) == (check, segment)]
    where = segment or "the release as a whole"
    if not found:
        raise GateError(
            f"{bitext.release}: the check “{check}” finds nothing in {where}; there is nothing to waive"
        )
    keys = text_keys(bitext)
    waiver = Waiver(check=check, segment=segment, text=keys[segment], reason=reason, by=by, at=at)
    others = (item for item in bitext.waivers if (item.check, item.segment) != (check, segment))
    return replace(bitext, waivers=(*others, waiver))
