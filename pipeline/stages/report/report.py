"""The report of a review: draft and final text of every segment, who changed what, and how much work it was."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from pipeline.locales import Locale
from pipeline.model.bitext import Bitext, OriginKind, Segment, State
from pipeline.model.difference import word_diff
from pipeline.model.inline import Inlines, apply_edits, merge, plain
from pipeline.model.report import EngineEffort, ReviewReport, ReviewSummary, Round, SegmentReport
from pipeline.model.texts import TextKind
from pipeline.stages.report.effort import Pair, effort, signature

MEMORY = "memory"
"""Stands for all releases and files that the translation memory took a text from."""


class Logged(Protocol):
    """A line of the audit log."""

    @property
    def at(self) -> datetime:
        """When."""
        ...

    @property
    def by(self) -> str:
        """Who."""
        ...

    @property
    def action(self) -> str:
        """What was done: `export`, `import-review`."""
        ...

    @property
    def details(self) -> Mapping[str, object]:
        """With what."""
        ...


def report(bitext: Bitext, target: Locale, log: Iterable[Logged], *, title: str) -> ReviewReport:
    """Return what became of the drafts of a translation.

    The base of every comparison is the draft as a reviewer first saw it, not the engine's raw words: the program's
    own typography and formatting would else count as the reviewer's work. For the same reason typography that was
    still open in the draft is set in the base as well.

    Args:
        bitext: the translation as it stands.
        target: locale of the language it is in.
        log: the release's audit log, oldest entry first.
        title: of the release.
    """
    segments = tuple(_segment(bitext, kind, item, target) for kind, item in _with_kinds(bitext))
    pairs = _pairs(segments)
    return ReviewReport(
        release=bitext.release,
        title=title,
        source_locale=bitext.source_locale,
        target_locale=bitext.target_locale,
        segments=segments,
        total=effort(pair for _, pair in pairs),
        engines=_by_engine(pairs),
        rounds=_rounds(log, bitext.target_locale),
        comments=bitext.comments,
        conflicts=bitext.conflicts,
        signature=signature(),
    )


def summary(reports: Iterable[ReviewReport]) -> ReviewSummary:
    """Return what became of all drafts of several translations taken together."""
    reports = tuple(reports)
    pairs = [pair for item in reports for pair in _pairs(item.segments)]
    return ReviewSummary(
        reports=reports,
        total=effort(pair for _, pair in pairs),
        engines=_by_engine(pairs),
        signature=signature(),
    )


def _with_kinds(bitext: Bitext) -> Iterator[tuple[TextKind, Segment]]:
    for unit in bitext.units:
        for item in unit.segments:
            yield unit.kind, item


def _segment(bitext: Bitext, kind: TextKind, item: Segment, target: Locale) -> SegmentReport:
    drafted_by = _drafted_by(item)
    rejected = item.state is State.INITIAL and bool(item.history) and not item.history[-1].after
    looked_at = rejected or item.state in {State.REVIEWED, State.FINAL}
    people, first, final = _people(item), _first_text(item), plain(item.target)
    base = plain(apply_edits(first, target.typography(plain(first)))) if people else final
    pair = Pair(draft=base, final=None if rejected else final)
    last = item.history[-1] if item.history else None
    return SegmentReport(
        segment=item.id,
        kind=kind,
        source=plain(item.source),
        drafted_by=drafted_by,
        raw=item.origin.raw if item.origin and drafted_by else None,
        base=base,
        final=final,
        state=item.state,
        changes=word_diff(base, final),
        formatting=bool(people) and base == final and merge(first) != merge(item.target),
        people=people,
        accepted_by=last.by if last and last.before == last.after else None,
        effort=effort((pair,)) if looked_at and drafted_by else None,
        comments=tuple(comment for comment in bitext.comments if comment.segment == item.id),
        conflicts=tuple(conflict for conflict in bitext.conflicts if conflict.segment == item.id),
    )


def _drafted_by(item: Segment) -> str | None:
    """Return who made the draft: the engine, `memory`, or None for a person or nobody."""
    if item.origin is None or item.origin.kind is OriginKind.HUMAN:
        return None
    return MEMORY if item.origin.kind is OriginKind.TM else item.origin.by


def _people(item: Segment) -> tuple[str, ...]:
    """Return who changed the first text, in order of first appearance; who wrote that is not among them."""
    changes = [edit for edit in item.history if edit.before != edit.after]
    first = item.history[:1] if item.history and not item.history[0].before else ()
    return tuple(dict.fromkeys(edit.by for edit in changes[len(first) :]))


def _first_text(item: Segment) -> Inlines:
    """Return the text that people worked on: the last draft, where an earlier one was rejected and made anew."""
    text: Inlines = ()
    fresh = True
    for edit in item.history:
        if edit.before and (fresh or not text):
            text = edit.before
        fresh = not edit.after
    return item.target if item.target and (fresh or not text) else text


def _pairs(segments: Iterable[SegmentReport]) -> list[tuple[str, Pair]]:
    """Return engine, draft and final text of every segment that counts."""
    return [
        (item.drafted_by, Pair(draft=item.base, final=None if item.effort.rejected else item.final))
        for item in segments
        if item.effort is not None and item.drafted_by is not None
    ]


def _by_engine(pairs: Sequence[tuple[str, Pair]]) -> tuple[EngineEffort, ...]:
    engines = dict.fromkeys(engine for engine, _ in pairs)
    return tuple(
        EngineEffort(engine=engine, effort=effort(pair for name, pair in pairs if name == engine))
        for engine in engines
    )


def _rounds(log: Iterable[Logged], target: str) -> tuple[Round, ...]:
    """Return what was sent to reviewers and came back; a return whose export the log does not know is left out."""
    sent: dict[str, Logged] = {}
    returned: dict[str, list[tuple[datetime, str]]] = {}
    for entry in log:
        name = str(entry.details.get("export", ""))
        if entry.details.get("target") != target:
            continue
        if entry.action == "export":
            sent[name] = entry
        elif entry.action == "import-review":
            returned.setdefault(name, []).append((entry.at, str(entry.details.get("sender") or "")))
    return tuple(
        Round(
            export=name,
            door=str(entry.details.get("door", "")),
            sent=entry.at,
            sent_by=entry.by,
            returned=tuple(returned.get(name, ())),
        )
        for name, entry in sent.items()
    )
