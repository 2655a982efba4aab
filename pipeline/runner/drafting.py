"""From a source to a draft, and from a draft to an approved text."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline import locales
from pipeline.errors import GateError
from pipeline.memory.exact import ExactMemory
from pipeline.model.bitext import Bitext, OriginKind, Segment, State
from pipeline.model.digest import is_approved
from pipeline.model.inline import Inlines
from pipeline.model.translation import Engine
from pipeline.runner.languages import Standing, stand
from pipeline.stages.approve import approve
from pipeline.stages.draft import Problem, draft
from pipeline.stages.review import accept, edit
from pipeline.workspace import Entry, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftReport:
    """What drafting one release into one language did, and what is left."""

    release: str
    target: str
    segments: int
    filled: int
    """Segments that this run filled."""
    memory: int
    """Segments whose text came from approved releases, of all."""
    engines: Mapping[str, int]
    """Segments by the engine that translated them, of all."""
    untranslated: int
    problems: tuple[Problem, ...]
    refused: bool
    unmarked: tuple[str, ...]


def load_memory(workspace: Workspace, target: str) -> ExactMemory:
    """Return the memory of all approved releases of the workspace in `target`."""
    return ExactMemory.of(_approved(workspace, target))


def _approved(workspace: Workspace, target: str) -> Iterator[Bitext]:
    for release_id in workspace.release_ids():
        bitext = workspace.load_bitext(release_id, target)
        if bitext and bitext.approval and is_approved(workspace.load_release(release_id), bitext):
            yield bitext


def draft_release(
    workspace: Workspace,
    release_id: str,
    *,
    memories: Mapping[str, ExactMemory],
    engines: Sequence[Engine],
    released_by: str | None,
    by: str,
    at: datetime,
    advance: Callable[[], None],
) -> tuple[DraftReport, ...]:
    """Draft a release into every target language; what has a text already is left alone.

    Args:
        workspace: where it is.
        release_id: which one.
        memories: the memory of each target language.
        engines: asked in order, each for what is still missing.
        released_by: who answers for sending an embargoed or confidential text to an engine outside; else None.
        by: who runs this.
        at: time to record.
        advance: called for each answer of an engine.

    Raises:
        CommuniqueError: a file is missing or damaged or cannot be written; nothing that was there is lost.
    """
    with workspace.lock(release_id):
        standing = stand(workspace, release_id)
        restriction = standing.release.restricted(at)
        log = workspace.log(release_id)
        if restriction and released_by:
            details: dict[str, object] = {"engines": [item.name for item in engines], "although": restriction}
            log.append(Entry(at=at, by=released_by, action="allow-online", details=details))
            restriction = None
        reports = []
        for before in standing.bitexts:
            drafted = draft(
                before,
                memory=memories[before.target_locale],
                engines=engines,
                locales=(locales.get(before.source_locale), locales.get(before.target_locale)),
                restriction=restriction,
                at=at,
                advance=advance,
                keep=workspace.save_bitext,
            )
            workspace.save_bitext(drafted.bitext)
            report = replace(
                _report(before, drafted.bitext),
                problems=drafted.problems,
                refused=drafted.refused,
                unmarked=drafted.unmarked,
            )
            if report.filled:
                details = {"target": report.target, "filled": report.filled, "untranslated": report.untranslated}
                log.append(Entry(at=at, by=by, action="draft", details=details))
            reports.append(report)
        return tuple(reports)


def _report(before: Bitext, after: Bitext) -> DraftReport:
    segments = tuple(after.segments())
    origins = [item.origin for item in segments if item.origin and item.state is not State.INITIAL]
    missing = _open(after)
    return DraftReport(
        release=after.release,
        target=after.target_locale,
        segments=len(segments),
        filled=_open(before) - missing,
        memory=sum(origin.kind is OriginKind.TM for origin in origins),
        engines=Counter(origin.by for origin in origins if origin.kind is OriginKind.MT),
        untranslated=missing,
        problems=(),
        refused=False,
        unmarked=(),
    )


def _open(bitext: Bitext) -> int:
    return sum(item.state is State.INITIAL for item in bitext.segments())


def untranslated(workspace: Workspace, release_id: str) -> int:
    """Return how many segments of a release have no text, over all target languages."""
    return sum(_open(bitext) for bitext in stand(workspace, release_id).bitexts)


def edit_segment(
    workspace: Workspace, release_id: str, target: str, segment: str, text: Inlines, *, by: str, at: datetime
) -> Segment:
    """Put a person's wording into a segment and return it; errors as in `pipeline.stages.review`."""
    with workspace.lock(release_id):
        bitext = edit(stand(workspace, release_id).bitext(target), segment, text, by=by, at=at)
        _record(workspace, bitext, "edit", by=by, at=at, details={"target": target, "segments": [segment]})
    return next(item for item in bitext.segments() if item.id == segment)


def accept_segments(
    workspace: Workspace, release_id: str, target: str, segments: Sequence[str], *, by: str, at: datetime
) -> tuple[str, ...]:
    """Accept translations as they stand and return the ids newly accepted.

    Args:
        workspace: where the release is.
        release_id: which one.
        target: the language.
        segments: ids; empty for all that are translated and not reviewed.
        by: who accepts.
        at: time to record.
    """
    with workspace.lock(release_id):
        before = stand(workspace, release_id).bitext(target)
        waiting = [item.id for item in before.segments() if item.state is State.TRANSLATED]
        after = accept(before, tuple(segments) or waiting, by=by, at=at)
        changed = tuple(name for name in waiting if not segments or name in segments)
        if changed:
            _record(workspace, after, "accept", by=by, at=at, details={"target": target, "segments": list(changed)})
    return changed


def approve_release(workspace: Workspace, release_id: str, *, by: str, at: datetime) -> tuple[str, ...]:
    """Approve a release in every target language and return the languages.

    Raises:
        GateError: something stands in the way in one of them; then none is approved.
    """
    with workspace.lock(release_id):
        standing = stand(workspace, release_id)
        approved = _approve_all(standing, by, at)
        for bitext in approved:
            approval = bitext.approval
            details = {"target": bitext.target_locale}
            if approval is not None:
                details |= {"source_hash": approval.source_hash, "target_hash": approval.target_hash}
            _record(workspace, bitext, "approve", by=by, at=at, details=details)
    return tuple(bitext.target_locale for bitext in approved)


def _approve_all(standing: Standing, by: str, at: datetime) -> tuple[Bitext, ...]:
    approved: list[Bitext] = []
    refusals: list[str] = []
    for bitext in standing.bitexts:
        try:
            approved.append(approve(standing.release, bitext, by=by, at=at))
        except GateError as error:
            refusals += [f"{bitext.target_locale}: {reason}" for reason in error.reasons]
    if refusals:
        raise GateError(f"{standing.release.id} cannot be approved yet:", reasons=tuple(refusals))
    return tuple(approved)


def _record(
    workspace: Workspace, bitext: Bitext, action: str, *, by: str, at: datetime, details: Mapping[str, object]
) -> None:
    """Save a person's decision and write it into the audit log."""
    workspace.save_bitext(bitext)
    workspace.log(bitext.release).append(Entry(at=at, by=by, action=action, details=details))
