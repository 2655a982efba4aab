"""Checks, risks and waivers of a release, with the termbase that holds for it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from pipeline import locales
from pipeline.checks.base import Subject
from pipeline.config import Settings
from pipeline.model.bitext import Bitext
from pipeline.model.issue import Issue
from pipeline.model.release import Release
from pipeline.model.risk import Examined
from pipeline.model.termbase import Termbase
from pipeline.runner.languages import stand
from pipeline.stages.check import blocking, examine, waive
from pipeline.stages.risk import minutes, rank
from pipeline.terms.index import TermIndex
from pipeline.terms.rare import rare_words
from pipeline.workspace import Entry, Workspace


def check_release(workspace: Workspace, release_id: str, at: datetime) -> tuple[Examined, ...]:
    """Return what the checks find in every translation of a release; nothing is written.

    Raises:
        CommuniqueError: a file is missing or damaged.
    """
    standing = stand(workspace, release_id)
    termbase = workspace.memory.load_termbase()
    return tuple(
        examined(standing.release, bitext, terms_for(standing.release, bitext, termbase, workspace.settings, at))
        for bitext in standing.bitexts
    )


def check_translation(workspace: Workspace, release_id: str, target: str, at: datetime) -> Examined:
    """Return what the checks find in the translation of a release into one language; nothing is written."""
    return next(item for item in check_release(workspace, release_id, at) if item.bitext.target_locale == target)


def terms_for(release: Release, bitext: Bitext, termbase: Termbase, settings: Settings, at: datetime) -> TermIndex:
    """Return what of the termbase holds for a translation: on the release's day, in its countries, for its tags."""
    office = settings.office
    valid = termbase.valid(
        on=release.date or at.date(),
        countries=frozenset(_country(tag) for tag in (bitext.source_locale, bitext.target_locale)),
        topics=frozenset(release.tags),
        issuers=frozenset(text for name in (office.name, office.body) for _, text in name.texts),
    )
    return TermIndex(valid, source=bitext.source_locale, target=bitext.target_locale)


def examined(release: Release, bitext: Bitext, terms: TermIndex) -> Examined:
    """Return what the checks find in one translation, and where to look first."""
    issues = find_issues(release, bitext, terms)
    risks = rank(bitext, issues, lambda text: rare_words(text, bitext.source_locale, terms))
    return Examined(bitext=bitext, issues=issues, risks=risks, minutes=minutes(bitext, risks))


def find_issues(release: Release, bitext: Bitext, terms: TermIndex) -> tuple[Issue, ...]:
    """Return what the checks find in one translation."""
    from pipeline.checks.registry import CHECKS

    return examine(_subject(release, bitext, terms), CHECKS)


def quoted_segments(workspace: Workspace, release: Release, bitext: Bitext, at: datetime) -> tuple[str, ...]:
    """Return the ids of the segments in which somebody is quoted, in reading order."""
    from pipeline.checks.attribution import quotations

    terms = terms_for(release, bitext, workspace.memory.load_termbase(), workspace.settings, at)
    return quotations(_subject(release, bitext, terms))


def _subject(release: Release, bitext: Bitext, terms: TermIndex) -> Subject:
    pair = (locales.get(bitext.source_locale), locales.get(bitext.target_locale))
    return Subject(bitext=bitext, locales=pair, terms=terms, release=release)


def blocking_issues(workspace: Workspace, release: Release, bitext: Bitext, at: datetime) -> tuple[Issue, ...]:
    """Return the findings that stand in the way of approving a translation now.

    An approval that covers a former text is no such finding: the new one takes its place.
    """
    terms = terms_for(release, bitext, workspace.memory.load_termbase(), workspace.settings, at)
    return blocking(find_issues(release, replace(bitext, approval=None), terms))


def waive_finding(
    workspace: Workspace,
    release_id: str,
    target: str,
    *,
    check: str,
    segment: str | None,
    reason: str,
    by: str,
    at: datetime,
) -> tuple[Issue, ...]:
    """Let the findings of a check in a segment stand, and return them.

    Raises:
        GateError: there is no such finding.
    """
    with workspace.lock(release_id):
        standing = stand(workspace, release_id)
        bitext = standing.bitext(target)
        terms = terms_for(standing.release, bitext, workspace.memory.load_termbase(), workspace.settings, at)
        issues = find_issues(standing.release, bitext, terms)
        changed = waive(bitext, issues, check=check, segment=segment, reason=reason, by=by, at=at)
        workspace.save_bitext(changed)
        details: dict[str, object] = {"target": target, "check": check, "segment": segment or "", "reason": reason}
        workspace.log(release_id).append(Entry(at=at, by=by, action="waive", details=details))
    return tuple(replace(issue, waiver=changed.waivers[-1]) for issue in _of(issues, check, segment))


def _of(issues: Iterable[Issue], check: str, segment: str | None) -> Iterable[Issue]:
    return (issue for issue in issues if (issue.check, issue.segment) == (check, segment))


def _country(tag: str) -> str:
    language, _, region = tag.partition("-")
    return region or language.upper()
