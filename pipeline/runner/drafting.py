"""From a source to a draft: every language, memory first, then engines, then the checks."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from pipeline import locales
from pipeline.engines.cache import Cached
from pipeline.model.bitext import Bitext, OriginKind, State
from pipeline.model.issue import Severity
from pipeline.model.release import Release
from pipeline.model.risk import Examined
from pipeline.model.translation import Engine
from pipeline.runner.checking import examined, terms_for
from pipeline.runner.languages import stand
from pipeline.runner.toolkit import Toolkit
from pipeline.stages.draft import Guidance, Problem, draft, from_memory, request_for
from pipeline.workspace import Entry, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What engines translated in one run, answers from the cache aside."""

    characters: int = 0
    cost: Decimal | None = None
    """By the prices in the settings; None where none is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftReport:
    """What drafting one release into one language did, and what is left."""

    release: str
    target: str
    segments: int
    filled: int
    """Segments that this run filled."""
    memory: int
    """Segments whose text came from the memory as it stands there, of all."""
    fuzzy: int
    """Segments whose text came from the memory for a similar source, of all."""
    engines: Mapping[str, int]
    """Segments by the engine that translated them, of all."""
    untranslated: int
    findings: Mapping[Severity, int]
    """What the checks found, waived findings aside."""
    minutes: int
    """About how long a reviewer needs."""
    spent: Spent
    problems: tuple[Problem, ...]
    refused: bool
    unmarked: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What drafting one release into one language would ask of an engine."""

    release: str
    target: str
    engine: str
    segments: int
    """Segments that the memory does not fill."""
    characters: int
    """Characters of them that would be sent."""
    cached: int
    """Segments among them that the engine answered before: they are not sent."""
    cost: Decimal | None
    """By the price in the settings; None where none is given."""


def draft_release(
    workspace: Workspace,
    release_id: str,
    *,
    toolkit: Toolkit,
    released_by: str | None,
    by: str,
    at: datetime,
    advance: Callable[[], None],
) -> tuple[DraftReport, ...]:
    """Draft a release into every target language; what has a text already is left alone.

    Args:
        workspace: where it is.
        release_id: which one.
        toolkit: what to draft with.
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
            names = sorted({engine.name for engines in toolkit.engines.values() for engine in engines})
            details: dict[str, object] = {"engines": names, "although": restriction}
            log.append(Entry(at=at, by=released_by, action="allow-online", details=details))
            restriction = None
        reports = []
        for before in standing.bitexts:
            guidance = _guidance(standing.release, before, toolkit, restriction, at)
            engines = [*guidance.engines, *([guidance.second] if guidance.second else [])]
            already = [_translated(engine) for engine in engines]
            drafted = draft(before, guidance, at=at, advance=advance, keep=workspace.save_bitext)
            workspace.save_bitext(drafted.bitext)
            report = replace(
                _report(before, examined(standing.release, drafted.bitext, guidance.terms)),
                problems=drafted.problems,
                refused=drafted.refused,
                unmarked=drafted.unmarked,
                spent=_spent(engines, already),
            )
            if report.filled:
                details = {"target": report.target, "filled": report.filled, "untranslated": report.untranslated}
                log.append(Entry(at=at, by=by, action="draft", details=details))
            reports.append(report)
        return tuple(reports)


def estimate(workspace: Workspace, release_id: str, toolkit: Toolkit, at: datetime) -> tuple[Estimate, ...]:
    """Return what drafting a release would ask of the first engine of each language; nothing is sent or written."""
    standing = stand(workspace, release_id)
    estimates = []
    for bitext in standing.bitexts:
        guidance = _guidance(standing.release, bitext, toolkit, None, at)
        remembered = from_memory(bitext, guidance.memory, at)
        waiting = [item for item in remembered.segments() if item.state is State.INITIAL]
        for engine in guidance.engines[:1]:
            request = request_for(remembered, waiting, guidance)
            asked = engine.unknown(request) if isinstance(engine, Cached) else request
            characters = sum(len(text) for text in asked.texts())
            price = engine.capabilities.price_per_million
            estimates.append(
                Estimate(
                    release=release_id,
                    target=bitext.target_locale,
                    engine=engine.name,
                    segments=len(waiting),
                    characters=characters,
                    cached=len(set(request.texts())) - len(set(asked.texts())),
                    cost=None if price is None else price * characters / 1_000_000,
                )
            )
    return tuple(estimates)


def untranslated(workspace: Workspace, release_id: str) -> int:
    """Return how many segments of a release have no text, over all target languages."""
    return sum(_open(bitext) for bitext in stand(workspace, release_id).bitexts)


def _guidance(
    release: Release, bitext: Bitext, toolkit: Toolkit, restriction: str | None, at: datetime
) -> Guidance:
    target = bitext.target_locale
    return Guidance(
        memory=toolkit.memories[target],
        engines=toolkit.engines[target],
        second=toolkit.second[target],
        terms=terms_for(release, bitext, toolkit.termbase, toolkit.settings, at),
        source=locales.get(bitext.source_locale),
        target=locales.get(target),
        restriction=restriction,
    )


def _report(before: Bitext, after: Examined) -> DraftReport:
    segments = tuple(after.bitext.segments())
    origins = [item.origin for item in segments if item.origin and item.state is not State.INITIAL]
    remembered = [origin for origin in origins if origin.kind is OriginKind.TM]
    missing = _open(after.bitext)
    return DraftReport(
        release=after.bitext.release,
        target=after.bitext.target_locale,
        segments=len(segments),
        filled=_open(before) - missing,
        memory=sum(origin.score is None for origin in remembered),
        fuzzy=sum(origin.score is not None for origin in remembered),
        engines=Counter(origin.by for origin in origins if origin.kind is OriginKind.MT),
        untranslated=missing,
        findings=Counter(issue.severity for issue in after.issues if issue.waiver is None),
        minutes=after.minutes,
        spent=Spent(),
        problems=(),
        refused=False,
        unmarked=(),
    )


def _translated(engine: Engine) -> int:
    return engine.translated if isinstance(engine, Cached) else 0


def _spent(engines: Sequence[Engine], already: Sequence[int]) -> Spent:
    """Return what engines translated beyond `already`, in characters each, and what that costs."""
    characters = [_translated(engine) - before for engine, before in zip(engines, already, strict=True)]
    prices = [engine.capabilities.price_per_million for engine in engines]
    costs = [
        price * count / 1_000_000 for price, count in zip(prices, characters, strict=True) if price is not None
    ]
    return Spent(characters=sum(characters), cost=sum(costs, Decimal()) if costs else None)


def _open(bitext: Bitext) -> int:
    return sum(item.state is State.INITIAL for item in bitext.segments())
