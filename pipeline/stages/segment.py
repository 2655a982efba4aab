"""Segmentation: a release's texts cut into sentences, with ids that stay when the text around them changes."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from pipeline.model.alignment import align
from pipeline.model.bitext import Bitext, Segment, Unit, segment_id
from pipeline.model.inline import cut, plain
from pipeline.model.release import Release
from pipeline.model.texts import TextKind, TextPlace, texts

Split = Callable[[str], tuple[tuple[int, int], ...]]
"""Cuts a text into sentences: (start, end) character offsets, without the white space between."""

_WHOLE = frozenset({TextKind.TITLE, TextKind.SUBTITLE, TextKind.HEADING, TextKind.CELL, TextKind.ROLE})
"""Kinds that are never cut: a full stop in them ends no sentence."""


def segment(release: Release, *, target: str, split: Split, previous: Bitext | None = None) -> Bitext:
    """Return the bitext of `release`, keeping from `previous` everything whose source is unchanged.

    A segment whose source text is unchanged keeps its id, target, state and history, also when it was moved.
    A new or rewritten source gets a new id and no target. What is gone goes to `archived` if it has a target or a
    history; `former` says which archived segment a rewritten one replaces. A sentence that comes back as it once
    was gets the archived one of these very words as its `former`.

    Args:
        release: the source.
        target: the language to translate into, as in the settings.
        split: cuts a text of the source language into sentences.
        previous: the bitext as it stands, or None for a first draft.
    """
    units = tuple(_unit(place, split) for place in texts(release, target))
    if previous is None:
        previous = Bitext(release=release.id, source_locale=release.language, target_locale=target)
    old = tuple(previous.segments())
    new = tuple(item for unit in units for item in unit.segments)
    alignment = align(old, new)
    known = {item.source: item.id for item in previous.archived}
    numbers = iter(range(previous.next_number, previous.next_number + len(new)))
    settled: list[Segment] = []
    for index, item in enumerate(new):
        if index in alignment.kept:
            settled.append(replace(old[alignment.kept[index]], tail=item.tail))
        else:
            before = old[alignment.rewritten[index]] if index in alignment.rewritten else None
            former = known.get(item.source) or (_trace(before) if before else None)
            settled.append(replace(item, id=segment_id(next(numbers)), former=former))
    kept = set(alignment.kept.values())
    return replace(
        previous,
        units=tuple(_refilled(units, iter(settled))),
        archived=(*previous.archived, *(item for n, item in enumerate(old) if n not in kept and _has_work(item))),
        next_number=previous.next_number + len(new) - len(kept),
    )


def _has_work(segment: Segment) -> bool:
    """Return whether anything would be lost with `segment`."""
    return bool(segment.target or segment.history)


def _trace(segment: Segment) -> str | None:
    """Return the archived segment that stands for `segment` once this one is gone."""
    return segment.id if _has_work(segment) else segment.former


def _unit(place: TextPlace, split: Split) -> Unit:
    text = plain(place.text)
    spans = ((0, len(text)),) if place.kind in _WHOLE else split(text)
    starts = [start for start, _ in spans[1:]]
    segments = tuple(
        Segment(id="", source=cut(place.text, start, end), tail=text[end:following] if following else "")
        for (start, end), following in zip(spans, [*starts, None], strict=True)
    )
    return Unit(path=place.path, kind=place.kind, segments=segments)


def _refilled(units: tuple[Unit, ...], settled: Iterator[Segment]) -> Iterator[Unit]:
    for unit in units:
        yield replace(unit, segments=tuple(next(settled) for _ in unit.segments))
