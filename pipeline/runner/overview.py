"""Where every release stands, and what a person does next."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pipeline.errors import CommuniqueError
from pipeline.model.bitext import Bitext, State
from pipeline.model.inline import plain
from pipeline.runner.languages import Standing, stand
from pipeline.runner.next_step import next_step
from pipeline.runner.stamp import is_current
from pipeline.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageStatus:
    """How far one translation of a release is."""

    target: str
    states: Mapping[State, int]
    """Segments by state; states without a segment are absent."""
    approved_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseStatus:
    """How far a release is."""

    release: str
    title: str
    date: str | None
    embargo: str | None
    confidential: bool
    to_confirm: tuple[str, ...]
    languages: tuple[LanguageStatus, ...]
    built: bool
    """The files in `dist/` are there and up to date."""
    next_step: str
    """What a person does next: a command, or what to mend in a file."""
    problem: str | None = None
    """Why it cannot be read; then only `release` and `next_step` mean anything."""


def status_of(workspace: Workspace, release_id: str, at: datetime) -> ReleaseStatus:
    """Return how far `release_id` is; a damaged release is a status, too, so that the others are still shown.

    Args:
        workspace: where it is.
        release_id: which one.
        at: the present time, which decides about embargoes and what is still news.
    """
    try:
        standing = stand(workspace, release_id)
        built = is_current(workspace, release_id)
        step = next_step(workspace, standing, built=built, at=at)
    except CommuniqueError as error:
        return ReleaseStatus(
            release=release_id,
            title="",
            date=None,
            embargo=None,
            confidential=False,
            to_confirm=(),
            languages=(),
            built=False,
            next_step="mend the file that is named",
            problem=str(error),
        )
    release = standing.release
    return ReleaseStatus(
        release=release_id,
        title=plain(release.title),
        date=release.date.isoformat() if release.date else None,
        embargo=release.embargo.isoformat() if release.embargo else None,
        confidential=release.confidential,
        to_confirm=release.to_confirm,
        languages=tuple(_language(standing, bitext) for bitext in standing.bitexts),
        built=built,
        next_step=step,
    )


def _language(standing: Standing, bitext: Bitext) -> LanguageStatus:
    approved = standing.approved(bitext.target_locale)
    return LanguageStatus(
        target=bitext.target_locale,
        states=dict(Counter(item.state for item in bitext.segments())),
        approved_by=bitext.approval.by if approved and bitext.approval else None,
    )
