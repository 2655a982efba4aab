"""Mailing: who gets a release, when it may leave, and what stands in the way. Nothing is sent here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from pipeline.model.recipient import Recipient
from pipeline.model.release import Release


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """When a version of a release may be mailed."""

    moment: datetime | None
    """From when on: its embargo, else its day, else the approval of a later version; None where nobody can say."""
    closes: datetime | None
    """From when on it is too old."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """What has to be known of a release before it may be mailed."""

    release: Release
    """The source."""
    approved: Mapping[str, bool]
    """By language that shall be mailed: whether a person answers for exactly this text."""
    built: bool
    """Whether its PDFs are there and made from the text as it stands."""
    window: Window
    too_large: tuple[str, ...]
    """Names of PDFs that are too large for a mail while nobody can fetch them elsewhere."""
    embargo_ok: bool
    """A person answers for mailing it before its embargo ends, to those who keep embargoes."""


def window(release: Release, zone: tzinfo, approved_at: datetime | None, lasts: timedelta) -> Window:
    """Return when a release may be mailed.

    Args:
        release: the source.
        zone: of a day without a time.
        approved_at: when its newest approval was given.
        lasts: how long after its moment it may be mailed.
    """
    moment = release.held_until
    if moment is None and release.revision is not None:
        moment = approved_at  # a correction may come long after the day of its release
    if moment is None and release.date is not None:
        moment = datetime.combine(release.date, time(), zone)
    return Window(moment=moment, closes=None if moment is None else moment + lasts)


def obstacles(ready: Readiness, now: datetime) -> tuple[str, ...]:
    """Return everything that forbids mailing a release at `now`, each with what to do; empty if it may go out."""
    return tuple(_obstacles(ready, now))


def is_embargoed(release: Release, now: datetime) -> bool:
    """Return whether a release is under embargo at `now`."""
    return release.held_until is not None and now < release.held_until


def why_closed(ready: Readiness, now: datetime) -> str | None:
    """Return why the time to mail a release is not there yet, or over; None where it is now."""
    shown = "%Y-%m-%d %H:%M %Z"
    release, closes = ready.release, ready.window.closes
    if is_embargoed(release, now) and not ready.embargo_ok:
        until = f"{release.held_until:{shown}}"
        return (
            f'it is under embargo until {until}; wait, or send to those who keep embargoes: --embargo-ok --as "…"'
        )
    if closes is None:
        return "it has no date, so nobody can say until when it is news; write one into source.md"
    if now >= closes:
        return f"it is too old since {closes:{shown}} (mail.expires_after); correct it, or raise that setting"
    return None


def why_skipped(
    recipient: Recipient, languages: Sequence[str], *, undeliverable: bool, embargoed: bool
) -> str | None:
    """Return why a recipient does not get the release, or None where they do.

    Args:
        recipient: who stands on a list.
        languages: tags of the editions that are sent.
        undeliverable: mail to them came back before.
        embargoed: the release leaves before its embargo ends.
    """
    if recipient.objection is not None:
        return "objected"
    if undeliverable:
        return "is undeliverable"
    if edition_for(recipient.language, languages) is None:
        return f"wants “{recipient.language}”, which is not sent"
    if embargoed and not recipient.embargo_ok:
        return "gets nothing before an embargo ends"
    return None


def edition_for(language: str, languages: Sequence[str]) -> str | None:
    """Return the tag of the edition for somebody who wants `language`: `fr` for `fr-BE`, where that is not sent."""
    if language in languages:
        return language
    primary = language.partition("-")[0]
    return next((tag for tag in languages if tag.partition("-")[0] == primary), None)


def _obstacles(ready: Readiness, now: datetime) -> Iterator[str]:
    release = ready.release
    if release.confidential:
        yield "it is marked confidential; take that out of source.md once it may be published"
    for language, approved in ready.approved.items():
        if not approved:
            yield f"“{language}” is not approved as it stands; “communique approve {release.id}” does"
    if not ready.built:
        yield f"its files are not up to date; “communique build {release.id}” makes them"
    for name in ready.too_large:
        yield f"{name} is too large to attach (mail.attach_up_to); say where it can be fetched (mail.downloads)"
    if (closed := why_closed(ready, now)) is not None:
        yield closed
